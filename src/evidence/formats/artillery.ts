import type { Timeline } from "../../shapes/measurements.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { instantOfEpoch, toMeasured } from "../load-run.ts";
import { noteOnP95, readPercentiles } from "../percentiles.ts";
import { timelineBuilder } from "../timeline.ts";

/**
 * `artillery run --output` of Artillery 2. Times are epoch milliseconds, latencies milliseconds. `rates["http.request_rate"]` is not
 * requests / duration and `vusers.failed` counts no HTTP errors, so neither is used.
 */
export default defineReader({
  format: "artillery",
  title: "Artillery report (run --output)",
  kinds: ["load-test"],
  seen: ["2.0.21"],
  recognises: ({ json }) =>
    Array.isArray(at(json, "intermediate")) &&
    (isRecord(at(json, "aggregate", "counters")) || at(json, "aggregate", "requestsCompleted") !== undefined),
  read: ({ json }) => {
    if (!isRecord(at(json, "aggregate", "counters"))) {
      return unreadable(
        "unsupported-version",
        "This is a report of Artillery 1 (no `aggregate.counters`), which is not read. Run it with Artillery 2.",
      );
    }
    const whole = fieldsOf(json);
    const file = whole.in("aggregate");
    const counters = file.in("counters");
    const requests = counters.optionalCount("http.requests");
    const failed = requests === undefined ? undefined : Math.min(requests, failedOf(counters, requests));
    const summaries = file.has("summaries") ? file.in("summaries") : undefined;
    const answered = summaries?.has("http.response_time") === true;
    const latencyMs = answered ? latenciesOf(summaries.in("http.response_time")) : undefined;
    const startedAt = instantOfEpoch(file, "firstMetricAt", 1000);
    const endedAt = instantOfEpoch(file, "lastMetricAt", 1000);
    const durationSeconds = durationOf(file);
    const notes = [
      requests === undefined ? "the run made no HTTP requests, so there is no rate and no share of errors" : undefined,
      answered ? noteOnP95(latencyMs, "p95 and p99 are usually there") : "no request was answered, so there are no latencies",
    ];
    const timeline = timelineOf(whole.list("intermediate"));
    const run = { requests, failed, durationSeconds, latencyMs, startedAt, endedAt, timeline };
    return file.problem() ?? toMeasured({ tool: "artillery", ...run, notes });
  },
});

/** Artillery counts in periods of ten seconds, named by their epoch milliseconds in text. */
function timelineOf(periods: readonly Fields[]): Timeline | undefined {
  const timeline = timelineBuilder(10);
  for (const period of periods) {
    if (!period.has("period") || !period.has("counters")) return undefined;
    const name = period.raw("period");
    const at = typeof name === "string" && /^\d{12,13}$/.test(name) ? Number(name) : period.count("period");
    const counters = period.in("counters");
    const requests = counters.optionalCount("http.requests") ?? 0;
    // Answers of a period may belong to requests of the one before.
    timeline.add(at, { requests, failed: failedOf(counters, Infinity) });
  }
  return timeline.build();
}

function durationOf(file: Fields): number | undefined {
  const first = file.optionalNumber("firstMetricAt");
  const last = file.optionalNumber("lastMetricAt");
  if (first === undefined || last === undefined) return undefined;
  if (last < first) file.refuse("lastMetricAt", "is before the first");
  return Math.max(0, last - first) / 1000;
}

/** Answers of status 400 and above, and errors without an answer. `plugins.*` count the same requests again and are left out. */
function failedOf(counters: Fields, requests: number): number {
  const sum = (keys: string[]) => keys.reduce((total, key) => total + counters.count(key), 0);
  const codes = counters.keys().filter((key) => /^http\.codes\.\d{3}$/.test(key));
  if (sum(codes) > requests) counters.refuse("http.requests", "is less than the answers");
  const bad = codes.filter((key) => Number(key.slice(-3)) >= 400);
  return sum(bad) + sum(counters.keys().filter((key) => key.startsWith("errors.")));
}

function latenciesOf(summary: Fields): ReturnType<typeof readPercentiles> {
  return readPercentiles(summary, { mean: "mean", p50: "p50", p90: "p90", p95: "p95", p99: "p99", max: "max" });
}
