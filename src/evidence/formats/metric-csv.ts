import type { Unreadable } from "../../shapes/measurements.ts";
import { columnOf, looksLikeDailyMetric, numberIn, rowName, usual } from "../csv-columns.ts";
import type { CsvTable } from "../csv.ts";
import { defineReader, unreadable, type ReadOptions } from "../define-reader.ts";
import { toInstant } from "../instant.ts";
import { measurePoints, type Point } from "../metric-points.ts";

interface Columns {
  date: number;
  metric: number;
  value: number;
  unit: number;
  segment: number;
}

/**
 * Values over time, long (`date,metric,value`, also `segment` and `unit`) or wide (`date` and a column a metric; `Time` in tables of
 * Grafana). Dates are ISO 8601 days, instants, weeks or months; a blank cell is a point that is not there.
 */
export default defineReader({
  format: "metric-csv",
  title: "Metric series (CSV, long or wide)",
  kinds: ["metric-series"],
  seen: ["own shape"],
  recognises: (content, { columns }) => {
    const header = content.csvHeader;
    if (header === undefined) return false;
    const { date, metric, value } = columnsOf(header, columns);
    if (date !== -1 && metric !== -1 && value !== -1) return true;
    if (date !== 0 || metric !== -1 || columns?.["metric"] !== undefined) return false;
    if (isGrafana(header)) return true;
    return (
      !content.csv.ok ||
      looksLikeDailyMetric(
        header,
        content.csv.value.rows.map(([first = ""]) => first),
      )
    );
  },
  read: ({ csv }, options) => (csv.ok ? measurePoints(pointsOf(csv.value, options), "csv") : csv),
});

/** Answers of a survey may stand beside a `Time` too. */
function isGrafana(header: readonly string[]): boolean {
  return header[0] === "Time" && columnOf(header, undefined, usual.score) === -1;
}

function columnsOf(header: readonly string[], columns: ReadOptions["columns"]): Columns {
  return {
    date: isGrafana(header) && columns?.["date"] === undefined ? 0 : columnOf(header, columns?.["date"], usual.date),
    metric: columnOf(header, columns?.["metric"], usual.metric),
    value: columnOf(header, columns?.["value"], usual.value),
    unit: columnOf(header, columns?.["unit"], usual.unit),
    segment: columnOf(header, columns?.["segment"], usual.metricSegment),
  };
}

function* pointsOf(table: CsvTable, options: ReadOptions): Generator<Point | Unreadable> {
  const columns = columnsOf(table.header, options.columns);
  const isLong = columns.metric !== -1 && columns.value !== -1;
  for (const [index, row] of table.rows.entries()) {
    const place = rowName(index);
    const time = toInstant((row[columns.date] ?? "").trim());
    if (time === undefined) {
      yield unreadable("bad-value", `The date in ${place} is not ISO 8601; write it like 2026-11-12.`);
      return;
    }
    for (const { cell, ...names } of isLong ? [longCell(row, columns)] : wideCells(row, table.header, columns.date)) {
      const value = cell === "" ? undefined : numberIn(cell, table);
      if (value !== undefined) yield { ...names, time, value, place };
      else if (cell !== "") yield unreadable("bad-value", `A value in ${place} is not a number.`);
      else if (names.metric === "") yield unreadable("bad-value", `The metric in ${place} has no name.`);
    }
  }
}

type Cell = Pick<Point, "metric" | "segment" | "unit"> & { cell: string };

function longCell(row: string[], columns: Columns): Cell {
  const of = (column: number) => (column === -1 ? "" : (row[column] ?? "").trim());
  const unit = of(columns.unit);
  return { metric: of(columns.metric), segment: of(columns.segment), cell: of(columns.value), unit: unit === "" ? undefined : unit };
}

function wideCells(row: string[], header: readonly string[], date: number): Cell[] {
  return header.flatMap((metric, column) =>
    column === date ? [] : [{ metric, segment: "", cell: (row[column] ?? "").trim(), unit: undefined }],
  );
}
