import type { Report } from "../src/shapes/report.ts";
import type { Annotation } from "./commands.ts";

/** What became of a job, before anything of it is told. */
export interface Outcome {
  fails: boolean;
  /** A few words: the verdict, or that and why there is none. */
  title: string;
  /** Sentences. May hold foreign text. */
  notes: string[];
  annotations: Annotation[];
  judged: Judged | null;
}

export interface Judged {
  /** As `check` prints it, by the gates that were asked for. */
  report: Report;
  /** With these gates alone, for people. */
  shown: Report;
}
