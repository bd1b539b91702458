import { isAtMost, percents } from "./limits.ts";
import type { Finding } from "./types.ts";
import { figure } from "./words.ts";

interface Work {
  /** Pieces of work a day. */
  perDay: number;
  minutesEach: number;
  /** Hours a day in which people are there for it. */
  staffedHours: number;
  /** Greatest share of the staffed hours that the work may take. */
  share: number;
  place: { path: string; line?: number };
  /** What the work is, for sentences: `Reviewing`. */
  what: string;
}

interface Judged {
  findings: Finding[];
  /** `12.5 h of work in 24 staffed hours (52.1 %)` */
  words: string;
}

/** Do the people have the time? Work in hours a day against a share of the staffed hours; exactly that share counts. */
export function judgeCapacity({ perDay, minutesEach, staffedHours, share, place, what }: Work): Judged {
  const hours = (perDay * minutesEach) / 60;
  const used = hours / staffedHours;
  const [taken, allowed] = percents(used, share);
  const words = `${figure(hours)} h of work in ${figure(staffedHours)} staffed hours a day (${taken})`;
  if (isAtMost(hours, share * staffedHours)) return { findings: [], words };
  return {
    words,
    findings: [
      {
        state: "not-met",
        ...place,
        text: `${what} takes ${figure(perDay)} x ${figure(minutesEach)} min = ${figure(hours)} h a day, ${taken} of ${figure(staffedHours)} staffed hours; at most ${allowed} are accepted.`,
        remedy: `Staff at least ${figure(Math.ceil((hours / share) * 10) / 10)} hours a day, or lower the volume, and correct ${place.path}.`,
      },
    ],
  };
}
