import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/model-selection.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { Registry } from "../../../src/shapes/measurements.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { document, judge, measured, MODEL, signed, subject, unreadable, type Parts } from "../subject.ts";

const OTHER = "mistral-large-2411";
const registry = (version = MODEL) => {
  const models: Registry["models"] = [
    { id: "chat-1", role: "chat", provider: "openai", version, status: "live", owner: "@octo-mia", since: "2026-09-20" },
  ];
  return measured("registry", { models }, {}, "docs/readiness/model-registry.yml");
};
const result = (path: string, model: string | undefined, data: string | undefined = "sha256:aa") =>
  measured(
    "evaluation",
    { total: 200, passed: 190, failed: 10, metrics: [{ name: "pass-rate", value: 0.95, n: 200 }] },
    { model, data },
    path,
  );
const both = [result("eval/a.json", MODEL), result("eval/b.json", OTHER)];
const fields = {
  model: MODEL,
  candidates: [
    { model: MODEL, evaluation: "eval/a.json" },
    { model: OTHER, evaluation: "eval/b.json" },
  ],
  "policy-clauses": [{ id: "data-residency", answer: "met", evidence: "clause 4 of the contract" }],
  "shutdown-date": "none",
};

interface Case extends Parts {
  name: string;
  fields?: Record<string, unknown>;
  choice?: string;
  files?: FileEvidence[];
  registry?: FileEvidence[];
  state: State;
  says?: RegExp;
}

/** Judged with every decision answered, so that only what is the machine's shows. */
function report({
  fields: changed = {},
  choice,
  files = both,
  registry: found = [registry()],
  risk = "medium",
  ...parts
}: Omit<Case, "name" | "state" | "says">) {
  const on = subject({
    risk,
    documents: [document("model-selection", { ...fields, ...changed }, choice === undefined ? {} : { Choice: choice })],
    referenced: files,
    evidence: { "model-selection": found },
    ...parts,
  });
  return judge(criterion, signed(criterion, on));
}

const clause = (evidence: unknown, answer: unknown = "met", id: unknown = "x") => ({ "policy-clauses": [{ id, answer, evidence }] });
const table: Case[] = [
  {
    name: "two candidates on the same data",
    state: "met",
    says: /"gpt-4o-2024-11-20"; 2 candidates evaluated, 2 asked for; 1 of 1 clause met/,
  },
  { name: "no document", documents: [], state: "missing", says: /model-selection\.md is not there/ },
  { name: "no model", fields: { model: undefined }, state: "missing", says: /which model was chosen/ },
  {
    name: "a floating alias",
    fields: { model: "gpt-4o" },
    system: { models: [{ id: "chat", provider: "openai", model: "gpt-4o" }] },
    registry: [registry("gpt-4o")],
    state: "not-met",
    says: /not pinned, because it is an alias/,
  },
  {
    name: "a model that the policy does not run",
    fields: { model: OTHER },
    registry: [registry(OTHER)],
    state: "not-met",
    says: /none of the policy's models/,
  },
  { name: "no registry", registry: [], state: "missing", says: /No model registry/ },
  {
    name: "an unreadable registry",
    registry: [unreadable("docs/readiness/model-registry.yml")],
    state: "missing",
    says: /No model registry/,
  },
  {
    name: "a model that is not in the registry",
    registry: [registry("gpt-4o-2024-08-06")],
    state: "not-met",
    says: /not in the model registry/,
  },
  { name: "no candidates", fields: { candidates: [] }, state: "missing", says: /0 candidates evaluated; 2 are asked for/ },
  { name: "no candidates at low risk", fields: { candidates: [] }, risk: "low", state: "met" },
  { name: "one candidate", fields: { candidates: fields.candidates.slice(0, 1) }, state: "not-met", says: /1 candidate evaluated/ },
  {
    name: "one candidate listed twice",
    fields: { candidates: [fields.candidates[0], fields.candidates[0]] },
    state: "not-met",
    says: /1 candidate evaluated/,
  },
  { name: "an evaluation that is not there", files: both.slice(0, 1), state: "not-met", says: /is not there: "eval\/b\.json"/ },
  {
    name: "an evaluation that cannot be read",
    files: [both[0] as FileEvidence, unreadable("eval/b.json")],
    state: "not-met",
    says: /cannot be read/,
  },
  {
    name: "an evaluation of another kind",
    files: [both[0] as FileEvidence, registryAt("eval/b.json")],
    state: "not-met",
    says: /no evaluation result/,
  },
  {
    name: "an evaluation without a result",
    files: [both[0] as FileEvidence, measured("evaluation", { total: 0, metrics: [] }, { model: OTHER }, "eval/b.json")],
    state: "not-met",
    says: /holds no result/,
  },
  {
    name: "the same result for two models",
    fields: {
      candidates: [
        { model: MODEL, evaluation: "eval/a.json" },
        { model: OTHER, evaluation: "eval/a.json" },
      ],
    },
    state: "not-met",
    says: /was measured on "gpt-4o-2024-11-20"/,
  },
  {
    name: "a provider in front of the measured model",
    files: [result("eval/a.json", `openai:chat:${MODEL}`), result("eval/b.json", `mistral/${OTHER}`)],
    state: "met",
  },
  {
    name: "different data",
    files: [result("eval/a.json", MODEL), result("eval/b.json", OTHER, "sha256:bb")],
    state: "not-met",
    says: /2 different sets of data/,
  },
  {
    name: "data not known",
    files: [unbound("eval/a.json", MODEL), unbound("eval/b.json", OTHER)],
    state: "met",
    says: /2 evaluations do not say on which data/,
  },
  {
    name: "data not known at high risk",
    files: [unbound("eval/a.json", MODEL), unbound("eval/b.json", OTHER)],
    risk: "high",
    state: "inconclusive",
    says: /do not say on which data/,
  },
  {
    name: "the chosen model is no candidate",
    fields: {
      candidates: [
        { model: OTHER, evaluation: "eval/b.json" },
        { model: "command-r-08-2024", evaluation: "eval/c.json" },
      ],
    },
    files: [result("eval/b.json", OTHER), result("eval/c.json", "command-r-08-2024")],
    state: "not-met",
    says: /none of the evaluated candidates/,
  },
  {
    name: "a candidate without a model",
    fields: { candidates: [...fields.candidates, { evaluation: "eval/a.json" }] },
    state: "missing",
    says: /names no model/,
  },
  { name: "no clauses", fields: { "policy-clauses": [] }, state: "missing", says: /clauses of the security policy/ },
  { name: "a clause not met", fields: clause("text", "partly"), state: "not-met", says: /answered with "partly"/ },
  { name: "a clause without an answer", fields: clause("text", null), state: "missing", says: /has no answer/ },
  { name: "a clause without evidence", fields: clause(undefined), state: "missing", says: /has no evidence/ },
  {
    name: "a clause with a path that is not there",
    fields: clause("docs/none.md"),
    state: "missing",
    says: /is not there: "docs\/none\.md"/,
  },
  { name: "a clause with a path that is there", fields: clause("docs/dpa.md#4"), exists: ["docs/dpa.md"], state: "met" },
  { name: "a clause with an address", fields: clause("https://example.com/dpa.pdf"), state: "met" },
  { name: "a clause with a sentence that holds a slash", fields: clause("and/or as agreed"), state: "met" },
  { name: "a clause with a number as its id", fields: clause("text", "met", 4.2), state: "met" },
  {
    name: "a clause answered twice",
    fields: {
      "policy-clauses": [
        { id: "X", answer: "met", evidence: "a" },
        { id: "x", answer: "met", evidence: "b" },
      ],
    },
    state: "not-met",
    says: /answered twice/,
  },
  { name: "a clause that is no record", fields: { "policy-clauses": ["data-residency"] }, state: "not-met", says: /not a record/ },
  {
    name: "shutdown in the week of broad release",
    fields: { "shutdown-date": "2026-12-13" },
    state: "not-met",
    says: /not after the end of week 14 \(2026-12-13\)/,
  },
  { name: "shutdown on the day after it", fields: { "shutdown-date": "2026-12-14" }, state: "met" },
  { name: "shutdown in the past", fields: { "shutdown-date": "2026-11-01" }, state: "not-met", says: /shut the model down on 2026-11-01/ },
  {
    name: "shutdown without a start: the review counts",
    fields: { "shutdown-date": "2027-04-01" },
    system: { started: undefined } as never,
    state: "not-met",
    says: /review-by/,
  },
  { name: "shutdown after the review", fields: { "shutdown-date": "2027-04-02" }, system: { started: undefined } as never, state: "met" },
  { name: "shutdown that is no date", fields: { "shutdown-date": "soon" }, state: "not-met", says: /neither a date nor/ },
  { name: "no shutdown date", fields: { "shutdown-date": undefined }, state: "missing", says: /when the provider shuts/ },
  {
    name: "a leaderboard and nothing of one's own",
    fields: { candidates: [] },
    risk: "low",
    choice: "It leads the LMArena ranking.",
    state: "not-met",
    says: /public ranking \("LMArena"\)/,
  },
  { name: "a leaderboard beside own results", choice: "It leads LMArena and our own cases.", state: "met" },
  {
    name: "thousands of candidates",
    fields: { candidates: Array.from({ length: 3000 }, (_, index) => ({ model: `m-${index}` })) },
    state: "missing",
    says: /more findings are not shown/,
  },
];

function unbound(path: string, model: string) {
  return measured("evaluation", { total: 9, metrics: [{ name: "pass-rate", value: 1, n: 9 }] }, { model }, path);
}

function registryAt(path: string) {
  return { ...registry(), path };
}

describe("model-selection", () => {
  it.each(table)("$state: $name", ({ state, says, name: _name, ...parts }) => {
    const judged = report(parts);
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it.each<[Risk, State]>([
    ["low", "met"],
    ["medium", "needs-decision"],
    ["high", "needs-decision"],
  ])("at %s risk an unsigned selection is %s", (risk, state) => {
    const on = subject({
      risk,
      documents: [document("model-selection", fields)],
      referenced: both,
      evidence: { "model-selection": [registry()] },
    });
    expect(judge(criterion, on).state).toBe(state);
  });
});
