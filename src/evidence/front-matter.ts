import { maxTextLength } from "./yaml.ts";

/** YAML between the first line `---` and the next one, with the number of lines up to its end; "open" where it does not end. */
export function frontMatterOf(text: string): { yaml: string; lines: number } | "open" | undefined {
  if (!/^---[ \t]*\r?\n/.test(text)) return undefined;
  const lines = text.slice(0, maxTextLength).split(/\r\n?|\n/);
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line));
  return end === -1 ? "open" : { yaml: lines.slice(1, end).join("\n"), lines: end + 1 };
}

/** A model card with results: `model-index` in the front matter, and neither the status nor the owner that documents have. */
export function isModelCard(yaml: string): boolean {
  return /^["']?model-index["']?[ \t]*:/m.test(yaml) && !/^["']?(?:status|owner)["']?[ \t]*:/m.test(yaml);
}
