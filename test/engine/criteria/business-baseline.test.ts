import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/business-baseline.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { change, document, judge, signed, subject } from "../subject.ts";

const PATH = "docs/readiness/business-metrics.md";
const metric = (changed: Record<string, unknown> = {}) => ({
  id: "handle-time",
  class: "business",
  formula: "minutes from opening to closing",
  unit: "minutes",
  direction: "down",
  source: "ticket system",
  baseline: 9.3,
  window: { from: "2026-09-01", to: "2026-09-30" },
  n: 4120,
  target: 8,
  owner: "@octo-mia",
  guardrail: false,
  ...changed,
});

interface Case {
  name: string;
  metrics?: unknown;
  exposure?: unknown;
  changed?: string;
  risk?: Risk;
  absent?: boolean;
  state: State;
  says?: RegExp;
}

const table: Case[] = [
  { name: "one metric, exposure ahead", state: "met", says: /1 business metric: "handle-time" from 9\.3 \(n 4120\) to 8 minutes/ },
  { name: "no document", absent: true, state: "missing" },
  { name: "no metrics", metrics: undefined, state: "missing", says: /by which metrics/ },
  { name: "an empty list", metrics: [], state: "not-met", says: /defines no metric of class/ },
  {
    name: "only technical metrics",
    metrics: [metric({ id: "bleu" }), metric({ id: "p95-latency" })],
    state: "not-met",
    says: /only tell how the model does/,
  },
  { name: "a technical formula under a business name", metrics: [metric({ formula: "F1 score of the answers" })], state: "not-met" },
  {
    name: "a technical metric beside a business one",
    metrics: [metric(), metric({ id: "faithfulness" })],
    state: "met",
    says: /"faithfulness" tells how the model does/,
  },
  { name: "only a metric of another class", metrics: [metric({ class: "cost" })], state: "not-met" },
  { name: "only a guardrail", metrics: [metric({ guardrail: true })], state: "not-met" },
  { name: "a guard that is not plainly false stays one", metrics: [metric({ guardrail: "no" })], state: "not-met" },
  ...["formula", "unit", "direction", "source", "baseline", "n", "target", "owner", "window"].map((key) => ({
    name: `no ${key}`,
    metrics: [metric({ [key]: undefined })],
    state: "missing" as const,
    says: new RegExp(`has no ${key}`),
  })),
  { name: "a direction that is neither", metrics: [metric({ direction: "sideways" })], state: "missing", says: /has no direction/ },
  { name: "a baseline that is no number", metrics: [metric({ baseline: "9.3" })], state: "missing", says: /has no baseline/ },
  { name: "NaN as baseline", metrics: [metric({ baseline: NaN })], state: "missing" },
  { name: "no cases", metrics: [metric({ n: 0 })], state: "not-met", says: /rests on 0 cases/ },
  { name: "less than no cases", metrics: [metric({ n: -5 })], state: "not-met" },
  {
    name: "target on the wrong side",
    metrics: [metric({ target: 10 })],
    state: "not-met",
    says: /target 10 of "handle-time" is not better than the baseline 9\.3/,
  },
  { name: "target exactly at the baseline", metrics: [metric({ target: 9.3 })], state: "not-met" },
  { name: "target up and above", metrics: [metric({ direction: "up", target: 9.4 })], state: "met" },
  {
    name: "two metrics of one id",
    metrics: [metric(), metric({ id: "Handle-Time", class: "cost" })],
    state: "not-met",
    says: /share one id/,
  },
  { name: "a metric without id", metrics: [metric(), { class: "business" }], state: "missing", says: /A metric has no id/ },
  { name: "an entry that is no record", metrics: [metric(), "handle time"], state: "not-met", says: /1 entry under `metrics`/ },
  { name: "no day of exposure", exposure: undefined, state: "missing", says: /from which day on/ },
  { name: "a day of exposure that is none", exposure: "soon", state: "missing" },
  { name: "window up to the day before exposure", exposure: "2026-10-01", changed: "2026-09-30T12:00:00Z", state: "met" },
  {
    name: "window into the day of exposure",
    exposure: "2026-09-30",
    changed: "2026-09-29T12:00:00Z",
    state: "not-met",
    says: /users met the system on 2026-09-30/,
  },
  {
    name: "window not over",
    metrics: [metric({ window: { from: "2026-11-01", to: "2026-11-23" } })],
    state: "not-met",
    says: /not over yet/,
  },
  {
    name: "window that ends before it begins",
    metrics: [metric({ window: { from: "2026-09-30", to: "2026-09-01" } })],
    state: "not-met",
    says: /ends before it begins/,
  },
  {
    name: "window with a day that is none",
    metrics: [metric({ window: { from: "2026-02-30", to: "2026-09-01" } })],
    state: "not-met",
    says: /no date/,
  },
  {
    name: "definition changed after exposure",
    exposure: "2026-11-02",
    changed: "2026-11-03T00:00:00Z",
    state: "not-met",
    says: /definition changed after exposure/,
  },
  { name: "definition changed at the first instant of exposure", exposure: "2026-11-02", changed: "2026-11-02T00:00:00Z", state: "met" },
  { name: "exposure without history", exposure: "2026-11-02", state: "met", says: /not checked: no history/ },
  {
    name: "exposure without history at high risk",
    exposure: "2026-11-02",
    risk: "high",
    state: "inconclusive",
    says: /not checked: no history/,
  },
  { name: "exposure ahead without history at high risk", risk: "high", state: "met" },
  {
    name: "thousands of metrics",
    metrics: Array.from({ length: 5000 }, (_, index) => metric({ id: `m-${index}` })),
    state: "met",
    says: /and 4997 more/,
  },
];

describe("business-baseline", () => {
  it.each(table)("$state: $name", ({ state, says, risk = "medium", absent, changed, ...fields }) => {
    const written = document("business-metrics", {
      metrics: "metrics" in fields ? fields.metrics : [metric()],
      "exposure-from": "exposure" in fields ? fields.exposure : "2026-12-01",
    });
    const lineage = changed === undefined ? {} : { lineage: [change(PATH, changed)] };
    const judged = judge(criterion, signed(criterion, subject({ risk, documents: absent ? [] : [written], facts: lineage })));
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it("asks the product owner", () => {
    const judged = judge(
      criterion,
      subject({ risk: "medium", documents: [document("business-metrics", { metrics: [metric()], "exposure-from": "2026-12-01" })] }),
    );
    expect(judged).toMatchObject({ state: "needs-decision", decision: { role: "product-owner" } });
  });
});
