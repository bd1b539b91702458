import type { Percentiles, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, type Measured } from "../define-reader.ts";
import { isRecord, type Fields } from "../fields.ts";
import { noFailures, successesOnly, toMeasured } from "../load-run.ts";
import { readRunLines } from "../load-stages.ts";
import { noteOnP95, readPercentiles } from "../percentiles.ts";

/**
 * `python -m sglang.bench_serving --output-file`: one run a line, appended. Milliseconds. Only
 * completed requests are counted, so how many failed is not in the file.
 */
export default defineReader({
  format: "sglang-bench",
  title: "SGLang bench_serving (--output-file)",
  kinds: ["load-test"],
  seen: [],
  recognises: ({ json, jsonLines }) => isRun(json) || isRun(jsonLines?.values[0]),
  read: (content) => readRunLines(content, "SGLang's bench_serving", isRun, measure),
});

function isRun(value: unknown): boolean {
  const keys = ["completed", "duration", "request_throughput", "mean_e2e_latency_ms"];
  return isRecord(value) && keys.every((key) => Object.hasOwn(value, key));
}

function measure(file: Fields): Measured | Unreadable {
  const completed = file.count("completed");
  const of = (metric: string) => (completed === 0 ? undefined : percentilesOf(file, metric));
  const latencyMs = of("e2e_latency");
  const [input, output] = [file.optionalNumber("input_throughput"), file.optionalNumber("output_throughput")];
  const run = {
    durationSeconds: file.number("duration"),
    toolRate: file.number("request_throughput"),
    latencyMs,
    timeToFirstTokenMs: of("ttft"),
    interTokenLatencyMs: of("itl"),
    outputTokensPerSecond: output,
    totalTokensPerSecond: input === undefined || output === undefined ? undefined : input + output,
  };
  const notes = [
    noFailures,
    successesOnly,
    completed === 0 ? "no request was answered, so there are no latencies" : undefined,
    noteOnP95(latencyMs, "measure it with a tool that writes it"),
    "the file has no time with a zone",
  ];
  return file.problem() ?? toMeasured({ tool: "sglang", requests: undefined, failed: undefined, ...run, notes });
}

function percentilesOf(file: Fields, metric: string): Percentiles | undefined {
  return readPercentiles(file, { mean: `mean_${metric}_ms`, p50: `median_${metric}_ms`, p99: `p99_${metric}_ms` });
}
