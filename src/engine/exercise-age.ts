import { absentField } from "./absent-field.ts";
import { documentPlace } from "./document-place.ts";
import { DAY, endOfDayMs, toDate, toMs } from "./time.ts";
import type { Finding, ReadDocument } from "./types.ts";
import { figure, plural } from "./words.ts";

interface Asked {
  document: ReadDocument;
  /** Front matter key that holds the date, with its parent: `drill.date`. */
  key: string;
  /** ISO 8601 instant of the judgement. */
  at: string;
  maxAgeDays: number;
  /** What was done: `the review drill was held`. */
  what: string;
  /** What to do when it is too long ago or not known. */
  remedy: string;
}

interface Judged {
  findings: Finding[];
  /** Whole days ago, where it is known and not ahead. */
  daysAgo?: number;
}

/** Was a drill, a test or an exercise done lately? A date without time holds through its whole day; exactly `maxAgeDays` ago counts. */
export function exerciseAge(value: string | undefined, { document, key, at, maxAgeDays, what, remedy }: Asked): Judged {
  const now = toMs(at);
  const done = toMs(value ?? "");
  const place = documentPlace(document, key.split(".")[0] ?? key);
  if (Number.isNaN(done)) return { findings: absentField(document, key, `when ${what}`, remedy) };
  const said = what.charAt(0).toUpperCase() + what.slice(1);
  if (!(done <= now)) {
    const text = `${said} on ${toDate(done)} according to ${place.path}, which lies ahead.`;
    return { findings: [{ state: "not-met", ...place, text, remedy: `Correct \`${key}\` in ${place.path}.` }] };
  }
  const daysAgo = Math.floor((now - done) / DAY);
  if (endOfDayMs(value ?? "") + maxAgeDays * DAY >= now) return { findings: [], daysAgo };
  const text = `${said} on ${toDate(done)}, ${plural(daysAgo, "day")} ago; at most ${figure(maxAgeDays)} are accepted.`;
  return { findings: [{ state: "stale", ...place, text, remedy }], daysAgo };
}
