import type { Unreadable } from "../../shapes/measurements.ts";
import type { JsonLines } from "../content.ts";
import { unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { epochInstant, percentilesOf, toMeasured } from "../load-run.ts";
import { figureOf, metricOf, millisecondsOf } from "../unit-metrics.ts";

const perSecond = 1e9;

export function isAiperfRecord(value: unknown): boolean {
  return typeof at(value, "metadata", "request_start_ns") === "number" && isRecord(at(value, "metrics"));
}

/** `profile_export.jsonl`: one request a line, times in nanoseconds since 1970. Requests of the warm-up are none of the run. */
export function readAiperfRecords({ values, problem }: JsonLines): Measured | Unreadable {
  if (problem !== undefined) return problem;
  const other = values.findIndex((value) => !isAiperfRecord(value));
  if (other !== -1) return unreadable("bad-shape", `Record ${other + 1} of the file is not one of AIPerf.`);
  const run = values.flatMap((value, index) => (isWarmUp(value) ? [] : [fieldsOf(value, `record ${index + 1}`)]));
  const good = run.filter((record) => !hasFailed(record));
  const starts = run.map((record) => record.in("metadata").number("request_start_ns"));
  const ends = run.map((record) => record.in("metadata").number("request_end_ns"));
  const first = starts.reduce((one, next) => Math.min(one, next), Infinity);
  const last = ends.reduce((one, next) => Math.max(one, next), -Infinity);
  const seconds = (last - first) / perSecond;
  const [startedAt, endedAt] = [epochInstant(first / perSecond), epochInstant(last / perSecond)];
  const of = (name: string) => good.flatMap((record) => timeOf(record, name) ?? []);
  const firstTokens = of("time_to_first_token");
  for (const record of good) record.in("metrics").in("request_latency");
  const measured = {
    requests: run.length,
    failed: run.length - good.length,
    durationSeconds: seconds,
    latencyMs: percentilesOf(of("request_latency")),
    timeToFirstTokenMs: firstTokens.length === good.length ? percentilesOf(firstTokens) : undefined,
    interTokenLatencyMs: percentilesOf(of("inter_token_latency")),
    outputTokensPerSecond: tokensOf(good, seconds),
    startedAt,
    endedAt,
  };
  const notes = [
    run.length < values.length ? `requests of the warm-up do not count: ${values.length - run.length}` : undefined,
    good.length === 0 ? "no request was answered, so there are no latencies" : undefined,
    firstTokens.length > 0 && firstTokens.length < good.length ? "not every answer has a time to the first token" : undefined,
  ];
  if (run.length === 0) return unreadable("incomplete", "The file holds no request of the run itself (`benchmark_phase`). Run it again.");
  const wrong = run.map((record) => record.problem()).find((found) => found !== undefined);
  if (wrong !== undefined) return wrong;
  if (startedAt === undefined || endedAt === undefined || seconds < 0) {
    return unreadable("bad-value", "`request_start_ns` and `request_end_ns` are no times, or end before they begin.");
  }
  return toMeasured({ tool: "aiperf", ...measured, notes });
}

function isWarmUp(record: unknown): boolean {
  return at(record, "metadata", "benchmark_phase") === "warmup";
}

/** A request that was called off got no answer. */
function hasFailed(record: Fields): boolean {
  return (record.raw("error") ?? null) !== null || at(record.raw("metadata"), "was_cancelled") === true;
}

function timeOf(record: Fields, name: string): number | undefined {
  return millisecondsOf(metricOf(record.in("metrics"), name), "value");
}

/** Output tokens of all answers a second; undefined where one of them does not say its own. */
function tokensOf(good: readonly Fields[], seconds: number): number | undefined {
  const tokens = good.flatMap((record) => figureOf(metricOf(record.in("metrics"), "output_sequence_length"), ["tokens"], "value") ?? []);
  const isWhole = tokens.length === good.length && tokens.length > 0 && seconds > 0;
  return isWhole ? tokens.reduce((sum, count) => sum + count, 0) / seconds : undefined;
}
