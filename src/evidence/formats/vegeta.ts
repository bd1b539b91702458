import type { Unreadable } from "../../shapes/measurements.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { toMeasured } from "../load-run.ts";
import { noteOnP95, readPercentiles } from "../percentiles.ts";

const perNanosecond = 1e-6;

/** `vegeta report -type=json`. Durations are nanoseconds; status `0` is a request that was never answered. */
export default defineReader({
  format: "vegeta",
  title: "vegeta report -type=json",
  kinds: ["load-test"],
  seen: ["12"],
  recognises: ({ json }) => isRecord(at(json, "latencies")) && isRecord(at(json, "status_codes")) && isRecord(at(json, "bytes_in")),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const requests = file.count("requests");
    const { good, bad, unanswered } = countCodes(file.in("status_codes"));
    const unclosed = checkSums(file, { requests, good, all: good + bad });
    const durationSeconds = (file.number("duration") * perNanosecond) / 1000;
    const keys = { mean: "mean", p50: "50th", p90: "90th", p95: "95th", p99: "99th", max: "max" };
    const latencyMs = readPercentiles(file.in("latencies"), keys, perNanosecond);
    const startedAt = requests === 0 ? undefined : instantOf(file, "earliest");
    const endedAt = requests === 0 ? undefined : (instantOf(file, "end") ?? instantOf(file, "latest"));
    const answered = unanswered < requests;
    const notes = [
      answered && unanswered > 0 ? "requests that were never answered are among the latencies" : undefined,
      answered ? noteOnP95(latencyMs, "report with vegeta 12") : "no request was answered, so there are no latencies",
    ];
    const run = { requests, failed: bad, durationSeconds, latencyMs: answered ? latencyMs : undefined, startedAt, endedAt };
    return file.problem() ?? unclosed ?? toMeasured({ tool: "vegeta", ...run, notes });
  },
});

/** Good are 2xx and 3xx, as in vegeta's own `success`. */
function countCodes(codes: Fields): { good: number; bad: number; unanswered: number } {
  const counts = { good: 0, bad: 0, unanswered: 0 };
  for (const code of codes.keys()) {
    if (!/^\d{1,3}$/.test(code)) codes.refuse(code, "is not a status");
    const count = codes.count(code);
    const isGood = Number(code) >= 200 && Number(code) < 400;
    counts[isGood ? "good" : "bad"] += count;
    if (Number(code) === 0) counts.unanswered += count;
  }
  return counts;
}

/** Go programs that never call `Metrics.Close` write counts and codes beside rates and percentiles of 0. */
function checkSums(file: Fields, { requests, good, all }: { requests: number; good: number; all: number }): Unreadable | undefined {
  const success = file.number("success", { max: 1 });
  if (requests > 0 && good > 0 && success === 0) {
    return unreadable("incomplete", "The metrics were never closed: `success` is 0 beside good answers. Call `Close()` before writing.");
  }
  if (all !== requests) file.refuse("status_codes", "do not sum up to `requests`");
  if (requests > 0 && Math.abs(success - good / requests) > 0.001) file.refuse("success", "does not fit the status codes");
  return undefined;
}

function instantOf(file: Fields, key: string): string | undefined {
  const text = file.optionalText(key);
  const instant = text === undefined ? undefined : toInstant(text);
  if (text !== undefined && instant?.zoned !== true) file.refuse(key, "is not an instant");
  return instant?.at;
}
