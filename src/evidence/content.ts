import type { Unreadable } from "../shapes/measurements.ts";

/** A file's bytes, and what they are when looked at as text, JSON, YAML, XML or CSV. Each view is computed once, when first asked for. */
export interface Content {
  bytes: Uint8Array;
  /** UTF-8 text without byte order mark. */
  text: string;
  /** The one JSON value that the text is, or undefined. */
  json: unknown;
  /** YAML documents, or undefined where the text is not YAML that holds a mapping or a sequence. */
  yaml: unknown[] | undefined;
  /** Name of the root element where the text is XML. */
  xmlRoot: string | undefined;
  /** Cells of the first line where the text is CSV with at least two columns. */
  csvHeader: string[] | undefined;
  /** Why the text that looks like JSON, YAML or XML could not be parsed; where nothing recognises the content this is the answer. */
  problem: Unreadable | undefined;
}
