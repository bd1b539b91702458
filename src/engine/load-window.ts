import type { LoadTest, Timeline } from "../shapes/measurements.ts";
import { isAtLeast } from "./limits.ts";
import { figure } from "./words.ts";

/** The part of a run that is held against the target. */
export interface LoadWindow {
  figures: LoadTest;
  /** Which part it is; undefined for the whole. */
  words: string | undefined;
  /** Latencies are those of this part; of a window of the timeline they are those of the whole run. */
  ownLatencies: boolean;
  /** Index of the stage, where it is one. */
  stage?: number;
  /** Where in the timeline it lies, where it is a part of that: seconds since its start. */
  span?: { from: number; to: number };
}

/** Shorter intervals are looked at together: a pause of a few seconds that is caught up with is none. */
const LEAST_SECONDS = 30;
/** Share of the target below which an interval ends the window, and how many standard deviations of chance it is forgiven. */
const DIP = 0.9;
const CHANCE = 3;

/** Good answers a second; undefined where the file does not say. */
export function sustainedRate({ ratePerSecond, errorRate }: LoadTest): number | undefined {
  if (ratePerSecond === undefined || !(ratePerSecond >= 0) || ratePerSecond === Infinity) return undefined;
  return errorRate !== undefined && errorRate >= 0 && errorRate <= 1 ? ratePerSecond * (1 - errorRate) : ratePerSecond;
}

/**
 * The longest stage, or the longest window of the timeline, that sustains the target: good answers a second in its mean, and no interval
 * far below. Where none does, the stage with the highest rate, or the whole run. A run without stages and timeline is one window.
 */
export function windowAtLoad(run: LoadTest, target: number): LoadWindow {
  const { stages, timeline, ...whole } = run;
  const byStage = stages === undefined || stages.length < 2 ? undefined : bestStage(stages, target);
  if (byStage !== undefined) return byStage;
  const found = timeline === undefined ? undefined : longestWindow(toIntervals(timeline, run.durationSeconds), target);
  if (found === undefined) return { figures: whole, words: undefined, ownLatencies: true };
  return { figures: { ...whole, ...found.figures }, words: found.words, ownLatencies: false, span: found.span };
}

function bestStage(stages: readonly LoadTest[], target: number): LoadWindow | undefined {
  const rated = stages.flatMap((figures, index) => {
    const rate = sustainedRate(figures);
    return rate === undefined ? [] : [{ figures, index, rate, seconds: figures.durationSeconds ?? 0 }];
  });
  const reached = rated.filter(({ rate }) => isAtLeast(rate, target)).toSorted((a, b) => b.seconds - a.seconds || a.index - b.index);
  const best = reached[0] ?? rated.toSorted((a, b) => b.rate - a.rate || a.index - b.index)[0];
  if (best === undefined) return undefined;
  return { figures: best.figures, words: `stage ${best.index + 1} of ${stages.length}`, ownLatencies: true, stage: best.index };
}

export interface Interval {
  from: number;
  to: number;
  requests: number;
  failed: number;
  tokens: number | undefined;
}

/** Intervals of half a minute at least; the last one ends with the run. */
export function toIntervals({ intervalSeconds, requests, failed, tokens }: Timeline, durationSeconds = Infinity): Interval[] {
  const together = Math.max(1, Math.ceil(LEAST_SECONDS / intervalSeconds));
  const sum = (counts: readonly number[], start: number) => counts.slice(start, start + together).reduce((total, one) => total + one, 0);
  const intervals: Interval[] = [];
  for (let start = 0; start < requests.length; start += together) {
    const from = start * intervalSeconds;
    const to = Math.min((start + together) * intervalSeconds, requests.length * intervalSeconds, Math.max(durationSeconds, from));
    intervals.push({ from, to, requests: sum(requests, start), failed: sum(failed, start), tokens: tokens && sum(tokens, start) });
  }
  return intervals;
}

type Found = Required<Pick<LoadWindow, "figures" | "span">> & Pick<LoadWindow, "words">;

function longestWindow(intervals: readonly Interval[], target: number): Found | undefined {
  let best: { first: number; last: number; seconds: number } | undefined;
  for (let first = 0; first < intervals.length; first += 1) {
    let good = 0;
    for (let last = first; last < intervals.length; last += 1) {
      const interval = intervals[last];
      if (interval === undefined || isDip(interval, target)) break;
      good += interval.requests - interval.failed;
      const seconds = interval.to - (intervals[first]?.from ?? 0);
      if (seconds > (best?.seconds ?? 0) && isAtLeast(good, target * seconds)) best = { first, last, seconds };
    }
  }
  if (best === undefined) return undefined;
  const { first, last, seconds } = best;
  const isWhole = first === 0 && last === intervals.length - 1;
  const from = intervals[first]?.from ?? 0;
  const words = isWhole ? undefined : `minutes ${figure(from / 60)} to ${figure((from + seconds) / 60)} of the run`;
  return { figures: figuresOf(intervals.slice(first, last + 1), seconds), words, span: { from, to: from + seconds } };
}

function isDip({ from, to, requests, failed }: Interval, target: number): boolean {
  const due = target * (to - from);
  return requests - failed < DIP * due - CHANCE * Math.sqrt(due);
}

function figuresOf(intervals: readonly Interval[], seconds: number): LoadTest {
  const requests = intervals.reduce((sum, interval) => sum + interval.requests, 0);
  const failed = intervals.reduce((sum, interval) => sum + interval.failed, 0);
  const counted = intervals.every(({ tokens }) => tokens !== undefined);
  return {
    requests,
    failed,
    errorRate: requests === 0 ? 0 : failed / requests,
    durationSeconds: seconds,
    ratePerSecond: requests / seconds,
    ...(counted ? { totalTokensPerSecond: intervals.reduce((sum, { tokens = 0 }) => sum + tokens, 0) / seconds } : {}),
  };
}
