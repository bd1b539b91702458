import { resolve } from "node:path";
import type { Facts } from "../shapes/facts.ts";
import { UsageError, type Io } from "./io.ts";
import { requireInput } from "./read-input.ts";

const MAX_BYTES = 32 * 1024 * 1024;

/** Facts from a file of the caller's; `broken` after every problem with it was printed. */
export async function loadFacts(file: string, io: Io): Promise<Facts | "broken"> {
  await requireInput(resolve(io.cwd, file), MAX_BYTES, "the facts file");
  throw new UsageError("--facts is not available yet.");
}
