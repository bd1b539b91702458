import { md } from "./markdown-sections.ts";

/** A job summary where there is no report: what happened, and every sentence of it. Ends with a newline. */
export function renderNotes(title: string, sentences: readonly string[]): string {
  return `## Pilotgate: ${title}\n\n${sentences.map((sentence) => `- ${md(sentence)}`).join("\n")}\n`;
}
