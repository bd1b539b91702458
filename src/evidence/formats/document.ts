import type { Document, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, isRecord } from "../fields.ts";
import { frontMatterOf, isModelCard } from "../front-matter.ts";
import { readSections, withoutComments } from "../sections.ts";
import { keyLines, maxTextLength, parseYaml } from "../yaml.ts";

/** Markdown with YAML front matter, or an architecture decision record that begins with a heading. */
export default defineReader({
  format: "document",
  title: "Markdown document with front matter",
  kinds: ["document"],
  seen: ["MADR 4", "Nygard"],
  recognises: (content) => {
    const front = frontMatterOf(content.text);
    if (front === "open") return content.yaml === undefined && /^##? \S/m.test(content.text.slice(0, maxTextLength));
    if (front === undefined) return content.yaml === undefined && beginsWithHeading(content.text);
    return !isModelCard(front.yaml) && !isManifest(content.yaml ?? []);
  },
  read: ({ text }) => {
    if (text.length > maxTextLength) return unreadable("too-large", "The document is over 1 MiB. Split it.");
    const front = frontMatterOf(text);
    if (front === "open") {
      return unreadable("not-parseable", "The front matter is never closed. Put `---` on a line of its own under it.", { line: 1 });
    }
    const lines = text.replaceAll(/\r\n?/g, "\n").split("\n");
    const head = front === undefined ? { frontMatter: {}, frontMatterLines: {} } : readFrontMatter(front.yaml);
    if ("code" in head) return head;
    const offset = front?.lines ?? 0;
    const sections = readSections(lines.slice(offset).join("\n"), offset);
    const document: Document = { ...head, sections };
    const status = "status" in head.frontMatter ? undefined : statusOf(lines, sections);
    if (status !== undefined) {
      document.frontMatter = { ...head.frontMatter, status: status.text };
      document.frontMatterLines = { ...head.frontMatterLines, status: status.line };
    }
    return { kind: "document", tool: { name: "markdown", version: null }, measurement: document };
  },
});

const manifestKeys = ["apiVersion", "kind", "groups", "receivers", "model_list", "litellm_settings"];

/** Several YAML documents in one file look like front matter; these keys say that they are something else. */
function isManifest(documents: unknown[]): boolean {
  return documents.some((document) => manifestKeys.some((key) => at(document, key) !== undefined));
}

/** The first lines that are not comments; no pattern runs over more than one line, so that a hostile text is not slow. */
function beginsWithHeading(text: string): boolean {
  const head = withoutComments(text.slice(0, 65_536), false).text.split("\n");
  const [first = "", second = ""] = head.filter((line) => line.trim() !== "").map((line) => line.trimEnd());
  if (/^# (?:HELP|TYPE) /.test(first)) return false;
  return /^#{1,6} \S/.test(first) || (/\p{L}/u.test(first) && /^(?:=+|-{3,})$/.test(second));
}

function readFrontMatter(yaml: string): Pick<Document, "frontMatter" | "frontMatterLines"> | Unreadable {
  const parsed = parseYaml(yaml);
  if (!parsed.ok) return { ...parsed, ...(parsed.line === undefined ? {} : { line: parsed.line + 1 }) };
  const front = parsed.value[0] ?? {};
  if (!isRecord(front)) return unreadable("bad-shape", "The front matter must be `key: value` lines.", { line: 2 });
  const lines = [...keyLines(yaml)].map(([key, line]) => [key, line + 1] as const);
  return { frontMatter: front, frontMatterLines: Object.fromEntries(lines) };
}

/** Status of a decision record that keeps it in the text: a line `**Status:** accepted` near the top, or a section `Status`. */
function statusOf(lines: string[], sections: Document["sections"]): { text: string; line: number } | undefined {
  const section = sections.find(({ title }) => title.toLowerCase() === "status");
  const [first = ""] = section?.text.split("\n") ?? [];
  if (section !== undefined && first !== "") return { text: plain(first), line: section.line };
  for (const [index, line] of lines.slice(0, 60).entries()) {
    const [, text] = /^\s*(?:[-*+]\s+)?[*_]*Status[*_]*\s*:[*_]*\s+(\S.*)$/i.exec(line) ?? [];
    if (text !== undefined) return { text: plain(text), line: index + 1 };
  }
  return undefined;
}

function plain(text: string): string {
  return text.replaceAll(/[*_`]/g, "").trim().toLowerCase().slice(0, 200);
}
