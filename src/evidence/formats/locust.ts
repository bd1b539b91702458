import type { Percentiles, Unreadable } from "../../shapes/measurements.ts";
import { numberIn } from "../csv-columns.ts";
import type { CsvTable } from "../csv.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { epochInstant, noDuration, percentilesOfCounts, toMeasured } from "../load-run.ts";
import { noteOnP95, readPercentiles } from "../percentiles.ts";
import { timelineBuilder } from "../timeline.ts";

/**
 * Locust's `--json` (an entry a request name, a histogram each, epoch seconds) and the `_stats.csv` of `--csv`, of which only the row
 * `Aggregated` is read. Milliseconds; Locust rounds them to two digits above 100, so the largest of its maxima is taken.
 */
export default defineReader({
  format: "locust",
  title: "Locust (--json, --csv *_stats.csv)",
  kinds: ["load-test"],
  seen: ["1.x", "2.15.1"],
  recognises: ({ json, csvHeader }) => isStats(csvHeader) || isEntries(json),
  read: ({ json, csv, csvHeader }) => {
    if (!isStats(csvHeader)) return readEntries(fieldsOf({ entries: json }).list("entries"), fieldsOf({}));
    return csv.ok ? readStats(csv.value) : csv;
  },
});

function isStats(header: readonly string[] | undefined): boolean {
  return header?.[0] === "Type" && header[1] === "Name" && header[2] === "Request Count";
}

function isEntries(json: unknown): boolean {
  return Array.isArray(json) && at(json[0], "num_requests") !== undefined && isRecord(at(json[0], "response_times"));
}

function readEntries(entries: Fields[], none: Fields): Measured | Unreadable {
  const counts = new Map<number, number>();
  const timeline = timelineBuilder();
  const run = { requests: 0, failed: 0, time: 0, timed: 0 };
  for (const entry of entries) {
    const requests = entry.count("num_requests");
    const untimed = entry.optionalCount("num_none_requests") ?? 0;
    const failed = entry.count("num_failures");
    run.time += entry.number("total_response_time");
    const timed = addTimes(entry.in("response_times"), counts);
    addSeconds(entry, "num_reqs_per_sec", (at, requests) => timeline.add(at, { requests }));
    addSeconds(entry, "num_fail_per_sec", (at, failed) => timeline.add(at, { failed }));
    if (timed !== requests - untimed) entry.refuse("response_times", "do not sum up to `num_requests`");
    if (failed > requests) entry.refuse("num_failures", "is more than `num_requests`");
    run.requests += requests;
    run.failed += failed;
    run.timed += timed;
  }
  const asked = entries.filter((entry) => entry.raw("num_requests") !== 0);
  const first = edgeOf(asked, "start_time", Math.min);
  const last = edgeOf(asked, "last_request_timestamp", Math.max);
  const startedAt = first === undefined ? undefined : epochInstant(first);
  const endedAt = last === undefined ? undefined : epochInstant(last);
  if (asked.length > 0 && (startedAt === undefined || endedAt === undefined)) asked[0]?.refuse("start_time", "is not a time");
  const seconds = (last ?? 0) - (first ?? 0);
  if (seconds < 0) asked[0]?.refuse("last_request_timestamp", "is before the start");
  const max = edgeOf(asked, "max_response_time", Math.max) ?? 0;
  const latencyMs = merged(percentilesOfCounts([...counts]), max, run.timed === 0 ? 0 : run.time / run.timed);
  const problem = (entries[0] ?? none).problem();
  const { requests, failed } = run;
  const durationSeconds = Math.max(0, seconds);
  return (
    problem ?? toMeasured({ tool: "locust", requests, failed, durationSeconds, latencyMs, startedAt, endedAt, timeline: timeline.build() })
  );
}

/** Counts by epoch second, where the file has them. */
function addSeconds(entry: Fields, key: string, add: (at: number, count: number) => void): void {
  if (!entry.has(key)) return;
  const seconds = entry.in(key);
  for (const second of seconds.keys()) {
    if (/^\d{9,10}$/.test(second)) add(Number(second) * 1000, seconds.count(second));
    else seconds.refuse(second, "is not a time in epoch seconds");
  }
}

/** The mean comes from the sum of exact times, the percentiles from the rounded ones. */
function merged(histogram: Percentiles | undefined, max: number, mean: number): Percentiles | undefined {
  const largest = Math.max(max, histogram?.max ?? 0);
  return histogram === undefined ? undefined : { ...histogram, mean: Math.min(mean, largest), max: largest };
}

function addTimes(times: Fields, counts: Map<number, number>): number {
  let total = 0;
  for (const key of times.keys()) {
    if (!/^\d{1,12}(?:\.\d{1,12})?$/.test(key)) times.refuse(key, "is not a number of milliseconds");
    const count = times.count(key);
    counts.set(Number(key), (counts.get(Number(key)) ?? 0) + count);
    total += count;
  }
  return total;
}

function edgeOf(entries: Fields[], key: string, pick: (...values: number[]) => number): number | undefined {
  return entries.length === 0 ? undefined : entries.map((entry) => entry.number(key)).reduce((one, other) => pick(one, other));
}

/** `N/A` stands where nothing was measured. */
function readStats(table: CsvTable): Measured | Unreadable {
  const row = table.rows.find((cells) => cells[0] === "" && cells[1] === "Aggregated");
  if (row === undefined) return unreadable("incomplete", "The CSV has no row `Aggregated`. Keep the last row that Locust writes.");
  const cells = table.header.flatMap((name, column) => {
    const cell = (row[column] ?? "").trim();
    return column < 2 || cell === "N/A" ? [] : [[name, numberIn(cell, table) ?? cell] as const];
  });
  const file = fieldsOf(Object.fromEntries(cells), "Aggregated");
  const requests = file.count("Request Count");
  const failed = file.count("Failure Count");
  if (failed > requests) file.refuse("Failure Count", "is more than the requests");
  const max = Math.max(file.optionalNumber("100%") ?? 0, file.number("Max Response Time"));
  const percentiles = readPercentiles(file, { p50: "50%", p90: "90%", p95: "95%", p99: "99%" });
  const mean = file.number("Average Response Time");
  if (mean > max) file.refuse("Average Response Time", "is above the maximum");
  if ((percentiles?.p99 ?? 0) > max) file.refuse("99%", "is above the maximum");
  const latencyMs = percentiles === undefined ? undefined : present({ mean, ...percentiles, max });
  const notes = [noDuration, "Locust's CSV can lag behind the end of the run; `--json` does not", noteOnP95(latencyMs, "use --json")];
  const toolRate = file.number("Requests/s");
  return file.problem() ?? toMeasured({ tool: "locust", requests, failed, toolRate, latencyMs, notes });
}
