import type { Problem } from "../shapes/problem.ts";
import { displayWidth } from "./display-width.ts";
import { toTerminalText } from "./escape.ts";
import { flow, paint } from "./flow.ts";

export interface ProblemOptions {
  color: boolean;
  width: number;
}

/* Keeps one character for one, so that the caret below still points at the right one. */
const visible = (text: string) => text.toWellFormed().replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => (char === "\t" ? " " : "�"));

function excerpt({ line, column }: Problem, lines: readonly string[], { color, width }: ProblemOptions): string[] {
  const text = lines[line - 1];
  if (text === undefined || text.trim() === "") return [];
  const number = String(line);
  const room = Math.max(20, width - number.length - 5);
  // A long line is shown from shortly before the place on.
  const from = column - 1 < room - 8 ? 0 : column - 1 - Math.min(20, Math.floor(room / 2));
  const shown = Array.from(visible(text.slice(from, from + room)))
    .slice(0, room)
    .join("");
  const before = displayWidth(visible(text.slice(from, column - 1)));
  const bar = paint(`${" ".repeat(number.length)} |`, "dim", color);
  return [`  ${paint(`${number} |`, "dim", color)} ${shown}`, `  ${bar} ${" ".repeat(before)}${paint("^", "yellow", color)}`];
}

/**
 * Problems of one file, each with its place and the line that it is about; `text` is the file's content where it could be read.
 * Ends with a count and a newline; empty where there is no problem.
 */
export function renderProblems(problems: readonly Problem[], text: string | null, options: ProblemOptions): string {
  if (problems.length === 0) return "";
  const lines = text?.split(/\r\n?|\n/) ?? [];
  const shown = problems.flatMap((problem) => [
    ...flow(
      [
        { text: `${toTerminalText(problem.file)}:${problem.line}:${problem.column}:`, style: "bold" },
        { text: `${problem.severity}:`, style: problem.severity === "error" ? "red" : "yellow" },
        { text: toTerminalText(problem.message) },
      ],
      { ...options, hanging: 2 },
    ),
    ...excerpt(problem, lines, options),
  ]);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const counts = [errors > 0 ? count(errors, "error") : "", problems.length > errors ? count(problems.length - errors, "warning") : ""];
  return `${[...shown, "", counts.filter((part) => part !== "").join(", ")].join("\n")}\n`;
}
