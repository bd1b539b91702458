import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/model-registry.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { Registry } from "../../../src/shapes/measurements.ts";
import type { System } from "../../../src/shapes/policy.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { change, judge, measured, MODEL, signed, subject, unreadable } from "../subject.ts";

type Entry = Registry["models"][number];
const PATH = "docs/readiness/model-registry.yml";
const live = (changed: { [K in keyof Entry]?: Entry[K] | undefined } = {}): Entry =>
  entry({ id: "chat-2", version: MODEL, status: "live", since: "2026-09-20", rollback: "chat-1", ...changed });
const old = (changed: { [K in keyof Entry]?: Entry[K] | undefined } = {}): Entry =>
  entry({ id: "chat-1", version: "gpt-4o-2024-08-06", status: "retired", since: "2026-07-01", until: "2026-09-20", ...changed });

function entry(fields: { [K in keyof Entry]?: Entry[K] | undefined }): Entry {
  const whole = { role: "chat", provider: "openai", owner: "@octo-mia", ...fields };
  // A test takes fields away with undefined; the reader leaves them out.
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as Entry;
}
const file = (models: Entry[], path = PATH) => measured("registry", { models }, {}, path);

interface Case {
  name: string;
  models?: Entry[];
  files?: FileEvidence[];
  policy?: System["models"];
  risk?: Risk;
  history?: boolean;
  state: State;
  says?: RegExp;
}

const table: Case[] = [
  { name: "one live version with a way back", state: "met", says: /2 entries, 1 live; 1 of 1 model of the policy registered/ },
  { name: "no registry", files: [], state: "missing", says: /No model registry at docs\/readiness\/model-registry\.yml/ },
  { name: "an unreadable registry", files: [unreadable(PATH)], state: "missing", says: /cannot be read/ },
  { name: "an empty registry", models: [], policy: [], state: "missing", says: /has no entry/ },
  ...(["provider", "version", "status", "owner", "since"] as const).map((key) => ({
    name: `an entry without ${key}`,
    models: [live(), old({ [key]: undefined })],
    state: "not-met" as const,
    says: new RegExp(`"chat-1" has no ${key}`),
  })),
  {
    name: "an entry with a blank id",
    models: [live(), old(), entry({ id: " ", version: "gpt-4-0613", status: "retired", since: "2026-01-01" })],
    state: "not-met",
    says: /an entry without id has no id/,
  },
  { name: "a wildcard", models: [live(), old({ version: "gpt-4o-*" })], state: "not-met", says: /not pinned, because it holds a wildcard/ },
  {
    name: "a floating tag",
    models: [live({ version: "gpt-4o-latest" }), old()],
    policy: [{ id: "chat", provider: "openai", model: "gpt-4o-latest" }],
    state: "not-met",
    says: /its tag moves/,
  },
  {
    name: "a model that is not registered",
    models: [live({ version: "gpt-4o-2024-05-13" }), old()],
    state: "not-met",
    says: /"gpt-4o-2024-11-20" of "openai", which is not in the model registry/,
  },
  {
    name: "registered of another provider",
    models: [live({ provider: "azure" }), old()],
    state: "not-met",
    says: /the model registry has it of "azure"/,
  },
  {
    name: "registered and not live",
    models: [live({ status: "candidate" }), old()],
    state: "not-met",
    says: /calls "candidate", not live/,
  },
  {
    name: "registered under another role",
    models: [live({ role: "triage" }), old({ role: "triage" })],
    state: "not-met",
    says: /runs .* as "chat"; .* live as "triage"/,
  },
  { name: "spelled in another case", models: [live({ provider: "OpenAI", status: "Live", role: "Chat" }), old()], state: "met" },
  {
    name: "two live versions in one role",
    models: [live(), old({ status: "live", until: undefined, rollback: "chat-2" })],
    state: "not-met",
    says: /2 versions are live in the role "chat"/,
  },
  {
    name: "two roles, one live version each",
    models: [
      live(),
      old(),
      live({ id: "e-2", role: "embed", version: "text-embedding-ada-002", rollback: "e-1" }),
      old({ id: "e-1", role: "embed", version: "text-embedding-ada-001" }),
    ],
    state: "met",
  },
  {
    name: "live without a role",
    models: [live({ role: undefined }), old({ role: undefined })],
    state: "not-met",
    says: /live without a role/,
  },
  { name: "no way back", models: [live({ rollback: undefined }), old()], state: "not-met", says: /names no version to roll back to/ },
  {
    name: "a way back that is not there",
    models: [live({ rollback: "chat-0" }), old()],
    state: "not-met",
    says: /"chat-0", which is not in the model registry/,
  },
  { name: "a way back to itself", models: [live({ rollback: "chat-2" }), old()], state: "not-met", says: /roll back to itself/ },
  {
    name: "a way back to the same version under another id",
    models: [live(), old({ version: MODEL })],
    state: "not-met",
    says: /roll back to itself/,
  },
  { name: "a way back to a revoked version", models: [live(), old({ status: "revoked" })], state: "not-met", says: /which is revoked/ },
  { name: "a way back into another role", models: [live(), old({ role: "triage" })], state: "not-met", says: /another role/ },
  {
    name: "two entries of one id",
    models: [live(), old(), old({ version: "gpt-4-0613" })],
    state: "not-met",
    says: /share one id: "chat-1"/,
  },
  { name: "live from today on", models: [live({ since: "2026-11-23" }), old()], state: "met" },
  { name: "live from tomorrow on", models: [live({ since: "2026-11-24" }), old()], state: "not-met", says: /which lies ahead/ },
  { name: "a day that is none", models: [live({ since: "yesterday" }), old()], state: "not-met", says: /is no date/ },
  { name: "an end before the beginning", models: [live(), old({ until: "2026-06-30" })], state: "not-met", says: /before it begins/ },
  { name: "live and closed", models: [live({ until: "2026-12-01" }), old()], state: "not-met", says: /live and closed/ },
  {
    name: "an export that repeats the register",
    files: [file([live(), old()]), file([live(), old()], "docs/readiness/evidence/model-registry/mlbom.json")],
    state: "met",
  },
  {
    name: "an export that contradicts it",
    files: [file([live(), old()]), file([live({ version: "gpt-4-0613" })], "mlbom.json")],
    state: "not-met",
  },
  {
    name: "two models of the policy, one registered",
    policy: [
      { id: "chat", provider: "openai", model: MODEL },
      { id: "embed", provider: "openai", model: "text-embedding-ada-002" },
    ],
    state: "not-met",
    says: /1 of 2 models of the policy registered/,
  },
  { name: "no history", history: false, state: "met", says: /not checked: no history/ },
  { name: "no history at high risk", history: false, risk: "high", state: "inconclusive", says: /not checked: no history/ },
  { name: "with a history at high risk", risk: "high", state: "met", says: /last changed on 2026-09-20/ },
];

describe("model-registry", () => {
  it.each(table)(
    "$state: $name",
    ({ models = [live(), old()], files = [file(models)], policy, risk = "medium", history = true, state, says }) => {
      const on = subject({
        risk,
        evidence: { "model-registry": files },
        facts: history ? { lineage: [change(PATH, "2026-09-20T08:00:00Z"), change("mlbom.json", "2026-09-20T08:00:00Z")] } : {},
        ...(policy ? { system: { models: policy } } : {}),
      });
      const judged = judge(criterion, signed(criterion, on));
      expect(judged.state).toBe(state);
      if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
    },
  );

  it("judges a hundred thousand entries in bounded time", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => live({ id: `m-${index}`, rollback: `m-${index + 1}` }));
    const judged = judge(criterion, subject({ evidence: { "model-registry": [file(many)] } }));
    expect(judged.state).toBe("not-met");
    expect(judged.findings.length).toBeLessThan(60);
  });

  it("asks security for the register as it stands", () => {
    const judged = judge(criterion, subject({ risk: "medium", evidence: { "model-registry": [file([live(), old()])] } }));
    expect(judged).toMatchObject({
      state: "needs-decision",
      decision: { role: "security", question: "May these versions answer users?", digest: file([live(), old()]).digest },
    });
  });

  it("is not removed by a waiver or a not-applicable", () => {
    const system = {
      waivers: [{ criterion: "model-registry" as const, until: "2027-01-01", reason: "x" }],
      notApplicable: [{ criterion: "model-registry" as const, reason: "x" }],
    };
    expect(judge(criterion, subject({ system })).state).toBe("missing");
  });
});
