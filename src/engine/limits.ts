import { figure, percent } from "./words.ts";

/* Comparison with a threshold: exactly at it counts, NaN never does, and only the rounding of binary fractions is forgiven. */

const ROUNDING = 1e-9;

export function isAtLeast(value: number, limit: number): boolean {
  return value >= limit - Math.abs(limit) * ROUNDING;
}

export function isAtMost(value: number, limit: number): boolean {
  return value <= limit + Math.abs(limit) * ROUNDING;
}

/** A figure and its threshold in words; where they differ they read differently, however close they are. */
export function figures(value: number, limit: number): [string, string] {
  return apart(value, limit, figure, (one, digits) => String(Number(one.toPrecision(digits))));
}

/** The same for shares from 0 to 1, in percent. */
export function percents(value: number, limit: number): [string, string] {
  return apart(value, limit, percent, (one, digits) => `${Number((one * 100).toPrecision(digits))} %`);
}

function apart(
  value: number,
  limit: number,
  plain: (one: number) => string,
  exact: (one: number, digits: number) => string,
): [string, string] {
  const short: [string, string] = [plain(value), plain(limit)];
  if (short[0] !== short[1] || (isAtLeast(value, limit) && isAtMost(value, limit))) return short;
  for (let digits = 4; digits <= 12; digits += 1) {
    const longer: [string, string] = [exact(value, digits), exact(limit, digits)];
    if (longer[0] !== longer[1]) return longer;
  }
  return short;
}
