import type { Unreadable } from "../../shapes/measurements.ts";
import { numberIn, rowName } from "../csv-columns.ts";
import type { CsvTable } from "../csv.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { fieldsOf } from "../fields.ts";
import { checkedPercentiles, percentilesOf, toMeasured } from "../load-run.ts";
import { noteOnP95 } from "../percentiles.ts";
import { digits, line, parseReport, type Line } from "../text-report.ts";
import { timelineBuilder } from "../timeline.ts";

const perSecond = 1000;
const named = (name: string) => line(` {2}${name}:`, String.raw`\s+(${digits}) secs`);
const [total, average, slowest] = [named("Total"), named("Average"), named("Slowest")];
const percentile: Line = {
  name: "Latency distribution",
  begins: /^ /,
  is: new RegExp(String.raw`^ {2}(\d{1,2})%{1,2} in (${digits}) secs$`),
};
const answer: Line = { name: "Status code distribution", begins: /^ /, is: /^ {2}\[(\d{3})\]\s+(\d{1,15}) responses$/ };
/** Its text may go on over further lines. */
const failure: Line = { name: "Error distribution", begins: /^ {2}\[/, is: /^ {2}\[(\d{1,15})\]\s.*$/ };

/** What `hey` prints, and its `-o csv`. Seconds. The report has no total of requests: answers and errors are summed up. */
export default defineReader({
  format: "hey",
  title: "hey (text, -o csv)",
  kinds: ["load-test"],
  seen: ["0.1.4"],
  recognises: ({ text, csvHeader }) =>
    isCsv(csvHeader) || (text.trimStart().startsWith("Summary:") && /^ {2}Requests\/sec:/m.test(text.slice(0, 4096))),
  read: ({ text, csv, csvHeader }) => {
    if (!isCsv(csvHeader)) return readReport(text);
    return csv.ok ? readRows(csv.value) : csv;
  },
});

function isCsv(header: readonly string[] | undefined): boolean {
  return header?.[0] === "response-time" && header.includes("status-code") && header.includes("offset");
}

function readReport(text: string): Measured | Unreadable {
  const report = parseReport(text, total);
  if ("ok" in report) return report;
  const answers = report.rows(/^Status code distribution:/, answer).map(([, code, count]) => [Number(code), Number(count)] as const);
  const errors = report.rows(/^Error distribution:/, failure, "end");
  const answered = answers.reduce((sum, [, count]) => sum + count, 0);
  const broken = errors.reduce((sum, [, count]) => sum + Number(count), 0);
  const bad = answers.reduce((sum, [code, count]) => (code >= 400 ? sum + count : sum), 0);
  const all = report.rows(/^Latency distribution:/, percentile);
  const at = new Map(all.map(([, percent, seconds]) => [percent, Number(seconds) * perSecond]));
  const found = {
    mean: toMs(report.number(average)),
    p50: at.get("50"),
    p90: at.get("90"),
    p95: at.get("95"),
    p99: at.get("99"),
    max: toMs(report.number(slowest)),
  };
  const file = fieldsOf({});
  const latencyMs = answered === 0 ? undefined : checkedPercentiles(found, file);
  const notes = [answered === 0 ? "no request was answered, so there are no latencies" : noteOnP95(latencyMs, "run more requests")];
  const run = { requests: answered + broken, failed: bad + broken, durationSeconds: report.number(total), latencyMs };
  const problem = report.problem() ?? file.problem();
  if (problem !== undefined) return problem;
  if (answered + broken === 0) {
    return unreadable("incomplete", "The report has neither `Status code distribution` nor `Error distribution`: it was cut off.");
  }
  return toMeasured({ tool: "hey", ...run, notes });
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * perSecond;
}

/** Each row is an answer; the run lasts until the last of them. */
function readRows(table: CsvTable): Measured | Unreadable {
  const [time, code, offset] = ["response-time", "status-code", "offset"].map((name) => table.header.indexOf(name));
  const times: number[] = [];
  const timeline = timelineBuilder();
  let [failed, end] = [0, 0];
  for (const [index, row] of table.rows.entries()) {
    const cell = (column: number | undefined) => numberIn(row[column ?? -1] ?? "", table) ?? -1;
    const [taken, status, start] = [cell(time), cell(code), cell(offset)];
    if (taken < 0 || start < 0 || status < 100 || status > 999) {
      return unreadable("bad-value", `The time, status or offset in ${rowName(index)} is not one.`);
    }
    times.push(taken * perSecond);
    timeline.add((start + taken) * perSecond, { requests: 1, failed: status >= 400 ? 1 : 0 });
    if (status >= 400) failed += 1;
    end = Math.max(end, start + taken);
  }
  if (times.length === 0) return unreadable("incomplete", "The CSV has a header and no row under it (row 2), so no answer.");
  const notes = ["hey's CSV holds answers only: requests that failed without one are not in it"];
  const run = { requests: times.length, failed, durationSeconds: end, latencyMs: percentilesOf(times), timeline: timeline.build() };
  return toMeasured({ tool: "hey", ...run, notes });
}
