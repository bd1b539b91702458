import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/business-impact.ts";
import { meanInterval } from "../../../src/engine/statistics.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { MetricSeries } from "../../../src/shapes/measurements.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { change, document, judge, measured, signed, subject, unreadable } from "../subject.ts";

const PATH = "docs/readiness/business-metrics.md";
const metric = (changed: Record<string, unknown> = {}) => ({
  id: "handle-time",
  class: "business",
  formula: "minutes",
  unit: "minutes",
  direction: "down",
  source: "tickets",
  baseline: 9.3,
  window: { from: "2026-09-01", to: "2026-09-30" },
  n: 4120,
  target: 8,
  owner: "@octo-mia",
  ...changed,
});
const guard = (changed: Record<string, unknown> = {}) =>
  metric({ id: "complaints", class: "quality", guardrail: true, unit: "a day", baseline: 10, target: undefined, ...changed });
const cost = (changed: Record<string, unknown> = {}) =>
  metric({ id: "unit-cost", class: "cost", unit: "EUR", baseline: 1, target: undefined, ...changed });

type Series = MetricSeries["series"][number];
/** One value a day from exposure on (2 November), swinging by `spread` around `centre`. */
function series(name: string, centre: number, spread = 0.2, points = 20, more: Partial<Series> = {}): Series {
  const values = Array.from({ length: points }, (_, index) => ({
    at: new Date(Date.UTC(2026, 10, 2 + index)).toISOString(),
    value: centre + (index % 2 === 0 ? spread : -spread),
  }));
  return { name, points, values, ...(values.length > 0 ? { from: values[0]?.at ?? "", to: values.at(-1)?.at ?? "" } : {}), ...more };
}
const file = (...all: Series[]): FileEvidence =>
  measured("metric-series", { series: all }, { measuredAt: "2026-11-21T00:00:00Z" }, "docs/readiness/evidence/business-impact/daily.csv");
/** The interval of the mean of such a series. */
const around = (centre: number, spread = 0.2) => meanInterval((series("", centre, spread).values ?? []).map(({ value }) => value));
const before: Series["values"] = Array.from({ length: 30 }, (_, index) => ({
  at: new Date(Date.UTC(2026, 8, 1 + index)).toISOString(),
  value: 50,
}));

interface Case {
  name: string;
  metrics?: unknown[];
  exposure?: unknown;
  files?: FileEvidence[];
  changed?: string | null;
  risk?: Risk;
  absent?: boolean;
  tolerance?: number;
  state: State;
  says?: RegExp;
}

const table: Case[] = [
  {
    name: "better than the baseline",
    state: "met",
    says: /"handle-time" 8\.1 minutes \(8 to 8\.2, 20 points\) against 9\.3, better by 12\.9 % \(11\.9 to 13\.9 %\)/,
  },
  { name: "the target not reached yet", state: "met", says: /not reached its target of 8 yet/ },
  { name: "no definition", absent: true, state: "missing" },
  { name: "no series", files: [], state: "missing", says: /No metric series at / },
  { name: "an unreadable series", files: [unreadable("a.csv")], state: "missing" },
  {
    name: "a series of another name",
    files: [file(series("resolution-rate", 0.6))],
    state: "missing",
    says: /No series is named "handle-time"/,
  },
  { name: "the name with underscores", files: [file(series("Handle_Time", 8.1))], state: "met" },
  { name: "a segment is not the whole", files: [file(series("handle-time/eu", 8.1))], state: "missing" },
  {
    name: "two series of one name",
    files: [file(series("handle-time", 8.1)), { ...file(series("handle_time", 9.9)), path: "b.csv" }],
    state: "inconclusive",
    says: /2 series are named/,
  },
  {
    name: "worse",
    files: [file(series("handle-time", 9.9))],
    state: "not-met",
    says: /worse by 6\.45 % \(5\.42 to 7\.48 %\): it did not move down/,
  },
  { name: "exactly the baseline", files: [file(series("handle-time", 9.3, 0))], state: "not-met", says: /did not move down/ },
  {
    name: "better, and the interval does not exclude no change",
    files: [file(series("handle-time", 9.2, 1))],
    state: "inconclusive",
    says: /does not exclude that nothing changed/,
  },
  {
    name: "an interval that ends exactly at the baseline",
    metrics: [metric({ baseline: around(8.1).upper })],
    state: "inconclusive",
    says: /better by 1\.17 % \(0 to 2\.34 %\): the interval does not exclude/,
  },
  { name: "an interval that ends a hair before it", metrics: [metric({ baseline: around(8.1).upper + 1e-9 })], state: "met" },
  {
    name: "a small gain that the interval does not exclude to be a loss",
    files: [file(series("handle-time", 9.2, 1))],
    state: "inconclusive",
    says: /better by 1\.08 % \(-4\.\d* to 6\.\d* %\)/,
  },
  {
    name: "up where up is better",
    metrics: [metric({ direction: "up", target: 10 })],
    files: [file(series("handle-time", 9.8))],
    state: "met",
  },
  { name: "down where up is better", metrics: [metric({ direction: "up", target: 10 })], state: "not-met", says: /did not move up/ },
  { name: "ten points", files: [file(series("handle-time", 8.1, 0.2, 10))], state: "met" },
  {
    name: "nine points",
    files: [file(series("handle-time", 8.1, 0.2, 9))],
    state: "inconclusive",
    says: /9 points since 2026-11-02; at least 10 are needed/,
  },
  {
    name: "values before exposure do not count",
    files: [file(series("handle-time", 8.1, 0.2, 9, { values: [...before, ...(series("x", 8.1, 0.2, 9).values ?? [])] }))],
    state: "inconclusive",
    says: /9 points/,
  },
  {
    name: "values before exposure do not disturb",
    files: [file(series("handle-time", 8.1, 0.2, 12, { values: [...before, ...(series("x", 8.1, 0.2, 12).values ?? [])] }))],
    state: "met",
  },
  {
    name: "no single values",
    files: [file({ name: "handle-time", points: 30, mean: 8.1 })],
    state: "inconclusive",
    says: /no single values/,
  },
  { name: "NaN", files: [file(series("handle-time", NaN))], state: "not-met", says: /no number/ },
  { name: "a value ahead", files: [file(series("handle-time", 8.1, 0.2, 23))], state: "not-met", says: /lies ahead/ },
  {
    name: "another unit",
    files: [file(series("handle-time", 486, 5, 20, { unit: "seconds" }))],
    state: "not-met",
    says: /measured in "seconds" and defined in "minutes"/,
  },
  { name: "no baseline", metrics: [metric({ baseline: undefined })], state: "missing", says: /no baseline/ },
  { name: "no direction", metrics: [metric({ direction: undefined })], state: "missing", says: /no direction/ },
  { name: "a baseline of zero", metrics: [metric({ baseline: 0, direction: "up", target: 10 })], state: "met", says: /against 0/ },
  {
    name: "no business metric",
    metrics: [guard()],
    files: [file(series("complaints", 9))],
    state: "not-met",
    says: /no metric of class `business`/,
  },
  { name: "only a technical one", metrics: [metric({ id: "f1" })], files: [file(series("f1", 8.1))], state: "not-met" },
  {
    name: "two metrics of one id",
    metrics: [metric(), metric({ id: "Handle_Time", direction: "up" })],
    state: "not-met",
    says: /share one id: "handle-time"/,
  },
  { name: "exposure ahead", exposure: "2026-12-01", state: "inconclusive", says: /nothing to compare yet/ },
  { name: "no exposure", exposure: undefined, state: "missing" },
  {
    name: "a guard that holds",
    metrics: [metric(), guard()],
    files: [file(series("handle-time", 8.1), series("complaints", 10, 2))],
    state: "met",
    says: /The guardrail "complaints" is at 10 a day/,
  },
  {
    name: "a guard that got worse",
    metrics: [metric(), guard()],
    files: [file(series("handle-time", 8.1), series("complaints", 14, 2))],
    state: "not-met",
    says: /worse than 10 before/,
  },
  {
    name: "a guard a little worse by chance",
    metrics: [metric(), guard()],
    files: [file(series("handle-time", 8.1), series("complaints", 10.5, 3))],
    state: "met",
  },
  {
    name: "a guard beyond its limit",
    metrics: [metric(), guard({ target: 10.2 })],
    files: [file(series("handle-time", 8.1), series("complaints", 10.5, 3))],
    state: "not-met",
    says: /beyond its limit of 10\.2/,
  },
  {
    name: "a guard exactly at its limit",
    metrics: [metric(), guard({ target: 10.5 })],
    files: [file(series("handle-time", 8.1), series("complaints", 10.5, 3))],
    state: "met",
  },
  {
    name: "a guard that misses an aim",
    metrics: [metric(), guard({ target: 5 })],
    files: [file(series("handle-time", 8.1), series("complaints", 10, 2))],
    state: "met",
  },
  {
    name: "a guard whose interval ends exactly at what it was",
    metrics: [metric(), guard({ baseline: around(14, 2).lower })],
    files: [file(series("handle-time", 8.1), series("complaints", 14, 2))],
    state: "met",
  },
  {
    name: "a guard whose interval ends a hair beyond it",
    metrics: [metric(), guard({ baseline: around(14, 2).lower - 1e-9 })],
    files: [file(series("handle-time", 8.1), series("complaints", 14, 2))],
    state: "not-met",
  },
  {
    name: "a guard that must not fall",
    metrics: [metric(), guard({ direction: "up", baseline: 14 })],
    files: [file(series("handle-time", 8.1), series("complaints", 10, 2))],
    state: "not-met",
    says: /worse than 14 before/,
  },
  {
    name: "a guard that broke beside a target that was reached",
    metrics: [metric(), guard(), guard({ id: "refunds" })],
    files: [file(series("handle-time", 7.5), series("complaints", 10, 2), series("refunds", 14, 2))],
    state: "not-met",
    says: /The guardrail "refunds" is at 14/,
  },
  {
    name: "a guard without a baseline",
    metrics: [metric(), guard({ baseline: undefined })],
    files: [file(series("handle-time", 8.1), series("complaints", 9))],
    state: "missing",
    says: /"complaints" has no baseline/,
  },
  { name: "a guard without a series", metrics: [metric(), guard()], state: "missing", says: /No series is named "complaints"/ },
  { name: "cost not defined", state: "met", says: /the unit cost is not judged/ },
  {
    name: "cost within tolerance",
    metrics: [metric(), cost()],
    files: [file(series("handle-time", 8.1), series("unit-cost", 1.1, 0.01))],
    state: "met",
    says: /the plan of 1 times 1\.2 is 1\.2/,
  },
  {
    name: "cost exactly at the tolerance",
    metrics: [metric(), cost()],
    files: [file(series("handle-time", 8.1), series("unit-cost", 1.2, 0))],
    state: "met",
  },
  {
    name: "an interval of the cost that ends exactly at the tolerance",
    metrics: [metric(), cost({ baseline: around(1.1, 0.1).upper / 1.2 })],
    files: [file(series("handle-time", 8.1), series("unit-cost", 1.1, 0.1))],
    state: "met",
  },
  {
    name: "cost beyond it",
    metrics: [metric(), cost()],
    files: [file(series("handle-time", 8.1), series("unit-cost", 1.21, 0.01))],
    state: "not-met",
  },
  {
    name: "cost that may be beyond it",
    metrics: [metric(), cost()],
    files: [file(series("handle-time", 8.1), series("unit-cost", 1.15, 0.4))],
    state: "inconclusive",
    says: /interval does not exclude/,
  },
  {
    name: "another tolerance",
    tolerance: 1.5,
    metrics: [metric(), cost()],
    files: [file(series("handle-time", 8.1), series("unit-cost", 1.21, 0.01))],
    state: "met",
  },
  {
    name: "a plan of nothing",
    metrics: [metric(), cost({ baseline: 0 })],
    files: [file(series("handle-time", 8.1), series("unit-cost", 1))],
    state: "not-met",
    says: /no plan/,
  },
  {
    name: "definition changed after exposure",
    changed: "2026-11-10T00:00:00Z",
    state: "not-met",
    says: /definition changed after exposure/,
  },
  { name: "no history", changed: null, state: "met", says: /not checked: no history/ },
  {
    name: "no history at high risk",
    changed: null,
    risk: "high",
    state: "missing",
    says: /stayed as they were since exposure is not checked/,
  },
];

describe("business-impact", () => {
  it.each(table)(
    "$state: $name",
    ({
      metrics = [metric()],
      files = [file(series("handle-time", 8.1))],
      changed = "2026-10-01T00:00:00Z",
      risk = "medium",
      absent,
      tolerance,
      state,
      says,
      ...rest
    }) => {
      const written = document("business-metrics", { metrics, "exposure-from": "exposure" in rest ? rest.exposure : "2026-11-02" });
      const facts = changed === null ? {} : { lineage: [change(PATH, changed), change("prompts/system.md", "2026-10-30T00:00:00Z")] };
      const thresholds = tolerance === undefined ? {} : { "business-impact": { unitCostTolerance: tolerance } };
      const judged = judge(
        criterion,
        signed(criterion, subject({ risk, thresholds, documents: absent ? [] : [written], evidence: { "business-impact": files }, facts })),
      );
      expect(judged.state).toBe(state);
      if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
    },
  );

  it("voids a series that was measured on other prompts", () => {
    const facts = { lineage: [change(PATH, "2026-10-01T00:00:00Z"), change("prompts/system.md", "2026-11-22T00:00:00Z")] };
    const on = subject({
      risk: "medium",
      documents: [document("business-metrics", { metrics: [metric()], "exposure-from": "2026-11-02" })],
      evidence: { "business-impact": [file(series("handle-time", 8.1))] },
      facts,
    });
    expect(judge(criterion, signed(criterion, on)).state).toBe("stale");
  });
});
