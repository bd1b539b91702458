import type { LoadFigures } from "../shapes/figures.ts";
import type { LoadTest, Percentiles } from "../shapes/measurements.ts";
import { sustainedRate, toIntervals } from "./load-window.ts";
import type { LoadTestRuns } from "./load-runs.ts";

interface Asked {
  peak: number;
  multiple: number;
  errorRate: number;
  minutes: number;
  p95Ms?: number;
  timeToFirstTokenP95Ms?: number;
}

/** More steps are put together: a chart is some hundred points wide. */
const MAX_STEPS = 240;
const MAX_RUNS = 12;
/** What stands for p95, the first that is there. */
const standIns = ["p95", "p97_5", "p99", "max"] as const;

/** What the verdict on a load test was reached with. */
export function loadFigures({ runs, window }: LoadTestRuns, asked: Asked): LoadFigures {
  const { figures } = window;
  const { errorRate, durationSeconds } = figures;
  return {
    kind: "load",
    peak: asked.peak,
    multiple: asked.multiple,
    target: asked.multiple * asked.peak,
    rate: known(sustainedRate(figures)),
    errorRate: errorRate !== undefined && errorRate >= 0 && errorRate <= 1 ? short(errorRate) : null,
    maxErrorRate: asked.errorRate,
    minutes: known(durationSeconds === undefined ? undefined : durationSeconds / 60),
    leastMinutes: asked.minutes,
    part: window.words ?? null,
    latencies: runs.slice(0, MAX_RUNS).flatMap(({ measurement }) => {
      const { latencyMs, timeToFirstTokenMs } = window.ownLatencies ? figures : measurement;
      return [
        ...latency("", latencyMs, asked.p95Ms),
        ...(asked.timeToFirstTokenP95Ms === undefined
          ? []
          : latency("time to first token, ", timeToFirstTokenMs, asked.timeToFirstTokenP95Ms)),
      ];
    }),
    timeline: runs.length === 1 && window.stage === undefined ? timelineOf(runs[0].measurement, window.span) : null,
  };
}

function latency(what: string, measured: Percentiles | undefined, limit: number | undefined): LoadFigures["latencies"] {
  const at = standIns.find((one) => (measured?.[one] ?? -1) >= 0);
  const ms = at === undefined ? null : known(measured?.[at]);
  return at === undefined || ms === null ? [] : [{ name: `${what}${at.replace("_", ".")}`, ms, limitMs: limit ?? null }];
}

function timelineOf({ timeline, durationSeconds }: LoadTest, span: { from: number; to: number } | undefined): LoadFigures["timeline"] {
  const intervals = timeline === undefined ? [] : toIntervals(timeline, durationSeconds);
  const [first] = intervals;
  if (first === undefined) return null;
  const together = Math.ceil(intervals.length / MAX_STEPS);
  const good: number[] = [];
  for (let start = 0; start < intervals.length; start += together) {
    const step = intervals.slice(start, start + together);
    const seconds = (step.at(-1)?.to ?? 0) - (step[0]?.from ?? 0);
    const answered = step.reduce((sum, { requests, failed }) => sum + requests - failed, 0);
    good.push(seconds > 0 ? short(answered / seconds) : 0);
  }
  return { stepSeconds: short((first.to - first.from) * together), good, from: span?.from ?? null, to: span?.to ?? null };
}

function known(value: number | undefined): number | null {
  return value !== undefined && value >= 0 && value < Infinity ? short(value) : null;
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}
