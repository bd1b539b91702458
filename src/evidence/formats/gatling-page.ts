import type { Percentiles, Unreadable } from "../../shapes/measurements.ts";
import { unreadable, type Measured } from "../define-reader.ts";
import { fieldsOf, type Fields } from "../fields.ts";
import { isoOf, toInstant } from "../instant.ts";
import { checkedPercentiles, toMeasured, type Found } from "../load-run.ts";
import { noteOnP95 } from "../percentiles.ts";

const title = "<title>Gatling Stats - Global Information</title>";
const maxRow = 16_384;
const near = 400;
const percentileOf: Record<string, keyof Percentiles> = { "50": "p50", "90": "p90", "95": "p95", "97.5": "p97_5", "99": "p99" };
const columns: Record<string, string> = { "2": "Total", "3": "OK", "4": "KO", "6": "Cnt/s", "12": "Max", "13": "Mean" };
const perUnit: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 };

/** `index.html` of Gatling's report, which since 3.13.5 is all that is left of its figures. */
export function isGatlingPage(text: string): boolean {
  return text.slice(0, 65_536).includes(title);
}

/** The row `ROOT` of the page's table; the heads of its columns say which percentiles they hold. Milliseconds. */
export function readGatlingPage(text: string): Measured | Unreadable {
  const row = rowOf(text);
  if (row === undefined) {
    return unreadable("incomplete", "The page has no row `ROOT` of all requests. Give the page as Gatling wrote it.");
  }
  const file = fieldsOf(cellsOf(row), "ROOT");
  const requests = file.count("Total");
  const failed = file.count("KO");
  if (file.count("OK") + failed !== requests) file.refuse("Total", "is not the sum of OK and KO");
  const latencyMs = requests === 0 ? undefined : checkedPercentiles(latenciesOf(text, file), file);
  const toolRate = requests === 0 ? undefined : file.number("Cnt/s");
  const length = labelled(text, "Duration");
  const durationSeconds = length === undefined ? undefined : secondsOf(length);
  if (length !== undefined && durationSeconds === undefined) file.refuse("Duration", "is no duration like 1m 20s");
  const startedAt = startOf(labelled(text, "Date"));
  const endedAt =
    startedAt === undefined || durationSeconds === undefined ? undefined : isoOf(Date.parse(startedAt) + durationSeconds * 1000);
  const version = /^\d[\w.-]{0,30}$/.exec(labelled(text, "Version") ?? "")?.[0];
  const notes = [noteOnP95(latencyMs, "set it under charting.indicators")];
  const run = { version, requests, failed, durationSeconds, toolRate, latencyMs, startedAt, endedAt, notes };
  return file.problem() ?? toMeasured({ tool: "gatling", ...run });
}

function rowOf(text: string): string | undefined {
  const start = text.indexOf('id="ROOT"');
  return start === -1 ? undefined : text.slice(start, start + maxRow).split("</tr>")[0];
}

/** Cells of the row by what their column holds, those of percentiles by its number; a dash stands where there is none. */
function cellsOf(row: string): Record<string, number | string> {
  const cells: Record<string, number | string> = {};
  for (const [, column = "", text = ""] of row.matchAll(/<td class="value [a-z]{1,8} col-(\d{1,2})">([^<]{0,40})<\/td>/g)) {
    const cell = text.trim();
    if (cell !== "-") cells[columns[column] ?? `col-${column}`] = /^\d{1,12}(?:\.\d{1,6})?$/.test(cell) ? Number(cell) : cell;
  }
  return cells;
}

function latenciesOf(text: string, file: Fields): Found {
  const found: Found = { mean: file.number("Mean"), max: file.number("Max") };
  for (const column of ["col-8", "col-9", "col-10", "col-11"]) {
    const start = text.indexOf(`id="${column}"`);
    if (start === -1) continue;
    const head = text.slice(start, start + near).split("</th>")[0] ?? "";
    const [, percent] = />(\d{1,2}(?:\.\d{1,3})?)(?:st|nd|rd|th) pct</.exec(head) ?? [];
    if (percent === undefined) file.refuse(column, "has a head that names no percentile");
    const name = percentileOf[percent ?? ""];
    if (name !== undefined) found[name] = file.number(column);
  }
  return found;
}

/** Text beside a label of the information about the run. */
function labelled(text: string, label: string): string | undefined {
  const start = text.indexOf(`simulation-information-label">${label}: </span>`);
  return start === -1 ? undefined : /<span>([^<]{1,60})<\/span>/.exec(text.slice(start, start + near))?.[1]?.trim();
}

/** Seconds of `1h 4m 14s`. */
function secondsOf(text: string): number | undefined {
  const parts = text.split(" ");
  if (parts.some((part) => !/^\d{1,6}[dhms]$/.test(part))) return undefined;
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (perUnit[part.slice(-1)] ?? 0), 0);
}

function startOf(text: string | undefined): string | undefined {
  const instant = toInstant((text ?? "").replace(/ GMT$/, "Z"));
  return instant?.zoned === true && text?.includes(":") === true ? instant.at : undefined;
}
