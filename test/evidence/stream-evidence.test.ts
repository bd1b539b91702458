import { describe, expect, it } from "@jest/globals";
import { streamEvidence } from "../../src/evidence/stream-evidence.ts";
import { fixture, read, samples } from "./fixtures.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** The reading of a text that comes in pieces of so many bytes, and how many pieces were wanted. */
function stream(content: string | Uint8Array, piece: number, options = {}) {
  const bytes = typeof content === "string" ? encode(content) : content;
  const sink = streamEvidence(options);
  let pieces = 0;
  for (let start = 0; start < bytes.length; start += piece) {
    pieces += 1;
    if (!sink.write(bytes.subarray(start, start + piece))) break;
  }
  return { reading: sink.end(), pieces };
}

const csv = fixture("jtl.csv");
const header = csv.split("\n")[0] ?? "";
const row = (time: number, elapsed: number, message: string, success = true) =>
  `${time},${elapsed},ask,200,${message},Thread 1-1,text,${success},,1,1,1,1,http://127.0.0.1/,1,0,1`;

/** JMeter's table with quoted cells that hold commas, quotes and line breaks. */
const quoted = [
  header,
  ...Array.from({ length: 3000 }, (_, index) =>
    row(
      1795161600000 + index * 100,
      50 + (index % 400),
      index % 7 === 0 ? `"a ""quoted"", cell\nof ${index} lines ü"` : "OK",
      index % 10 !== 0,
    ),
  ),
].join("\n");

describe("a file in pieces", () => {
  it.each(["jtl.csv", "jtl-elements.xml", "k6-points.ndjson"])("gives the same as %s whole, whatever the pieces are", (name) => {
    for (const piece of [1, 7, 64, 4096]) expect(stream(fixture(name), piece).reading).toEqual(read(fixture(name)));
  });

  it.each(samples().filter(({ path }) => /^(?:jmeter\/(?!dash)|k6\/out)/.test(path)))("gives the same as $path whole", ({ bytes }) => {
    expect(stream(bytes, 100).reading).toEqual(read(bytes));
  });

  it("keeps records whole: quotes, line breaks in cells, characters of several bytes", () => {
    const whole = read(quoted);
    expect(whole).toMatchObject({ ok: true, measurement: { requests: 3000, failed: 300 } });
    for (const piece of [13, 1000, 65_536]) expect(stream(quoted, piece).reading).toEqual(whole);
  });

  it("is refused where it is cut off in a quoted cell, or in a character", () => {
    const cell = quoted.lastIndexOf("lines ü");
    expect(stream(quoted.slice(0, cell), 1000).reading).toMatchObject({ ok: false, code: "not-parseable", format: "jtl" });
    const bytes = encode(quoted.slice(0, cell + 7));
    expect(stream(bytes.subarray(0, bytes.length - 1), 1000).reading).toMatchObject({ ok: false, code: "not-utf8", format: "jtl" });
  });

  it("asks for no more once it is refused", () => {
    const bad = `${header}\n${row(1795161600000, 5, "OK").replace("true", "maybe")}\n${`${row(1795161600000, 5, "OK")}\n`.repeat(20_000)}`;
    const { reading, pieces } = stream(bad, 65_536);
    expect(reading).toMatchObject({ ok: false, code: "bad-value", message: expect.stringContaining("row 2") });
    expect(pieces).toBeLessThan(6);
  });

  it.each([
    ["a format that is read whole only", fixture("autocannon.json").padEnd(300_000), "too-large", "autocannon"],
    ["what nobody knows", "words ".repeat(60_000), "too-large", undefined],
    ["bytes that are no text", new Uint8Array(300_000).fill(0xff), "too-large", undefined],
    ["a row without end", `${header}\n"${"x".repeat(2_000_000)}`, "too-large", "jtl"],
    ["a row that is too short", `${header}\n${`${row(1795161600000, 5, "OK")}\n`.repeat(4000)}1,2,3\n`, "not-parseable", "jtl"],
    [
      "an element that is never closed",
      `<testResults version="1.2">${'<sample t="1" ts="1795161600000" s="true"/>'.repeat(9000)}`,
      "not-parseable",
      "jtl",
    ],
    ["nothing", "", "empty", undefined],
  ])("refuses %s", (_name, content, code, format) => {
    const { reading } = stream(content, 65_536);
    expect(reading).toMatchObject({ ok: false, code });
    expect(reading.ok ? "" : reading.format).toBe(format);
  });

  it("is refused where the policy names another format, as a whole file is", () => {
    const options = { format: "k6-points" };
    expect(read(csv, options)).toMatchObject({ ok: false, code: "unknown-format", message: expect.stringContaining("It looks like jtl") });
    expect(stream(csv, 64, options).reading).toEqual(read(csv, options));
  });

  it("counts tokens of the column that the policy names", () => {
    const text = `${header},tokens\n${row(1795161600000, 500, "OK")},40\n${row(1795161601000, 1000, "OK")},80\n`;
    const options = { columns: { totalTokens: "tokens" } };
    expect(read(text, options)).toMatchObject({
      measurement: { totalTokensPerSecond: 60, timeline: { tokens: [40, 0, 80] } },
    });
    expect(stream(text, 10, options).reading).toEqual(read(text, options));
  });
});
