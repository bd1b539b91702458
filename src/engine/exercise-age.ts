import { DAY, endOfDayMs, toDate, toMs } from "./time.ts";
import type { Finding } from "./types.ts";
import { figure, plural } from "./words.ts";

interface Asked {
  /** ISO 8601 instant of the judgement. */
  at: string;
  maxAgeDays: number;
  /** What was done, for sentences: `The review drill was held`. */
  what: string;
  place: { path: string; line?: number };
  /** What to do when it is too long ago or not known. */
  remedy: string;
}

interface Judged {
  findings: Finding[];
  /** Whole days ago, where it is known and not ahead. */
  daysAgo?: number;
}

/** Was a drill, a test or an exercise done lately? A date without time holds through its whole day; exactly `maxAgeDays` ago counts. */
export function exerciseAge(value: string | undefined, { at, maxAgeDays, what, place, remedy }: Asked): Judged {
  const now = toMs(at);
  const done = value === undefined ? NaN : toMs(value);
  if (Number.isNaN(done)) {
    const text = `${place.path} does not say ${value === undefined ? "when" : "as a date when"} ${lowerFirst(what)}.`;
    return { findings: [{ state: "missing", ...place, text, remedy }] };
  }
  if (!(done <= now)) {
    const text = `${what} on ${toDate(done)} according to ${place.path}, which lies ahead.`;
    return { findings: [{ state: "not-met", ...place, text, remedy: `Correct the date in ${place.path}.` }] };
  }
  const daysAgo = Math.floor((now - done) / DAY);
  if (endOfDayMs(value ?? "") + maxAgeDays * DAY >= now) return { findings: [], daysAgo };
  const text = `${what} on ${toDate(done)}, ${plural(daysAgo, "day")} ago; at most ${figure(maxAgeDays)} are accepted.`;
  return { findings: [{ state: "stale", ...place, text, remedy }], daysAgo };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
