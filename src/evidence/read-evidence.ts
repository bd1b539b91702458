import type { Reading, Unreadable } from "../shapes/measurements.ts";
import { toContent, toFolderContent, type Content } from "./content.ts";
import { unreadable, type Measured, type Reader, type ReadOptions } from "./define-reader.ts";
import { refuseForeign } from "./foreign-formats.ts";
import { readers } from "./formats/index.ts";

/**
 * What a file of evidence is and what was measured, or why it cannot be used. Content alone decides; `options.format` only picks among
 * the formats that recognise it. Never throws: bad input is an answer.
 */
export function readEvidence(bytes: Uint8Array, options: ReadOptions = {}): Reading {
  return readContent(() => toContent(bytes), options);
}

/** The same of a folder that is evidence as a whole, by the paths of its files in it. */
export function readEvidenceFolder(files: ReadonlyMap<string, Uint8Array>, options: ReadOptions = {}): Reading {
  return readContent(() => toFolderContent(files), options);
}

function readContent(load: () => Content, options: ReadOptions): Reading {
  try {
    const content = load();
    const chosen = chooseReader(content, options);
    return "ok" in chosen ? chosen : toReading(chosen, chosen.read(content, options));
  } catch {
    // Readers are written so that nothing throws; should one, the file is refused.
    return unreadable("bad-shape", "The file does not have the shape of its format. Write it again with the tool itself.");
  }
}

/** The one reader that recognises the content, or the one of these that the policy names; else why there is none. */
export function chooseReader(content: Content, options: ReadOptions): Reader | Unreadable {
  const { format } = options;
  const candidates = readers.filter((reader) => reader.recognises(content, options));
  const [only] = candidates;
  const foreign = only === undefined ? refuseForeign(content) : undefined;
  if (foreign !== undefined) return foreign;
  const column = candidates.length > 0 ? undefined : missingColumn(content, options);
  if (column !== undefined) return unreadable("bad-shape", `The CSV has no column for \`columns.${column}\` of the policy.`);
  if (format !== undefined) return named(format, candidates, content);
  if (only === undefined) return content.problem ?? unreadable("unknown-format", `No format is recognised. Readable are: ${formats()}.`);
  if (candidates.length === 1) return only;
  const names = candidates.map((reader) => reader.format).join(", ");
  return unreadable("ambiguous-format", `The content fits several formats: ${names}. Name one in the policy: \`criteria.<id>.format\`.`);
}

function named(format: string, candidates: Reader[], content: Content): Reader | Unreadable {
  const chosen = candidates.find((reader) => reader.format === format);
  if (chosen !== undefined) return chosen;
  if (content.problem !== undefined && candidates.length === 0) return content.problem;
  if (!readers.some((reader) => reader.format === format)) {
    return unreadable("unknown-format", `\`criteria.<id>.format\` names a format that does not exist. Readable are: ${formats()}.`);
  }
  const [fits] = candidates;
  const really = fits === undefined ? "" : ` It looks like ${fits.format}.`;
  return unreadable("unknown-format", `\`criteria.<id>.format\` says ${format}, and the content is not that.${really}`);
}

/** Meaning of a column that the policy names and the table lacks: then nothing can recognise it. */
function missingColumn({ csvHeader }: Content, { columns = {} }: ReadOptions): string | undefined {
  return Object.keys(columns).find((meaning) => csvHeader !== undefined && !csvHeader.includes(columns[meaning] ?? ""));
}

/** No real file of the format was ever read, so its figures want a second look. */
const unconfirmed = "unconfirmed: built from the tool's documentation";

/** A measurement with what holds for every file of the format. */
export function toReading({ format, seen }: Reader, measured: Measured | Unreadable): Reading {
  if ("ok" in measured) return { ...measured, format };
  const { origin = {}, notes = [], ...rest } = measured;
  return { ok: true, format, ...rest, origin, notes: seen.length === 0 ? [unconfirmed, ...notes] : notes };
}

function formats(): string {
  return readers.map(({ format }) => format).join(", ");
}
