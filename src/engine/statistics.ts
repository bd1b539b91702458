/** Two-sided 95 % normal quantile. */
export const Z95 = 1.96;

export interface Interval {
  lower: number;
  upper: number;
}

/**
 * Wilson score interval of a proportion, two-sided 95 % (Wilson 1927, J. Am. Stat. Assoc. 22:209). `successes` may be fractional
 * (a mean score times n). With n = 0 nothing is known: 0 to 1.
 */
export function wilson(successes: number, n: number, z: number = Z95): Interval {
  if (!(n > 0)) return { lower: 0, upper: 1 };
  const p = successes / n;
  const z2 = z * z;
  const centre = p + z2 / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p) + z2 / (4 * n)) / n);
  const scale = 1 + z2 / n;
  return { lower: Math.max(0, (centre - spread) / scale), upper: Math.min(1, (centre + spread) / scale) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Unbiased sample variance; 0 for fewer than two values. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** Approximate 95 % interval of a mean around `centre`, from the values' own spread (normal quantile; coarse below about 30 values). */
export function meanInterval(values: readonly number[]): Interval {
  const centre = mean(values);
  const half = Z95 * Math.sqrt(variance(values) / values.length);
  return { lower: centre - half, upper: centre + half };
}
