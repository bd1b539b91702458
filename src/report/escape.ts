/*
 * All escaping of foreign text. What a stranger can write (names, paths, findings, reasons, logins) passes through one of these
 * on its way into an output; text of our own does not need to.
 */

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CSI = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]/g;
/* Operating system commands and their kin carry a string up to a terminator; without one only the control filter takes the introducer. */
const STRING_SEQUENCE =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u0090\u0098\u009C-\u009F\r\n]{0,2000}(?:\u0007|\u001B\\|\u009C)/g;
/* Invisible format characters, bidirectional overrides among them. The two joiners stay: several scripts need them. */
const FORMAT = /(?![\u200C\u200D])\p{Cf}/gu;
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

const ZERO_WIDTH_SPACE = "\u200B";

/** At most `limit` code points; what is cut off is marked. Never splits a surrogate pair. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, limit * 2 + 2));
  return points.length <= limit
    ? text
    : `${points
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}

/** One line of visible characters: no escape sequences, controls, line breaks, invisible or reordering characters. */
export function toTerminalText(text: string): string {
  if (/^[\u0021-\u007E](?:[\u0021-\u007E]| (?! ))*$/.test(text)) return text.trimEnd();
  return text
    .toWellFormed()
    .replace(STRING_SEQUENCE, "")
    .replace(CSI, "")
    .replace(/[\s\u0085\u2028\u2029]+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .replace(FORMAT, "")
    .replace(STACKED_MARKS, "$1")
    .replace(/ {2,}/g, " ")
    .trim();
}

/**
 * Inline Markdown that GitHub shows as these very characters: no link, image, HTML, mention, reference, heading, list or table cell.
 * GitHub finds mentions, references and addresses in the rendered text, where a backslash no longer helps: an invisible space breaks them.
 */
export function toMarkdownText(text: string): string {
  return toTerminalText(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]|~$]/g, String.raw`\$&`)
    .replace(/^([-+=#])/, String.raw`\$1`)
    .replace(/^(\d{1,9})([.)])(?= |$)/, String.raw`$1\$2`)
    .replace(/@/g, `@${ZERO_WIDTH_SPACE}`)
    .replace(/#(?=\d)/g, `#${ZERO_WIDTH_SPACE}`)
    .replace(/\b(gh-)(?=\d)/gi, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/:\/\//g, `:/${ZERO_WIDTH_SPACE}/`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}${ZERO_WIDTH_SPACE}.`);
}

/** A Markdown code span, for paths and commands. GitHub looks for no mention or link inside. Not for table cells. */
export function toMarkdownCode(text: string): string {
  const line = toTerminalText(text) || " ";
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A sentence in which `code` stays code; everything else as `toMarkdownText` has it. */
export function toMarkdownSentence(text: string): string {
  return toTerminalText(text)
    .split(/`([^`]+)`/)
    .map((piece, index) => {
      // In a table cell a pipe ends the cell even inside of code.
      if (index % 2 === 1) return piece.includes("|") ? toMarkdownText(piece) : toMarkdownCode(piece);
      const before = piece.startsWith(" ") ? " " : "";
      const after = piece.length > 1 && piece.endsWith(" ") ? " " : "";
      return `${before}${toMarkdownText(piece)}${after}`;
    })
    .join("");
}

/** A label in a Mermaid chart: letters, digits and plain marks; everything that could end or begin something there is left out. */
export function toMermaidText(text: string): string {
  return toTerminalText(text)
    .replace(/[^\p{L}\p{M}\p{N} .,()/_+-]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
}

const XML_ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** XML 1.0 character data or attribute value on one line. */
export function toXmlText(text: string): string {
  return toTerminalText(text)
    .replace(/[\uFFFE\uFFFF]/g, "")
    .replace(/[&<>"']/g, (char) => XML_ENTITIES[char] ?? "");
}

/** Escapes inside a JSON text what a terminal could act upon or reorder; the JSON value stays the same. */
export function toSafeJson(json: string): string {
  return json.replace(/[\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g, (char) => {
    return String.raw`\u` + char.charCodeAt(0).toString(16).padStart(4, "0");
  });
}
