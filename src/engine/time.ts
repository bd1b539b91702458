/* Instants and dates, all UTC. Nothing here asks what time it is. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds since the epoch of an ISO 8601 date (its first instant) or instant; NaN where it is neither. An instant without zone is UTC. */
export function toMs(value: string): number {
  if (dateOnly.test(value)) return Date.parse(`${value}T00:00:00Z`);
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`);
}

/** Last instant of what a date still covers: `until` and `review-by` hold through 23:59:59. */
export function endOfDayMs(value: string): number {
  return dateOnly.test(value) ? Date.parse(`${value}T00:00:00Z`) + DAY - 1 : toMs(value);
}

/** The instant `months` later, on the last day of the month where the day does not exist. */
export function addMonths(ms: number, months: number): number {
  const from = new Date(ms);
  const whole = Math.trunc(months);
  const day = from.getUTCDate();
  const moved = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + whole, 1, from.getUTCHours(), from.getUTCMinutes(), from.getUTCSeconds()));
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, lastDay));
  return moved.getTime() + (months - whole) * 30 * DAY;
}

/** `2026-11-23` of an instant. */
export function toDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const duration = /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Days in an ISO 8601 duration (a month counts 30.4375, a year 365.25); undefined where it is none. */
export function durationDays(value: string): number | undefined {
  const match = duration.exec(value);
  if (!match || value === "P" || value.endsWith("T")) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return years * 365.25 + months * 30.4375 + weeks * 7 + days + hours / 24 + minutes / 1440 + seconds / 86_400;
}
