import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { parseJson } from "../../src/evidence/json.ts";

const codeOf = (text: string) => {
  const parsed = parseJson(text);
  return parsed.ok ? "ok" : parsed.code;
};

describe("JSON", () => {
  it.each([
    ['{"a": NaN}', "not-parseable"],
    ['{"a": -Infinity}', "not-parseable"],
    ["[1,]", "not-parseable"],
    ['{"a":1,}', "not-parseable"],
    ["{'a':1}", "not-parseable"],
    ['{"a" 1}', "not-parseable"],
    ["[01]", "not-parseable"],
    ["[1.]", "not-parseable"],
    ["[+1]", "not-parseable"],
    ['["\\x"]', "not-parseable"],
    ['["a\nb"]', "not-parseable"],
    ['["\\u12"]', "not-parseable"],
    ["[1] 2", "not-parseable"],
    ["[1", "not-parseable"],
    ['["a', "not-parseable"],
    ["// note\n[]", "not-parseable"],
    ["[tru]", "not-parseable"],
    ["]", "not-parseable"],
    ['{"a":1,"a":2}', "duplicate-key"],
    ['{"a":1,"\\u0061":2}', "duplicate-key"],
    ['{"b":{"a":1,"a":2}}', "duplicate-key"],
    ['{"__proto__":{}}', "forbidden-key"],
    ['{"\\u005f_proto__":{}}', "forbidden-key"],
    ['[{"constructor":1}]', "forbidden-key"],
    ['{"prototype":1}', "forbidden-key"],
    ["[".repeat(100_000), "too-deep"],
    ['{"a":'.repeat(100_000), "too-deep"],
    [`{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(",")}}`, "too-large"],
  ])("refuses %.40s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    ["[1,\n  2,\n  x]", 3, 3],
    ['{"a": 1,\n "a": 2}', 2, 2],
    ["[\n\n", 3, 1],
    ['{\r\n  "a": NaN}', 2, 8],
  ])("gives the place in %j", (text, line, column) => {
    expect(parseJson(text)).toMatchObject({ line, column });
  });

  it("names NaN, and never quotes the text", () => {
    expect(parseJson('{"secret": NaN}')).toMatchObject({ message: expect.stringContaining("NaN") });
    for (const text of ['{"secret" 1}', '{"secret":1,"secret":2}', '["secret', "[secret]"]) {
      expect(JSON.stringify(parseJson(text))).not.toContain("secret");
    }
  });

  it("reads 200 levels and the same key in different objects", () => {
    expect(codeOf(`${"[".repeat(200)}${"]".repeat(200)}`)).toBe("ok");
    expect(codeOf(`${"[".repeat(201)}${"]".repeat(201)}`)).toBe("too-deep");
    expect(codeOf('[{"a":1},{"a":{"a":2}}]')).toBe("ok");
  });

  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const parsed = parseJson(text);
        // Keys that are forbidden or stand twice are the only difference.
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text));
        else expect(["forbidden-key", "duplicate-key"]).toContain(parsed.code);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("finds a key that stands twice, however keys and texts are written", () => {
    const text = fc.string({ unit: fc.constantFrom("a", '"', "\\", ":", "{", " ", "\n", "é") });
    const keys = fc.uniqueArray(text, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(keys, text, fc.constantFrom("", " ", "\n\t"), (names, value, blank) => {
        const pair = (name: string) => `${JSON.stringify(name)}${blank}:${blank}${JSON.stringify([value, { [name]: value }])}`;
        const once = names.map(pair);
        const whole = (pairs: string[]) => `[{${pairs.join(`,${blank}`)}}]`;
        expect(codeOf(whole(once))).toBe("ok");
        expect(codeOf(whole([...once, pair(names[0] ?? "")]))).toBe("duplicate-key");
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("holds long texts to the same bounds", () => {
    const long = `{"a":"${"x".repeat(5 * 1024 * 1024)}"`;
    expect([codeOf(`${long}}`), codeOf(`${long},"a":1}`), codeOf(`${long},"prototype":1}`)]).toEqual([
      "ok",
      "duplicate-key",
      "forbidden-key",
    ]);
  });

  it("refuses what JSON.parse refuses", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", ".", "e", "true", "null", " ", "\n", "\\", "\u0001");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(codeOf(text) === "not-parseable").toBe(!valid);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});
