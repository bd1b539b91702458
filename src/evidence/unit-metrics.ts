import type { Percentiles } from "../shapes/measurements.ts";
import { fieldsOf, type Fields } from "./fields.ts";
import { readPercentiles } from "./percentiles.ts";

/** Milliseconds in a unit that genai-perf and AIPerf write beside a figure. */
const milliseconds: Record<string, number> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, sec: 1000, seconds: 1000 };
const keys = { mean: "avg", p50: "p50", p90: "p90", p95: "p95", p99: "p99", max: "max" } as const;

/** A metric of the file, `{ unit, avg, p50, … }`; undefined where it is absent or null. Figures as text count where `textual` says so. */
export function metricOf(file: Fields, name: string, textual = false): Fields | undefined {
  if (!file.has(name) || file.raw(name) === null) return undefined;
  const metric = file.in(name);
  if (!textual) return metric;
  const figures = metric.keys().map((key) => [key, key === "unit" ? metric.raw(key) : toNumber(metric.raw(key))]);
  return fieldsOf(Object.fromEntries(figures), name);
}

function toNumber(value: unknown): unknown {
  return typeof value === "string" && /^\d{1,18}(?:\.\d{1,18})?$/.test(value) ? Number(value) : value;
}

/** How many milliseconds one unit of the metric is. */
function perUnit(metric: Fields): number {
  const unit = metric.text("unit");
  const found = Object.hasOwn(milliseconds, unit) ? milliseconds[unit] : undefined;
  if (found === undefined) metric.refuse("unit", "is no unit of time that is known");
  return found ?? 1;
}

export function latenciesOf(metric: Fields | undefined): Percentiles | undefined {
  return metric === undefined ? undefined : readPercentiles(metric, keys, perUnit(metric));
}

export function millisecondsOf(metric: Fields | undefined, key: "avg" | "value" = "avg"): number | undefined {
  return metric === undefined ? undefined : metric.number(key, { max: 1e30 }) * perUnit(metric);
}

/** A figure of the unit that it must have, such as `tokens/sec`. */
export function figureOf(metric: Fields | undefined, units: readonly string[], key: "avg" | "value" = "avg"): number | undefined {
  if (metric === undefined) return undefined;
  if (!units.includes(metric.text("unit"))) metric.refuse("unit", `is not ${units[0]}`);
  return metric.number(key);
}

export const requestRate = ["requests/sec", "requests/second", "requests per second", "per sec"] as const;
export const tokenRate = ["tokens/sec", "tokens/second", "tokens per second", "per sec"] as const;
export const requestCount = ["requests", "count"] as const;
