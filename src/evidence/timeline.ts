import type { Timeline } from "../shapes/measurements.ts";

/** Counts what was answered over time. */
export interface TimelineBuilder {
  /** `at` is epoch milliseconds, in any order. */
  add(at: number, counts: { requests?: number; failed?: number; tokens?: number }): void;
  /** At most 360 intervals; undefined where nothing was counted, or where two intervals at the least do not fit into the run. */
  build(): Timeline | undefined;
}

const maxIntervals = 360;
/** Seconds that are told apart while counting: four and a half hours; of longer runs two, four, ... seconds. */
const maxKept = 16_384;

interface Interval {
  requests: number;
  failed: number;
  tokens: number;
}

/** `seconds` is the shortest interval: that in which the file itself counts. */
export function timelineBuilder(seconds = 1): TimelineBuilder {
  let kept = new Map<number, Interval>();
  let width = seconds;
  let hasTokens = false;

  function coarser(): void {
    width *= 2;
    const merged = new Map<number, Interval>();
    for (const [key, interval] of kept) addTo(merged, Math.floor(key / 2), interval);
    kept = merged;
  }

  return {
    add(at, { requests = 0, failed = 0, tokens }) {
      hasTokens ||= tokens !== undefined;
      addTo(kept, Math.floor(at / 1000 / width), { requests, failed, tokens: tokens ?? 0 });
      while (kept.size > maxKept) coarser();
    },
    build() {
      if (kept.size === 0) return undefined;
      let [first, last] = [Infinity, -Infinity];
      for (const key of kept.keys()) {
        first = Math.min(first, key);
        last = Math.max(last, key);
      }
      const step = 2 ** Math.max(0, Math.ceil(Math.log2((last - first + 1) / maxIntervals)));
      const length = Math.floor((last - first) / step) + 1;
      if (length < 2) return undefined;
      const zeros = () => Array.from({ length }, () => 0);
      const timeline: Required<Timeline> = {
        intervalSeconds: width * step,
        requests: zeros(),
        failed: zeros(),
        tokens: zeros(),
      };
      for (const [key, { requests, failed, tokens }] of kept) {
        const index = Math.floor((key - first) / step);
        timeline.requests[index] = (timeline.requests[index] ?? 0) + requests;
        timeline.failed[index] = (timeline.failed[index] ?? 0) + failed;
        timeline.tokens[index] = (timeline.tokens[index] ?? 0) + tokens;
      }
      const { tokens, ...rest } = timeline;
      return hasTokens ? { ...rest, tokens } : rest;
    },
  };
}

function addTo(intervals: Map<number, Interval>, key: number, { requests, failed, tokens }: Interval): void {
  const known = intervals.get(key);
  if (known === undefined) intervals.set(key, { requests, failed, tokens });
  else {
    known.requests += requests;
    known.failed += failed;
    known.tokens += tokens;
  }
}
