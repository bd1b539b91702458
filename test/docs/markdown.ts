import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";
import { root } from "../cli/run-cli.ts";

/* Markdown as GitHub shows it: links, and the anchors of headings. */

const markdown = new MarkdownIt({ html: true, linkify: false });
type Token = ReturnType<typeof markdown.parse>[number];

export const read = (path: string): string => readFileSync(`${root}/${path}`, "utf8");

const inlineOf = (tokens: readonly Token[]): Token[] => tokens.flatMap((token) => [token, ...inlineOf(token.children ?? [])]);

/** Targets of links and images, as they stand. */
export function linksOf(text: string): string[] {
  const found = inlineOf(markdown.parse(text, {})).flatMap(({ type, content, attrs }) => {
    if (type === "html_block" || type === "html_inline") return [...content.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, to = ""]) => to);
    return new Map(attrs ?? []).get(type === "image" ? "src" : "href") ?? [];
  });
  return found.map((target) => decodeURI(String(target)));
}

/** Anchors that GitHub gives to headings: lower case, without punctuation, blanks as hyphens, numbered where one stands twice. */
export function anchorsOf(text: string): Set<string> {
  const tokens = markdown.parse(text, {});
  const counts = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [index, { type }] of tokens.entries()) {
    if (type !== "heading_open") continue;
    const words = inlineOf(tokens[index + 1]?.children ?? [])
      .filter((token) => token.type === "text" || token.type === "code_inline")
      .map(({ content }) => content)
      .join("");
    const slug = words
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
      .replace(/ /g, "-");
    const before = counts.get(slug) ?? 0;
    counts.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  for (const [, id = ""] of text.matchAll(/<a (?:id|name)="([^"]+)">/g)) anchors.add(id);
  return anchors;
}

/** Fenced blocks with their language, in order. */
export function blocksOf(text: string): { language: string; content: string }[] {
  return markdown
    .parse(text, {})
    .filter(({ type }) => type === "fence")
    .map(({ info, content }) => ({ language: info.trim(), content }));
}
