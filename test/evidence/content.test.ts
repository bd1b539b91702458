import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { toContent } from "../../src/evidence/content.ts";
import { splitRows } from "../../src/evidence/split-csv.ts";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

const bytes = (text: string, encoding: BufferEncoding = "utf8") => new Uint8Array(Buffer.from(text, encoding));

describe("bytes to text", () => {
  it.each([
    ["nothing", bytes(""), "empty"],
    ["blanks", bytes(" \r\n\t "), "empty"],
    ["a byte order mark alone", bytes("\ufeff"), "empty"],
    ["UTF-16 with a mark", bytes('\ufeff{"a":1}', "utf16le"), "not-utf8"],
    ["UTF-16 without a mark", bytes('{"metrics":1}', "utf16le"), "not-utf8"],
    ["Latin-1", bytes("Größe", "latin1"), "not-utf8"],
    ["NUL bytes", bytes('{"a":"\0"}'), "not-utf8"],
    ["a damaged zip archive", new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe]), "not-parseable"],
    ["33 MiB", new Uint8Array(33 * 1024 * 1024).fill(32), "too-large"],
  ])("refuses %s", (_name, content, code) => {
    expect(refusal(content)).toMatchObject({ code });
  });

  it("names UTF-16", () => {
    expect(refusal(bytes("\ufeffdate,metric,value", "utf16le")).message).toContain("UTF-16");
  });

  it.each(["k6-summary.json", "metric-csv.csv", "document.md", "model-registry.yml", "junit.xml", "log-sample.jsonl"])(
    "reads %s the same with a byte order mark and with CRLF",
    (name) => {
      const plain = read(fixture(name));
      expect(plain.ok).toBe(true);
      expect(read(`\ufeff${fixture(name)}`)).toEqual(plain);
      expect(read(fixture(name).replaceAll("\n", "\r\n"))).toEqual(plain);
    },
  );

  it("refuses 20 MB of prose and of Markdown", () => {
    expect(refusal("lorem ipsum ".repeat(1_700_000)).code).toBe("unknown-format");
    expect(refusal(`# Title\n\n${"lorem ipsum\n".repeat(1_700_000)}`)).toMatchObject({ code: "too-large", format: "document" });
  });
});

describe("views of a content", () => {
  it("are computed once", () => {
    const content = toContent(bytes('{"a":[1]}'));
    expect(content.json).toEqual({ a: [1] });
    expect(content.json).toBe(content.json);
    expect(content.yaml?.[0]).toBe(content.json);
  });

  it("has no JSON where a line follows, and then reads a value a line", () => {
    for (const text of ['{"a":1}\n\n{"b":2}\n', '\n \n{"a":1} \r\n{"b":2}']) {
      const content = toContent(bytes(text));
      expect(content.json).toBeUndefined();
      expect(content.jsonLines).toEqual({ values: [{ a: 1 }, { b: 2 }], problem: undefined });
    }
  });

  it("takes words under front matter for Markdown, and whatever may be YAML for that", () => {
    const second = (text: string) => toContent(bytes(`---\na: 1\n---\n${text}`)).yaml?.[1];
    expect(second("# b\n\nWords, and more.\n")).toBeUndefined();
    expect(second("# b\nc: 2\n")).toEqual({ c: 2 });
    expect(second("{ c: 2 }\n")).toEqual({ c: 2 });
    expect(second("---\nc: 2\n")).toBeNull();
    expect(toContent(bytes("---\na: 1\n---\n---\nc: 2\n")).yaml).toEqual([{ a: 1 }, null, { c: 2 }]);
  });

  it("has no YAML where a text is only a scalar", () => {
    expect(toContent(bytes("just words")).yaml).toBeUndefined();
    expect(toContent(bytes("--- words")).yaml).toBeUndefined();
  });

  it("says where the text of a log breaks off", () => {
    expect(refusal(`${fixture("log-sample.jsonl")}{"time":"2026-11`)).toMatchObject({
      code: "not-parseable",
      line: 3,
      format: "log-sample",
    });
  });
});

describe("CSV", () => {
  it.each([",", ";", "\t"])("is divided by %j", (delimiter) => {
    const text = `date${delimiter}metric${delimiter}value\n2026-11-01${delimiter}"a${delimiter}\n""b"""${delimiter}1.5\n`;
    const { series } = readAs("metric-series", text).measurement;
    expect(series).toMatchObject([{ name: `a${delimiter}\n"b"`, points: 1, mean: 1.5 }]);
  });

  it.each([
    ["a quote that is never closed", 'date,metric,value\n2026-11-01,"a,1\n', "not-parseable"],
    ["a row with a cell too few", "date,metric,value\n2026-11-01,a\n", "not-parseable"],
    ["a row with a cell too many", "date,metric,value\n2026-11-01,a,1,2\n", "not-parseable"],
    ["two columns of one name", "date,metric,value,value\n2026-11-01,a,1,2\n", "duplicate-key"],
    ["too many rows", `date,metric,value\n${"2026-11-01,a,1\n".repeat(500_001)}`, "too-large"],
  ])("is refused with %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "metric-csv" });
  });
});

describe("rows of CSV", () => {
  const pieces = fc.constantFrom("a", "1", ",", ",", ";", "\t", "\n", "\n", "\r\n", "\r", " ", "é", "'", '"', '""', '"a"');
  const options = { delimiter: ",", skip_empty_lines: true, relax_column_count: true };

  it("are those of another parser, and refused where it refuses", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        let rows: unknown = "refused";
        try {
          rows = parse(text, options);
        } catch {}
        const found = splitRows(text, ",");
        expect("fault" in found ? "refused" : found).toEqual(rows);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it("say where they end early", () => {
    expect(splitRows('a,b\n"c,d', ",")).toEqual({ fault: expect.stringContaining("never closed"), at: 4 });
    expect(splitRows('a,b\nc,d"e', ",")).toEqual({ fault: expect.stringContaining("do not match"), at: 6 });
    expect(splitRows(`a,b\n"${"x".repeat(1024 * 1024)}",d\n`, ",")).toEqual({ fault: expect.stringContaining("1 MiB"), at: 4 });
  });
});

describe("XML", () => {
  it.each([
    ["a document type", '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaa">]><testsuite name="&a;"/>', "not-parseable"],
    ["an unknown entity", "<testsuite>&secret;</testsuite>", "not-parseable"],
    ["100,000 levels", "<a>".repeat(100_000), "too-deep"],
    ["a cut", "<testsuite><testcase name='a'/>", "not-parseable"],
    ["no element", "<?xml version='1.0'?>", "not-parseable"],
  ])("is refused with %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code });
  });
});
