const dateTime = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;
const month = /^(\d{4})-(\d{2})$/;
const week = /^(\d{4})-?W(\d{2})$/;

export interface Instant {
  /** ISO 8601, UTC. */
  at: string;
  /** False where the text names no zone, so that UTC was taken. Dates alone are days in UTC and count as zoned. */
  zoned: boolean;
}

/** Note of tables and logs that hold times without a zone. */
export const readAsUtc = "times without a zone were read as UTC";

/** An ISO 8601 instant, date, month (its first day) or week (its Monday); undefined where the text is none of these. */
export function toInstant(text: string): Instant | undefined {
  const parts = dateTime.exec(text);
  if (parts !== null) return fromParts(parts);
  const [, monthYear, monthNumber] = month.exec(text) ?? [];
  if (monthYear !== undefined) return toInstant(`${monthYear}-${monthNumber}-01`);
  const [, weekYear, weekNumber] = week.exec(text) ?? [];
  return weekYear === undefined ? undefined : mondayOf(Number(weekYear), Number(weekNumber));
}

/** ISO 8601 with milliseconds only where there are any. */
export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

function fromParts(parts: RegExpExecArray): Instant | undefined {
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined || hour === undefined) return undefined;
  if (minute === undefined || second === undefined || year < 1970 || hour > 23 || minute > 59 || second > 60) return undefined;
  const days = new Date(Date.UTC(year, month - 1, day));
  if (days.getUTCMonth() !== month - 1 || days.getUTCDate() !== day) return undefined;
  const fraction = Math.floor(Number(`0.${parts[7] ?? "0"}`) * 1000);
  const offset = offsetMinutes(parts[8]);
  const time = days.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction;
  return { at: isoOf(time), zoned: parts[4] === undefined || parts[8] !== undefined };
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "UTC") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}

/** Week 1 is the week with 4 January in it. */
function mondayOf(year: number, number: number): Instant | undefined {
  if (number < 1 || number > 53 || year < 1970) return undefined;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const weekday = (fourth.getUTCDay() + 6) % 7;
  return { at: isoOf(fourth.getTime() + ((number - 1) * 7 - weekday) * 86_400_000), zoned: true };
}
