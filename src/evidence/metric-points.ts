import type { MetricSeries, Unreadable } from "../shapes/measurements.ts";
import { unreadable, type Measured } from "./define-reader.ts";
import { present } from "./fields.ts";
import { readAsUtc, type Instant } from "./instant.ts";

/** One value of one metric. */
export interface Point {
  metric: string;
  /** A segment makes a series of its own, named `metric/segment`; blank, `all` and `total` are the metric itself. */
  segment: string;
  unit: string | undefined;
  time: Instant;
  value: number;
  /** Where it stands in the file, as in `row 3`. */
  place: string;
}

interface Series {
  unit: string | undefined;
  values: Map<string, number>;
}

const wholes = new Set(["", "all", "total"]);
const maxSeries = 1000;

/** Series of points in any order; the first point that is none, or that cannot stand beside the others, is the answer. */
export function measurePoints(points: Iterable<Point | Unreadable>, tool: string): Measured | Unreadable {
  const all = new Map<string, Series>();
  let zoned = true;
  for (const point of points) {
    const problem = "code" in point ? point : add(all, point);
    if (problem !== undefined) return problem;
    if ("time" in point) zoned &&= point.time.zoned;
  }
  if (all.size === 0) return unreadable("incomplete", "The file holds no `value` at any time.");
  const series = [...all].map(([name, found]) => toSeries(name, found));
  const last = series
    .flatMap(({ to }) => (to === undefined ? [] : [to]))
    .sort()
    .at(-1);
  return {
    kind: "metric-series",
    tool: { name: tool, version: null },
    measurement: { series },
    origin: present({ measuredAt: last }),
    notes: zoned ? [] : [readAsUtc],
  };
}

function add(all: Map<string, Series>, { metric, segment, unit, time, value, place }: Point): Unreadable | undefined {
  if (metric === "") return unreadable("bad-value", `The metric in ${place} has no name.`);
  const name = wholes.has(segment.toLowerCase()) ? metric : `${metric}/${segment}`;
  const series = all.get(name) ?? { unit, values: new Map() };
  if (series.unit !== unit) return unreadable("bad-value", `The metric in ${place} has another unit than above.`);
  if (series.values.has(time.at)) return unreadable("bad-value", `The metric in ${place} has a second value for the same time.`);
  series.values.set(time.at, value);
  all.set(name, series);
  return all.size > maxSeries
    ? unreadable("too-large", `The file holds over ${maxSeries} series; is the metric named by the right column?`)
    : undefined;
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
