import { defineReader } from "./define-reader.ts";
import { at, fieldsOf, isRecord } from "./fields.ts";
import { noFailures, successesOnly, toMeasured } from "./load-run.ts";
import { noteOnP95 } from "./percentiles.ts";
import { figureOf, latenciesOf, metricOf, requestCount, requestRate, tokenRate } from "./unit-metrics.ts";

/**
 * `*_genai_perf.json` of GenAI-Perf. Each figure stands beside its unit; the first versions wrote figures as text. There are no errors
 * and no times in the file. Time to first token is believed of streaming runs only: others repeat the latency there.
 */
export default defineReader({
  format: "genai-perf",
  title: "GenAI-Perf (profile_export_genai_perf.json)",
  kinds: ["load-test"],
  seen: ["flat input_config"],
  recognises: ({ json }) =>
    at(json, "request_throughput", "unit") !== undefined &&
    at(json, "request_latency", "unit") !== undefined &&
    isRecord(at(json, "input_config")) &&
    !["was_cancelled", "benchmark_duration", "aiperf_version", "schema_version"].some((key) => at(json, key) !== undefined),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const textual = ["request_throughput", "request_latency"].every((key) => typeof at(json, key, "avg") === "string");
    const metrics = new Map(
      [
        "request_throughput",
        "request_latency",
        "request_count",
        "output_token_throughput",
        "time_to_first_token",
        "inter_token_latency",
      ].map((name) => [name, metricOf(file, name, textual)]),
    );
    const streaming = [at(json, "input_config", "streaming"), at(json, "input_config", "endpoint", "streaming")].includes(true);
    const latencyMs = latenciesOf(metrics.get("request_latency"));
    const requests = figureOf(metrics.get("request_count"), requestCount);
    if (requests !== undefined && !Number.isSafeInteger(requests)) file.refuse("request_count", "is not a whole number");
    const run = {
      requests,
      failed: undefined,
      toolRate: figureOf(metrics.get("request_throughput"), requestRate),
      latencyMs,
      timeToFirstTokenMs: streaming ? latenciesOf(metrics.get("time_to_first_token")) : undefined,
      interTokenLatencyMs: streaming ? latenciesOf(metrics.get("inter_token_latency")) : undefined,
      outputTokensPerSecond: figureOf(metrics.get("output_token_throughput"), tokenRate),
    };
    const notes = [
      noFailures,
      successesOnly,
      streaming ? undefined : "the run did not stream, so there is no time to the first token",
      noteOnP95(latencyMs, "genai-perf usually writes it"),
    ];
    const problem = file.problem() ?? [...metrics.values()].map((metric) => metric?.problem()).find((found) => found !== undefined);
    return problem ?? toMeasured({ tool: "genai-perf", ...run, notes });
  },
});
