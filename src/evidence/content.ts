import type { Unreadable } from "../shapes/measurements.ts";
import { csvHeader, parseCsv, type CsvTable } from "./csv.ts";
import { decodeText } from "./decode-text.ts";
import { unreadable } from "./define-reader.ts";
import { insideFolder, isArchive, openArchive, type Inside } from "./inside.ts";
import { parseJson, type Parsed } from "./json.ts";
import { parseXml, type XmlElement } from "./xml.ts";
import { parseYaml } from "./yaml.ts";

/** A file's bytes, and what they are when looked at as text, JSON, YAML, XML or CSV. Each view is computed once, when first asked for. */
export interface Content {
  readonly bytes: Uint8Array;
  /** UTF-8 text without byte order mark; empty where the bytes are not text. */
  readonly text: string;
  /** The one JSON value that the text is, or undefined. */
  readonly json: unknown;
  /** The text as one JSON object a line; undefined where its first line is not one. */
  readonly jsonLines: JsonLines | undefined;
  /** YAML documents, or undefined where the text is not YAML that holds a mapping or a sequence. JSON is read as such. */
  readonly yaml: unknown[] | undefined;
  readonly xml: XmlElement | undefined;
  /** Name of the root element where the text is XML. */
  readonly xmlRoot: string | undefined;
  /** Cells of the first line where the text is CSV with at least two columns. */
  readonly csvHeader: string[] | undefined;
  /** The whole table; asked for by readers that know the header. */
  readonly csv: Parsed<CsvTable>;
  /** Files of an archive or a folder; undefined where the content is one file. */
  readonly inside: Inside | undefined;
  /** Why the text that looks like JSON, YAML or XML could not be parsed; where nothing recognises the content this is the answer. */
  readonly problem: Unreadable | undefined;
}

export interface JsonLines {
  /** Up to the first line that is not an object. */
  values: unknown[];
  /** Why that line is not one. */
  problem: Unreadable | undefined;
}

type Looks = "json" | "xml" | "yaml" | "other";

export function toContent(bytes: Uint8Array): Content {
  const decoded = isArchive(bytes) ? "" : decodeText(bytes);
  const text = typeof decoded === "string" ? decoded : "";
  const looks = looksLike(text);
  const json = once(() => (looks === "json" ? parseJson(text) : undefined));
  const jsonLines = once(() => (looks === "json" ? parseLines(text, json) : undefined));
  const yaml = once(() => (looks === "yaml" ? parseYaml(text) : undefined));
  const xml = once(() => (looks === "xml" ? parseXml(text) : undefined));
  const header = once(() => (looks === "other" ? csvHeader(text) : undefined));
  const csv = once(() => parseCsv(text));
  const archive = once(() => (isArchive(bytes) ? openArchive(bytes) : undefined));
  return {
    bytes,
    text,
    get json() {
      return valueOf(json());
    },
    get jsonLines() {
      return jsonLines();
    },
    get yaml() {
      const value = valueOf(json());
      const documents = looks === "json" ? (value === undefined ? undefined : [value]) : valueOf(yaml());
      return documents?.some((document) => typeof document === "object" && document !== null) === true ? documents : undefined;
    },
    get xml() {
      return valueOf(xml());
    },
    get xmlRoot() {
      return valueOf(xml())?.name;
    },
    get csvHeader() {
      return header();
    },
    get csv() {
      return csv();
    },
    get inside() {
      return valueOf(archive());
    },
    get problem() {
      const opened = archive();
      if (opened !== undefined) return opened.ok ? unknownArchive : opened;
      if (typeof decoded !== "string") return decoded;
      const parsed = looks === "json" ? jsonProblem(json(), jsonLines()) : looks === "yaml" ? yaml() : xml();
      return parsed === undefined || parsed.ok ? undefined : parsed;
    },
  };
}

const unknownArchive = unreadable("unknown-format", "No format is recognised in this archive. Unpack it and give the files in it.");
const unknownFolder = unreadable("unknown-format", "The folder is none that is evidence as a whole. Name the files in it.");

/** A folder as one content, by the paths of its files in it. */
export function toFolderContent(files: ReadonlyMap<string, Uint8Array>): Content {
  const none = toContent(new Uint8Array());
  return { ...none, csv: none.csv, inside: insideFolder(files), problem: unknownFolder };
}

/** By the first characters, so that no parser is tried on what is plainly something else. */
function looksLike(text: string): Looks {
  const start = text.trimStart();
  if (start.startsWith("{") || start.startsWith("[")) return "json";
  if (start.startsWith("<")) return /^<(?:\?xml|!DOCTYPE|[A-Za-z_][\w.:-]*[\s/>])/.test(start) ? "xml" : "other";
  const head = start.slice(0, 65_536);
  return yamlStart.test(firstLine(head)) && !isProseUnderFrontMatter(head) ? "yaml" : "other";
}

const yamlStart = /^(?:---(?:\s|$)|%YAML|- |"[^"]*":(?:\s|$)|'[^']*':(?:\s|$)|[\w@$.][\w@$./ -]*:(?:\s|$))/;

/** The first line that is neither blank nor a comment of YAML, which headings look like too. */
function firstLine(text: string): string {
  return /^(?![ \t]*(?:#|$)).+$/m.exec(text)?.[0] ?? "";
}

/** Markdown begins like a YAML document; where words follow that no key begins, it is not worth a parser's while. */
function isProseUnderFrontMatter(text: string): boolean {
  const end = /^---[ \t]*\r?\n/.test(text) ? /\n---[ \t]*\r?\n/.exec(text) : null;
  const line = end === null ? "" : firstLine(text.slice(end.index + end[0].length));
  return /^(?:\p{L}|\p{N}|[*_`(])/u.test(line) && !yamlStart.test(line);
}

/** Blank lines do not count. A text of one line is parsed once, whatever it is asked for as. */
function parseLines(text: string, json: () => Parsed<unknown> | undefined): JsonLines | undefined {
  if (text.trimEnd().indexOf("\n") === -1) {
    const only = json();
    return only?.ok === true && text.startsWith("{") ? { values: [only.value], problem: undefined } : undefined;
  }
  if (!/\S[^\n]*/.exec(text)?.[0].trimEnd().endsWith("}")) return undefined;
  const lines = text.split("\n");
  const values: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const parsed = line.startsWith("{") ? parseJson(line) : unreadable("not-parseable", "The line is not a JSON object.");
    if (parsed.ok) values.push(parsed.value);
    else if (values.length === 0) return undefined;
    else return { values, problem: { ...parsed, line: index + 1 } };
  }
  return { values, problem: undefined };
}

/** A text of several lines may be one value or one a line; the problem is that of what it comes closer to. */
function jsonProblem(json: Parsed<unknown> | undefined, lines: JsonLines | undefined): Parsed<unknown> | undefined {
  if (json?.ok === true || lines === undefined) return json;
  return lines.problem;
}

function valueOf<T>(parsed: Parsed<T> | undefined): T | undefined {
  return parsed?.ok === true ? parsed.value : undefined;
}

function once<T>(compute: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => (kept ??= { value: compute() }).value;
}
