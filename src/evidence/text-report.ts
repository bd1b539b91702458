import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";

const maxLine = 400;

/** A number as reports in text write it; short enough to be finite. */
export const digits = String.raw`\d{1,15}(?:\.\d{1,9})?`;

/** Lines of a report in text, each no longer than the longest that is of its own. Patterns are matched against one line at a time. */
export function reportLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map((line) => line.slice(0, maxLine).trimEnd());
}

/** First capture of the first line that matches, as a number. */
export function numberAfter(lines: readonly string[], pattern: RegExp): number | undefined {
  const [, found] = firstMatch(lines, pattern) ?? [];
  return found === undefined ? undefined : Number(found);
}

export function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  return allMatches(lines, pattern)[0];
}

export function allMatches(lines: readonly string[], pattern: RegExp): RegExpExecArray[] {
  return lines.flatMap((line) => {
    const found = pattern.exec(line);
    return found === null ? [] : [found];
  });
}

/** Refusal of a report that holds another number of runs than one; `pattern` is a line that each run writes once. */
export function unlessOneRun(lines: readonly string[], pattern: RegExp): Unreadable | undefined {
  const runs = lines.filter((line) => pattern.test(line)).length;
  if (runs === 1) return undefined;
  return runs === 0
    ? unreadable("incomplete", "The report has no totals: it was cut off, or the run did not end.")
    : unreadable("bad-shape", `The file holds ${runs} runs. Write one run a file.`);
}

const perUnit: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a figure and its unit, as in `15.80ms` or `83.33m`. */
export function toMilliseconds(value: string, unit: string): number {
  return Number(value) * (perUnit[unit] ?? Number.NaN);
}

/** Source of a pattern that captures a figure and its unit. */
export const timed = String.raw`(${digits})(us|ms|s|m|h)`;
