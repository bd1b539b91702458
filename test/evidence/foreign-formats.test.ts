import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { toContent } from "../../src/evidence/content.ts";
import { foreignFormats } from "../../src/evidence/foreign-formats.ts";
import { readers } from "../../src/evidence/formats/index.ts";
import { fixtures, refusal } from "./fixtures.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Small contents in the shape of each, by name. */
const examples: Record<string, (string | Uint8Array)[]> = {
  "a Datadog monitor": [
    '{"name":"n","type":"query alert","query":"avg(last_5m):…","message":"m","options":{}}',
    '{"title":"t","definition":{"type":"query alert","query":"q","options":{"thresholds":{"critical":1}}}}',
  ],
  "PagerDuty's list of incidents": ['{"incidents":[],"limit":25,"offset":0,"total":null,"more":false}'],
  "an SPDX bill of materials": [
    '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[]}',
    '{"spdxVersion":"SPDX-2.3","packages":[]}',
  ],
  "an OSCAL document": [
    '{"assessment-results":{"metadata":{"oscal-version":"1.1.2"}}}',
    "component-definition:\n  metadata:\n    oscal-version: 1.1.2\n",
  ],
  "flagd's file of feature flags": ['{"flags":{"f":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"}}}'],
  "LaunchDarkly's file of feature flags": [
    '{"key":"f","kind":"boolean","variations":[],"environments":{}}',
    '{"items":[{"key":"f","variations":[]}]}',
    '{"flags":{"f":{"key":"f","on":true,"variations":[true,false]}}}',
  ],
  "a VirtualService of Istio": ["apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: {}\n"],
  "a scrape of Prometheus metrics": ["# HELP up Whether it is up.\n# TYPE up gauge\nup 1\n"],
  "ab's table of `-e` or `-g`": [
    "Percentage served,Time in ms\n0,4.2\n",
    "starttime\tseconds\tctime\tdtime\tttime\twait\nx\t1\t0\t0\t0\t0\n",
  ],
  "Locust's history, failures or exceptions": [
    "Timestamp,User Count,Type,Name,Requests/s,Total Request Count\n1,0,,Aggregated,0,0\n",
    "Method,Name,Error,Occurrences\nGET,/,e,1\n",
    "Count,Message,Traceback,Nodes\n1,m,t,n\n",
  ],
  "Gatling's `simulation.log`": [
    "RUN\ta.B\tb\t1589789493311\t \t3.2.0\nUSER\tB\t1\n",
    new Uint8Array([0, 0, 0, 0, 6, ...bytesOf("3.13.5"), 0, 0, 1, 255]),
  ],
  "vegeta's list of results": [
    '{"attack":"","seq":0,"code":200,"timestamp":"2026-11-20T10:00:00Z","latency":1,"bytes_out":0,"bytes_in":2,"error":""}\n',
    new Uint8Array([0x7f, 0xff, 0x81, 3, 1, 1, 6, ...bytesOf("Result"), 1, 0xff, 0x82, 0, 1, 0x0d, 1, 6, ...bytesOf("Attack")]),
  ],
  "k6's list of samples as CSV": ["metric_name,timestamp,metric_value,check,error\nhttp_reqs,1795161600,1.0,,\n"],
  "a test plan of JMeter": ['<?xml version="1.0"?>\n<jmeterTestPlan version="1.2"><hashTree/></jmeterTestPlan>\n'],
  "a Jupyter notebook": ['{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}'],
  "an HTML page": ["<!DOCTYPE html>\n<html><body><p>Report<br></body></html>", "<html lang=en><title>Locust</title>"],
  "a PDF": ["%PDF-1.7\n%\xb5"],
  "a file of an office program": [bytesOf(`PK\x03\x04${"\0".repeat(26)}[Content_Types].xml`)],
  "a gzip archive": [new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
  "a Parquet file": [bytesOf("PAR1\x15\x04\x15\xff")],
  "an SQLite database": [bytesOf("SQLite format 3\0\x10")],
  "an image": [new Uint8Array([0x89, 0x50, 0x4e, 0x47]), new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), "GIF89a", bytesOf("RIFF\x10\0\0\0WEBP")],
};

describe("formats that are known and not read", () => {
  it.each(foreignFormats)("$name is refused by its name, with what to give instead", ({ name, lacks, instead }) => {
    expect(examples[name]?.length).toBeGreaterThan(0);
    for (const content of examples[name] ?? []) {
      expect(refusal(content)).toEqual({
        ok: false,
        code: "unknown-format",
        message: `This looks like ${name}, which holds no ${lacks}; give ${instead} instead.`,
      });
    }
  });

  it("look like none that is read", () => {
    const own = fixtures(readers.map(({ format }) => format)).filter(({ name }) => !name.endsWith(".html"));
    const mistaken = own.flatMap(({ name, bytes }) =>
      foreignFormats.filter((format) => format.looksLike(toContent(bytes))).map((format) => `${name} as ${format.name}`),
    );
    expect(mistaken).toEqual([]);
  });

  it("stand in the table of the docs", () => {
    const table = readFileSync(new URL("../../docs/evidence/README.md", import.meta.url), "utf8");
    for (const { name, lacks, instead } of foreignFormats)
      expect(table).toContain(`| ${name} | ${lacks} | ${instead.replace(/,$/, "")} |\n`);
  });

  it("are not taken for what merely speaks of them", () => {
    expect(refusal(new Uint8Array([0, 0, 0, 0, 6, 1, 2, 3]))).toMatchObject({ code: "not-utf8" });
    expect(refusal('{"flags":{}}').message).toContain("No format is recognised");
    expect(refusal('{"incidents":[{}]}').message).toContain("No format is recognised");
  });
});
