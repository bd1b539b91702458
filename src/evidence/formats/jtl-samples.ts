import type { Unreadable } from "../../shapes/measurements.ts";
import { wholeTimes } from "../answer-times.ts";
import { unreadable, type Measured, type ReadOptions } from "../define-reader.ts";
import { isoOf, readAsUtc, toInstant } from "../instant.ts";
import { toMeasured } from "../load-run.ts";
import { timelineBuilder } from "../timeline.ts";

/** Sums up samples of JMeter one by one, so that none is kept. */
export interface SampleSummary {
  /** A sample as it is written; "bad" where it cannot be read. */
  add(
    time: string | undefined,
    elapsed: string | undefined,
    success: string | undefined,
    tokens: string | undefined,
  ): Unreadable | "bad" | undefined;
  end(): Measured | Unreadable;
}

/** The run lasts from the first start to the last answer. */
export function sampleSummary({ columns = {} }: ReadOptions): SampleSummary {
  const times = wholeTimes();
  const timeline = timelineBuilder();
  const countsTokens = columns["totalTokens"] !== undefined;
  let [requests, failed, tokens, first, last] = [0, 0, 0, Infinity, 0];
  let isLocal = false;
  return {
    add(time = "", elapsedText = "", success = "", tokenText) {
      const start = toEpoch(time.trim());
      const verdict = success.trim().toLowerCase();
      const elapsed = wholeOf(elapsedText.trim());
      const used = countsTokens ? wholeOf((tokenText ?? "").trim()) : 0;
      if (start === undefined || elapsed === undefined || used === undefined || (verdict !== "true" && verdict !== "false")) return "bad";
      const isBad = verdict === "false";
      isLocal ||= time.includes(":");
      requests += 1;
      tokens += used;
      if (isBad) failed += 1;
      first = Math.min(first, start);
      last = Math.max(last, start + elapsed);
      timeline.add(start + elapsed, { requests: 1, failed: isBad ? 1 : 0, ...(countsTokens ? { tokens: used } : {}) });
      return times.add(elapsed) ? undefined : unreadable("too-large", "The file holds too many different durations. Give statistics.json.");
    },
    end() {
      if (requests === 0) return unreadable("incomplete", "The file holds no sample (rows, `sample`). Write the results again.");
      const durationSeconds = (last - first) / 1000;
      return toMeasured({
        tool: "jmeter",
        requests,
        failed,
        durationSeconds,
        latencyMs: times.percentiles(),
        totalTokensPerSecond: countsTokens && durationSeconds > 0 ? tokens / durationSeconds : undefined,
        startedAt: isoOf(first),
        endedAt: isoOf(last),
        timeline: timeline.build(),
        notes: isLocal ? [readAsUtc] : [],
      });
    },
  };
}

function wholeOf(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function toEpoch(text: string): number | undefined {
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const instant = /^\d{4}[/-]\d{2}[/-]\d{2} /.test(text) ? toInstant(text.replaceAll("/", "-")) : undefined;
  return instant === undefined ? undefined : Date.parse(instant.at);
}
