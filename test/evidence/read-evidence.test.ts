import { describe, expect, it } from "@jest/globals";
import { readers } from "../../src/evidence/formats/index.ts";
import { fixture, fixtures, read, refusal } from "./fixtures.ts";

const formats = readers.map(({ format }) => format);

describe("recognising evidence", () => {
  it.each(fixtures(formats))("reads $name as $format from its content: no reader learns a name", ({ bytes, format, options }) => {
    const reading = read(bytes, options);
    expect(reading.ok ? reading.format : reading.message).toBe(format);
  });

  it.each(fixtures(formats))("recognises $name by one reader only", ({ bytes, options }) => {
    for (const format of formats) {
      const reading = read(bytes, { ...options, format });
      expect(reading.ok ? reading.format : format).toBe(format);
    }
  });

  it("lists what can be read where nothing is recognised", () => {
    const { code, message } = refusal("just a line of prose");
    expect(code).toBe("unknown-format");
    for (const format of formats) expect(message).toContain(format);
  });

  it("names the candidates and the key that settles it where the content fits several", () => {
    const both = "date,metric,value,score\n2026-11-01,a,1,5\n2026-11-01,b,2,4\n";
    expect(refusal(both)).toMatchObject({ code: "ambiguous-format" });
    expect(refusal(both).message).toMatch(/metric-csv, survey-csv.*`criteria\.<id>\.format`/);
    expect(read(both, { format: "metric-csv" })).toMatchObject({ ok: true, format: "metric-csv" });
    expect(read(both, { format: "survey-csv", scale: "1-5" })).toMatchObject({ ok: true, format: "survey-csv" });
  });

  it("refuses a named format that the content is not, and says what it looks like", () => {
    const { code, message } = refusal(fixture("autocannon.json"), { format: "k6-summary" });
    expect(code).toBe("unknown-format");
    expect(message).toMatch(/says k6-summary.*looks like autocannon/);
  });

  it("refuses a named format that does not exist", () => {
    expect(refusal(fixture("autocannon.json"), { format: "k7" })).toMatchObject({
      code: "unknown-format",
      message: expect.stringContaining("does not exist"),
    });
  });

  it("gives the place of the fault where a file that looks like JSON, YAML or XML is none", () => {
    expect(refusal('{\n  "metrics": {,}\n}')).toMatchObject({ code: "not-parseable", line: 2, column: 15 });
    expect(refusal("groups:\n  - name: [a\n")).toMatchObject({ code: "not-parseable", line: 3 });
    expect(refusal("<testsuites>\n<testsuite>\n</testsuites>")).toMatchObject({ code: "not-parseable", line: 3 });
  });

  it("names the format in a refusal by the reader", () => {
    expect(refusal(fixture("k6-summary.json").replace('"count": 6000', '"count": -1'))).toMatchObject({
      code: "bad-value",
      format: "k6-summary",
    });
  });
});
