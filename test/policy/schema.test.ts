import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ajv2020 from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { load } from "js-yaml";
import { generatedFiles } from "../../scripts/generate.ts";
import { formats } from "../../src/policy/formats.ts";
import { supportedKeywords, type Schema } from "../../src/policy/json-schema.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { factsSchema, policySchema } from "../../src/policy/schemas.ts";
import { validate } from "../../src/policy/validate.ts";
import { documentDefinitions } from "../../src/shapes/document-definitions.ts";
import { documentNames } from "../../src/shapes/vocabulary.ts";
import { fullPolicy, organizationPolicy, policyFrom, smallPolicy } from "./examples.ts";

const root = join(import.meta.dirname, "../..");
const files = generatedFiles();
const schemaFiles = Object.entries(files).filter(([path]) => path.startsWith("schema/"));
const documentSchema = (name: string) => JSON.parse(files[`schema/documents/${name}.schema.json`] ?? "{}") as Schema;

function oracle(schema: Schema) {
  const ajv = new ajv2020.Ajv2020({ strict: false, formats });
  return ajv.compile(schema);
}

describe("what is generated", () => {
  it.each(Object.entries(files))("%s is current", (path, content) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(content);
  });

  it("is all there is in the folder", () => {
    expect(readdirSync(join(root, "schema/documents")).toSorted()).toEqual(documentNames.map((name) => `${name}.schema.json`).toSorted());
  });

  it.each(schemaFiles)("%s is a schema that ajv accepts in strict mode", (_, content) => {
    const ajv = new ajv2020.Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true, formats });
    ajv.addVocabulary(supportedKeywords.filter((keyword) => keyword.startsWith("x-")));
    expect(ajv.validateSchema(JSON.parse(content))).toBe(true);
    expect(() => ajv.compile(JSON.parse(content))).not.toThrow();
  });

  it("stays small", () => {
    expect(JSON.stringify(policySchema()).length).toBeLessThan(40_000);
  });

  it.each(schemaFiles.filter(([path]) => !path.includes("report")))(
    "%s uses nothing that our own validation does not know",
    (_, content) => {
      for (const node of nodesOf(JSON.parse(content))) expect(supportedKeywords).toEqual(expect.arrayContaining(Object.keys(node)));
    },
  );

  it("describes every key of the policy", () => {
    for (const node of nodesOf(policySchema())) {
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        const described =
          child.$ref !== undefined ||
          child.description !== undefined ||
          child.properties?.["evidence"] !== undefined ||
          key === "thresholds" ||
          key === "incidents";
        expect([key, described]).toEqual([key, true]);
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

describe("validate", () => {
  const targets: [string, Schema, unknown][] = [
    ["policy", policySchema(), load(fullPolicy)],
    ["organisation", policySchema(), load(organizationPolicy)],
    [
      "facts",
      factsSchema(),
      {
        deployments: [{ id: 1, environment: "e", commit: "c", statuses: [{ state: "success", at: "2026-01-01T00:00:00Z" }] }],
        alerts: {
          from: "2026-01-01T00:00:00Z",
          to: "2026-01-02T00:00:00Z",
          coverage: [],
          alerts: [{ name: "a", severity: null, startsAt: "2026-01-01T00:00:00Z", endsAt: null }],
          silences: [],
        },
      },
    ],
    [
      "observability",
      documentSchema("observability"),
      {
        status: "approved",
        owner: "a",
        reviewed: "2026-01-01",
        "review-by": "2026-02-01",
        "alert-test": { fired: "2026-01-01", acknowledged: "2026-01-01T00:00:00Z" },
      },
    ],
    [
      "escalation",
      documentSchema("escalation"),
      {
        status: "draft",
        owner: "a",
        reviewed: "2026-01-01",
        "review-by": "2026-02-01",
        severities: [],
        "stop-switch": { name: "a", owner: "b", exercised: "2026-01-01" },
        "user-path": "x",
        deactivation: ["x"],
      },
    ],
  ];

  it.each(targets)("accepts the example: %s", (_, schema, example) => {
    expect(validate(schema, example)).toEqual([]);
  });

  it.each(targets)("agrees with ajv on whatever is done to it: %s", (_, schema, example) => {
    const accepts = oracle(schema);
    const places = pathsOf(example);
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>("2026-02-29", "2026-02-28", "low", "@a/b", 0, -1, 1.5, [], {}, null, "", "x".repeat(5000)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), value, fc.constantFrom("set", "add", "delete"), (path, mutation, how) => {
        const mutated = mutate(example, path, mutation, how);
        expect(validate(schema, mutated).length === 0).toBe(accepts(mutated));
      }),
      { numRuns: 400 },
    );
  });

  it("stops collecting where nobody would read on", () => {
    expect(validate(policySchema(), { version: 1, systems: Array.from({ length: 5000 }, () => 1) })).toHaveLength(1000);
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

type Steps = (string | number)[];

function pathsOf(value: unknown, path: Steps = []): Steps[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [
    ...(path.length > 0 ? [path] : []),
    ...inner.flatMap(([key, child]) => pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

function mutate(example: unknown, path: Steps, mutation: unknown, how: string): unknown {
  const copy = structuredClone(example);
  let parent: unknown = copy;
  for (const step of path.slice(0, -1)) parent = Reflect.get(Object(parent), step);
  const last = path.at(-1) ?? "";
  if (how === "set") Reflect.set(Object(parent), last, mutation);
  else if (how === "add") Reflect.set(Object(parent), Array.isArray(parent) ? parent.length : "extra", mutation);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(Object(parent), last);
  return copy;
}
