import MarkdownIt from "markdown-it";
import type { Section } from "../shapes/measurements.ts";
import { present } from "./fields.ts";

/** Block structure is all that is asked for; inline markup and link references are ordinary text here. */
const markdown = new MarkdownIt("zero", { html: true });
markdown.block.ruler.enable(["heading", "lheading", "fence", "code", "blockquote", "list", "hr", "html_block"]);
markdown.core.ruler.enableOnly(["normalize", "block"]);

interface Heading {
  level: number;
  title: string;
  /** 0-based line of the heading, and the first line under it. */
  line: number;
  body: number;
}

/** What a line is worth: own words, a mark that they are still owed, the template's words, or nothing. */
type Worth = "text" | "owed" | "prompt" | "blank";

/**
 * Sections of a Markdown text (line ends `\n`) by its headings; `offset` is the number of lines of the file above the text. A section
 * goes on to the next heading of its own or a higher level, so text under its subsections counts; a lone title ends at any heading.
 */
export function readSections(text: string, offset: number): Section[] {
  const { headings, verbatim } = structureOf(text);
  const lines = text.split("\n");
  const worths = worthsOf(lines, verbatim);
  for (const { line, body } of headings) worths.fill("blank", line, body);
  const loneTitle = headings.filter(({ level }) => level === 1).length === 1;
  return headings.map((heading, index) => {
    let next = index + 1;
    const endsAt = heading.level === 1 && loneTitle ? 6 : heading.level;
    while ((headings[next]?.level ?? 0) > endsAt) next += 1;
    const end = headings[next]?.line ?? lines.length;
    const own: string[] = [];
    for (let line = heading.body; line < end; line += 1) if (worths[line] === "text") own.push(lines[line] ?? "");
    const unfilled = lineOf(worths, heading.body, end, own.length === 0 ? ["owed", "prompt"] : ["owed"]);
    return present({
      title: heading.title,
      line: offset + heading.line + 1,
      text: own.join("\n").trim(),
      unfilledLine: unfilled === undefined ? undefined : offset + unfilled + 1,
    });
  });
}

function lineOf(worths: Worth[], start: number, end: number, wanted: Worth[]): number | undefined {
  for (let line = start; line < end; line += 1) if (wanted.includes(worths[line] ?? "blank")) return line;
  return undefined;
}

/** Headings outside quotes and lists, and the lines that are code. */
function structureOf(text: string): { headings: Heading[]; verbatim: Set<number> } {
  const headings: Heading[] = [];
  const verbatim = new Set<number>();
  const tokens = markdown.parse(text, {});
  for (const [index, token] of tokens.entries()) {
    const [start, end] = token.map ?? [0, 0];
    if (token.type === "heading_open" && token.level === 0) {
      const title = withoutMarkup(tokens[index + 1]?.content ?? "");
      headings.push({ level: Number(token.tag.slice(1)), title, line: start, body: end });
    } else if (token.type === "fence" || token.type === "code_block") {
      for (let line = start; line < end; line += 1) verbatim.add(line);
    }
  }
  return { headings, verbatim };
}

function worthsOf(lines: string[], verbatim: Set<number>): Worth[] {
  let inComment = false;
  let inPrompt = false;
  return lines.map((line, index) => {
    if (verbatim.has(index)) return /^\s*(?:```|~~~)/.test(line) || !hasWords(line) ? "blank" : "text";
    const visible = withoutComments(line, inComment);
    inComment = visible.inComment;
    const quoted = line.trimStart().startsWith(">");
    inPrompt = quoted && (inPrompt || /^\s*>\s*\**Question:/.test(line));
    if (inPrompt) return "prompt";
    if (!hasWords(visible.text)) return visible.text === line ? "blank" : "prompt";
    return isOwed(visible.text) ? "owed" : "text";
  });
}

/** Emphasis around a whole title says nothing. Loops instead of patterns: a hostile title must not make them slow. */
function withoutMarkup(title: string): string {
  let start = 0;
  let end = title.length;
  while (start < end && "*_` \t".includes(title[start] ?? "")) start += 1;
  while (end > start && "*_` \t".includes(title[end - 1] ?? "")) end -= 1;
  return title.slice(start, end);
}

/** A line without its HTML comments; a comment may go on over lines. */
export function withoutComments(line: string, inComment: boolean): { text: string; inComment: boolean } {
  let text = "";
  let rest = line;
  let inside = inComment;
  while (rest !== "") {
    const at = rest.indexOf(inside ? "-->" : "<!--");
    if (!inside) text += at === -1 ? rest : rest.slice(0, at);
    if (at === -1) break;
    rest = rest.slice(at + (inside ? 3 : 4));
    inside = !inside;
  }
  return { text, inComment: inside };
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** A mark that text is still owed: TODO, TBD and the like at the start or end of a line or cell, or a line that is mostly `{placeholder}`. */
function isOwed(line: string): boolean {
  const bare = line.replaceAll(/`[^`]*`/g, "").replaceAll(/[*_]/g, "");
  if (/^[\s>|+\-.\d)[\]x]*(?:TODO|TBD|TBC|FIXME|XXX)\b/i.test(bare)) return true;
  if (/\b(?:TODO|TBD|TBC|FIXME)\b\s*(?:[:.|;,)\]]|$)/.test(bare)) return true;
  const rest = withoutPlaceholders(withoutPlaceholders(bare));
  const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "").length;
  return rest !== bare && letters(rest) * 2 < letters(bare);
}

/** `{{ … }}` is a template's own syntax, not a place to fill in. */
function withoutPlaceholders(text: string): string {
  return text.replaceAll(/(?<!\{)\{([^{}]*)\}(?!\})/g, (whole, inner: string) => (/\p{L}/u.test(inner) ? "" : whole));
}
