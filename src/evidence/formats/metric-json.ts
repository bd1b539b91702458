import type { Unreadable } from "../../shapes/measurements.ts";
import { usual } from "../csv-columns.ts";
import { defineReader, unreadable, type ReadOptions } from "../define-reader.ts";
import { fieldsOf, isRecord } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { measurePoints, type Point } from "../metric-points.ts";

interface Keys {
  date: string;
  metric: string;
  value: string;
  unit: string;
  segment: string;
}

/** Values over time as a JSON list, `[{ date, metric, value }]`, also with `unit` and `segment`. */
export default defineReader({
  format: "metric-json",
  title: "Metric series (JSON list)",
  kinds: ["metric-series"],
  seen: ["own shape"],
  recognises: ({ json }, { columns }) => {
    if (!Array.isArray(json) || !isRecord(json[0])) return false;
    const keys = keysOf(json[0], columns);
    return [keys.date, keys.metric, keys.value].every((key) => Object.hasOwn(Object(json[0]), key));
  },
  read: ({ json }, { columns }) => measurePoints(pointsOf(Array.isArray(json) ? json : [], columns), "json"),
});

/** Keys by meaning, from the first point: those that the policy names, else the usual names. */
function keysOf(first: object, columns: ReadOptions["columns"]): Keys {
  const of = (meaning: keyof Keys, names: readonly string[]) =>
    columns?.[meaning] ?? names.find((name) => Object.hasOwn(first, name)) ?? names[0] ?? meaning;
  return {
    date: of("date", [...usual.date, "time", "timestamp"]),
    metric: of("metric", usual.metric),
    value: of("value", usual.value),
    unit: of("unit", usual.unit),
    segment: of("segment", usual.metricSegment),
  };
}

function* pointsOf(list: unknown[], columns: ReadOptions["columns"]): Generator<Point | Unreadable> {
  const keys = keysOf(isRecord(list[0]) ? list[0] : {}, columns);
  const file = fieldsOf({ points: list });
  for (const [index, point] of file.list("points").entries()) {
    const place = `record ${index + 1}`;
    const time = toInstant(point.text(keys.date).trim());
    const names = {
      metric: point.text(keys.metric).trim(),
      segment: (point.optionalText(keys.segment) ?? "").trim(),
      unit: point.optionalText(keys.unit),
    };
    const value = point.number(keys.value, { min: -Number.MAX_VALUE });
    const problem = file.problem();
    if (problem !== undefined) yield problem;
    else if (time === undefined) yield unreadable("bad-value", `The date in ${place} is not ISO 8601; write it like 2026-11-12.`);
    else yield { ...names, time, value, place };
  }
}
