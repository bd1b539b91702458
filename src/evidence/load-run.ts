import type { LoadTest, Percentiles } from "../shapes/measurements.ts";
import type { Measured } from "./define-reader.ts";
import { fieldsOf, present, type Fields } from "./fields.ts";
import { isoOf } from "./instant.ts";
import { readPercentiles } from "./percentiles.ts";

/** What a load tool's file says, before the figures that follow from it. */
export interface LoadRun extends Omit<{ [K in keyof LoadTest]: LoadTest[K] | undefined }, "errorRate" | "ratePerSecond"> {
  tool: string;
  version?: string | undefined;
  /** The tool's own figure, in requests a second. */
  toolRate?: number | undefined;
  measuredAt?: string | undefined;
  notes?: (string | undefined)[];
}

/** Note of files that do not say how many requests failed. */
export const noFailures = "the file does not say how many requests failed";

/** Note of files whose rate leaves failed requests out. */
export const successesOnly = "the rate is the tool's own figure and counts only requests that succeeded";

export const noDuration = "the file does not say how long the run took; the rate is the tool's own figure";

/**
 * Share of errors and rate from counts and duration, as for every tool: requests / duration where both are known, else the tool's own
 * figure. A duration of 0 is none, and where nothing was asked there are neither latencies nor a rate.
 */
export function toMeasured({ tool, version, toolRate, measuredAt, notes = [], ...run }: LoadRun): Measured {
  const { requests, failed } = run;
  const durationSeconds = run.durationSeconds === 0 ? undefined : run.durationSeconds;
  const none = requests === 0;
  const rate = requests === undefined || durationSeconds === undefined ? undefined : requests / durationSeconds;
  const measurement: LoadTest = present({
    ...run,
    durationSeconds,
    latencyMs: none ? undefined : run.latencyMs,
    timeToFirstTokenMs: none ? undefined : unlessZero(run.timeToFirstTokenMs),
    interTokenLatencyMs: none ? undefined : unlessZero(run.interTokenLatencyMs),
    outputTokensPerSecond: run.outputTokensPerSecond === 0 ? undefined : run.outputTokensPerSecond,
    totalTokensPerSecond: run.totalTokensPerSecond === 0 ? undefined : run.totalTokensPerSecond,
    errorRate: requests === undefined || none || failed === undefined ? undefined : failed / requests,
    ratePerSecond: rate !== undefined && Number.isFinite(rate) ? rate : toolRate,
  });
  return {
    kind: "load-test",
    tool: { name: tool, version: version ?? null },
    measurement,
    origin: present({ measuredAt: measuredAt ?? run.endedAt }),
    notes: notes.filter((note) => note !== undefined),
  };
}

/** Tools write 0 throughout where there was no stream of tokens to measure. */
function unlessZero(times: Percentiles | undefined): Percentiles | undefined {
  return times === undefined || Object.values(times).every((time) => time === 0) ? undefined : times;
}

const shares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

/** Which of so many values, counted from the smallest, a percentile is: the first that at least its share of them do not exceed. */
export function rankOf(name: keyof typeof shares, total: number): number {
  return Math.max(1, Math.ceil(shares[name] * total - 1e-9));
}

/** Percentiles of samples that the file holds one by one: the smallest value that at least p percent do not exceed. Milliseconds. */
export function percentilesOf(samples: readonly number[]): Percentiles | undefined {
  return percentilesOfCounts(samples.map((value) => [value, 1]));
}

/** The same for a histogram of values with the number of times each was seen. */
export function percentilesOfCounts(counts: readonly (readonly [value: number, count: number])[]): Percentiles | undefined {
  const sorted = counts.filter(([, count]) => count > 0).sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const last = sorted.at(-1);
  if (last === undefined) return undefined;
  const found: Percentiles = {};
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    for (const name of ["p50", "p90", "p95", "p99"] as const) if (seen >= rankOf(name, total)) found[name] ??= value;
  }
  const mean = sorted.reduce((sum, [value, count]) => sum + value * count, 0) / total;
  return { mean: Math.min(mean, last[0]), ...found, max: last[0] };
}

/** A time in epoch seconds (or as many a second as said) under a key; refused where it is no time of 1971 to 2199. */
export function instantOfEpoch(file: Fields, key: string, perSecond: 1 | 1000): string | undefined {
  const value = file.optionalNumber(key);
  const instant = value === undefined ? undefined : epochInstant(value / perSecond);
  if (value !== undefined && instant === undefined) file.refuse(key, "is not a time");
  return instant;
}

export function epochInstant(seconds: number): string | undefined {
  return seconds < 31_536_000 || seconds > 7_226_582_400 ? undefined : isoOf(Math.round(seconds * 1000));
}

/** Latencies by name; undefined for those that a report leaves out. */
export type Found = { [P in keyof Percentiles]?: Percentiles[P] | undefined };

/** Latencies that were found in text, already in milliseconds, under the same bounds as those of a file of fields. */
export function checkedPercentiles(found: Found, file: Fields): Percentiles | undefined {
  const fields = fieldsOf(present(found), "latency");
  const names = ["mean", "p50", "p90", "p95", "p97_5", "p99", "max"] as const;
  const latencies = readPercentiles(fields, Object.fromEntries(names.map((name) => [name, name])));
  if (fields.problem() !== undefined) file.refuse("latency", "holds percentiles that contradict each other");
  return latencies;
}
