import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable, type TextSink } from "./define-reader.ts";
import { parseJson } from "./json.ts";

const maxLine = 1024 * 1024;

/**
 * JSON objects that come one a line, in pieces. Lines of which `wants` says no are not parsed, only looked at: what begins and ends like
 * an object is taken for one. The first and the last line are always parsed, so a file that was cut off is refused.
 */
export function jsonLineSink(
  take: (value: unknown, line: number) => Unreadable | undefined,
  wants: (line: string) => boolean,
): TextSink<undefined> {
  let pending = "";
  let number = 0;
  let taken = 0;

  function takeLine(text: string, isLast: boolean): Unreadable | undefined {
    number += 1;
    const line = text.trim();
    if (line === "") return undefined;
    if (taken > 0 && !isLast && !wants(line)) {
      taken += 1;
      const isObject = line.startsWith("{") && line.endsWith("}");
      return isObject ? undefined : unreadable("not-parseable", "The line is not a JSON object.", { line: number });
    }
    taken += 1;
    const parsed = line.startsWith("{") ? parseJson(line) : unreadable("not-parseable", "The line is not a JSON object.");
    return parsed.ok ? take(parsed.value, number) : { ...parsed, line: number };
  }

  return {
    write(text) {
      pending += text;
      let start = 0;
      for (let end = pending.indexOf("\n"); end !== -1; end = pending.indexOf("\n", start)) {
        const problem = takeLine(pending.slice(start, end), false);
        if (problem !== undefined) return problem;
        start = end + 1;
      }
      pending = pending.slice(start);
      return pending.length > maxLine ? unreadable("too-large", "A line is over 1 MiB.", { line: number + 1 }) : undefined;
    },
    end: () => takeLine(pending, true),
  };
}
