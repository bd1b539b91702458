import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/escalation.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { document, judge, signed, subject } from "../subject.ts";

const sev1 = { id: "sev1", role: "sre", contact: "pager: assistant-primary", minutes: 15 };
const stop = { name: "flag assistant-enabled", owner: "@octo-sre", exercised: "2026-10-20" };
const fields = {
  severities: [sev1],
  "stop-switch": stop,
  "user-path": "A button Talk to a person in every answer.",
  deactivation: ["an answer that harms somebody"],
};

interface Case {
  name: string;
  changed?: Record<string, unknown>;
  risk?: Risk;
  state: State;
  says?: RegExp;
}
const row = (changed: Record<string, unknown>) => ({ severities: [{ ...sev1, ...changed }] });
const contact = (text: string) => row({ contact: text });
const switched = (changed: Record<string, unknown>) => ({ "stop-switch": { ...stop, ...changed } });
const mailOnly = [
  "assistant@acme.example",
  "mail: assistant@acme.example",
  "mailing list assistant-users",
  "E-Mail",
  "oncall@acme.example",
  "mailto:a@b.example; c@d.example",
];
const reachable = [
  "pager: assistant-primary",
  "phone +49 30 1234567",
  "a@b.example, phone +49 30 1234567",
  "chat: #assistant-ops",
  "PagerDuty assistant",
  "on-call of platform (a@b.example)",
  "@octo-mia",
  "+1 555 0100 200 or a@b.example",
];

const table: Case[] = [
  {
    name: "everything there",
    state: "met",
    says: /^1 severity, the fastest answered in 15 min; stop switch "flag assistant-enabled" exercised 34 days ago/,
  },
  { name: "no severities", changed: { severities: undefined }, state: "missing", says: /which severities there are/ },
  { name: "an empty list", changed: { severities: [] }, state: "missing" },
  { name: "rows that are words", changed: { severities: ["sev1"] }, state: "missing", says: /1 row under `severities` cannot be read/ },
  ...["id", "role", "contact", "minutes"].map((key) => ({
    name: `no ${key}`,
    changed: row({ [key]: undefined }),
    state: "missing" as const,
    says: new RegExp(`without .*${key}`),
  })),
  { name: "a contact still to be found", changed: contact("TBD"), state: "missing" },
  ...mailOnly.map((text) => ({
    name: `only mail: ${text}`,
    changed: contact(text),
    state: "not-met" as const,
    says: /only a mail address or a mailing list: "sev1"/,
  })),
  ...reachable.map((text) => ({ name: `reaches somebody: ${text}`, changed: contact(text), state: "met" as const })),
  { name: "no minutes at all", changed: row({ minutes: 0 }), state: "not-met", says: /no number above zero/ },
  { name: "NaN minutes", changed: row({ minutes: NaN }), state: "not-met" },
  { name: "minutes in words", changed: row({ minutes: "soon" }), state: "not-met" },
  { name: "an id twice", changed: { severities: [sev1, { ...sev1, id: "SEV1" }] }, state: "not-met", says: /used twice: "SEV1"/ },
  {
    name: "ids that are numbers",
    changed: {
      severities: [
        { ...sev1, id: 1 },
        { ...sev1, id: 2 },
      ],
    },
    state: "met",
  },
  {
    name: "one bad row among good ones",
    changed: { severities: [sev1, { ...sev1, id: "sev2", contact: "a@b.example" }] },
    state: "not-met",
  },
  { name: "no stop switch", changed: { "stop-switch": undefined }, state: "missing", says: /what stops the system/ },
  { name: "a stop switch without owner", changed: switched({ owner: "" }), state: "missing", says: /the owner of the stop switch/ },
  { name: "never exercised", changed: switched({ exercised: undefined }), state: "missing", says: /when the stop switch was exercised/ },
  { name: "exercised ahead", changed: switched({ exercised: "2027-01-01" }), state: "not-met" },
  { name: "exercised on a day that is none", changed: switched({ exercised: "2026-02-30" }), state: "missing" },
  { name: "exercised exactly 90 days ago at high risk", risk: "high", changed: switched({ exercised: "2026-08-25" }), state: "met" },
  {
    name: "exercised 91 days ago at high risk",
    risk: "high",
    changed: switched({ exercised: "2026-08-24" }),
    state: "stale",
    says: /91 days ago; at most 90/,
  },
  { name: "exercised 91 days ago at medium risk", risk: "medium", changed: switched({ exercised: "2026-08-24" }), state: "met" },
  { name: "no way to a person", changed: { "user-path": undefined }, state: "missing", says: /how a user reaches a person/ },
  { name: "a way still to be written", changed: { "user-path": "TODO" }, state: "missing" },
  { name: "no deactivation", changed: { deactivation: undefined }, state: "missing", says: /what leads to deactivation/ },
  { name: "an empty deactivation", changed: { deactivation: [" "] }, state: "missing" },
  { name: "deactivation as one sentence", changed: { deactivation: "an answer that harms somebody" }, state: "met" },
  {
    name: "thousands of severities",
    changed: { severities: Array.from({ length: 5000 }, (_, index) => ({ ...sev1, id: `s${index}` })) },
    state: "met",
  },
  { name: "a contact without end", changed: contact(`${"a@".repeat(100_000)}`), state: "met" },
];

describe("escalation", () => {
  it.each(table)("$state: $name", ({ state, says, risk = "low", changed = {} }) => {
    const judged = judge(criterion, signed(criterion, subject({ risk, documents: [document("escalation", { ...fields, ...changed })] })));
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it("is missing without the document and asks the product owner with it", () => {
    expect(judge(criterion, subject()).state).toBe("missing");
    expect(judge(criterion, subject({ risk: "medium", documents: [document("escalation", fields)] }))).toMatchObject({
      state: "needs-decision",
      decision: { role: "product-owner" },
    });
  });

  it("says nothing again that the field checks have said", () => {
    const written = document("escalation", { ...fields, "user-path": undefined });
    const problem = { key: "user-path", problem: "missing" as const, message: "`user-path` is missing." };
    const judged = judge(criterion, subject({ documents: [{ ...written, fieldProblems: [problem] }] }));
    expect(judged).toMatchObject({ state: "missing", summary: `${written.path}: \`user-path\` is missing.`, findings: [] });
  });
});
