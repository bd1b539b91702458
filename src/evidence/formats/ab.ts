import { defineReader } from "../define-reader.ts";
import { fieldsOf } from "../fields.ts";
import { checkedPercentiles, toMeasured, type Found } from "../load-run.ts";
import { digits, line, parseReport, type Line, type TextReport } from "../text-report.ts";

const complete = line("Complete requests:", String.raw` +(\d{1,15})`);
const failures = line("Failed requests:", String.raw` +(\d{1,15})`);
const breakdown = line(
  String.raw` {3}\(Connect:`,
  String.raw` (\d{1,15}), Receive: (\d{1,15}), Length: \d{1,15}, Exceptions: (\d{1,15})\)`,
);
const statuses = line("Non-2xx responses:", String.raw` +(\d{1,15})`);
const length = line("Time taken for tests:", ` +(${digits}) seconds`);
const rate = line("Requests per second:", String.raw` +(${digits}) \[#/sec\] \(mean\)`);
const perRequest: Line = {
  name: "Time per request",
  begins: /^Time per request:.*\(mean\)$/,
  is: new RegExp(String.raw`^Time per request: +(${digits}) \[ms\] \(mean\)$`),
};
const percentile: Line = {
  name: "Percentage of the requests served within a certain time (ms)",
  begins: /^ /,
  is: /^ {1,2}(\d{2,3})% +(\d{1,15})(?: \(longest request\))?$/,
};

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
    const report = parseReport(text, complete);
    if ("ok" in report) return report;
    const requests = report.number(complete) ?? 0;
    const non2xx = report.number(statuses) ?? 0;
    const failed = Math.min(requests, non2xx + brokenOf(report));
    const file = fieldsOf({});
    if (non2xx > requests) file.refuse("Non-2xx responses", "are more than the requests");
    const notes = [non2xx > 0 ? "ab does not tell redirects from errors: both count as failed" : undefined];
    const durationSeconds = report.number(length);
    const toolRate = report.number(rate);
    const latencyMs = checkedPercentiles(latenciesOf(report), file);
    const run = { requests, failed, durationSeconds, toolRate, latencyMs, notes };
    return report.problem() ?? file.problem() ?? toMeasured({ tool: "ab", ...run });
  },
});

/** Answers of another length than the first are no failures of the system; without the line that tells them apart, all are. */
function brokenOf(report: TextReport): number {
  const all = report.number(failures) ?? 0;
  const kinds = report.find(breakdown);
  return kinds === undefined ? all : kinds.slice(1).reduce((sum, count) => sum + Number(count), 0);
}

/** The mean is that of the run's time over its requests; where whole milliseconds make it exceed the longest request it is left out. */
function latenciesOf(report: TextReport): Found {
  const all = report.rows(/^Percentage of the requests served within a certain time/, percentile);
  const at = new Map(all.map(([, percent, milliseconds]) => [percent, Number(milliseconds)]));
  const mean = report.number(perRequest);
  const max = at.get("100");
  const fits = mean !== undefined && (max === undefined || mean <= max);
  return { mean: fits ? mean : undefined, p50: at.get("50"), p90: at.get("90"), p95: at.get("95"), p99: at.get("99"), max };
}
