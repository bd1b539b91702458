import type { MetricSeries, Unreadable } from "../shapes/measurements.ts";
import { columnOf, looksLikeDailyMetric, numberIn, rowName, usual } from "./csv-columns.ts";
import type { CsvTable } from "./csv.ts";
import { defineReader, unreadable, type Measured, type ReadOptions } from "./define-reader.ts";
import { present } from "./fields.ts";
import { readAsUtc, toInstant } from "./instant.ts";

interface Series {
  unit: string | undefined;
  values: Map<string, number>;
}

interface Columns {
  date: number;
  metric: number;
  value: number;
  unit: number;
  segment: number;
}

const wholes = new Set(["", "all", "total"]);
const maxSeries = 1000;

/**
 * Values over time, long (`date,metric,value`, also `segment` and `unit`) or wide (`date` and a column a metric). Dates are ISO 8601
 * days, instants, weeks or months; a blank cell is a point that is not there.
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
    return (
      !content.csv.ok ||
      looksLikeDailyMetric(
        header,
        content.csv.value.rows.map(([first = ""]) => first),
      )
    );
  },
  read: ({ csv }, options) => (csv.ok ? readSeries(csv.value, options) : csv),
});

function columnsOf(header: readonly string[], columns: ReadOptions["columns"]): Columns {
  return {
    date: columnOf(header, columns?.["date"], usual.date),
    metric: columnOf(header, columns?.["metric"], usual.metric),
    value: columnOf(header, columns?.["value"], usual.value),
    unit: columnOf(header, columns?.["unit"], usual.unit),
    segment: columnOf(header, columns?.["segment"], usual.metricSegment),
  };
}

function readSeries(table: CsvTable, options: ReadOptions): Measured | Unreadable {
  const columns = columnsOf(table.header, options.columns);
  const isLong = columns.metric !== -1 && columns.value !== -1;
  const all = new Map<string, Series>();
  let zoned = true;
  for (const [index, row] of table.rows.entries()) {
    const instant = toInstant((row[columns.date] ?? "").trim());
    if (instant === undefined) return unreadable("bad-value", `The date in ${rowName(index)} is not ISO 8601; write it like 2026-11-12.`);
    zoned &&= instant.zoned;
    for (const point of isLong ? [longPoint(row, columns)] : widePoints(row, table.header, columns.date)) {
      const problem = add(all, point, instant.at, index, table);
      if (problem !== undefined) return problem;
    }
  }
  if (all.size === 0) return unreadable("incomplete", "The CSV holds no value from row 2 on.");
  if (all.size > maxSeries) return unreadable("too-large", `The CSV holds over ${maxSeries} series; is it the right column?`);
  const series = [...all].map(([name, found]) => toSeries(name, found));
  const last = series
    .flatMap(({ to }) => (to === undefined ? [] : [to]))
    .sort()
    .at(-1);
  return {
    kind: "metric-series",
    tool: { name: "csv", version: null },
    measurement: { series },
    origin: present({ measuredAt: last }),
    notes: zoned ? [] : [readAsUtc],
  };
}

interface Point {
  name: string;
  cell: string;
  unit: string | undefined;
}

/** A segment makes a series of its own, named `metric/segment`; `all` and `total` are the metric itself. */
function longPoint(row: string[], columns: Columns): Point {
  const segment = columns.segment === -1 ? "" : (row[columns.segment] ?? "").trim();
  const metric = (row[columns.metric] ?? "").trim();
  const unit = columns.unit === -1 ? "" : (row[columns.unit] ?? "").trim();
  return {
    name: wholes.has(segment.toLowerCase()) ? metric : `${metric}/${segment}`,
    cell: (row[columns.value] ?? "").trim(),
    unit: unit === "" ? undefined : unit,
  };
}

function widePoints(row: string[], header: readonly string[], date: number): Point[] {
  return header.flatMap((name, column) => (column === date ? [] : [{ name, cell: (row[column] ?? "").trim(), unit: undefined }]));
}

function add(all: Map<string, Series>, point: Point, at: string, index: number, table: CsvTable): Unreadable | undefined {
  if (point.name === "") return unreadable("bad-value", `The metric in ${rowName(index)} has no name.`);
  if (point.cell === "") return undefined;
  const value = numberIn(point.cell, table);
  if (value === undefined) return unreadable("bad-value", `A value in ${rowName(index)} is not a number.`);
  const series = all.get(point.name) ?? { unit: point.unit, values: new Map() };
  if (series.unit !== point.unit) return unreadable("bad-value", `The metric in ${rowName(index)} has another unit than above.`);
  if (series.values.has(at)) return unreadable("bad-value", `The metric in ${rowName(index)} has a second value for the same time.`);
  series.values.set(at, value);
  all.set(point.name, series);
  return undefined;
}

function toSeries(name: string, { unit, values }: Series): MetricSeries["series"][number] {
  const points = [...values].map(([at, value]) => ({ at, value })).sort((one, other) => (one.at < other.at ? -1 : 1));
  return present({
    name,
    unit,
    points: points.length,
    from: points[0]?.at,
    to: points.at(-1)?.at,
    mean: points.reduce((sum, { value }) => sum + value, 0) / points.length,
    values: points,
  });
}
