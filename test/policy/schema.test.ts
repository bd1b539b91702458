import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { generatedFiles } from "../../scripts/generate.ts";
import { formats } from "../../src/policy/formats.ts";
import { resolveRef, type Schema } from "../../src/policy/json-schema.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { policySchema } from "../../src/policy/schemas.ts";
import { documentDefinitions } from "../../src/shapes/document-definitions.ts";
import { documentNames } from "../../src/shapes/vocabulary.ts";
import { policyFrom, smallPolicy } from "./examples.ts";

const root = join(import.meta.dirname, "../..");
const files = generatedFiles();
const schemaFiles = Object.entries(files).filter(([path]) => path.startsWith("schema/"));
const validatorFiles = Object.entries(files).filter(([path]) => /validators?\.generated\.js$/.test(path));
const documentSchema = (name: string) => JSON.parse(files[`schema/documents/${name}.schema.json`] ?? "{}") as Schema;

describe("what is generated", () => {
  it.each(Object.entries(files))("%s is current", (path, content) => {
    // Not toBe: a difference in a file of one long line is no help.
    expect(readFileSync(join(root, path), "utf8") === content).toBe(true);
  });

  it("is all there is in the folder", () => {
    expect(readdirSync(join(root, "schema/documents")).toSorted()).toEqual(documentNames.map((name) => `${name}.schema.json`).toSorted());
  });

  it.each(schemaFiles)("%s is a schema that ajv accepts in strict mode", (_, content) => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats });
    ajv.addVocabulary(["x-tighter", "x-expects", "x-key", "x-framework", "x-file"]);
    expect(ajv.validateSchema(JSON.parse(content))).toBe(true);
    expect(() => ajv.compile(JSON.parse(content))).not.toThrow();
  });

  it.each(schemaFiles.filter(([path]) => !/report|doctor/.test(path)))(
    "%s bounds every list and every text that a stranger writes",
    (_, content) => {
      for (const node of nodesOf(JSON.parse(content))) {
        if (node.items) expect(node.maxItems).toBeLessThanOrEqual(100_000);
        if (node.type === "string" && !node.format && !node.pattern) expect(node.maxLength).toBeLessThanOrEqual(4000);
      }
    },
  );

  it.each(validatorFiles)("%s needs nothing else when it runs", (path, content) => {
    // What ajv would print for a required piece stands in a text; such texts do not count.
    const code = content.replaceAll(/'[^'\n]*'/g, "''");
    expect(code.match(/\brequire\(.{0,40}|\bimport\b.{0,40}|new Function|\beval\b/)?.[0]).toBeUndefined();
    // The report's is loaded by tests alone, and its schema says more than any other.
    expect(content.length).toBeLessThan(path.includes("report") ? 165_000 : 160_000);
  });

  // What an editor shows under the pointer, and the reference page says.
  it.each(schemaFiles)("%s describes every key", (_, content) => {
    const schema = JSON.parse(content) as Schema;
    for (const node of nodesOf(schema)) {
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        const described = child.description ?? resolveRef(schema, child).description;
        expect([key, typeof described]).toEqual([key, "string"]);
      }
    }
  });

  it("names the defaults that a resolved policy has", () => {
    const [system] = resolvePolicy(policyFrom(smallPolicy)).systems;
    const properties = policySchema().properties?.["systems"]?.items?.properties ?? {};
    expect(system?.paths).toEqual(properties["paths"]?.default);
    expect(system?.severities.critical).toEqual(properties["severities"]?.properties?.["critical"]?.default);
    expect(system?.decisions.remindAfterDays).toBe(properties["decisions"]?.properties?.["remindAfterDays"]?.default);
    const gate = policySchema().$defs?.["gate"]?.properties ?? {};
    for (const key of ["enforcement", "onHold", "waitDays"] as const) expect(system?.gates.rollout[key]).toBe(gate[key]?.default);
  });

  it("requires of each document what its definition requires", () => {
    for (const name of documentNames)
      expect(documentSchema(name).required?.toSorted()).toEqual([...documentDefinitions[name].required].toSorted());
  });
});

describe("formats", () => {
  it.each([
    ["date", "2026-02-28", true],
    ["date", "2026-02-29", false],
    ["date", "2028-02-29", true],
    ["date", "2100-02-29", false],
    ["date", "2026-00-10", false],
    ["date", "2026-13-10", false],
    ["date", "2026-1-1", false],
    ["date", "2026-01-01T00:00:00Z", false],
    ["date-time", "2026-01-01T00:00:00Z", true],
    ["date-time", "2026-01-01T23:59:59.123+05:30", true],
    ["date-time", "2026-01-01T24:00:00Z", false],
    ["date-time", "2026-01-01T00:00:00", false],
    ["date-time", "2026-02-30T00:00:00Z", false],
    ["date-time", "2026-01-01", false],
    ["duration", "P90D", true],
    ["duration", "P12M", true],
    ["duration", "P1Y6M", true],
    ["duration", "PT24H", true],
    ["duration", "P2W", true],
    ["duration", "P", false],
    ["duration", "P1DT", false],
    ["duration", "90 days", false],
    ["duration", "P-1D", false],
  ] as const)("%s: %s is %s", (format, text, expected) => {
    expect(formats[format](text)).toBe(expected);
  });
});

function* nodesOf(node: Schema): Generator<Schema> {
  yield node;
  for (const group of [node.properties, node.$defs]) for (const child of Object.values(group ?? {})) yield* nodesOf(child);
  for (const child of node.anyOf ?? []) yield* nodesOf(child);
  for (const child of [node.items, node.propertyNames, node.additionalProperties]) if (typeof child === "object") yield* nodesOf(child);
}
