import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/user-satisfaction.ts";
import { wilson } from "../../../src/engine/statistics.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { Facts } from "../../../src/shapes/facts.ts";
import type { Origin, Survey } from "../../../src/shapes/measurements.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { change, document, judge, measured, signed, subject, unreadable } from "../subject.ts";

const fields = {
  question: "Did it help?",
  scale: "1-5",
  asked: "random",
  cohort: { from: "2026-11-02", to: "2026-11-15", rule: "the canary" },
  "threshold-set": "2026-10-20",
};
type Loose<T> = { [K in keyof T]?: T[K] | undefined };

function survey(
  satisfied: number,
  responses: number,
  changed: Loose<Survey> = {},
  origin: Loose<Origin> = {},
  path = "docs/readiness/evidence/user-satisfaction/a.csv",
): FileEvidence {
  const whole = { responses, invited: 400, satisfied, scale: "1-5", from: "2026-11-02T08:00:00Z", to: "2026-11-15T20:00:00Z", ...changed };
  // A test takes fields away with undefined; the reader leaves them out.
  const measurement = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as Survey;
  return measured("survey", measurement, { measuredAt: "2026-11-15T20:00:00Z", ...origin }, path);
}

const days = { from: "2026-11-02T08:00:00Z", to: "2026-11-15T20:00:00Z" };
const mixed = [
  { id: "canary", responses: 100, satisfied: 84, invited: 200, ...days },
  { id: "staff", responses: 120, satisfied: 43, invited: 200, ...days },
];

interface Case {
  name: string;
  files?: FileEvidence[];
  fields?: Record<string, unknown>;
  /** Least lower bound. */
  bound?: number;
  risk?: Risk;
  changed?: string | null;
  absent?: boolean;
  state: State;
  says?: RegExp;
}

/* Wilson: 84 of 100 gives at least 75.58 %, 83 of 100 at least 74.45 %; asked for is 75 % of at least 100 answers at medium risk. */
const table: Case[] = [
  { name: "84 of 100", state: "met", says: /84 % of 100 answers satisfied, at least 75\.6 % with 95 % confidence; 75 % asked for/ },
  {
    name: "83 of 100: the point is above, the bound below",
    files: [survey(83, 100)],
    state: "not-met",
    says: /at least 74\.\d % with 95 % confidence; 75 % asked for/,
  },
  { name: "exactly at the bound", bound: wilson(84, 100).lower, state: "met" },
  { name: "a hair below it", bound: wilson(84, 100).lower + 1e-6, state: "not-met" },
  { name: "no description", absent: true, state: "missing" },
  { name: "no survey", files: [], state: "missing", says: /No survey at / },
  { name: "an unreadable survey", files: [unreadable("a.csv")], state: "missing" },
  { name: "one answer too few", files: [survey(99, 99)], state: "inconclusive", says: /99 answers; at least 100 are asked for/ },
  { name: "nobody answered", files: [survey(0, 0)], state: "inconclusive", says: /holds no answer/ },
  { name: "more satisfied than answered", files: [survey(101, 100)], state: "not-met", says: /contradict each other/ },
  { name: "NaN", files: [survey(NaN, 100)], state: "not-met" },
  { name: "a negative number", files: [survey(-1, 100)], state: "not-met" },
  { name: "response rate exactly at the threshold", files: [survey(130, 150, { invited: 1000 })], state: "met" },
  {
    name: "response rate below",
    files: [survey(130, 150, { invited: 1001 })],
    state: "not-met",
    says: /14\.99 % of 1001 people answered; at least 15 %/,
  },
  {
    name: "more answered than were asked",
    files: [survey(130, 150, { invited: 149 })],
    state: "not-met",
    says: /150 people answered and 149 were asked/,
  },
  {
    name: "nobody knows how many were asked",
    files: [survey(84, 100, { invited: undefined })],
    state: "missing",
    says: /how many people were asked/,
  },
  {
    name: "the description knows how many were asked",
    files: [survey(84, 100, { invited: undefined })],
    fields: { invited: 400 },
    state: "met",
  },
  {
    name: "a small cohort of which 60 % answered",
    files: [survey(23, 30, { invited: 50 })],
    fields: { asked: "all" },
    state: "met",
    says: /60 % of everybody asked, so the observed 76\.7 % counts/,
  },
  {
    name: "a small cohort of which fewer answered",
    files: [survey(29, 29, { invited: 50 })],
    fields: { asked: "all" },
    state: "inconclusive",
  },
  { name: "60 % of a random sample are not everybody", files: [survey(23, 30, { invited: 50 })], state: "inconclusive" },
  {
    name: "a small cohort, observed below",
    files: [survey(22, 30, { invited: 50 })],
    fields: { asked: "all" },
    state: "not-met",
    says: /observed 73\.3 % counts; 75 %/,
  },
  { name: "a small cohort, observed exactly at it", files: [survey(24, 32, { invited: 50 })], fields: { asked: "all" }, state: "met" },
  {
    name: "cohorts judged together, and said so",
    files: [survey(84, 100, { cohorts: mixed })],
    state: "met",
    says: /a\.csv marks its answers with 2 cohorts, and they are judged together/,
  },
  {
    name: "the cohort that the description names",
    files: [survey(130, 220, { cohorts: mixed })],
    fields: { cohort: { ...fields.cohort, name: "canary" } },
    state: "met",
    says: /84 % of 100 answers satisfied/,
  },
  {
    name: "a named cohort that is not satisfied, whatever the others say",
    files: [survey(300, 320, { cohorts: mixed })],
    fields: { cohort: { ...fields.cohort, name: "staff" } },
    state: "not-met",
    says: /35\.8 % of 120 answers/,
  },
  {
    name: "the response rate of the named cohort",
    files: [survey(300, 320, { cohorts: [{ id: "canary", responses: 100, satisfied: 84, invited: 1000 }] })],
    fields: { cohort: { ...fields.cohort, name: "canary" } },
    state: "not-met",
    says: /10 % of 1000 people answered/,
  },
  {
    name: "dates of the named cohort",
    files: [survey(84, 100, { from: "2026-10-01T00:00:00Z", cohorts: mixed })],
    fields: { cohort: { ...fields.cohort, name: "canary" } },
    state: "met",
  },
  {
    name: "a named cohort that no answer is marked with",
    fields: { cohort: { ...fields.cohort, name: "canary" } },
    state: "missing",
    says: /No answer in .*a\.csv is marked with the cohort "canary"/,
  },
  { name: "those who wanted to were asked", fields: { asked: "volunteers" }, state: "not-met", says: /neither all nor a random sample/ },
  { name: "not said who was asked", fields: { asked: undefined }, state: "missing" },
  {
    name: "another scale",
    files: [survey(84, 100, { scale: "0-10" })],
    state: "not-met",
    says: /on the scale "0-10", the survey's is "1-5"/,
  },
  { name: "the same scale written otherwise", fields: { scale: "1 – 5" }, state: "met" },
  { name: "no scale", fields: { scale: undefined }, state: "missing" },
  {
    name: "an export without a scale",
    files: [survey(0, 100, { scale: undefined, satisfied: undefined })],
    state: "missing",
    says: /does not say on which scale people answered/,
  },
  {
    name: "an answer before the cohort",
    files: [survey(84, 100, { from: "2026-11-01T23:59:59Z" })],
    state: "not-met",
    says: /the cohort from 2026-11-02/,
  },
  { name: "an answer after the cohort", files: [survey(84, 100, { to: "2026-11-16T00:00:00Z" })], state: "not-met" },
  {
    name: "answers without times",
    files: [survey(84, 100, { from: undefined, to: undefined })],
    state: "inconclusive",
    says: /when people answered/,
  },
  { name: "no cohort", fields: { cohort: undefined }, state: "missing", says: /from when to when the cohort/ },
  { name: "half a cohort", fields: { cohort: { to: "2026-11-01" } }, state: "missing" },
  { name: "a cohort that ends before it begins", fields: { cohort: { from: "2026-11-15", to: "2026-11-02" } }, state: "not-met" },
  { name: "a cohort ahead", fields: { cohort: { from: "2026-11-24", to: "2026-12-02" } }, state: "not-met", says: /lies ahead/ },
  { name: "the threshold set the day before", fields: { "threshold-set": "2026-11-01" }, state: "met" },
  {
    name: "the threshold set on the day",
    fields: { "threshold-set": "2026-11-02" },
    state: "not-met",
    says: /not before the first answer/,
  },
  { name: "the threshold set after", fields: { "threshold-set": "2026-11-20" }, state: "not-met" },
  { name: "the threshold set on no day", fields: { "threshold-set": "early" }, state: "not-met" },
  { name: "no day of the threshold", fields: { "threshold-set": undefined }, state: "missing" },
  {
    name: "the weaker of two exports decides",
    files: [survey(99, 100), survey(60, 100, {}, {}, "b.csv")],
    state: "not-met",
    says: /60 % of 100 answers/,
  },
  { name: "prompts changed since", changed: "2026-11-16T00:00:00Z", state: "stale", says: /prompts\/system\.md changed/ },
  { name: "no history", changed: null, state: "met", says: /not checked: no history/ },
  { name: "another model", files: [survey(84, 100, {}, { model: "gpt-4o-2024-08-06" })], state: "stale" },
  {
    name: "over a year old",
    files: [survey(84, 100, { from: "2025-11-02T08:00:00Z", to: "2025-11-15T08:00:00Z" }, { measuredAt: undefined })],
    fields: { cohort: { from: "2025-11-02", to: "2025-11-15" }, "threshold-set": "2025-10-01" },
    changed: "2025-01-01T00:00:00Z",
    state: "stale",
    says: /days ago/,
  },
];

function judgeCase({
  files = [survey(84, 100)],
  fields: changedFields = {},
  bound,
  risk = "medium",
  changed = "2026-10-30T00:00:00Z",
  absent,
}: Omit<Case, "name" | "state">) {
  const documents = absent ? [] : [document("user-survey", { ...fields, ...changedFields })];
  const facts = changed === null ? {} : { lineage: [change("prompts/system.md", changed)] };
  const thresholds = bound === undefined ? {} : { "user-satisfaction": { lowerBound: bound } };
  return judge(criterion, signed(criterion, subject({ risk, documents, thresholds, evidence: { "user-satisfaction": files }, facts })));
}

describe("user-satisfaction", () => {
  it.each(table)("$state: $name", ({ state, says, name: _name, ...parts }) => {
    const judged = judgeCase(parts);
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  const ran = (from: string, to?: string, share = 10): NonNullable<Facts["deployments"]>[number] => ({
    id: 1,
    environment: "production-canary",
    commit: "aaaa",
    trafficPercent: share,
    statuses: [{ state: "success", at: from }, ...(to === undefined ? [] : [{ state: "inactive", at: to }])],
  });
  const [first, last] = ["2026-11-02T14:00:00Z", "2026-11-15T02:00:00Z"];

  it.each<[string, Facts["deployments"], Record<string, unknown>, Risk, State]>([
    ["the same days", [ran(first, last)], {}, "medium", "met"],
    ["still running", [ran(first)], {}, "medium", "met"],
    ["a cohort that is still open", [ran(first)], { cohort: { from: "2026-11-02", to: "2027-01-31" } }, "medium", "met"],
    ["a day before the canary", [ran("2026-11-03T00:00:00Z")], {}, "medium", "not-met"],
    ["a day after it", [ran(first, "2026-11-14T23:00:00Z")], {}, "medium", "not-met"],
    ["years around it", [ran(first)], { cohort: { from: "2020-01-01", to: "2029-12-31" } }, "medium", "not-met"],
    ["a deployment at another share", [ran(first, last, 50)], {}, "medium", "inconclusive"],
    ["nothing deployed", [], {}, "medium", "inconclusive"],
    ["deployments unknown", undefined, {}, "medium", "met"],
    ["deployments unknown at high risk", undefined, {}, "high", "inconclusive"],
  ])("holds the cohort against the canary's dates: %s", (_, deployments, changedFields, risk, state) => {
    const facts = { lineage: [change("prompts/system.md", "2026-10-30T00:00:00Z")], ...(deployments ? { deployments } : {}) };
    const parts = {
      risk,
      facts,
      documents: [document("user-survey", { ...fields, ...changedFields })],
      evidence: { "user-satisfaction": [survey(260, 280)] },
      thresholds: { "user-satisfaction": { measurementLevel: "E1" as const } },
    };
    expect(judge(criterion, signed(criterion, subject(parts))).state).toBe(state);
  });

  it("asks the product owner", () => {
    const judged = judge(
      criterion,
      subject({ risk: "medium", documents: [document("user-survey", fields)], evidence: { "user-satisfaction": [survey(84, 100)] } }),
    );
    expect(judged).toMatchObject({ state: "needs-decision", decision: { role: "product-owner" } });
  });
});
