import type { Unreadable } from "../../shapes/measurements.ts";
import { isAiperfRecord, readAiperfRecords } from "./aiperf-records.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { epochInstant, toMeasured } from "../load-run.ts";
import { noteOnP95 } from "../percentiles.ts";
import { figureOf, latenciesOf, metricOf, millisecondsOf, requestCount, tokenRate } from "../unit-metrics.ts";
import { parseUnitTables } from "../unit-tables.ts";

/**
 * `profile_export_aiperf.json` and its CSV, and the requests one by one in `profile_export.jsonl`. Each figure stands beside its unit,
 * null where there is none. `request_count` holds those that succeeded. `start_time` and `end_time` have no zone; the timestamps of the
 * first request and the last answer are absolute.
 */
export default defineReader({
  format: "aiperf",
  title: "AIPerf (profile_export_aiperf.json, .csv, profile_export.jsonl)",
  kinds: ["load-test"],
  seen: ["2025-11"],
  recognises: ({ json, jsonLines, csvHeader }) => isSummary(json) || isAiperfRecord(jsonLines?.values[0]) || isTable(csvHeader),
  read: ({ json, jsonLines, csvHeader, text }) => {
    if (isTable(csvHeader)) {
      const tables = parseUnitTables(text);
      return tables.ok ? readSummary(tables.value) : tables;
    }
    return jsonLines !== undefined && isAiperfRecord(jsonLines.values[0]) ? readAiperfRecords(jsonLines) : readSummary(json);
  },
});

function isSummary(json: unknown): boolean {
  return (
    at(json, "request_throughput", "unit") !== undefined &&
    isRecord(at(json, "input_config")) &&
    ["was_cancelled", "benchmark_duration", "aiperf_version", "schema_version"].some((key) => at(json, key) !== undefined)
  );
}

/** Its predecessor writes no deviation. */
function isTable(header: readonly string[] | undefined): boolean {
  return header?.[0] === "Metric" && header[1] === "avg" && header.includes("std");
}

/** The CSV has the same figures and does not say whether the run was cancelled. */
function readSummary(json: unknown): Measured | Unreadable {
  const file = fieldsOf(json);
  if (at(json, "was_cancelled") === true) {
    return unreadable("incomplete", "The run was cancelled (`was_cancelled`), so it proves nothing. Run it to the end.");
  }
  const version = file.optionalText("aiperf_version");
  const good = countOf(file, "request_count") ?? 0;
  const failed = countOf(file, "error_request_count") ?? 0;
  const streaming = at(json, "input_config", "endpoint", "streaming") !== false;
  const of = (name: string) => (good === 0 ? undefined : latenciesOf(metricOf(file, name)));
  const latencyMs = of("request_latency");
  const length = millisecondsOf(metricOf(file, "benchmark_duration"));
  const run = {
    version,
    requests: good + failed,
    failed,
    durationSeconds: length === undefined ? undefined : length / 1000,
    latencyMs,
    timeToFirstTokenMs: streaming ? of("time_to_first_token") : undefined,
    interTokenLatencyMs: streaming ? of("inter_token_latency") : undefined,
    outputTokensPerSecond: figureOf(metricOf(file, "output_token_throughput"), tokenRate),
    startedAt: instantOf(file, "min_request_timestamp") ?? instantOf(file, "minimum_request_timestamp"),
    endedAt: instantOf(file, "max_response_timestamp") ?? instantOf(file, "maximum_response_timestamp"),
  };
  const notes = [
    good === 0 ? "no request was answered, so there are no latencies" : noteOnP95(latencyMs, "AIPerf usually writes it"),
    run.endedAt === undefined ? "the file has no time with a zone" : undefined,
    at(json, "was_cancelled") === undefined ? "the file does not say whether the run was cancelled" : undefined,
  ];
  if (good + failed === 0) return file.problem() ?? unreadable("incomplete", "The file holds no request (`request_count`). Run it again.");
  return file.problem() ?? toMeasured({ tool: "aiperf", ...run, notes });
}

function countOf(file: Fields, name: string): number | undefined {
  const count = figureOf(metricOf(file, name), requestCount);
  if (count !== undefined && !Number.isSafeInteger(count)) file.refuse(name, "is not a whole number");
  return count;
}

function instantOf(file: Fields, name: string): string | undefined {
  const milliseconds = millisecondsOf(metricOf(file, name));
  const instant = milliseconds === undefined ? undefined : epochInstant(milliseconds / 1000);
  if (milliseconds !== undefined && instant === undefined) file.refuse(name, "is not a time");
  return instant;
}
