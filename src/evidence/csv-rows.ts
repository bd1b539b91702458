import type { Unreadable } from "../shapes/measurements.ts";
import { delimiterOf, maxColumns, type CsvTable } from "./csv.ts";
import { unreadable, type TextSink } from "./define-reader.ts";
import { maxRow, splitRows } from "./split-csv.ts";

export interface RowTaker {
  /** Indexes of the columns that rows are wanted of. */
  header(names: string[], delimiter: CsvTable["delimiter"]): readonly number[] | Unreadable;
  /** Cells in the order of these indexes. `line` is the line of the file, where no cell above holds a line break. */
  row(cells: readonly string[], line: number): Unreadable | undefined;
}

/** Rows of a CSV that comes in pieces, each as long as the header. Only rows with quotes are looked at cell by cell. */
export function csvRows(taker: RowTaker): TextSink<undefined> {
  let pending = "";
  let line = 0;
  let delimiter: CsvTable["delimiter"] = ",";
  /** By column: its place among the wanted ones, or -1. */
  let places: number[] = [];

  function begin(record: string): Unreadable | undefined {
    delimiter = delimiterOf(record) ?? ",";
    const names = record.includes('"') ? parseRecord(record, delimiter, 1) : record.split(delimiter);
    if (!Array.isArray(names)) return names;
    if (names.length > maxColumns) return unreadable("too-large", `The CSV has over ${maxColumns} columns.`);
    const wanted = taker.header(
      names.map((name) => name.trim()),
      delimiter,
    );
    if ("ok" in wanted) return wanted;
    places = names.map((_name, column) => wanted.indexOf(column));
    return undefined;
  }

  function take(record: string): Unreadable | undefined {
    const text = record.endsWith("\r") ? record.slice(0, -1) : record;
    if (text === "") return undefined;
    line += 1;
    if (line === 1) return begin(text);
    const cells = text.includes('"') ? pick(parseRecord(text, delimiter, line), places) : wantedCells(text, delimiter, places);
    if (cells === undefined) return unreadable("not-parseable", "A row of the CSV has not as many cells as the header.", { line });
    return "ok" in cells ? cells : taker.row(cells, line);
  }

  return {
    write(text) {
      pending += text;
      let start = 0;
      let quote = pending.indexOf('"');
      for (let end = pending.indexOf("\n"); end !== -1; end = pending.indexOf("\n", start)) {
        if (quote !== -1 && quote < start) quote = pending.indexOf('"', start);
        if (quote !== -1 && quote < end) end = recordEnd(pending, start, end);
        if (end === -1) break;
        const problem = take(pending.slice(start, end));
        if (problem !== undefined) return problem;
        start = end + 1;
      }
      pending = pending.slice(start);
      return pending.length > maxRow ? unreadable("too-large", "A row of the CSV is over 1 MiB.", { line: line + 1 }) : undefined;
    },
    end: () => take(pending),
  };
}

/** Offset of the first line end that no quotes enclose, from `end` on; -1 where there is none yet. */
function recordEnd(text: string, start: number, firstEnd: number): number {
  let end = firstEnd;
  for (let quote = text.indexOf('"', start); quote !== -1 && end !== -1 && quote < end;) {
    const close = text.indexOf('"', quote + 1);
    if (close === -1) return -1;
    if (close > end) end = text.indexOf("\n", close);
    quote = text.indexOf('"', close + 1);
  }
  return end;
}

/** Cells of a record without quotes; undefined where it is not as long as the header. */
function wantedCells(text: string, delimiter: string, places: readonly number[]): string[] | undefined {
  const cells: string[] = [];
  let column = 0;
  for (let start = 0; ; column += 1) {
    const end = text.indexOf(delimiter, start);
    const place = places[column] ?? -1;
    if (place !== -1) cells[place] = text.slice(start, end === -1 ? text.length : end);
    if (end === -1) break;
    start = end + 1;
  }
  return column + 1 === places.length ? cells : undefined;
}

function pick(cells: string[] | Unreadable, places: readonly number[]): string[] | Unreadable | undefined {
  if ("ok" in cells) return cells;
  if (cells.length !== places.length) return undefined;
  const wanted: string[] = [];
  for (const [column, place] of places.entries()) if (place !== -1) wanted[place] = cells[column] ?? "";
  return wanted;
}

function parseRecord(record: string, delimiter: string, line: number): string[] | Unreadable {
  const rows = splitRows(record, delimiter, 1);
  return "fault" in rows ? unreadable("not-parseable", rows.fault, { line }) : (rows[0] ?? []);
}
