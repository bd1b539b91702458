import type { Percentiles, Unreadable } from "../shapes/measurements.ts";
import { defineReader, unreadable, type Measured } from "./define-reader.ts";
import { fieldsOf, isRecord, type Fields } from "./fields.ts";
import { toInstant } from "./instant.ts";
import { indexOfLongest, noteOnLevels, toMeasured } from "./load-run.ts";
import { noteOnP95, readPercentiles } from "./percentiles.ts";

/**
 * `vllm bench serve --save-result`, and the lines of `--append-result`, of which the longest run is reported. Milliseconds.
 * `request_throughput` counts completed requests only and is not used; where all failed, every figure is 0 and none is a measurement.
 */
export default defineReader({
  format: "vllm-bench",
  title: "vLLM bench serve (--save-result, --append-result)",
  kinds: ["load-test"],
  seen: ["0.25.1"],
  recognises: ({ json, jsonLines }) => isRun(json) || isRun(jsonLines?.values[0]),
  read: ({ json, jsonLines }) => {
    if (isRun(json)) return measure(fieldsOf(json), 1);
    if (jsonLines === undefined) return unreadable("not-parseable", "The file is neither a JSON object nor one a line.");
    if (jsonLines.problem !== undefined) return jsonLines.problem;
    return longest(jsonLines.values);
  },
});

/** SGLang's runs have much the same keys, and a latency under another name. */
function isRun(value: unknown): boolean {
  const keys = ["completed", "duration", "num_prompts", "request_throughput"];
  return isRecord(value) && keys.every((key) => Object.hasOwn(value, key)) && !Object.hasOwn(value, "mean_e2e_latency_ms");
}

function longest(runs: unknown[]): Measured | Unreadable {
  const other = runs.findIndex((run) => !isRun(run));
  if (other !== -1) return unreadable("bad-shape", `Run ${other + 1} of the file is not one of vllm bench serve.`);
  const file = fieldsOf({ runs });
  const all = file.list("runs");
  const run = all[indexOfLongest(all.map((one) => one.number("duration")))];
  return run === undefined ? unreadable("incomplete", "The file holds no run (`runs`).") : measure(run, runs.length);
}

function measure(file: Fields, runs: number): Measured | Unreadable {
  const completed = file.count("completed");
  const asked = file.count("num_prompts");
  if (!file.has("failed") && completed > asked) file.refuse("completed", "is more than `num_prompts`");
  const failed = file.optionalCount("failed") ?? Math.max(0, asked - completed);
  const of = (metric: string) => (completed === 0 ? undefined : percentilesOf(file, metric));
  const latencyMs = of("e2el");
  const date = toInstant(file.optionalText("date") ?? "");
  const notes = [
    noteOnLevels(runs),
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
