/* Instants and dates, all UTC. Nothing here asks what time it is. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?$/;

/** Milliseconds since the epoch of an ISO 8601 date (its first instant) or instant; NaN where it is neither. An instant without zone is UTC. */
export function toMs(value: string): number {
  const day = value.slice(0, 10);
  const midnight = dateOnly.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  // The parser rolls 31 February over into March and reads much that is no date at all; neither is a date here.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return NaN;
  if (value.length === day.length) return midnight;
  if (!instant.test(value)) return NaN;
  return Date.parse(/(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`);
}

/** Last instant of what a date still covers: `until` and `review-by` hold through 23:59:59. */
export function endOfDayMs(value: string): number {
  return dateOnly.test(value) ? toMs(value) + DAY - 1 : toMs(value);
}

/** The instant `months` later, on the last day of the month where the day does not exist. */
export function addMonths(ms: number, months: number): number {
  const from = new Date(ms);
  const whole = Math.trunc(months);
  const day = from.getUTCDate();
  const moved = new Date(
    Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + whole, 1, from.getUTCHours(), from.getUTCMinutes(), from.getUTCSeconds()),
  );
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, lastDay));
  return moved.getTime() + (months - whole) * 30 * DAY;
}

/** `2026-11-23` of an instant. */
export function toDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const duration =
  /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Days in an ISO 8601 duration (a month counts 30.4375, a year 365.25); undefined where it is none. */
export function durationDays(value: string): number | undefined {
  const match = duration.exec(value);
  if (!match || value === "P" || value.endsWith("T")) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return years * 365.25 + months * 30.4375 + weeks * 7 + days + hours / 24 + minutes / 1440 + seconds / 86_400;
}
