import type { CsvTable } from "./csv.ts";

/** Columns of a Qualtrics export by what they mean, -1 where there is none, and how many rows stand above the answers. */
export interface QualtricsExport {
  headerRows: number;
  status: number;
  finished: number;
  progress: number;
  recordedAt: number;
  /** The export says that its times are UTC; else they are in the zone of whoever exported it. */
  utc: boolean;
}

/** Names that no other export has together. */
const meta = ["responseid", "status", "finished"] as const;
/** Of the ids that Qualtrics writes below the names. */
const idOf = /"ImportId"\s{0,9}:\s{0,9}"([^"]{0,99})"/;
const zoneOf = /"timeZone"\s{0,9}:\s{0,9}"([^"]{0,99})"/;

/**
 * Does the table begin like an export of Qualtrics? By its names, by the ids below them, or by the V1 to V10 that legacy exports put
 * above the names.
 */
export function looksLikeQualtrics(header: readonly string[], text: string): boolean {
  const names = header.map((name) => name.toLowerCase());
  if (names[0] === "v1" && names.includes("v10")) return true;
  return hasMeta(names) || text.slice(0, 65_536).includes('""ImportId""');
}

/** Undefined where the table is none. https://www.qualtrics.com/support/survey-platform/data-and-analysis-module/data/download-data/ */
export function toQualtricsExport({ header, rows }: CsvTable): QualtricsExport | undefined {
  const lower = (row: readonly string[] = []) => row.map((cell) => cell.trim().toLowerCase());
  const above = rows.slice(0, 2).findIndex((row) => row.some((cell) => cell.includes('"ImportId"'))) + 1;
  const ids = rows[above - 1];
  const isLegacy = ids === undefined && !hasMeta(lower(header));
  const names = ids === undefined ? lower(isLegacy ? rows[0] : header) : lower(ids.map((cell) => idOf.exec(cell)?.[1] ?? ""));
  if (ids === undefined && !hasMeta(names)) return undefined;
  const [status, finished, progress] = [names.indexOf("status"), names.indexOf("finished"), names.indexOf("progress")];
  const recordedAt = names.includes("recordeddate") ? names.indexOf("recordeddate") : names.indexOf("enddate");
  const zone = zoneOf.exec(ids?.[recordedAt] ?? "")?.[1] ?? "";
  return { headerRows: isLegacy ? 1 : above, status, finished, progress, recordedAt, utc: ["Z", "UTC", "Etc/UTC"].includes(zone) };
}

/**
 * What a row is. Only answers that came in the ordinary way are a user's (`Status` 0 or `IP Address`): previews, tests, imports and spam
 * are not.
 */
export function qualtricsRow(row: readonly string[], places: QualtricsExport): "answer" | "unfinished" | "not a user's" {
  const cell = (column: number) => (row[column] ?? "").trim().toLowerCase();
  if (!["0", "ip address"].includes(cell(places.status))) return "not a user's";
  const isWhole = places.progress === -1 || cell(places.progress) === "100";
  const isFinished = places.finished === -1 || ["1", "true"].includes(cell(places.finished));
  return isWhole && isFinished ? "answer" : "unfinished";
}

function hasMeta(names: readonly string[]): boolean {
  return meta.every((name) => names.includes(name));
}
