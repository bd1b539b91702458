import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/load-test.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { Facts } from "../../../src/shapes/facts.ts";
import type { LoadTest, Origin } from "../../../src/shapes/measurements.ts";
import type { System } from "../../../src/shapes/policy.ts";
import type { ThresholdOptions } from "../../../src/shapes/thresholds.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { change, judge, measured, signed, subject, unreadable } from "../subject.ts";

type Loose<T> = { [K in keyof T]?: T[K] | undefined };

const good: LoadTest = {
  requests: 81_000,
  failed: 0,
  errorRate: 0,
  durationSeconds: 900,
  ratePerSecond: 90,
  latencyMs: { mean: 420, p50: 400, p90: 700, p95: 800, p99: 1200, max: 3000 },
  totalTokensPerSecond: 40_000,
};

/** A good run at low risk, but for what is said; `undefined` takes a figure away. */
function run(changed: Loose<LoadTest> = {}, origin: Loose<Origin> = {}, path = "load.json"): FileEvidence {
  const figures = Object.fromEntries(Object.entries({ ...good, ...changed }).filter(([, value]) => value !== undefined));
  return measured("load-test", figures, origin, path);
}

interface Case {
  name: string;
  runs: FileEvidence[];
  risk?: Risk;
  peak?: NonNullable<NonNullable<System["traffic"]>["expectedPeak"]> | null;
  thresholds?: ThresholdOptions<"load-test">;
  regions?: string[];
  lineage?: NonNullable<Facts["lineage"]>;
  state: State;
  says?: RegExp;
}

const slow = { p95Ms: 1000 };
const first = { timeToFirstTokenP95Ms: 500 };
const latency = (changed: LoadTest["latencyMs"]) => [run({ latencyMs: changed })];

const half = {
  requests: 36_000,
  ratePerSecond: 40,
  totalTokensPerSecond: 20_000,
  startedAt: "2026-11-12T09:45:00Z",
  endedAt: "2026-11-12T10:00:00Z",
};
/** Intervals of ten seconds with these rates. */
const over = (rates: readonly number[]) => ({ intervalSeconds: 10, requests: rates.map((rate) => rate * 10), failed: rates.map(() => 0) });
const ramp = Array.from({ length: 90 }, (_, index) => index / 2);

const table: Case[] = [
  {
    name: "90 a second for 15 minutes",
    runs: [run()],
    state: "met",
    says: /^90 requests\/s sustained; 2x the expected peak of 40 is 80; error rate 0 %; p95 800 ms/,
  },
  { name: "no run", runs: [], state: "missing" },
  { name: "a run that cannot be read", runs: [unreadable("x.json")], state: "missing", says: /it is not JSON/ },
  { name: "no expected peak", runs: [run()], peak: null, state: "missing", says: /does not declare the expected peak/ },
  { name: "exactly twice the peak", runs: [run({ ratePerSecond: 80 })], state: "met" },
  {
    name: "a little less",
    runs: [run({ ratePerSecond: 79.999 })],
    state: "not-met",
    says: /79\.999 requests\/s sustained; 2x the expected peak of 40 is 80/,
  },
  {
    name: "61.2 a second",
    runs: [run({ ratePerSecond: 61.2 })],
    state: "not-met",
    says: /^61\.2 requests\/s sustained; 2x the expected peak of 40 is 80/,
  },
  {
    name: "errors count against the rate",
    runs: [run({ ratePerSecond: 80.5, errorRate: 0.01 })],
    state: "not-met",
    says: /79\.7 requests\/s/,
  },
  { name: "errors within the threshold and rate enough", runs: [run({ errorRate: 0.01 })], state: "met" },
  {
    name: "errors over the threshold",
    runs: [run({ errorRate: 0.0101, failed: 818 })],
    state: "not-met",
    says: /818 of 81 000 requests failed: error rate 1\.01 %; at most 1 %/,
  },
  {
    name: "errors not counted",
    runs: [run({ errorRate: undefined })],
    state: "inconclusive",
    says: /does not say how many requests failed/,
  },
  {
    name: "errors not counted and too slow anyway",
    runs: [run({ errorRate: undefined, ratePerSecond: 10 })],
    state: "not-met",
    says: /10 requests\/s sent/,
  },
  { name: "an error rate of 150 %", runs: [run({ errorRate: 1.5 })], state: "inconclusive" },
  { name: "an error rate of 100 %", runs: [run({ errorRate: 1 })], state: "not-met", says: /^0 requests\/s sustained/ },
  {
    name: "p50 and p99 alike, the mean apart",
    runs: latency({ mean: 5.1, p50: 5, p99: 5, max: 5 }),
    state: "not-met",
    says: /looks like a stub/,
  },
  {
    name: "p99 less than 1 % above p50",
    runs: latency({ p50: 100, p95: 100.5, p99: 100.9, max: 300 }),
    state: "not-met",
    says: /hardly vary/,
  },
  { name: "p99 exactly 1 % above p50", runs: latency({ p50: 100, p95: 100.5, p99: 101, max: 300 }), state: "met" },
  { name: "three latencies all alike", runs: latency({ p50: 5, p90: 5, p99: 5 }), state: "not-met", says: /looks like a stub/ },
  { name: "two latencies tell nothing of a stub", runs: latency({ p50: 5, p99: 5 }), state: "met" },
  { name: "a peak of nothing", runs: [run()], peak: { requestsPerSecond: 0 }, state: "missing" },
  { name: "a NaN error rate", runs: [run({ errorRate: NaN })], state: "inconclusive" },
  { name: "no request", runs: [run({ requests: 0 })], state: "inconclusive", says: /holds no request/ },
  { name: "no rate", runs: [run({ ratePerSecond: undefined })], state: "inconclusive", says: /at which rate/ },
  { name: "a NaN rate", runs: [run({ ratePerSecond: NaN })], state: "inconclusive" },
  { name: "an endless rate", runs: [run({ ratePerSecond: Infinity })], state: "inconclusive" },
  { name: "a negative rate", runs: [run({ ratePerSecond: -90 })], state: "inconclusive" },
  { name: "a generator that stops some milliseconds early", runs: [run({ durationSeconds: 899.9875 })], state: "met" },
  {
    name: "a second too short",
    runs: [run({ durationSeconds: 899 })],
    state: "inconclusive",
    says: /14\.98\d* min at load; 15 are asked for|15 min/,
  },
  {
    name: "no duration and no count to compute it from",
    runs: [run({ durationSeconds: undefined, requests: undefined })],
    state: "inconclusive",
    says: /how long the load lasted/,
  },
  {
    name: "a duration computed from requests over rate",
    runs: [run({ durationSeconds: undefined, requests: 81 * 900, ratePerSecond: 81 })],
    state: "met",
    says: /its requests over its rate give 15 min/,
  },
  {
    name: "a computed duration that is too short",
    runs: [run({ durationSeconds: undefined, requests: 81 * 899, ratePerSecond: 81 })],
    state: "inconclusive",
    says: /asked for/,
  },
  { name: "15 minutes at medium risk", runs: [run()], risk: "medium", state: "inconclusive", says: /15 min at load; 30 are asked for/ },
  {
    name: "half an hour at medium risk without p95 threshold",
    runs: [run({ durationSeconds: 1800 })],
    risk: "medium",
    state: "met",
    says: /sets no threshold for the p95, so it is not judged/,
  },
  { name: "tokens exactly at twice the peak", runs: [run({ totalTokensPerSecond: 30_000 })], state: "met" },
  { name: "tokens below", runs: [run({ totalTokensPerSecond: 29_999 })], state: "not-met", says: /tokens\/min sustained/ },
  { name: "tokens declared and not measured", runs: [run({ totalTokensPerSecond: undefined })], state: "met", says: /measured no tokens/ },
  { name: "tokens not declared", runs: [run({ totalTokensPerSecond: 1 })], peak: { requestsPerSecond: 40 }, state: "met" },
  { name: "p95 exactly at its threshold", runs: latency({ p95: 1000 }), thresholds: slow, state: "met" },
  { name: "p95 over it", runs: latency({ p95: 1000.5 }), thresholds: slow, state: "not-met", says: /P95 is 1000\.5 ms; at most 1000/ },
  {
    name: "p97.5 proves it",
    runs: latency({ p90: 500, p97_5: 900 }),
    thresholds: slow,
    state: "met",
    says: /There is no p95; p97\.5 is 900 ms, within 1000, which proves it/,
  },
  { name: "the maximum proves it", runs: latency({ p50: 500, max: 999 }), thresholds: slow, state: "met", says: /the maximum is 999 ms/ },
  { name: "p90 proves nothing", runs: latency({ p90: 10 }), thresholds: slow, state: "inconclusive", says: /There is no p95/ },
  {
    name: "p90 disproves it",
    runs: latency({ p90: 1001 }),
    thresholds: slow,
    state: "not-met",
    says: /P95 is over 1000 ms: p90 is 1001 already/,
  },
  {
    name: "p99 over it says nothing of p95",
    runs: latency({ p99: 1500 }),
    thresholds: slow,
    state: "inconclusive",
    says: /the higher percentiles are over/,
  },
  { name: "no latency", runs: [run({ latencyMs: undefined })], thresholds: slow, state: "inconclusive" },
  { name: "NaN as p95", runs: latency({ p95: NaN }), thresholds: slow, state: "inconclusive" },
  { name: "time to first token within", runs: [run({ timeToFirstTokenMs: { p95: 500 } })], thresholds: first, state: "met" },
  { name: "time to first token over", runs: [run({ timeToFirstTokenMs: { p95: 501 } })], thresholds: first, state: "not-met" },
  {
    name: "time to first token not measured",
    runs: [run()],
    thresholds: first,
    state: "inconclusive",
    says: /p95 of the time to first token/,
  },
  {
    name: "a threshold of its own failed",
    runs: [run({ thresholds: { passed: 3, failed: 1 } })],
    state: "not-met",
    says: /1 threshold of the run's own failed/,
  },
  { name: "thresholds of its own passed", runs: [run({ thresholds: { passed: 3, failed: 0 } })], state: "met" },
  { name: "a stub", runs: latency({ mean: 5, p50: 5, p99: 5, max: 5 }), state: "not-met", says: /looks like a stub/ },
  { name: "load that was dropped", runs: [run({ dropped: 12 })], state: "met", says: /could not send 12 requests/ },
  {
    name: "the newest of two counts",
    runs: [run({ ratePerSecond: 10 }, { measuredAt: "2026-11-11T10:00:00Z" }, "a.json"), run()],
    state: "met",
    says: /load\.json is the newest run and counts; 1 older one does not/,
  },
  {
    name: "a failing run that is newer",
    runs: [run(), run({ ratePerSecond: 10 }, { measuredAt: "2026-11-13T10:00:00Z" }, "z.json")],
    state: "not-met",
  },
  { name: "a run without time ranks last", runs: [run({ ratePerSecond: 10 }, { measuredAt: undefined }, "a.json"), run()], state: "met" },
  {
    name: "of two at one instant the first path",
    runs: [run({}, {}, "a.json"), run({ ratePerSecond: 10 }, {}, "b.json")],
    state: "met",
    says: /a\.json is the newest/,
  },
  { name: "a run without time", runs: [run({}, { measuredAt: undefined })], state: "inconclusive", says: /its age is unknown/ },
  { name: "exactly 180 days old", runs: [run({}, { measuredAt: "2026-05-27T09:00:00Z" })], state: "met" },
  { name: "older", runs: [run({}, { measuredAt: "2026-05-27T08:59:59Z" })], state: "stale" },
  { name: "measured ahead", runs: [run({}, { measuredAt: "2026-11-24T00:00:00Z" })], state: "not-met" },
  { name: "another model", runs: [run({}, { model: "gpt-4o-mini-2024-07-18" })], state: "stale" },
  { name: "changed since", runs: [run()], lineage: [change("prompts/system.md", "2026-11-13T00:00:00Z")], state: "stale" },
  {
    name: "policy changed since",
    runs: [run()],
    lineage: [change("prompts/system.md", "2026-11-01T00:00:00Z"), change(".github/pilotgate.yml", "2026-11-13T00:00:00Z")],
    state: "met",
    says: /changed after the run/,
  },
  {
    name: "another multiple is obeyed",
    runs: [run({ ratePerSecond: 60 })],
    thresholds: { multiple: 1.5 },
    state: "met",
    says: /1\.5x the expected peak of 40 is 60/,
  },
  {
    name: "a ramp before quarter of an hour at twice the peak",
    runs: [run({ ratePerSecond: 60, durationSeconds: 1800, timeline: over([...ramp, ...Array.from({ length: 90 }, () => 80)]) })],
    state: "met",
    says: /^80 requests\/s sustained in minutes 15 to 30 of the run; 2x the expected peak of 40 is 80/,
  },
  {
    name: "a ramp before fourteen minutes at twice the peak",
    runs: [run({ ratePerSecond: 60, durationSeconds: 1740, timeline: over([...ramp, ...Array.from({ length: 84 }, () => 80)]) })],
    state: "inconclusive",
    says: /14 min at load; 15 are asked for/,
  },
  {
    name: "a stage at twice the peak, with its own errors",
    runs: [
      run({
        stages: [
          { ...good, ratePerSecond: 20 },
          { ...good, errorRate: 0.02, failed: 1620 },
        ],
      }),
    ],
    state: "not-met",
    says: /error rate 2 %; at most 1 % is accepted/,
  },
  {
    name: "two regions at one time, each with half of the load",
    runs: [run(half, { region: "eu" }, "eu.json"), run({ ...half, requests: 36_900 }, { region: "us" }, "us.json")],
    state: "met",
    says: /^80 requests\/s sustained in 2 regions together/,
  },
  {
    name: "two regions that ran together for too short a time",
    runs: [
      run(half, { region: "eu" }, "eu.json"),
      run({ ...half, startedAt: "2026-11-12T09:46:00Z", endedAt: "2026-11-12T10:01:00Z" }, { region: "us" }, "us.json"),
    ],
    state: "inconclusive",
    says: /14 min at load/,
  },
  {
    name: "two exports of one run",
    runs: [run(half, {}, "a.json"), run({ ...half, requests: 36_900 }, {}, "b.json")],
    state: "not-met",
    says: /^40 requests\/s sustained; 2x/,
  },
  {
    name: "the same bytes under two regions",
    runs: [run(half, { region: "eu" }, "eu.json"), run(half, { region: "us" }, "us.json")],
    state: "not-met",
    says: /^40 requests\/s sustained; 2x/,
  },
  {
    name: "two regions, one after the other",
    runs: [
      run(half, { region: "eu" }, "eu.json"),
      run(
        { ...half, startedAt: "2026-11-12T09:00:00Z", endedAt: "2026-11-12T09:15:00Z" },
        { region: "us", measuredAt: "2026-11-12T09:15:00Z" },
        "us.json",
      ),
    ],
    state: "not-met",
    says: /^40 requests\/s/,
  },
  {
    name: "a region of the policy that nobody measured",
    runs: [run({}, { region: "eu" })],
    regions: ["eu", "us"],
    state: "missing",
    says: /no run of the newest load test says that it came from "us"/,
  },
  { name: "the one region of the policy", runs: [run({}, { region: "eu" })], regions: ["eu"], state: "met" },
  {
    name: "hundreds of runs",
    runs: Array.from({ length: 500 }, (_, index) => run({}, {}, `r${String(index).padStart(3, "0")}.json`)),
    state: "met",
    says: /499 older ones do not/,
  },
];

const usualPeak = { requestsPerSecond: 40, tokensPerMinute: 900_000 };
const whole = ({ runs, risk = "low", peak = usualPeak, regions = [], thresholds, lineage }: Omit<Case, "name" | "state">) =>
  subject({
    risk,
    system: { traffic: { ...(peak === null ? {} : { expectedPeak: peak }), regions } },
    ...(thresholds ? { thresholds: { "load-test": thresholds } } : {}),
    evidence: { "load-test": runs },
    facts: lineage === undefined ? {} : { lineage },
  });

describe("load-test", () => {
  it.each(table)("$state: $name", ({ state, says, ...parts }) => {
    const judged = judge(criterion, signed(criterion, whole(parts)));
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it.each(table)("has no order: $name", ({ runs, state, ...parts }) => {
    expect(judge(criterion, signed(criterion, whole({ ...parts, runs: runs.toReversed() }))).state).toBe(state);
  });

  it("says once of a file what is wrong with it", () => {
    const judged = judge(criterion, whole({ runs: [unreadable("x.json", "it is cut off."), unreadable("y.json")] }));
    expect([judged.summary, ...judged.findings]).toEqual([
      "x.json cannot be read: it is cut off.",
      "y.json does not count: it is not JSON",
    ]);
  });

  it("holds at high risk without thresholds for p95 and time to first token, and without tokens", () => {
    const hour = run({ durationSeconds: 3600, totalTokensPerSecond: undefined });
    const judged = judge(criterion, whole({ runs: [hour], risk: "high", thresholds: { measurementLevel: "E1" } }));
    expect(judged.state).toBe("not-met");
    expect(judged.findings.join("\n")).toMatch(/no threshold for the p95, and at high risk one is asked for/);
    expect(judged.findings.join("\n")).toMatch(/no threshold for the p95 of the time to first token/);
    expect(judged.findings.join("\n")).toMatch(/measured no tokens/);
  });

  it.each([
    ["tokens", run({ durationSeconds: 3600, timeToFirstTokenMs: { p95: 400 }, totalTokensPerSecond: undefined }), "inconclusive"],
    ["history", run({ durationSeconds: 3600, timeToFirstTokenMs: { p95: 400 } }), "inconclusive"],
  ])("is open at high risk without %s", (what, only, state) => {
    const lineage = what === "history" ? {} : { lineage: [change("prompts/system.md", "2026-11-01T00:00:00Z")] };
    const parts = { runs: [only], risk: "high" as const, thresholds: { measurementLevel: "E1" as const, ...slow, ...first }, ...lineage };
    expect(judge(criterion, signed(criterion, whole(parts))).state).toBe(state);
  });

  it("passes at high risk with everything set and measured", () => {
    const hour = run({ durationSeconds: 3600, timeToFirstTokenMs: { p95: 400 } });
    const parts = {
      runs: [hour],
      risk: "high" as const,
      thresholds: { measurementLevel: "E1" as const, ...slow, ...first },
      lineage: [change("prompts/system.md", "2026-11-01T00:00:00Z")],
    };
    expect(judge(criterion, signed(criterion, whole(parts))).state).toBe("met");
  });

  it("lists a multiple that is not the framework's, and asks whether the peak is credible", () => {
    expect(judge(criterion, whole({ runs: [run()], thresholds: { multiple: 1.5 } })).deviations).toEqual([
      "1.5 times the expected peak; the framework asks for 2",
    ]);
    expect(judge(criterion, whole({ runs: [run({ durationSeconds: 1800 })], risk: "medium" }))).toMatchObject({
      state: "needs-decision",
      decision: { role: "product-owner", question: "Is the peak credible?" },
    });
  });
});
