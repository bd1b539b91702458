import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { load } from "js-yaml";
import { validators as documentValidators } from "../../src/policy/document-validators.generated.js";
import { validators as factsValidators } from "../../src/policy/facts-validator.generated.js";
import { formats } from "../../src/policy/formats.ts";
import { validators as policyValidators } from "../../src/policy/policy-validator.generated.js";
import { validators as reportValidators } from "../../src/policy/report-validator.generated.js";
import { validate, type Validator } from "../../src/policy/validate.ts";
import { run } from "../cli/run-cli.ts";
import { fullPolicy, organizationPolicy } from "./examples.ts";

const root = join(import.meta.dirname, "../..");
const { policy } = policyValidators;
const { facts } = factsValidators;

/** The published schema, compiled by ajv when the test runs. */
function oracle(name: string) {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats });
  ajv.addVocabulary(["x-tighter", "x-expects", "x-key", "x-framework", "x-file"]);
  return ajv.compile(JSON.parse(readFileSync(join(root, `schema/${name}.schema.json`), "utf8")));
}

/** `path kind key` of each violation. */
function shortly(validator: Validator, value: unknown): string[] {
  return validate(validator, value).map(({ path, kind, key }) => [path.join("."), kind, ...(key === undefined ? [] : [key])].join(" "));
}

const at = "2026-01-01T00:00:00Z";
const someFacts = {
  deployments: [{ id: 1, environment: "e", commit: "c", statuses: [{ state: "success", at }] }],
  alerts: { from: at, to: at, coverage: [], alerts: [{ name: "a", severity: null, startsAt: at, endsAt: null }], silences: [] },
};
const common = { status: "approved", owner: "a", reviewed: "2026-01-01", "review-by": "2026-02-01" };
const observability = { ...common, "alert-test": { fired: "2026-01-01", acknowledged: at } };
const escalation = {
  ...common,
  severities: [],
  "stop-switch": { name: "a", owner: "b", exercised: "2026-01-01" },
  "user-path": "x",
  deactivation: ["x"],
};
const modelSelection = { ...common, model: "m", candidates: [{ model: "m" }], "policy-clauses": [], "shutdown-date": "none" };
const { out: report } = await run(["check", "examples/ready", "--format", "json", "--at", "2026-11-23T20:00:00Z"], { cwd: root });

const targets: [string, Validator, unknown][] = [
  ["policy", policy, load(fullPolicy)],
  ["policy", policy, load(organizationPolicy)],
  ["facts", facts, someFacts],
  ["documents/observability", documentValidators.observability, observability],
  ["documents/escalation", documentValidators.escalation, escalation],
  ["documents/model-selection", documentValidators["model-selection"], modelSelection],
  ["report", reportValidators.report, JSON.parse(report)],
];

describe("validate", () => {
  it.each(targets)("accepts the example: %s", (name, validator, example) => {
    expect(validate(validator, example)).toEqual([]);
    expect(oracle(name)(example)).toBe(true);
  });

  it.each(targets)("agrees with ajv and the published schema on whatever is done to it: %s", (name, validator, example) => {
    const accepts = oracle(name);
    const places = pathsOf(example);
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>("2026-02-29", "2026-02-28", "low", "@a/b", 0, -1, 1.5, Infinity, [], {}, null, "", "x".repeat(5000)),
      fc.constantFrom<unknown>(
        [3],
        [{ file: "a" }],
        { file: "a", fle: "b" },
        { Score: "a" },
        Array.from({ length: 300 }, () => 1),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), value, fc.constantFrom("set", "add", "delete"), (path, mutation, how) => {
        const mutated = mutate(example, path, mutation, how);
        expect(validate(validator, mutated).length === 0).toBe(accepts(mutated));
      }),
      { numRuns: 400 },
    );
  });

  const system = { id: "a", risk: "low", models: [] };
  const withSystem = (more: object) => ({ version: 1, systems: [{ ...system, ...more }] });
  const withEvidence = (evidence: unknown) => withSystem({ criteria: { "load-test": { evidence } } });
  const evidence = "systems.0.criteria.load-test.evidence";
  it.each<[string, unknown, string[]]>([
    ["nothing that fits", 7, [" type"]],
    ["another type", withSystem({ name: 7 }), ["systems.0.name type"]],
    ["no whole number, nor in range", withSystem({ schedule: { rollout: 0.5 } }), ["systems.0.schedule.rollout type"]],
    [
      "a number that is none",
      withSystem({ stages: [{ environment: "a", trafficPercent: Number.NaN }] }),
      ["systems.0.stages.0.trafficPercent type"],
    ],
    ["another choice", withSystem({ risk: "tiny" }), ["systems.0.risk choice"]],
    ["another constant, of another type", { version: "1" }, ["version choice"]],
    ["keys too many and too few", { systms: [] }, [" missing-key version", " unknown-key systms"]],
    ["names of keys", withSystem({ queries: { "a/b~c": "x" } }), ["systems.0.queries key-name a/b~c"]],
    [
      "a value below such a name",
      withSystem({ queries: { "a/b~c": "" } }),
      ["systems.0.queries key-name a/b~c", "systems.0.queries.a/b~c length"],
    ],
    ["no key", withEvidence({}), [`${evidence} key-count`]],
    ["an empty list", { version: 1, systems: [] }, ["systems item-count"]],
    ["an empty text", withSystem({ name: "" }), ["systems.0.name length"]],
    ["a long text that does not match either", withSystem({ id: "A".repeat(65) }), ["systems.0.id length"]],
    ["a pattern", withSystem({ id: "A" }), ["systems.0.id pattern"]],
    ["a format", withSystem({ started: "2026-02-30" }), ["systems.0.started format"]],
    ["a range", withSystem({ gates: { rollout: { waitDays: 31 } } }), ["systems.0.gates.rollout.waitDays range"]],
    [
      "an open range",
      withSystem({ traffic: { expectedPeak: { requestsPerSecond: 0 } } }),
      ["systems.0.traffic.expectedPeak.requestsPerSecond range"],
    ],
    ["an alternative of no type at hand", withEvidence("a.json"), [`${evidence} none-fits`]],
    ["an alternative, empty", withEvidence(null), [`${evidence} none-fits`]],
    ["an alternative that is meant", withEvidence({ file: 7 }), [`${evidence}.file type`]],
    [
      "the other that is meant",
      withEvidence([{ file: "a" }, 3, { check: { app: "x" } }]),
      [`${evidence}.1 type`, `${evidence}.2.check missing-key name`],
    ],
    ["the other, empty", withEvidence([]), [`${evidence} item-count`]],
  ])("says where: %s", (_, value, expected) => {
    expect(shortly(policy, value)).toEqual(expected);
  });

  it.each<[string, unknown, string[]]>([
    ["text, where a date or a word may stand", { ...modelSelection, "shutdown-date": "never" }, ["shutdown-date none-fits"]],
    ["a number, where a date or a word may stand", { ...modelSelection, "shutdown-date": 7 }, ["shutdown-date none-fits"]],
    ["a list, where a date or a word may stand", { ...modelSelection, "shutdown-date": [] }, ["shutdown-date none-fits"]],
  ])("says that no alternative fits: %s", (_, value, expected) => {
    expect(shortly(documentValidators["model-selection"], value)).toEqual(expected);
  });

  it("hands on what a missing value may be", () => {
    const [violation] = validate(policy, { version: 1, systems: [{ id: "a", models: [] }] });
    expect(violation?.wanted?.enum).toEqual(["low", "medium", "high"]);
  });

  it("stops where nobody would read on", () => {
    const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1]));
    expect(validate(policy, { version: 1, systems: [{ ...system, ...keys }] })).toHaveLength(1000);
  });

  it("looks at no entry of a list that is too long", () => {
    expect(shortly(policy, { version: 1, systems: Array.from({ length: 51 }, () => 1) })).toEqual(["systems item-count"]);
    expect(shortly(policy, withEvidence(Array.from({ length: 21 }, () => 1)))).toEqual([`${evidence} item-count`]);
  });
});

describe("check --format json", () => {
  it.each(["ready", "held"])("writes for examples/%s what its schema says", async (example) => {
    const { out } = await run(["check", `examples/${example}`, "--format", "json", "--at", "2026-11-23T20:00:00Z"], { cwd: root });
    expect(validate(reportValidators.report, JSON.parse(out))).toEqual([]);
  });
});

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
