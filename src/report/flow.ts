import { displayWidth, splitToWidth } from "./display-width.ts";

export type Style = "plain" | "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "pass" | "hold";

/** A run of words in one style. The words of neighbouring spans are set apart by one space. */
export interface Span {
  text: string;
  style?: Style;
  /** Kept on one line where it fits on one. */
  whole?: boolean;
}

const codes: Record<Exclude<Style, "plain">, string> = {
  bold: "1",
  dim: "2",
  red: "31",
  green: "32",
  yellow: "33",
  cyan: "36",
  pass: "1;32",
  hold: "1;33",
};

/** Sets one text of visible characters in a style; the sequence opens and closes around it, so no line ends inside one. */
export function paint(text: string, style: Style, color: boolean): string {
  return !color || style === "plain" || text === "" ? text : `\u001B[${codes[style]}m${text}\u001B[0m`;
}

interface Word {
  text: string;
  style: Style;
}

function toWords(spans: readonly Span[], room: number): Word[] {
  return spans.flatMap(({ text, style = "plain", whole = false }) =>
    (whole && displayWidth(text) <= room ? [text] : text.split(" "))
      .filter((word) => word !== "")
      .flatMap((word) => splitToWidth(word, room))
      .map((word) => ({ text: word, style })),
  );
}

function toLine(words: readonly Word[], color: boolean): string {
  const runs: Word[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.style === word.style) last.text += ` ${word.text}`;
    else runs.push({ ...word });
  }
  return runs.map((run) => paint(run.text, run.style, color)).join(" ");
}

/** Wraps by display width. `indent` columns stand before the first line, `hanging` before the others. */
export function flow(
  spans: readonly Span[],
  { width, color, indent = 0, hanging = indent }: { width: number; color: boolean; indent?: number; hanging?: number },
): string[] {
  const room = Math.max(8, width - Math.max(indent, hanging));
  const lines: Word[][] = [];
  let used = 0;
  for (const word of toWords(spans, room)) {
    const size = displayWidth(word.text);
    const line = lines.at(-1);
    const start = lines.length <= 1 ? indent : hanging;
    if (line !== undefined && used + 1 + size <= Math.max(8, width - start)) {
      line.push(word);
      used += 1 + size;
    } else {
      lines.push([word]);
      used = size;
    }
  }
  return lines.map((words, index) => " ".repeat(index === 0 ? indent : hanging) + toLine(words, color));
}
