import { defineReader } from "./define-reader.ts";
import { fieldsOf } from "./fields.ts";
import { checkedPercentiles, toMeasured, type Found } from "./load-run.ts";
import { allMatches, digits, firstMatch, numberAfter, reportLines, unlessOneRun } from "./text-report.ts";

const complete = /^Complete requests: +(\d{1,15})$/;
const breakdown = /^ {3}\(Connect: (\d{1,15}), Receive: (\d{1,15}), Length: \d{1,15}, Exceptions: (\d{1,15})\)$/;

/**
 * What ApacheBench prints. Percentiles are whole milliseconds. "Failed requests" counts answers of another length and no HTTP errors,
 * which stand in "Non-2xx responses" with redirects among them.
 */
export default defineReader({
  format: "ab",
  title: "ApacheBench (text)",
  kinds: ["load-test"],
  seen: ["2.3"],
  recognises: ({ text }) => /^This is ApacheBench, Version /m.test(text.slice(0, 8192)),
  read: ({ text }) => {
    const lines = reportLines(text);
    const several = unlessOneRun(lines, complete);
    if (several !== undefined) return several;
    const requests = numberAfter(lines, complete) ?? 0;
    const non2xx = numberAfter(lines, /^Non-2xx responses: +(\d{1,15})$/) ?? 0;
    const broken = brokenOf(lines);
    const file = fieldsOf({});
    if (non2xx > requests) file.refuse("Non-2xx responses", "are more than the requests");
    const notes = [non2xx > 0 ? "ab does not tell redirects from errors: both count as failed" : undefined];
    const failed = Math.min(requests, non2xx + broken);
    const durationSeconds = numberAfter(lines, new RegExp(String.raw`^Time taken for tests: +(${digits}) seconds$`));
    const toolRate = numberAfter(lines, new RegExp(String.raw`^Requests per second: +(${digits}) \[#/sec\] \(mean\)$`));
    const latencyMs = checkedPercentiles(latenciesOf(lines), file);
    return file.problem() ?? toMeasured({ tool: "ab", requests, failed, durationSeconds, toolRate, latencyMs, notes });
  },
});

/** Answers of another length than the first are no failures of the system; without the line that tells them apart, all are. */
function brokenOf(lines: string[]): number {
  const kinds = firstMatch(lines, breakdown);
  if (kinds === undefined) return numberAfter(lines, /^Failed requests: +(\d{1,15})$/) ?? 0;
  return kinds.slice(1).reduce((sum, count) => sum + Number(count), 0);
}

/** The mean is that of the run's time over its requests; where whole milliseconds make it exceed the longest request it is left out. */
function latenciesOf(lines: string[]): Found {
  const all = allMatches(lines, /^ {1,2}(\d{2,3})% +(\d{1,15})(?: \(longest request\))?$/);
  const at = new Map(all.map(([, percent, milliseconds]) => [percent, Number(milliseconds)]));
  const mean = numberAfter(lines, new RegExp(String.raw`^Time per request: +(${digits}) \[ms\] \(mean\)$`));
  const max = at.get("100");
  const fits = mean !== undefined && (max === undefined || mean <= max);
  return { mean: fits ? mean : undefined, p50: at.get("50"), p90: at.get("90"), p95: at.get("95"), p99: at.get("99"), max };
}
