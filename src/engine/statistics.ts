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

/**
 * Two-sided 95 % quantile of Student's t, by the expansion around the normal one (Abramowitz and Stegun 26.7.5); within 0.5 % of the
 * tables from 4 degrees of freedom. Infinite where there are none.
 */
export function studentT95(freedom: number): number {
  if (!(freedom >= 1)) return Infinity;
  if (freedom < 4) return [12.706, 4.303, 3.182][Math.floor(freedom) - 1] ?? Infinity;
  const z = 1.959964;
  const terms = [(z ** 3 + z) / 4, (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96, (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384];
  return terms.reduce((sum, term, index) => sum + term / freedom ** (index + 1), z);
}

/** Two-sided 95 % interval of a mean, from the values' own spread (Student's t; takes the values as independent). All numbers for fewer than two values. */
export function meanInterval(values: readonly number[]): Interval {
  if (values.length < 2) return { lower: -Infinity, upper: Infinity };
  const centre = mean(values);
  const half = studentT95(values.length - 1) * Math.sqrt(variance(values) / values.length);
  return { lower: centre - half, upper: centre + half };
}
