import type { BusinessMetric } from "./business-metrics.ts";
import { mean, meanInterval, type Interval } from "./statistics.ts";
import { toDate, toMs } from "./time.ts";
import type { Finding, FindingState, Measured } from "./types.ts";
import { figure, plural, quoted } from "./words.ts";

/** Fewer points after exposure say nothing: a week and a half of daily values. */
export const LEAST_POINTS = 10;

type Series = Measured<"metric-series">["measurement"]["series"][number] & { path: string };

/** How a metric stands after exposure. */
export interface Movement {
  path: string;
  points: number;
  mean: number;
  /** 95 % interval of the mean. */
  interval: Interval;
  unit: string;
}

export type Moved = { ok: true; movement: Movement } | { ok: false; findings: Finding[] };

interface Asked {
  /** First instant of exposure and the instant of the judgement, milliseconds. */
  exposure: number;
  now: number;
  remedy: string;
}

/** Values of a metric after exposure, or why nothing can be said of them. `series` holds those that carry its name. */
export function moved(metric: BusinessMetric, series: readonly Series[], { exposure, now, remedy }: Asked): Moved {
  const name = quoted(metric.id ?? "?");
  const refuse = (state: FindingState, text: string, path?: string): Moved => ({
    ok: false,
    findings: [{ state, ...(path === undefined ? {} : { path }), text, remedy }],
  });
  const [only] = series;
  if (!only) return refuse("missing", `No series is named ${name}.`);
  if (series.length > 1)
    return refuse("inconclusive", `${figure(series.length)} series are named ${name}; which one counts is not clear.`, only.path);
  if (only.unit !== undefined && metric.unit !== undefined && plain(only.unit) !== plain(metric.unit)) {
    return refuse("not-met", `${name} is measured in ${quoted(only.unit)} and defined in ${quoted(metric.unit)}.`, only.path);
  }
  if (only.values === undefined)
    return refuse("inconclusive", `The series ${name} has no single values, so its spread is not known.`, only.path);
  const after = only.values.filter(({ at }) => !(toMs(at) < exposure));
  if (after.some(({ at, value }) => Number.isNaN(toMs(at)) || !Number.isFinite(value)))
    return refuse("not-met", `The series ${name} has a value that is no number, or a time that is none.`, only.path);
  const last = after.reduce((latest, { at }) => Math.max(latest, toMs(at)), -Infinity);
  if (last > now) return refuse("not-met", `The series ${name} has a value of ${toDate(last)}, which lies ahead.`, only.path);
  if (after.length < LEAST_POINTS)
    return refuse(
      "inconclusive",
      `${name} has ${plural(after.length, "point")} since ${toDate(exposure)}; at least ${LEAST_POINTS} are needed.`,
      only.path,
    );
  const values = after.map(({ value }) => value);
  return {
    ok: true,
    movement: {
      path: only.path,
      points: values.length,
      mean: mean(values),
      interval: meanInterval(values),
      unit: metric.unit ?? only.unit ?? "",
    },
  };
}

/** `8.07 minutes (7.9 to 8.2, 28 points)` */
export function movementWords({ mean: centre, interval, points, unit }: Movement): string {
  return `${figure(centre)}${unit === "" ? "" : ` ${unit.slice(0, 40)}`} (${figure(interval.lower)} to ${figure(interval.upper)}, ${plural(points, "point")})`;
}

/** Series by the name under which a metric looks for its own: case, hyphens, underscores and spaces do not matter. */
export function seriesByName(files: readonly Measured<"metric-series">[]): Map<string, Series[]> {
  const byName = new Map<string, Series[]>();
  for (const { path, measurement } of files) {
    for (const series of measurement.series) {
      const known = byName.get(plain(series.name));
      if (known) known.push({ ...series, path });
      else byName.set(plain(series.name), [{ ...series, path }]);
    }
  }
  return byName;
}

export function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[-_\s]+/g, "-");
}
