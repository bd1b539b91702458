import type { Percentiles } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { successesOnly, toMeasured } from "../load-run.ts";
import { readPercentiles } from "../percentiles.ts";

const perSecond = 1000;
/** Seconds behind the schedule, in the mean, from which the generator was too slow for the load. */
const lateFrom = 1;

/** `summary_lifecycle_metrics.json` and `stage_N_lifecycle_metrics.json` of inference-perf. Seconds; no times, no duration. */
export default defineReader({
  format: "inference-perf",
  title: "inference-perf (*_lifecycle_metrics.json)",
  kinds: ["load-test"],
  seen: ["2025"],
  recognises: ({ json }) => ["load_summary", "successes", "failures"].every((key) => isRecord(at(json, key))),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const successes = file.in("successes");
    const good = successes.count("count");
    const failed = file.in("failures").count("count");
    const latency = good === 0 ? undefined : successes.in("latency");
    const throughput = good === 0 ? undefined : successes.in("throughput");
    const of = (name: string) => percentilesOf(latency, name);
    const run = {
      requests: good + failed,
      failed,
      toolRate: throughput?.number("requests_per_sec"),
      latencyMs: of("request_latency"),
      timeToFirstTokenMs: of("time_to_first_token"),
      interTokenLatencyMs: of("inter_token_latency"),
      outputTokensPerSecond: throughput?.optionalNumber("output_tokens_per_sec"),
      totalTokensPerSecond: throughput?.optionalNumber("total_tokens_per_sec"),
    };
    const notes = [
      good === 0 ? "no request was answered, so there are no latencies" : successesOnly,
      delayOf(file.in("load_summary")) >= lateFrom ? "the generator fell behind its schedule: the load was less than planned" : undefined,
    ];
    return file.problem() ?? toMeasured({ tool: "inference-perf", ...run, notes });
  },
});

/** Null stands where nothing was measured. */
function percentilesOf(latency: Fields | undefined, name: string): Percentiles | undefined {
  if (latency === undefined || !latency.has(name) || latency.raw(name) === null) return undefined;
  const keys = { mean: "mean", p50: "median", p90: "p90", p95: "p95", p99: "p99", max: "max" };
  return readPercentiles(latency.in(name), keys, perSecond);
}

/** Requests may also start a little early. */
function delayOf(load: Fields): number {
  if (!load.has("schedule_delay") || load.raw("schedule_delay") === null) return 0;
  return load.in("schedule_delay").number("mean", { min: -Number.MAX_VALUE });
}
