import { describe, expect, it } from "@jest/globals";
import { keyLines, parseYaml } from "../../src/evidence/yaml.ts";

const bomb = [
  "a: &a [x, x, x, x, x, x, x, x, x, x]",
  ..."bcdefgh".split("").map((name, index) => {
    const before = "abcdefg"[index] ?? "a";
    return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(", ")}]`;
  }),
].join("\n");

describe("YAML", () => {
  it.each([
    ["a key that stands twice", "a: 1\nb: 2\na: 3", "duplicate-key", 3],
    ["aliases that grow into millions of values", bomb, "too-large", 6],
    ["an alias to what holds it", "a: &a [1, *a]", "not-parseable", 1],
    ["an alias to nothing", "a: *b", "not-parseable", 1],
    ["__proto__", "a:\n  __proto__: {b: 1}", "forbidden-key", 2],
    ["constructor", "constructor: 1", "forbidden-key", 1],
    ["a number without end", "a: .inf", "bad-value", undefined],
    ["no number", "a: [1, .nan]", "bad-value", undefined],
    ["100,000 levels", `a: ${"[".repeat(100_000)}`, "too-deep", 1],
    ["a bracket that is never closed", "a:\n  - [1, 2", "not-parseable", 2],
    ["an unknown tag", "a: !!js/function 'x'", "not-parseable", 1],
    ["a template", "a: 1\n{{- if .Values.on }}\nb: 2\n{{- end }}", "not-parseable", 2],
    ["a list as a key", "? [a]\n: 1", "not-parseable", 1],
    ["over 1 MiB", "a: 1\n".repeat(300_000), "too-large", undefined],
  ])("is refused with %s", (_name, text, code, line) => {
    const parsed = parseYaml(text);
    expect(parsed).toMatchObject(line === undefined ? { ok: false, code } : { ok: false, code, line });
  });

  it("says of a template that it must be rendered", () => {
    expect(parseYaml("a: 1\n{{ if x }}\n b: 2")).toMatchObject({ message: expect.stringContaining("Render it first") });
  });

  it("keeps names from the file out of messages", () => {
    for (const text of ["a: !!secret x", "a: !<secret> x", "%TAG ! secret:\n%TAG ! secret:\n---\na: 1", "secret: 1\nsecret: 2"]) {
      const parsed = parseYaml(text);
      expect(parsed.ok).toBe(false);
      expect(JSON.stringify(parsed)).not.toContain("secret");
    }
  });

  it("keeps dates and yes as text, reads several documents and a few aliases", () => {
    expect(parseYaml("a: 2026-11-01\nb: yes\n---\nc: &c [1]\nd: *c")).toEqual({
      ok: true,
      value: [
        { a: "2026-11-01", b: "yes" },
        { c: [1], d: [1] },
      ],
    });
  });

  it("reads a sequence of 100,000 values", () => {
    expect(parseYaml(`a: [${"1,".repeat(100_000)}]`).ok).toBe(true);
  });

  it("knows the line of each key at the top", () => {
    const text = "a: 1\nb:\n  a: [x, {c: 1}]\n  d: e\n\n'c': |\n  text\n  b: 1\nd: *x\n---\ne: 1";
    expect([...keyLines(text)]).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 6],
      ["d", 9],
    ]);
  });
});
