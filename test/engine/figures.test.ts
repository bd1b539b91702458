import { describe, expect, it } from "@jest/globals";
import canaryStability from "../../src/engine/criteria/canary-stability.ts";
import loadTest from "../../src/engine/criteria/load-test.ts";
import type { Facts } from "../../src/shapes/facts.ts";
import type { CanaryFigures, LoadFigures } from "../../src/shapes/figures.ts";
import type { LoadTest } from "../../src/shapes/measurements.ts";
import { AT, judge, measured, subject } from "./subject.ts";

function load(run: LoadTest, p95Ms?: number): LoadFigures | undefined {
  const on = subject({
    evidence: { "load-test": [measured("load-test", run)] },
    ...(p95Ms === undefined ? {} : { thresholds: { "load-test": { p95Ms } } }),
  });
  const { figures } = judge(loadTest, on);
  return figures?.kind === "load" ? figures : undefined;
}

describe("figures of a load test", () => {
  it("are the part that counts, against what is asked", () => {
    const run = { ratePerSecond: 100, errorRate: 0.1, durationSeconds: 600, latencyMs: { p50: 10, p97_5: 700, p99: 900 } };
    expect(load(run, 500)).toEqual({
      kind: "load",
      peak: 40,
      multiple: 2,
      target: 80,
      rate: 90,
      errorRate: 0.1,
      maxErrorRate: 0.01,
      minutes: 10,
      leastMinutes: 15,
      part: null,
      latencies: [{ name: "p97.5", ms: 700, limitMs: 500 }],
      timeline: null,
    });
  });

  it("leave out what the file does not say", () => {
    expect(load({ latencyMs: { p50: 10 } })).toMatchObject({ rate: null, errorRate: null, minutes: null, latencies: [] });
    expect(load({ ratePerSecond: Infinity, errorRate: 7 })).toMatchObject({ rate: null, errorRate: null });
  });

  it("show the load over time and the window that counts", () => {
    const rates = [...Array.from({ length: 6 }, () => 30), ...Array.from({ length: 180 }, () => 90)];
    const timeline = { intervalSeconds: 10, requests: rates.map((rate) => rate * 10), failed: rates.map(() => 0) };
    const figures = load({ ratePerSecond: 88, errorRate: 0, durationSeconds: 1860, timeline });
    expect(figures?.timeline).toMatchObject({ stepSeconds: 30, from: 60, to: 1860 });
    expect(figures?.timeline?.good).toHaveLength(62);
    expect(figures?.timeline?.good.slice(0, 3)).toEqual([30, 30, 90]);
    expect(figures?.part).toBe("minutes 1 to 31 of the run");
  });

  it("take together what is too much for a chart, and mark no window where none reaches the target", () => {
    const rates = Array.from({ length: 6000 }, () => 10);
    const timeline = { intervalSeconds: 10, requests: rates.map((rate) => rate * 10), failed: rates.map(() => 0) };
    const shown = load({ ratePerSecond: 10, errorRate: 0, durationSeconds: 60_000, timeline })?.timeline;
    expect(shown).toMatchObject({ stepSeconds: 270, from: null, to: null });
    expect(shown?.good.length).toBeLessThanOrEqual(240);
    expect(new Set(shown?.good)).toEqual(new Set([10]));
  });
});

const ago = (hours: number) => new Date(Date.parse(AT) - hours * 3_600_000).toISOString();
const instant = (hours: number) => `${ago(hours).slice(0, 19)}Z`;
const deployed = (id: number, commit: string, hours: number, trafficPercent = 10) => ({
  id,
  environment: "production-canary",
  commit,
  trafficPercent,
  statuses: [{ state: "success", at: ago(hours) }],
});

interface Parts extends Pick<Facts, "requests"> {
  deployments: NonNullable<Facts["deployments"]>;
  alerts?: Partial<NonNullable<Facts["alerts"]>>;
}

function canary(parts: Parts): CanaryFigures | undefined {
  const alerts = { from: ago(500), to: AT, coverage: [{ from: ago(500), to: AT }], alerts: [], silences: [], ...parts.alerts };
  const requests = parts.requests ?? [{ environment: "production-canary", from: ago(10), to: AT, count: 1200 }];
  const { figures } = judge(canaryStability, subject({ facts: { deployments: parts.deployments, alerts, requests } }));
  return figures?.kind === "canary" ? figures : undefined;
}

describe("figures of a canary", () => {
  it("are the runs with their shares, and which of them counts", () => {
    expect(canary({ deployments: [deployed(1, "aaaa", 100), deployed(2, "bbbb", 80, 25), deployed(3, "cccc", 50)] })).toEqual({
      kind: "canary",
      environment: "production-canary",
      leastPercent: 8,
      mostPercent: 12,
      hours: 50,
      leastHours: 72,
      requests: 1200,
      leastRequests: 1000,
      counted: 2,
      runs: [
        { commit: "aaaa", from: instant(100), to: instant(80), running: false, share: 10 },
        { commit: "bbbb", from: instant(80), to: instant(50), running: false, share: 25 },
        { commit: "cccc", from: instant(50), to: instant(0), running: true, share: 10 },
      ],
      alerts: [],
      gaps: [],
    });
  });

  it("count the earlier run of the same commit where that was stable", () => {
    const requests = [{ environment: "production-canary", from: ago(100), to: ago(10), count: 5000 }];
    const figures = canary({ deployments: [deployed(1, "aaaa", 100), deployed(2, "aaaa", 10)], requests });
    expect([figures?.counted, figures?.runs.length, figures?.hours, figures?.requests]).toEqual([0, 2, 90, 5000]);
  });

  it("tell alerts by urgency, silences among them, and the time without alert data", () => {
    const alert = (name: string, severity: string | null, from: number, to: number | null) => ({
      name,
      severity,
      startsAt: ago(from),
      endsAt: to === null ? null : ago(to),
    });
    const figures = canary({
      deployments: [deployed(1, "aaaa", 60)],
      alerts: {
        coverage: [
          { from: ago(60), to: ago(40) },
          { from: ago(30), to: AT },
        ],
        alerts: [
          alert("Down", "critical", 20, null),
          alert("Slow", "warning", 50, 49),
          alert("Odd", "purple", 10, 9),
          alert("Bare", null, 8, 7),
          alert("Before", "critical", 90, 80),
        ],
        silences: [{ severity: "critical", startsAt: ago(5), endsAt: ago(4) }],
      },
    });
    expect(figures?.gaps).toEqual([{ from: instant(40), to: instant(30) }]);
    expect(figures?.alerts.map(({ kind, name, to }) => [kind, name, to === null])).toEqual([
      ["other", "Slow", false],
      ["critical", "Down", true],
      ["unclear", "Odd", false],
      ["critical", "Bare", false],
      ["silence", "critical", false],
    ]);
  });

  it("stay bounded, the run that counts among them", () => {
    const deployments = Array.from({ length: 60 }, (_, index) => deployed(index + 1, index < 59 ? "aaaa" : "bbbb", 300 - index * 2));
    const figures = canary({ deployments });
    expect(figures?.runs).toHaveLength(20);
    expect(figures?.runs[figures.counted]?.commit).toBe("bbbb");
    const coverage = Array.from({ length: 300 }, (_, index) => ({ from: ago(180 - index * 0.5), to: ago(179.8 - index * 0.5) }));
    expect(canary({ deployments, alerts: { coverage } })?.gaps).toHaveLength(100);
  });

  it("are absent where nothing ran at the canary's share", () => {
    expect(canary({ deployments: [deployed(1, "aaaa", 100, 50)] })).toBeUndefined();
  });
});
