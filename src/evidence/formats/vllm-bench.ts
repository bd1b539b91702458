import type { Percentiles, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, type Measured } from "../define-reader.ts";
import { isRecord, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { toMeasured } from "../load-run.ts";
import { readRunLines } from "../load-stages.ts";
import { noteOnP95, readPercentiles } from "../percentiles.ts";

/**
 * `vllm bench serve --save-result`, and the lines of `--append-result`, each a load level. Milliseconds.
 * `request_throughput` counts completed requests only and is not used; where all failed, every figure is 0 and none is a measurement.
 */
export default defineReader({
  format: "vllm-bench",
  title: "vLLM bench serve (--save-result, --append-result)",
  kinds: ["load-test"],
  seen: ["0.25.1"],
  recognises: ({ json, jsonLines }) => isRun(json) || isRun(jsonLines?.values[0]),
  read: (content) => readRunLines(content, "vllm bench serve", isRun, measure),
});

function isRun(value: unknown): boolean {
  const keys = ["completed", "duration", "num_prompts", "request_throughput"];
  return isRecord(value) && keys.every((key) => Object.hasOwn(value, key)) && !Object.hasOwn(value, "mean_e2e_latency_ms");
}

function measure(file: Fields): Measured | Unreadable {
  const completed = file.count("completed");
  const asked = file.count("num_prompts");
  if (!file.has("failed") && completed > asked) file.refuse("completed", "is more than `num_prompts`");
  const failed = file.optionalCount("failed") ?? Math.max(0, asked - completed);
  const of = (metric: string) => (completed === 0 ? undefined : percentilesOf(file, metric));
  const latencyMs = of("e2el");
  const date = toInstant(file.optionalText("date") ?? "");
  const notes = [
    date?.zoned === true ? undefined : "the file has no time with a zone",
    completed === 0 ? "no request was answered, so there are no latencies" : undefined,
    completed > 0 && latencyMs === undefined ? "no latency of whole requests; add e2el to --percentile-metrics" : undefined,
    noteOnP95(latencyMs ?? of("ttft"), "add 95 to --metric-percentiles"),
  ];
  const run = {
    requests: completed + failed,
    failed,
    durationSeconds: file.number("duration"),
    latencyMs,
    timeToFirstTokenMs: of("ttft"),
    interTokenLatencyMs: of("itl"),
    outputTokensPerSecond: file.optionalNumber("output_throughput"),
    totalTokensPerSecond: file.optionalNumber("total_token_throughput"),
    measuredAt: date?.zoned === true ? date.at : undefined,
  };
  return file.problem() ?? toMeasured({ tool: "vllm", ...run, notes });
}

function percentilesOf(file: Fields, metric: string): Percentiles | undefined {
  return readPercentiles(file, {
    mean: `mean_${metric}_ms`,
    p50: `median_${metric}_ms`,
    p90: `p90_${metric}_ms`,
    p95: `p95_${metric}_ms`,
    p97_5: `p97.5_${metric}_ms`,
    p99: `p99_${metric}_ms`,
  });
}
