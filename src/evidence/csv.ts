import { CsvError, parse } from "csv-parse/sync";
import { unreadable } from "./define-reader.ts";
import type { Parsed } from "./json.ts";

export interface CsvTable {
  delimiter: "," | ";" | "\t";
  /** Names of the first line, without blanks around them. */
  header: string[];
  /** Cells by row, each row as long as the header. Row 1 is the header's, so `rows[0]` is row 2 of the file. */
  rows: string[][];
}

const maxRows = 500_000;
export const maxColumns = 1000;
/** Bytes of a row. */
export const maxRecord = 1024 * 1024;
const delimiters = [",", ";", "\t"] as const;

/** Cells of the first line where it holds at least two columns; cheap, looks at no further line. */
export function csvHeader(text: string): string[] | undefined {
  const head = text.slice(0, 65_536);
  const delimiter = delimiterOf(head);
  if (delimiter === undefined) return undefined;
  try {
    const line = /[^\r\n]+/.exec(head)?.[0] ?? "";
    const [cells] = !line.includes('"')
      ? [line.split(delimiter)]
      : parse(head, { delimiter, to: 1, skip_empty_lines: true, relax_column_count: true });
    return cells === undefined || cells.length < 2 || cells.length > maxColumns ? undefined : cells.map((cell) => cell.trim());
  } catch {
    return undefined;
  }
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
  const options = { delimiter, skip_empty_lines: true, to: maxRows + 2, max_record_size: maxRecord, relax_column_count: ragged };
  let rows: string[][];
  try {
    rows = splitPlain(text, delimiter) ?? parse(text, options);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable("not-parseable", reasonOf(error), typeof error.lines === "number" ? { line: error.lines } : {});
  }
  const [first] = rows;
  if (first === undefined) return unreadable("empty", "The CSV has no header line.");
  if (first.length > maxColumns) return unreadable("too-large", `The CSV has over ${maxColumns} columns.`);
  if (rows.length > maxRows + 1) return unreadable("too-large", `The CSV has over ${maxRows} rows. Keep the period that is judged.`);
  return { ok: true, value: { delimiter, rows } };
}

/**
 * Cells of a small text without quotes, as the parser gives them: the first line break is that of all lines. Undefined for other texts,
 * and where something is wrong: the parser knows what.
 */
function splitPlain(text: string, delimiter: CsvTable["delimiter"]): string[][] | undefined {
  if (text.length > maxRecord / 4 || text.includes('"')) return undefined;
  const lines = text.split(/\r\n|\n|\r/.exec(text)?.[0] ?? "\n").filter((line) => line !== "");
  const records = lines.map((line) => line.split(delimiter));
  const columns = records[0]?.length;
  return records.some((cells) => cells.length !== columns) ? undefined : records;
}

/** The delimiter that stands most often outside quotes in the first line that is not blank. */
export function delimiterOf(head: string): CsvTable["delimiter"] | undefined {
  const line = (head.split(/\r?\n|\r/).find((line) => line.trim() !== "") ?? "").replaceAll(/"[^"]*"/g, "");
  const counts = delimiters.map((delimiter) => line.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? undefined : delimiters[counts.indexOf(most)];
}

/** Why the parser refused, in our words. */
export function reasonOf(error: CsvError): string {
  if (error.code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH") return "A row of the CSV has not as many cells as the header.";
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "A quote in the CSV is never closed: the file is cut off or the quote is not doubled.";
  if (error.code === "CSV_MAX_RECORD_SIZE") return "A row of the CSV is over 1 MiB.";
  return "The quotes in the CSV do not match.";
}
