import type { CriterionId } from "../shapes/vocabulary.ts";
import { clip, toMarkdownCode, toMarkdownText } from "./escape.ts";
import { list } from "./phrases.ts";

/** A page on which a person begins or fills in a file. */
export interface FileLink {
  path: string;
  /** Percent-encoded, parentheses too. */
  url: string;
  isNew: boolean;
  /** False where the page holds only the head of what is to be begun with. */
  whole: boolean;
  criteria: readonly CriterionId[];
}

/** Pages for what is missing, on one branch. */
export interface FileLinks {
  branch: string;
  files: readonly FileLink[];
}

/** The links carry the text of the files: this much of a check or comment at most. */
const LIMIT = 30_000;

function toLine({ path, url, isNew, whole, criteria }: FileLink): string {
  const what = isNew ? (whole ? "new" : "new, its beginning only; `pilotgate init` writes the whole") : "to complete";
  return `- [${toMarkdownText(clip(path, 200))}](${url}): ${what}, for ${list(criteria)}`;
}

/** One block of Markdown with a link for each file; null where there is none. */
export function fileLinkSection(links: FileLinks | undefined): string | null {
  const { branch, files } = links ?? { branch: "", files: [] };
  const lines: string[] = [];
  let size = 0;
  for (const file of files) {
    const line = toLine(file);
    if (size + line.length > LIMIT) break;
    lines.push(line);
    size += line.length + 1;
  }
  if (lines.length === 0) return null;
  const rest = files.length - lines.length;
  const more = rest > 0 ? [`- and ${rest} more; \`pilotgate init\` writes them`] : [];
  const head = `**Add what is missing.** Each opens a page of ${toMarkdownCode(clip(branch, 100))} with what is known filled in, and a question for the rest:`;
  return [head, "", ...lines, ...more].join("\n");
}
