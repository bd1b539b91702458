import { resolve } from "node:path";
import { parseFactsBytes } from "../policy/parse-facts.ts";
import { toTerminalText } from "../report/escape.ts";
import { flow } from "../report/flow.ts";
import type { Facts } from "../shapes/facts.ts";
import type { Io } from "./io.ts";
import { requireInput } from "./read-input.ts";

/* Parsing refuses more than 32 MiB with its own words; this only bounds what is held. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Facts from a file of the caller's; `broken` after every problem with it was printed. */
export async function loadFacts(file: string, io: Io): Promise<Facts | "broken"> {
  const parsed = parseFactsBytes(await requireInput(resolve(io.cwd, file), MAX_BYTES, `the facts file ${file}`));
  if (parsed.ok) return parsed.facts;
  const lines = parsed.problems.flatMap(({ message }) =>
    flow([{ text: `${toTerminalText(file)}:`, style: "bold" }, { text: "error:", style: "red" }, { text: toTerminalText(message) }], {
      width: io.width,
      color: io.color.err,
      hanging: 2,
    }),
  );
  io.err(`${lines.join("\n")}\nThe facts are broken, so nothing was judged.\n`);
  return "broken";
}
