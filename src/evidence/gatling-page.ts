import type { Percentiles, Unreadable } from "../shapes/measurements.ts";
import { unreadable, type Measured } from "./define-reader.ts";
import { fieldsOf } from "./fields.ts";
import { isoOf, toInstant } from "./instant.ts";
import { checkedPercentiles, toMeasured, type Found } from "./load-run.ts";
import { noteOnP95 } from "./percentiles.ts";

const title = "<title>Gatling Stats - Global Information</title>";
const maxRow = 16_384;
const near = 400;
const percentileOf: Record<string, keyof Percentiles> = { "50": "p50", "90": "p90", "95": "p95", "97.5": "p97_5", "99": "p99" };
const perUnit: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 };

/** `index.html` of Gatling's report, which since 3.13.5 is all that is left of its figures. */
export function isGatlingPage(text: string): boolean {
  return text.slice(0, 65_536).includes(title);
}

/** The row `ROOT` of the page's table; the heads of its columns say which percentiles they hold. Milliseconds. */
export function readGatlingPage(text: string): Measured | Unreadable {
  const cells = cellsOf(text);
  const file = fieldsOf(cells, "ROOT");
  const requests = file.count("2");
  const failed = file.count("4");
  if (file.count("3") + failed !== requests) file.refuse("2", "is not the sum of OK and KO");
  const latencyMs = requests === 0 ? undefined : checkedPercentiles(latenciesOf(text, cells), file);
  const durationSeconds = secondsOf(labelled(text, "Duration"));
  const startedAt = startOf(labelled(text, "Date"));
  const endedAt =
    startedAt === undefined || durationSeconds === undefined ? undefined : isoOf(Date.parse(startedAt) + durationSeconds * 1000);
  const problem = file.problem();
  if (problem !== undefined) {
    return unreadable(
      "incomplete",
      "The table of the page has no row of all requests that can be read. Give the page as Gatling wrote it.",
    );
  }
  return toMeasured({
    tool: "gatling",
    version: /^\d[\w.-]{0,30}$/.exec(labelled(text, "Version") ?? "")?.[0],
    requests,
    failed,
    durationSeconds,
    toolRate: cells["6"],
    latencyMs,
    startedAt,
    endedAt,
    notes: [noteOnP95(latencyMs, "set it under charting.indicators")],
  });
}

/** Numbers of the row by the number of their column. */
function cellsOf(text: string): Record<string, number> {
  const start = text.indexOf('id="ROOT"');
  const row = start === -1 ? "" : text.slice(start, start + maxRow).split("</tr>")[0];
  const found = row?.matchAll(/<td class="value [a-z]{1,8} col-(\d{1,2})">(\d{1,12}(?:\.\d{1,6})?)<\/td>/g) ?? [];
  return Object.fromEntries([...found].map(([, column = "", value]) => [column, Number(value)]));
}

function latenciesOf(text: string, cells: Record<string, number>): Found {
  const found: Found = { mean: cells["13"], max: cells["12"] };
  for (const column of ["8", "9", "10", "11"]) {
    const start = text.indexOf(`id="col-${column}"`);
    const head = start === -1 ? "" : (text.slice(start, start + near).split("</th>")[0] ?? "");
    const name = percentileOf[/>(\d{1,2}(?:\.\d{1,3})?)(?:st|nd|rd|th) pct</.exec(head)?.[1] ?? ""];
    if (name !== undefined) found[name] = cells[column];
  }
  return found;
}

/** Text beside a label of the information about the run. */
function labelled(text: string, label: string): string | undefined {
  const start = text.indexOf(`simulation-information-label">${label}: </span>`);
  return start === -1 ? undefined : /<span>([^<]{1,60})<\/span>/.exec(text.slice(start, start + near))?.[1]?.trim();
}

/** Seconds of `1h 4m 14s`. */
function secondsOf(text: string | undefined): number | undefined {
  const parts = text?.split(" ") ?? [];
  if (parts.length === 0 || parts.some((part) => !/^\d{1,6}[dhms]$/.test(part))) return undefined;
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (perUnit[part.slice(-1)] ?? 0), 0);
}

function startOf(text: string | undefined): string | undefined {
  const instant = toInstant((text ?? "").replace(/ GMT$/, "Z"));
  return instant?.zoned === true && text?.includes(":") === true ? instant.at : undefined;
}
