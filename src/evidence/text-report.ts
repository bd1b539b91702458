import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";
import { maxTextLength } from "./yaml.ts";

const maxLine = 400;

/** A number as reports in text write it; short enough to be finite. */
export const digits = String.raw`\d{1,15}(?:\.\d{1,9})?`;

/** A line of a report: its name, how it begins, and the whole of it where nothing is wrong with it. */
export interface Line {
  name: string;
  begins: RegExp;
  is: RegExp;
}

/** Sources of patterns: how the line begins, which is its name too, and what follows there. */
export function line(begin: string, rest: string): Line {
  return { name: begin.trim().replace(/:$/, ""), begins: new RegExp(`^${begin}`), is: new RegExp(`^${begin}${rest}$`) };
}

/**
 * A report in text. What begins like one of its lines and does not go on like it becomes the `problem` of the whole, with its place: it
 * must not pass for a line that is absent.
 */
export interface TextReport {
  /** Captures of the one line of this kind; undefined where there is none. */
  find(wanted: Line): RegExpExecArray | undefined;
  /** First capture as a number. */
  number(wanted: Line): number | undefined;
  /** Captures of each line of this kind under a heading, up to a blank line or to the end of the report. */
  rows(heading: RegExp, wanted: Line, to?: "blank" | "end"): RegExpExecArray[];
  problem(): Unreadable | undefined;
}

/** A report of one run; `once` is a line that each run writes once. Patterns are matched against one line at a time. */
export function parseReport(text: string, once: Line): TextReport | Unreadable {
  if (text.length > maxTextLength) return unreadable("too-large", "The report is over 1 MiB. Keep what the tool printed at its end.");
  const lines = text.split(/\r\n|\r|\n/).map((found) => found.slice(0, maxLine).trimEnd());
  const runs = lines.flatMap((found, index) => (once.begins.test(found) ? [index + 1] : []));
  if (runs.length === 0) {
    return unreadable("incomplete", `The report has no line \`${once.name}\`: it was cut off, or the run did not end.`);
  }
  if (runs.length > 1) {
    return unreadable("bad-shape", `The file holds ${runs.length} runs, each with a line \`${once.name}\`. Write one run a file.`, {
      line: runs[1] ?? 1,
    });
  }
  let problem: Unreadable | undefined;
  const captures = (wanted: Line, index: number): RegExpExecArray[] => {
    const found = lines[index] ?? "";
    if (!wanted.begins.test(found)) return [];
    const whole = wanted.is.exec(found);
    if (whole !== null) return [whole];
    problem ??= unreadable("bad-value", `\`${wanted.name}\` does not hold what the tool writes there.`, { line: index + 1 });
    return [];
  };
  const find = (wanted: Line): RegExpExecArray | undefined => {
    const places = lines.flatMap((found, index) => (wanted.begins.test(found) ? [index] : []));
    const [first, second] = places;
    if (second !== undefined) problem ??= unreadable("bad-shape", `\`${wanted.name}\` stands twice.`, { line: second + 1 });
    return first === undefined ? undefined : captures(wanted, first)[0];
  };
  return {
    find,
    number: (wanted) => {
      const [, found] = find(wanted) ?? [];
      return found === undefined ? undefined : Number(found);
    },
    rows: (heading, wanted, to = "blank") => {
      const start = lines.findIndex((found) => heading.test(found)) + 1;
      const blank = to === "end" ? -1 : lines.indexOf("", start);
      const end = start === 0 ? 0 : blank === -1 ? lines.length : blank;
      return lines.slice(start, end).flatMap((_, index) => captures(wanted, start + index));
    },
    problem: () => problem,
  };
}

const perUnit: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a figure and its unit, as in `15.80ms` or `83.33m`. */
export function toMilliseconds(value: string, unit: string): number {
  return Number(value) * (perUnit[unit] ?? Number.NaN);
}

/** Source of a pattern that captures a figure and its unit. */
export const timed = String.raw`(${digits})(us|ms|s|m|h)`;
