import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/human-review.ts";
import type { ThresholdOptions } from "../../../src/shapes/thresholds.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { document, judge, signed, subject } from "../subject.ts";

const drill = { date: "2026-11-02", cases: 60, seeded: 20, caught: 18, "median-seconds": 95, participants: ["@octo-mia"] };
const capacity = { "volume-per-day": 2000, "review-rate": 0.05, "minutes-each": 4, "staffed-hours-per-day": 24 };
const fields = {
  "high-stakes": [{ id: "refund", when: "the answer promises money back" }],
  rota: { hours: "24x7", people: 6 },
  capacity,
  drill,
};

interface Case {
  name: string;
  changed?: Record<string, unknown>;
  risk?: Risk;
  thresholds?: ThresholdOptions<"human-review">;
  state: State;
  says?: RegExp;
}
const drilled = (changed: Record<string, unknown>) => ({ drill: { ...drill, ...changed } });
const staffed = (changed: Record<string, unknown>) => ({ capacity: { ...capacity, ...changed } });

const table: Case[] = [
  {
    name: "everything there",
    state: "met",
    says: /^drill 21 days ago: 18 of 20 seeded bad cases caught \(90 %\), median 95 s; 6\.67 h of work in 24 staffed hours a day \(27\.8 %\)/,
  },
  { name: "no high-stakes list", changed: { "high-stakes": undefined }, state: "missing", says: /which outputs are high-stakes/ },
  { name: "an empty high-stakes list", changed: { "high-stakes": [] }, state: "missing" },
  {
    name: "a high-stakes entry without trigger",
    changed: { "high-stakes": [{ id: "refund" }] },
    state: "missing",
    says: /1 high-stakes entry .* lacks an `id` or a `when`/,
  },
  {
    name: "high-stakes entries that are words",
    changed: { "high-stakes": ["refund", { id: "refund", when: "always" }] },
    state: "missing",
  },
  {
    name: "an id twice",
    changed: {
      "high-stakes": [
        { id: "a", when: "x" },
        { id: "A", when: "y" },
      ],
    },
    state: "not-met",
    says: /used twice: "a"/,
  },
  { name: "an id that is a number", changed: { "high-stakes": [{ id: 1, when: "always" }] }, state: "met" },
  { name: "no drill", changed: { drill: undefined }, state: "missing", says: /when a review drill was held/ },
  { name: "a drill without date", changed: drilled({ date: undefined }), state: "missing" },
  { name: "a drill ahead", changed: drilled({ date: "2026-11-24" }), state: "not-met", says: /lies ahead/ },
  { name: "a drill today", changed: drilled({ date: "2026-11-23" }), state: "met" },
  { name: "a drill exactly 90 days ago at high risk", risk: "high", changed: drilled({ date: "2026-08-25" }), state: "met" },
  {
    name: "a drill 91 days ago at high risk",
    risk: "high",
    changed: drilled({ date: "2026-08-24" }),
    state: "stale",
    says: /91 days ago; at most 90/,
  },
  { name: "a drill 91 days ago at medium risk", risk: "medium", changed: drilled({ date: "2026-08-24" }), state: "met" },
  { name: "the catch rate exactly at the threshold", risk: "high", state: "met" },
  {
    name: "the catch rate below it",
    risk: "high",
    changed: drilled({ caught: 17 }),
    state: "not-met",
    says: /caught 17 of 20 seeded bad cases \(85 %\); 90 % are asked for/,
  },
  { name: "no threshold for the catch rate at low risk", changed: drilled({ caught: 1 }), state: "met" },
  { name: "a threshold set in the policy", thresholds: { catchRate: 0.95 }, state: "not-met" },
  { name: "nothing seeded", changed: drilled({ seeded: 0, caught: 0 }), state: "not-met", says: /no seeded bad case/ },
  { name: "more caught than seeded", changed: drilled({ caught: 21 }), state: "not-met", says: /do not add up/ },
  { name: "more seeded than cases", changed: drilled({ cases: 10 }), state: "not-met" },
  { name: "less than nothing caught", changed: drilled({ caught: -1 }), state: "not-met" },
  {
    name: "nothing but seeded cases, none caught, at low risk",
    changed: drilled({ cases: 20, caught: 0 }),
    state: "met",
    says: /0 of 20 seeded bad cases caught \(0 %\)/,
  },
  { name: "half a case", changed: drilled({ cases: 60.5 }), state: "not-met" },
  { name: "NaN caught", changed: drilled({ caught: NaN }), state: "missing", says: /does not say caught of the review drill/ },
  { name: "figures as words", changed: drilled({ caught: "all" }), state: "missing" },
  { name: "no median time", changed: drilled({ "median-seconds": undefined }), state: "missing", says: /median-seconds/ },
  { name: "a median of no time", changed: drilled({ "median-seconds": 0 }), state: "not-met" },
  { name: "no participants", changed: drilled({ participants: [] }), state: "met", says: /names no participants/ },
  { name: "no rota", changed: { rota: undefined }, state: "missing", says: /in which hours outputs are reviewed/ },
  { name: "nobody on the rota", changed: { rota: { hours: "24x7", people: 0 } }, state: "not-met" },
  { name: "a rota without people", changed: { rota: { hours: "24x7" } }, state: "missing" },
  {
    name: "more hours than people can staff",
    changed: { ...staffed({ "staffed-hours-per-day": 25 }), rota: { hours: "24x7", people: 1 } },
    state: "not-met",
    says: /1 person cannot staff 25 hours/,
  },
  {
    name: "work exactly at 70 % of the hours",
    changed: staffed({ "volume-per-day": 5040 }),
    state: "met",
    says: /16\.8 h of work in 24 staffed hours a day \(70 %\)/,
  },
  {
    name: "one answer more",
    changed: staffed({ "volume-per-day": 5041 }),
    state: "not-met",
    says: /70\.01 % of 24 staffed hours; at most 70 % are accepted/,
  },
  { name: "no capacity", changed: { capacity: undefined }, state: "missing" },
  {
    name: "a capacity without minutes",
    changed: staffed({ "minutes-each": undefined }),
    state: "missing",
    says: /does not say minutes-each/,
  },
  { name: "no volume", changed: staffed({ "volume-per-day": 0 }), state: "not-met", says: /above zero throughout/ },
  { name: "everything reviewed", changed: staffed({ "volume-per-day": 100, "review-rate": 1 }), state: "met" },
  { name: "nothing reviewed", changed: staffed({ "review-rate": 0 }), state: "not-met" },
  { name: "reviews of no length", changed: staffed({ "minutes-each": 0 }), state: "not-met" },
  { name: "no staffed hours", changed: staffed({ "staffed-hours-per-day": 0 }), state: "not-met" },
  { name: "one person around the clock", changed: { rota: { hours: "24x7", people: 1 } }, state: "met" },
  { name: "a review rate above one", changed: staffed({ "review-rate": 5 }), state: "not-met" },
  { name: "negative hours", changed: staffed({ "staffed-hours-per-day": -8 }), state: "not-met" },
  { name: "endless hours", changed: staffed({ "staffed-hours-per-day": Infinity }), state: "missing" },
  {
    name: "thousands of triggers",
    changed: { "high-stakes": Array.from({ length: 5000 }, (_, index) => ({ id: `t${index}`, when: "always" })) },
    state: "met",
  },
];

describe("human-review", () => {
  it.each(table)("$state: $name", ({ state, says, risk = "low", changed = {}, thresholds }) => {
    const whole = subject({
      risk,
      documents: [document("human-review", { ...fields, ...changed })],
      ...(thresholds ? { thresholds: { "human-review": thresholds } } : {}),
    });
    const judged = judge(criterion, signed(criterion, whole));
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it("is missing without the document and asks the product owner with it", () => {
    expect(judge(criterion, subject()).state).toBe("missing");
    expect(judge(criterion, subject({ risk: "medium", documents: [document("human-review", fields)] }))).toMatchObject({
      state: "needs-decision",
      decision: { role: "product-owner" },
    });
  });

  it("names the line", () => {
    const judged = judge(criterion, subject({ documents: [document("human-review", { ...fields, ...drilled({ caught: 99 }) })] }));
    expect(judged.remedy).toMatchObject({ paths: ["docs/readiness/human-review.md"], roles: ["product-owner"] });
  });
});
