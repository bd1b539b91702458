import type { LoadTest } from "../shapes/measurements.ts";
import { sustainedRate, windowAtLoad, type LoadWindow } from "./load-window.ts";
import { toMs } from "./time.ts";
import type { Finding, Measured } from "./types.ts";
import { figure, list, plural, quoted } from "./words.ts";

export type Run = Measured<"load-test">;

/** The runs that count as one load test: the newest, or those of several regions at one time. */
export interface LoadTestRuns {
  runs: readonly [Run, ...Run[]];
  /** Figures of all together, and which part of the time they are of. */
  window: LoadWindow;
  findings: Finding[];
}

/**
 * The newest run counts. Runs whose sidecars name different regions and that ran at the same time are one test: their rates add up over
 * the time in which all of them ran. Two exports of one run have no regions that differ, so they are never added up.
 */
export function loadTestRuns(all: readonly Run[], regions: readonly string[], target: number): LoadTestRuns {
  const newest = newestOf(all);
  const beside = alongside(newest, all);
  const [first = newest, ...rest] = [newest, ...beside].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const together: [Run, ...Run[]] = [first, ...rest];
  const others = all.length - together.length;
  const window = together.length === 1 ? windowAtLoad(newest.measurement, target) : combined(together);
  return { runs: together, window, findings: [...regionFindings(together, regions), ...otherRuns(newest, others)] };
}

function newestOf(runs: readonly Run[]): Run {
  const [first, ...rest] = runs;
  if (first === undefined) throw new Error("a criterion judges only when its evidence is there");
  return rest.reduce((best, run) => {
    const [one, other] = [timeOf(run), timeOf(best)];
    return one > other || (one === other && run.path < best.path) ? run : best;
  }, first);
}

/** A run without a time ranks behind all. */
function timeOf({ origin }: Run): number {
  const ms = toMs(origin.measuredAt ?? "");
  return Number.isNaN(ms) ? -Infinity : ms;
}

/** Of every other region the newest run whose time overlaps. The same bytes are one run, whatever their sidecars say. */
function alongside(newest: Run, runs: readonly Run[]): Run[] {
  const span = spanOf(newest);
  if (newest.origin.region === undefined || span === undefined) return [];
  const byRegion = new Map<string, Run>();
  const seen = new Set([newest.digest]);
  for (const run of runs) {
    const { region } = run.origin;
    const other = spanOf(run);
    if (region === undefined || region === newest.origin.region || other === undefined || seen.has(run.digest)) continue;
    seen.add(run.digest);
    if (other.start >= span.end || other.end <= span.start) continue;
    const known = byRegion.get(region);
    if (known === undefined || newestOf([known, run]) === run) byRegion.set(region, run);
  }
  return [...byRegion.values()];
}

function spanOf({ measurement: { startedAt, endedAt } }: Run): { start: number; end: number } | undefined {
  const [start, end] = [toMs(startedAt ?? ""), toMs(endedAt ?? "")];
  return end > start ? { start, end } : undefined;
}

/** Rates add up; what only some of the runs say is not known of all. Latencies are judged run by run. */
function combined(runs: readonly Run[]): LoadWindow {
  const spans = runs.flatMap((run) => spanOf(run) ?? []);
  const seconds = Math.max(0, (Math.min(...spans.map(({ end }) => end)) - Math.max(...spans.map(({ start }) => start))) / 1000);
  const sum = (of: (run: LoadTest) => number | undefined) =>
    runs.reduce<number | undefined>((total, { measurement }) => {
      const value = of(measurement);
      return total === undefined || value === undefined ? undefined : total + value;
    }, 0);
  const rate = sum(({ ratePerSecond }) => ratePerSecond);
  const failing = runs.some(({ measurement }) => measurement.errorRate === undefined);
  const good = sum(sustainedRate);
  const tokens = sum(({ totalTokensPerSecond }) => totalTokensPerSecond);
  return {
    figures: {
      durationSeconds: seconds,
      ...(rate === undefined ? {} : { ratePerSecond: rate }),
      ...(failing || rate === undefined || good === undefined || rate === 0 ? {} : { errorRate: 1 - good / rate }),
      ...(tokens === undefined ? {} : { totalTokensPerSecond: tokens }),
    },
    words: `${figure(runs.length)} regions together`,
    ownLatencies: false,
  };
}

function regionFindings(runs: readonly Run[], regions: readonly string[]): Finding[] {
  const measured = new Set(runs.map(({ origin }) => origin.region));
  const lacking = regions.filter((region) => !measured.has(region));
  if (lacking.length === 0) return [];
  const text = `The policy names ${plural(regions.length, "region")}, and no run of the newest load test says that it came from ${list(lacking.slice(0, 5).map((region) => quoted(region)))}.`;
  const remedy = "Run the load test in all regions at the same time, and write `region: <name>` into the sidecar of each result.";
  return [{ state: "missing", path: runs[0]?.path ?? "", text, remedy }];
}

function otherRuns({ path }: Run, others: number): Finding[] {
  if (others === 0) return [];
  const text = `${path} is the newest run and counts; ${plural(others, "older one")} ${others === 1 ? "does" : "do"} not.`;
  return [{ state: "note", path, text }];
}
