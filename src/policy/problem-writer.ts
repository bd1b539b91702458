import type { Problem } from "../shapes/problem.ts";
import type { PolicyFinding } from "./finding.ts";
import type { Path } from "./validate.ts";
import type { Places } from "./yaml-places.ts";

/** Adds file, line and column to a finding; `offset` where its place is known already. */
export type ToProblem = (finding: PolicyFinding, offset?: number) => Problem;

/* Codes that speak of a key itself, or of a whole mapping, point at the key; all others at the value. */
const atKey = new Set<PolicyFinding["code"]>(["unknown-key", "missing-key", "duplicate-key", "wrong-count", "wrong-scope"]);

export function problemWriter(text: string, file: string, places: Places): ToProblem {
  let starts: number[] | undefined;
  return ({ severity, code, message, path }, offset = places.offset(path, atKey.has(code) ? "key" : "value")) => {
    starts ??= lineStarts(text);
    const line = lineOf(starts, offset);
    const place = { file, line, column: offset - (starts[line - 1] ?? 0) + 1 };
    return { severity: severity ?? "error", code, message, ...place, ...(path.length === 0 ? {} : { path: pathText(path) }) };
  };
}

function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n?|\n/g), ({ 0: lineBreak, index }) => index + lineBreak.length)];
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** `systems[0].gates.rollout`; keys that are no plain words are quoted and shortened. */
export function pathText(path: Path): string {
  const step = (part: string | number) => {
    if (typeof part === "number") return `[${part}]`;
    return /^[\w-]{1,60}$/.test(part) ? `.${part}` : `[${JSON.stringify(part.slice(0, 40))}]`;
  };
  return path.map(step).join("").replace(/^\./, "");
}
