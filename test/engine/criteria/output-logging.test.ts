import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/output-logging.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { document, judge, measured, signed, subject, unreadable } from "../subject.ts";

const SCHEMA = "log.schema.json";
const SAMPLE = "sample.jsonl";
const always = ["time", "request_id", "user", "model", "prompt_version", "input_ref", "output_ref", "guardrail"];
const all = [...always, "reviewer", "outcome"];
const fields = {
  schema: SCHEMA,
  retention: "P12M",
  store: { kind: "append-only", name: "bucket assistant-audit" },
  completeness: { logged: 999, served: 1000, window: "2026-11-02/2026-11-09" },
};
const schema = (properties: string[] = all, required: string[] = always) => measured("json-schema", { properties, required }, {}, SCHEMA);
const sample = (changed: Record<string, number> = {}, lines = 40, present?: Record<string, number>) => {
  const keys = Object.fromEntries([...always.map((key): [string, number] => [key, lines]), ["reviewer", 1], ["outcome", 1]]);
  return measured("log", { lines, keys: { ...keys, ...changed }, ...(present ? { present } : {}) }, {}, SAMPLE);
};
const sampled = { schema: undefined, sample: SAMPLE };
const without = (key: string) => all.filter((one) => one !== key);

interface Case {
  name: string;
  changed?: Record<string, unknown>;
  files?: FileEvidence[];
  found?: FileEvidence[];
  risk?: Risk;
  state: State;
  says?: RegExp;
}

const table: Case[] = [
  { name: "everything there", state: "met", says: /^log described by a schema; kept 365 days; 999 of 1000 requests logged \(99\.9 %\)/ },
  { name: "a sample instead of a schema", changed: sampled, files: [sample()], state: "met", says: /a sample of 40 lines/ },
  { name: "both", changed: { sample: SAMPLE }, files: [schema(), sample()], state: "met", says: /a schema and a sample of 40 lines/ },
  { name: "a schema in the evidence folder that nobody names", changed: { schema: undefined }, files: [], found: [schema()], state: "met" },
  { name: "neither", changed: { schema: undefined }, files: [], state: "missing", says: /where a schema or a sample of the log is/ },
  { name: "a schema that is not there", files: [], state: "missing", says: /The schema "log\.schema\.json" .* is not there/ },
  { name: "a schema that cannot be read", files: [unreadable(SCHEMA)], state: "missing", says: /cannot be read: it is not JSON/ },
  {
    name: "a schema that is something else",
    files: [measured("tests", { total: 1, passed: 1, failed: 0, skipped: 0, errors: 0 }, {}, SCHEMA)],
    state: "missing",
    says: /reads as tests/,
  },
  { name: "a named sample that is not there beside a good schema", changed: { sample: SAMPLE }, state: "missing" },
  ...always.map((key) => ({
    name: `a schema without ${key}`,
    files: [
      schema(
        without(key),
        always.filter((one) => one !== key),
      ),
    ],
    state: "not-met" as const,
    says: new RegExp(`does not know ${key}`),
  })),
  { name: "a schema that requires nothing", files: [schema(all, [])], state: "not-met", says: /does not require time, .* and guardrail/ },
  { name: "an empty schema", files: [schema([], [])], state: "not-met" },
  {
    name: "a schema without reviewer",
    files: [schema(without("reviewer"))],
    state: "not-met",
    says: /Neither schema nor sample knows reviewer/,
  },
  { name: "the reviewer in the sample only", changed: { sample: SAMPLE }, files: [schema(always), sample()], state: "met" },
  {
    name: "own names",
    changed: { fields: { user: "uid" } },
    files: [
      schema(
        [...without("user"), "uid"],
        always.map((key) => (key === "user" ? "uid" : key)),
      ),
    ],
    state: "met",
  },
  {
    name: "own names within an object",
    changed: { fields: { user: "who.id" } },
    files: [
      schema(
        [...without("user"), "who"],
        always.map((key) => (key === "user" ? "who" : key)),
      ),
    ],
    state: "met",
  },
  {
    name: "names of an object's own making",
    changed: { fields: { user: "constructor" } },
    files: [
      schema(
        without("user"),
        always.filter((key) => key !== "user"),
      ),
    ],
    state: "not-met",
  },
  { name: "a sample without a line", changed: sampled, files: [sample({}, 0)], state: "missing", says: /holds no line/ },
  {
    name: "a key in all lines but one",
    changed: sampled,
    files: [sample({ guardrail: 39 })],
    state: "not-met",
    says: /has guardrail \(39 of 40\)/,
  },
  { name: "a key with NaN lines", changed: sampled, files: [sample({ guardrail: NaN })], state: "not-met" },
  { name: "a sample without outcome", changed: sampled, files: [sample({ outcome: 0 })], state: "not-met", says: /knows outcome/ },
  {
    name: "a sample that lacks a further key of the schema",
    changed: { sample: SAMPLE },
    files: [schema([...all, "tenant"], [...always, "tenant"]), sample({ tenant: 39 })],
    state: "not-met",
    says: /The sample does not validate against the schema: not every line of sample\.jsonl has "tenant", which log\.schema\.json requires/,
  },
  {
    name: "a sample that holds a further key of the schema in every line",
    changed: { sample: SAMPLE },
    files: [schema([...all, "tenant"], [...always, "tenant"]), sample({ tenant: 40 })],
    state: "met",
  },
  {
    name: "a key that the schema requires and that is null in some lines",
    changed: { sample: SAMPLE },
    files: [schema(all, all), sample({}, 40, { reviewer: 40, outcome: 40 })],
    state: "met",
  },
  {
    name: "a reviewer that the schema requires and that lines without review leave out",
    changed: { sample: SAMPLE },
    files: [schema(all, all), sample({}, 40, { outcome: 40 })],
    state: "not-met",
    says: /has "reviewer", which/,
  },
  {
    name: "a required key under its own name, counted under ours",
    changed: { sample: SAMPLE, fields: { reviewer: "checked_by" } },
    files: [schema([...always, "checked_by", "outcome"], [...always, "checked_by"]), sample({ reviewer: 40 })],
    state: "met",
  },
  {
    name: "a required key of an object's own making",
    changed: { sample: SAMPLE },
    files: [schema([...all, "toString"], [...always, "toString"]), sample()],
    state: "not-met",
  },
  { name: "retention exactly at six months at low risk", changed: { retention: "P6M" }, state: "met" },
  { name: "retention in days of the shortest six months", changed: { retention: "P181D" }, state: "met" },
  { name: "a day less", changed: { retention: "P180D" }, state: "not-met", says: /kept 180 days; 6 months are asked for/ },
  { name: "a year in days at high risk", risk: "high", changed: { retention: "P365D" }, state: "met" },
  { name: "six months at medium risk", risk: "medium", changed: { retention: "P6M" }, state: "not-met" },
  { name: "retention in words", changed: { retention: "a year" }, state: "missing", says: /as an ISO 8601 duration/ },
  { name: "no retention", changed: { retention: undefined }, state: "missing" },
  ...["Append-Only", "append only", "immutable", "WORM"].map((kind) => ({
    name: `store ${kind}`,
    changed: { store: { kind, name: "x" } },
    state: "met" as const,
  })),
  { name: "a store that forgets", changed: { store: { kind: "postgres", name: "x" } }, state: "not-met", says: /The store is "postgres"/ },
  { name: "a store without kind", changed: { store: { name: "x" } }, state: "missing" },
  { name: "a store without name", changed: { store: { kind: "worm" } }, state: "missing", says: /the name of the log's store/ },
  {
    name: "a request less than complete",
    changed: { completeness: { logged: 998, served: 1000 } },
    state: "not-met",
    says: /998 of 1000 served requests were logged \(99\.8 %\); 99\.9 % are asked for/,
  },
  {
    name: "close to complete",
    changed: { completeness: { logged: 99_899, served: 100_000 } },
    state: "not-met",
    says: /\(99\.899 %\); 99\.9 %/,
  },
  { name: "more logged than served", changed: { completeness: { logged: 1001, served: 1000 } }, state: "not-met", says: /cannot be right/ },
  {
    name: "nothing logged",
    changed: { completeness: { logged: 0, served: 10 } },
    state: "not-met",
    says: /0 of 10 served requests were logged \(0 %\)/,
  },
  { name: "nothing served", changed: { completeness: { logged: 0, served: 0 } }, state: "not-met" },
  { name: "negative counts", changed: { completeness: { logged: -2, served: -1 } }, state: "not-met" },
  { name: "NaN", changed: { completeness: { logged: NaN, served: 1000 } }, state: "missing", says: /how many served requests were logged/ },
  { name: "no completeness", changed: { completeness: undefined }, state: "missing" },
  { name: "a completeness of no time", changed: { completeness: { logged: 10, served: 10 } }, state: "met", says: /names no time/ },
];

describe("output-logging", () => {
  it.each(table)("$state: $name", ({ state, says, risk = "low", changed = {}, files = [schema()], found = [] }) => {
    const whole = subject({
      risk,
      documents: [document("output-logging", { ...fields, ...changed })],
      referenced: files,
      evidence: { "output-logging": found },
    });
    const judged = judge(criterion, signed(criterion, whole));
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it("reads the file that the document names with its own names before the same file in the folder", () => {
    const bare = measured("log", { lines: 40, keys: { uid: 40 } }, {}, SAMPLE);
    const whole = subject({
      documents: [document("output-logging", { ...fields, ...sampled })],
      referenced: [sample()],
      evidence: { "output-logging": [bare] },
    });
    expect(judge(criterion, whole).state).toBe("met");
  });

  it("is missing without the document and asks legal and privacy with it", () => {
    expect(judge(criterion, subject()).state).toBe("missing");
    const whole = subject({ risk: "medium", documents: [document("output-logging", fields)], referenced: [schema()] });
    expect(judge(criterion, whole)).toMatchObject({ state: "needs-decision", decision: { role: "legal-privacy" } });
  });
});
