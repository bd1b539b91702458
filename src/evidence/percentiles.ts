import type { Percentiles } from "../shapes/measurements.ts";
import { present, type Fields } from "./fields.ts";

const rising = ["p50", "p90", "p95", "p97_5", "p99", "max"] as const;

/**
 * Latencies in milliseconds from the keys that the file has for them; `perUnit` is how many milliseconds one unit of the file is.
 * They must not fall from p50 to the maximum.
 */
export function readPercentiles(fields: Fields, keys: { [P in keyof Percentiles]?: string }, perUnit = 1): Percentiles | undefined {
  const of = (name: keyof Percentiles): number | undefined => {
    const value =
      keys[name] === undefined ? undefined : fields.optionalNumber(keys[name], { max: Number.MAX_VALUE / Math.max(1, perUnit) });
    return value === undefined ? undefined : value * perUnit;
  };
  const found = present({
    mean: of("mean"),
    p50: of("p50"),
    p90: of("p90"),
    p95: of("p95"),
    p97_5: of("p97_5"),
    p99: of("p99"),
    max: of("max"),
  });
  const known = rising.filter((name) => found[name] !== undefined);
  const falls = known.find((name, index) => index > 0 && (found[name] ?? 0) < (found[known[index - 1] ?? name] ?? 0));
  if (falls !== undefined) fields.refuse(keys[falls] ?? falls, "is below a lower percentile");
  if (found.max !== undefined && (found.mean ?? 0) > found.max) fields.refuse(keys.mean ?? "mean", "is above the maximum");
  return Object.keys(found).length === 0 ? undefined : found;
}

/** What to know where p95 is not in the file; undefined where it is. `mend` says how to get it. */
export function noteOnP95(latencies: Percentiles | undefined, mend: string): string | undefined {
  if (latencies === undefined || latencies.p95 !== undefined) return undefined;
  const higher = latencies.p97_5 !== undefined ? "p97.5" : latencies.p99 !== undefined ? "p99" : undefined;
  return higher === undefined ? `no p95 in the file; ${mend}` : `no p95 in the file; ${higher} stands in`;
}
