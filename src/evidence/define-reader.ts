import type { MeasurementOf, Origin, Unreadable, UnreadableCode } from "../shapes/measurements.ts";
import type { Kind } from "../shapes/vocabulary.ts";
import type { Content } from "./content.ts";

/** What the policy or a document says about a file; all of it optional, none of it trusted to say what the file is. */
export interface ReadOptions {
  /** Format named in the policy; settles what content alone leaves open. */
  format?: string;
  /** Column names by meaning (`criteria.<id>.columns`). */
  columns?: Record<string, string>;
  /** Scale of survey answers, `1-5` (`criteria.<id>.scale`). */
  scale?: string;
  /** The same where neither the policy nor the file says it (`scale` of `user-survey.md`). */
  describedScale?: string;
  /** Log keys by meaning (`fields` of `output-logging.md`). */
  fields?: Record<string, string>;
}

/** What a reader found; `problem` where the file is of the format and yet cannot be used. */
export type Measured = {
  [K in Kind]: {
    kind: K;
    tool: { name: string; version: string | null };
    measurement: MeasurementOf[K];
    origin?: Origin;
    notes?: string[];
  };
}[Kind];

export interface Reader {
  /** Id: also the file's name and the docs page's. */
  format: string;
  title: string;
  kinds: readonly Kind[];
  /** Versions of the tool whose real files were read; empty where the format is built from its documentation only. */
  seen: readonly string[];
  /** By content alone; the options only say under which names columns and keys are to be found there. */
  recognises(content: Content, options: ReadOptions): boolean;
  read(content: Content, options: ReadOptions): Measured | Unreadable;
  /** Where files may be too large to hold: the same from the text in pieces. `recognises` gets its beginning. */
  stream?(options: ReadOptions): TextSink<Measured | Unreadable>;
}

/** Takes a text in pieces of any length. A refusal of `write` is final: nothing more is to be written, nor ended. */
export interface TextSink<T> {
  write(text: string): Unreadable | undefined;
  /** What came of the whole; a refusal where the end was not where it should be. */
  end(): T | Unreadable;
}

export function defineReader(reader: Reader): Reader {
  return reader;
}

/** A reader's refusal. `message` says what and how to mend it, and never quotes the file's content. */
export function unreadable(
  code: UnreadableCode,
  message: string,
  place: { line?: number; column?: number; format?: string } = {},
): Unreadable {
  return { ok: false, code, message, ...place };
}
