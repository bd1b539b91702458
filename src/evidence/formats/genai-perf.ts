import type { Unreadable } from "../../shapes/measurements.ts";
import { defineReader, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord } from "../fields.ts";
import { noFailures, successesOnly, toMeasured } from "../load-run.ts";
import { noteOnP95 } from "../percentiles.ts";
import { figureOf, latenciesOf, metricOf, requestCount, requestRate, tokenRate } from "../unit-metrics.ts";
import { parseUnitTables } from "../unit-tables.ts";

/**
 * `*_genai_perf.json` of GenAI-Perf and its CSV. Each figure stands beside its unit; the first versions wrote figures as text. There are no errors
 * and no times in the file. Time to first token is believed of streaming runs only: others repeat the latency there.
 */
export default defineReader({
  format: "genai-perf",
  title: "GenAI-Perf (profile_export_genai_perf.json, .csv)",
  kinds: ["load-test"],
  seen: ["flat input_config"],
  recognises: ({ json, csvHeader }) => isSummary(json) || isTable(csvHeader),
  read: ({ json, csvHeader, text }) => {
    if (!isTable(csvHeader))
      return readSummary(json, [at(json, "input_config", "streaming"), at(json, "input_config", "endpoint", "streaming")].includes(true));
    const tables = parseUnitTables(text);
    if (!tables.ok) return tables;
    const firstToken = at(tables.value, "time_to_first_token", "avg");
    return readSummary(tables.value, firstToken !== undefined && firstToken !== at(tables.value, "request_latency", "avg"));
  },
});

function isSummary(json: unknown): boolean {
  return (
    at(json, "request_throughput", "unit") !== undefined &&
    at(json, "request_latency", "unit") !== undefined &&
    isRecord(at(json, "input_config")) &&
    !["was_cancelled", "benchmark_duration", "aiperf_version", "schema_version"].some((key) => at(json, key) !== undefined)
  );
}

/** Its successor writes a deviation too. */
function isTable(header: readonly string[] | undefined): boolean {
  return header?.[0] === "Metric" && header[1] === "avg" && header.includes("p25") && !header.includes("std");
}

function readSummary(json: unknown, streaming: boolean): Measured | Unreadable {
  const file = fieldsOf(json);
  const textual = ["request_throughput", "request_latency"].every((key) => typeof at(json, key, "avg") === "string");
  const metrics = new Map(
    ["request_throughput", "request_latency", "request_count", "output_token_throughput", "time_to_first_token", "inter_token_latency"].map(
      (name) => [name, metricOf(file, name, textual)],
    ),
  );
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
}
