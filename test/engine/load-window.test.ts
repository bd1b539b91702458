import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { sustainedRate, windowAtLoad } from "../../src/engine/load-window.ts";
import type { LoadTest } from "../../src/shapes/measurements.ts";

/** A run of intervals of ten seconds with these good answers a second. */
function over(rates: readonly number[], failed: readonly number[] = []): LoadTest {
  const requests = rates.map((rate, index) => rate * 10 + (failed[index] ?? 0));
  const timeline = { intervalSeconds: 10, requests, failed: rates.map((_rate, index) => failed[index] ?? 0) };
  const [sum, bad] = [requests, timeline.failed].map((counts) => counts.reduce((total, one) => total + one, 0));
  return {
    requests: sum ?? 0,
    failed: bad ?? 0,
    errorRate: (bad ?? 0) / (sum || 1),
    durationSeconds: rates.length * 10,
    ratePerSecond: (sum ?? 0) / (rates.length * 10),
    latencyMs: { p50: 100, p95: 300 },
    timeline,
  };
}

const steady = (minutes: number, rate: number) => Array.from({ length: minutes * 6 }, () => rate);

describe("the longest window at the target", () => {
  it("leaves a ramp out: 5 minutes rising, 30 at 80 a second, 5 falling", () => {
    const ramp = Array.from({ length: 30 }, (_, index) => index * 2);
    const { figures, words, ownLatencies } = windowAtLoad(over([...ramp, ...steady(30, 80), ...ramp.toReversed()]), 80);
    expect(figures).toMatchObject({ durationSeconds: 1800, ratePerSecond: 80, errorRate: 0, requests: 144_000 });
    expect([words, ownLatencies]).toEqual(["minutes 5 to 35 of the run", false]);
  });

  it("is that of the example in docs/criteria/load-test.md", () => {
    const ramp = Array.from({ length: 90 }, (_, index) => index / 2);
    const { figures, words } = windowAtLoad(over([...ramp, ...steady(30, 80), ...ramp.toReversed()]), 80);
    expect([figures.requests, figures.durationSeconds, words]).toEqual([144_000, 1800, "minutes 15 to 45 of the run"]);
    expect(Math.round(0.9 * 2400 - 3 * Math.sqrt(2400))).toBe(2013);
  });

  it("is the whole run where all of it reaches the target", () => {
    const run = over(steady(20, 90));
    expect(windowAtLoad(run, 80)).toMatchObject({ figures: { durationSeconds: 1200, ratePerSecond: 90 }, words: undefined });
  });

  it("ends at a pause, however fast the run was before and after", () => {
    const { figures, words } = windowAtLoad(over([...steady(10, 200), 0, 0, 0, ...steady(15, 200)]), 80);
    expect([figures.durationSeconds, words]).toEqual([900, "minutes 10.5 to 25.5 of the run"]);
  });

  it("forgives a pause of ten seconds that is caught up with within half a minute", () => {
    expect(windowAtLoad(over([...steady(10, 80), 0, 120, 120, ...steady(10, 80)]), 80).figures.durationSeconds).toBe(1230);
  });

  it("forgives chance: one in a thousand intervals of a system that answers 2 a second", () => {
    const rates = steady(30, 2).map((rate, index) => rate + (index % 6 < 3 ? 0.6 : -0.6));
    expect(windowAtLoad(over(rates), 2).figures.durationSeconds).toBe(1800);
  });

  it("counts good answers only, and its own share of errors", () => {
    const failed = steady(20, 0).map((_zero, index) => (index < 60 ? 400 : 0));
    const run = over([...steady(10, 50), ...steady(10, 85)], failed);
    expect(windowAtLoad(run, 80)).toMatchObject({ figures: { failed: 0, errorRate: 0, durationSeconds: 600 } });
  });

  it("is the whole run, as the file has it, where nothing reaches the target", () => {
    const run = over(steady(20, 70));
    const { timeline, ...whole } = run;
    expect([timeline?.intervalSeconds, windowAtLoad(run, 80)]).toEqual([10, { figures: whole, words: undefined, ownLatencies: true }]);
  });

  it("never claims more good answers than the run has, nor a longer time", () => {
    const rate = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(fc.array(rate, { minLength: 2, maxLength: 60 }), fc.integer({ min: 1, max: 150 }), (rates, target) => {
        const run = over(rates);
        const { figures } = windowAtLoad(run, target);
        expect(figures.durationSeconds).toBeLessThanOrEqual(run.durationSeconds ?? 0);
        expect(figures.requests).toBeLessThanOrEqual(run.requests ?? 0);
        const reached = (sustainedRate(figures) ?? 0) * (figures.durationSeconds ?? 0);
        expect(reached).toBeLessThanOrEqual((run.requests ?? 0) + 1e-6);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe("stages", () => {
  const stage = (ratePerSecond: number, durationSeconds: number, p95 = 100): LoadTest => ({
    ratePerSecond,
    durationSeconds,
    errorRate: 0,
    latencyMs: { p95 },
  });
  const run = (...stages: LoadTest[]): LoadTest => ({ ...stages[0], stages });

  it("the longest that reaches the target counts, with its own latencies", () => {
    const found = windowAtLoad(run(stage(40, 3600), stage(90, 600, 200), stage(85, 900, 300), stage(200, 60)), 80);
    expect(found).toEqual({ figures: stage(85, 900, 300), words: "stage 3 of 4", ownLatencies: true, stage: 2 });
  });

  it("the fastest counts where none reaches it", () => {
    expect(windowAtLoad(run(stage(40, 3600), stage(70, 60)), 80)).toMatchObject({ figures: { ratePerSecond: 70 }, words: "stage 2 of 2" });
  });

  it("errors are no good answers", () => {
    expect(windowAtLoad(run({ ...stage(90, 900), errorRate: 0.2 }, stage(80, 300)), 80).words).toBe("stage 2 of 2");
  });

  it("without any rate the run is taken as it is", () => {
    const { stages, ...whole } = run({ durationSeconds: 1 }, { durationSeconds: 2 });
    expect([stages?.length, windowAtLoad({ ...whole, stages: stages ?? [] }, 80).figures]).toEqual([2, whole]);
  });
});
