import type { Percentiles, Unreadable } from "../shapes/measurements.ts";
import { defineReader, unreadable, type Measured } from "./define-reader.ts";
import { fieldsOf, isRecord, type Fields } from "./fields.ts";
import { indexOfLongest, noFailures, noteOnLevels, successesOnly, toMeasured } from "./load-run.ts";
import { noteOnP95, readPercentiles } from "./percentiles.ts";

/**
 * `python -m sglang.bench_serving --output-file`: one run a line, appended, of which the longest is reported. Milliseconds. Only
 * completed requests are counted, so how many failed is not in the file.
 */
export default defineReader({
  format: "sglang-bench",
  title: "SGLang bench_serving (--output-file)",
  kinds: ["load-test"],
  seen: [],
  recognises: ({ json, jsonLines }) => isRun(json) || isRun(jsonLines?.values[0]),
  read: ({ json, jsonLines }) => {
    if (isRun(json)) return measure(fieldsOf(json), 1);
    if (jsonLines === undefined) return unreadable("not-parseable", "The file is neither a JSON object nor one a line.");
    if (jsonLines.problem !== undefined) return jsonLines.problem;
    const runs = jsonLines.values;
    const other = runs.findIndex((run) => !isRun(run));
    if (other !== -1) return unreadable("bad-shape", `Run ${other + 1} of the file is not one of SGLang's bench_serving.`);
    const all = fieldsOf({ runs }).list("runs");
    const run = all[indexOfLongest(all.map((one) => one.number("duration")))];
    return run === undefined ? unreadable("incomplete", "The file holds no run (`runs`).") : measure(run, runs.length);
  },
});

function isRun(value: unknown): boolean {
  const keys = ["completed", "duration", "request_throughput", "mean_e2e_latency_ms"];
  return isRecord(value) && keys.every((key) => Object.hasOwn(value, key));
}

function measure(file: Fields, runs: number): Measured | Unreadable {
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
    noteOnLevels(runs),
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
