import type { CsvTable } from "./csv.ts";

/** Names under which a column of each meaning is usually found, in lower case. */
export const usual = {
  score: [
    "score",
    "csat",
    "csat_score",
    "rating",
    "satisfaction",
    "satisfaction_score",
    "satisfaction score",
    "satisfaction_rating",
    "satisfaction rating",
  ],
  cohort: ["cohort", "segment", "group"],
  answeredAt: ["at", "answered_at", "submitted_at", "created at", "created_at", "responded_at", "recordeddate", "timestamp", "date"],
  invited: ["invited", "invited_at", "asked", "asked_at", "sent", "sent_at"],
  respondent: ["response_id", "response id", "responseid", "respondent", "respondent_id", "user", "user_id", "ticket_id", "comment"],
  date: ["date", "day", "week", "month", "period"],
  metric: ["metric", "metric_name", "name"],
  value: ["value", "metric_value"],
  unit: ["unit"],
  metricSegment: ["segment", "cohort", "group"],
} as const;

/**
 * Index of the column of a meaning: the one that the policy names, else the first with a usual name, without regard to case; -1 where
 * there is none. A scale in the name, as in `score (1-5)`, does not count.
 */
export function columnOf(header: readonly string[], wanted: string | undefined, names: readonly string[]): number {
  if (wanted !== undefined) return header.indexOf(wanted);
  const plain = header.map((name) => withoutScale(name).toLowerCase());
  return names.map((name) => plain.indexOf(name)).find((index) => index !== -1) ?? -1;
}

const scaleInName = /[\s_([/-]*\(?(\d{1,2})\s*(?:-|–|_|to|\.\.)\s*(\d{1,2})\)?\]?$/;
/** Longer names hold no scale; the pattern is slow on long runs of one character. */
const maxName = 200;

function withoutScale(name: string): string {
  return name.length > maxName ? name : name.replace(scaleInName, "");
}

/** `1-5` from a column called `score (1-5)`. */
export function scaleIn(name: string): string | undefined {
  const [, low, high] = name.length > maxName ? [] : (scaleInName.exec(name) ?? []);
  return low === undefined || high === undefined ? undefined : `${low}-${high}`;
}

/** Line of the file for a row of `table.rows`, where no cell above holds a line break. */
export function rowName(index: number): string {
  return `row ${index + 2}`;
}

/**
 * Number in a cell; undefined where it is not one. A comma stands for the decimal point only where cells are not divided by commas;
 * signs between thousands are refused, because they cannot be told from decimals.
 */
export function numberIn(cell: string, { delimiter }: Pick<CsvTable, "delimiter">): number | undefined {
  const text = delimiter === "," ? cell.trim() : cell.trim().replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** One row a day looks like a metric; several rows of one day, or a column about a person, like answers. */
export function looksLikeDailyMetric(header: readonly string[], firstCells: readonly string[]): boolean {
  const plain = header.map((name) => name.toLowerCase());
  if (!(usual.date as readonly string[]).includes(plain[0] ?? "")) return false;
  const personal = [...usual.respondent, ...usual.cohort, ...usual.invited] as readonly string[];
  if (plain.some((name) => personal.includes(name))) return false;
  return new Set(firstCells).size === firstCells.length;
}
