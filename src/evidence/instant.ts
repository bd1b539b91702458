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

const dayLength = 86_400_000;
/** Times of a file follow each other, so what a day is called is asked for once. */
let known = { day: Number.NaN, text: "" };

/** ISO 8601 with milliseconds only where there are any. */
export function isoOf(milliseconds: number): string {
  const time = Math.trunc(milliseconds);
  const day = Math.floor(time / dayLength);
  if (day !== known.day) known = { day, text: new Date(day * dayLength).toISOString().slice(0, -13) };
  const rest = time - day * dayLength;
  const seconds = Math.floor(rest / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return rest % 1000 === 0 ? `${known.text}${clock}Z` : `${known.text}${clock}.${String(rest % 1000).padStart(3, "0")}Z`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

function fromParts([, years, months, days, hours, minutes = "0", seconds = "0", fraction = "", zone]: RegExpExecArray):
  | Instant
  | undefined {
  const year = Number(years);
  const month = Number(months);
  const day = Number(days);
  const hour = Number(hours ?? 0);
  if (year < 1970 || hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  const minute = hour * 60 + Number(minutes) - offsetMinutes(zone);
  const thousandths = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const time = Date.UTC(year, month - 1, day) + (minute * 60 + Number(seconds)) * 1000 + thousandths;
  return { at: isoOf(time), zoned: hours === undefined || zone !== undefined };
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
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
