import type { CanaryFigures, LoadFigures } from "../../src/shapes/figures.ts";

/* Figures for the tests of charts: a run with a ramp and a pause, a canary that was deployed anew and is watched with gaps. */

const ramp = Array.from({ length: 30 }, (_, index) => index * 3);
const steady = (steps: number) => Array.from({ length: steps }, (_, index) => 84 + ((index * 7) % 9));

export const loadFigures: LoadFigures = {
  kind: "load",
  peak: 40,
  multiple: 2,
  target: 80,
  rate: 84.2,
  errorRate: 0.0132,
  maxErrorRate: 0.01,
  minutes: 30,
  leastMinutes: 30,
  part: "minutes 15 to 45 of the run",
  latencies: [
    { name: "p95", ms: 1420, limitMs: 1800 },
    { name: "time to first token, p95", ms: 640, limitMs: 500 },
  ],
  timeline: { stepSeconds: 30, good: [...ramp, ...steady(60), 0, 20, ...steady(25)], from: 900, to: 2700 },
};

const at = (hours: number) => `${new Date(Date.UTC(2026, 10, 16, 8) + hours * 3_600_000).toISOString().slice(0, 19)}Z`;

export const canaryFigures: CanaryFigures = {
  kind: "canary",
  environment: "production-canary",
  leastPercent: 8,
  mostPercent: 12,
  hours: 41.5,
  leastHours: 72,
  requests: 812,
  leastRequests: 1000,
  counted: 3,
  runs: [
    { commit: "a".repeat(40), from: at(-60), to: at(-40), running: false, share: 5 },
    { commit: "a".repeat(40), from: at(-40), to: at(-10), running: false, share: 25 },
    { commit: "b".repeat(40), from: at(-10), to: at(0), running: false, share: null },
    { commit: "c".repeat(40), from: at(0), to: at(41.5), running: true, share: 10 },
  ],
  alerts: [
    { kind: "critical", name: "AssistantDown", from: at(5), to: at(6) },
    { kind: "other", name: "AssistantSlow", from: at(20), to: at(24) },
    { kind: "unclear", name: "Odd", from: at(28), to: at(30) },
    { kind: "silence", name: "critical", from: at(33), to: null },
  ],
  gaps: [
    { from: at(10), to: at(16) },
    { from: at(25), to: at(25.2) },
  ],
};
