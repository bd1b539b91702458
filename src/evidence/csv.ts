import { unreadable } from "./define-reader.ts";
import { placeOf, type Parsed } from "./json.ts";
import { splitRows } from "./split-csv.ts";

export interface CsvTable {
  delimiter: "," | ";" | "\t";
  /** Names of the first line, without blanks around them. */
  header: string[];
  /** Cells by row, each row as long as the header. Row 1 is the header's, so `rows[0]` is row 2 of the file. */
  rows: string[][];
}

const maxRows = 500_000;
export const maxColumns = 1000;
const delimiters = [",", ";", "\t"] as const;

/** Cells of the first line where it holds at least two columns; cheap, looks at no further line. */
export function csvHeader(text: string): string[] | undefined {
  const head = text.slice(0, 65_536);
  const delimiter = delimiterOf(head);
  if (delimiter === undefined) return undefined;
  const rows = splitRows(head, delimiter, 1);
  const [cells] = "fault" in rows ? [] : rows;
  return cells === undefined || cells.length < 2 || cells.length > maxColumns ? undefined : cells.map((cell) => cell.trim());
}

/** A table with a header. Comma, semicolon or tab; quoted cells may hold line breaks. */
export function parseCsv(text: string): Parsed<CsvTable> {
  const parsed = parseRows(text);
  if (!parsed.ok) return parsed;
  const { delimiter, rows: all } = parsed.value;
  const [header = [], ...rows] = all;
  const names = header.map((cell) => cell.trim());
  const named = names.filter((name) => name !== "");
  if (new Set(named).size < named.length) return unreadable("duplicate-key", "Two columns of the CSV have the same name.", { line: 1 });
  return { ok: true, value: { delimiter, header: names, rows } };
}

/** Every row of a text, for tables with no header of their own or with several; `ragged` rows may differ in length. */
export function parseRows(text: string, { ragged = false } = {}): Parsed<Pick<CsvTable, "delimiter" | "rows">> {
  const delimiter = delimiterOf(text.slice(0, 65_536)) ?? ",";
  const rows = splitRows(text, delimiter, maxRows + 2);
  if ("fault" in rows) return unreadable("not-parseable", rows.fault, { line: placeOf(text, rows.at).line });
  const [first] = rows;
  if (first === undefined) return unreadable("empty", "The CSV has no header line.");
  if (first.length > maxColumns) return unreadable("too-large", `The CSV has over ${maxColumns} columns.`);
  if (rows.length > maxRows + 1) return unreadable("too-large", `The CSV has over ${maxRows} rows. Keep the period that is judged.`);
  const other = ragged ? -1 : rows.findIndex((row) => row.length !== first.length);
  if (other !== -1) return unreadable("not-parseable", `Row ${other + 1} of the CSV has not as many cells as the header.`);
  return { ok: true, value: { delimiter, rows } };
}

/** The delimiter that stands most often outside quotes in the first line that is not blank. */
export function delimiterOf(head: string): CsvTable["delimiter"] | undefined {
  const line = (head.split(/\r?\n|\r/).find((line) => line.trim() !== "") ?? "").replaceAll(/"[^"]*"/g, "");
  const counts = delimiters.map((delimiter) => line.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? undefined : delimiters[counts.indexOf(most)];
}

/** Why the parser refused, in our words. */
