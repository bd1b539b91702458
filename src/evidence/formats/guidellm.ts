import type { Percentiles, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { isGuidellmCsv, parseGuidellmCsv } from "./guidellm-csv.ts";
import type { Parsed } from "../json.ts";
import { instantOfEpoch, toMeasured } from "../load-run.ts";
import { tooManyStages, withStages } from "../load-stages.ts";
import { ofNewerVersion } from "../newer-version.ts";
import { readPercentiles } from "../percentiles.ts";

const perSecond = 1000;

/**
 * GuideLLM's `benchmarks.json`, version 1 and 2, its YAML twin and its CSV. Each benchmark is a load level. Only `successful` is read:
 * `total` mixes zeros of failed requests into latencies. Latency is seconds, token times are milliseconds, times epoch seconds.
 */
export default defineReader({
  format: "guidellm",
  title: "GuideLLM (benchmarks.json, .yaml, .csv)",
  kinds: ["load-test"],
  seen: ["0.8.0"],
  recognises: ({ json, yaml, csvHeader }) => isReport(json ?? yaml?.[0]) || isGuidellmCsv(csvHeader),
  read: ({ json, yaml, csvHeader, text }) => {
    const report: Parsed<unknown> = isGuidellmCsv(csvHeader) ? parseGuidellmCsv(text) : { ok: true, value: json ?? yaml?.[0] };
    return report.ok ? readReport(report.value) : report;
  },
});

function isReport(value: unknown): boolean {
  const list = at(value, "benchmarks");
  return Array.isArray(list) && isRecord(at(list[0], "metrics", "requests_per_second"));
}

function readReport(report: unknown): Measured | Unreadable {
  const version = at(report, "metadata", "version");
  const measured = measure(fieldsOf(report));
  return typeof version === "number" && version > 2 ? ofNewerVersion(measured, "GuideLLM's report", version, "1 and 2 are") : measured;
}

function measure(file: Fields): Measured | Unreadable {
  const levels = file.list("benchmarks");
  const version = file.has("metadata") ? file.in("metadata").optionalText("guidellm_version") : undefined;
  if (file.problem() === undefined && levels.length === 0)
    return unreadable("incomplete", "The report holds no benchmark (`benchmarks`). Run it again.");
  return file.problem() ?? tooManyStages(levels.length) ?? withStages(levels.map((level) => measureLevel(level, version)));
}

function measureLevel(level: Fields, version: string | undefined): Measured | Unreadable {
  const metrics = level.in("metrics");
  const totals = (metrics.has("request_totals") ? metrics : level).in("request_totals");
  const good = totals.count("successful");
  const failed = totals.count("errored");
  const cutOff = totals.optionalCount("incomplete") ?? 0;
  const of = (name: string, perUnit: number) => (good === 0 ? undefined : percentilesOf(metrics, name, perUnit));
  const run = {
    version,
    requests: good + failed,
    failed,
    durationSeconds: level.number("duration"),
    latencyMs: of("request_latency", perSecond),
    timeToFirstTokenMs: of("time_to_first_token_ms", 1),
    interTokenLatencyMs: of("inter_token_latency_ms", 1),
    outputTokensPerSecond: meanOf(metrics, "output_tokens_per_second"),
    totalTokensPerSecond: meanOf(metrics, "tokens_per_second"),
    startedAt: instantOfEpoch(level, "start_time", 1),
    endedAt: instantOfEpoch(level, "end_time", 1),
  };
  const notes = [
    cutOff > 0 ? `requests cut off at the end count neither as good nor as failed: ${cutOff}` : undefined,
    run.endedAt === undefined ? "the file has no time with a zone" : undefined,
    good === 0 ? "no request was answered, so there are no latencies" : undefined,
  ];
  return level.problem() ?? toMeasured({ tool: "guidellm", ...run, notes });
}

function percentilesOf(metrics: Fields, name: string, perUnit: number): Percentiles | undefined {
  if (!metrics.has(name)) return undefined;
  const stats = metrics.in(name).in("successful");
  const percentiles = stats.in("percentiles");
  const found = fieldsOf({ mean: stats.raw("mean"), max: stats.raw("max"), ...pick(percentiles) }, name);
  const keys = { mean: "mean", p50: "p50", p90: "p90", p95: "p95", p99: "p99", max: "max" };
  const read = readPercentiles(found, keys, perUnit);
  if (found.problem() !== undefined) metrics.refuse(name, "holds figures that are no latencies, or that contradict each other");
  return read;
}

function pick(percentiles: Fields): Record<string, unknown> {
  return Object.fromEntries(["p50", "p90", "p95", "p99"].map((key) => [key, percentiles.raw(key)]));
}

function meanOf(metrics: Fields, name: string): number | undefined {
  return metrics.has(name) ? metrics.in(name).in("successful").number("mean") : undefined;
}
