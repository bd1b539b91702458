import { lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { UsageError } from "./io.ts";

/** Writes a file whole or not at all, wherever its folder allows that: an end in the middle leaves the earlier one. UsageError where it cannot be written. */
export function writeOutput(path: string, text: string, shown: string, option = "--output"): void {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    const isFile = found?.isFile() ?? lstatSync(path, { throwIfNoEntry: false }) === undefined;
    // A device or a pipe is written as it is: renaming would put a file in its place. A link stays one.
    if (!isFile || !replace(found === undefined ? path : realpathSync(path), text, found?.mode)) writeFileSync(path, text);
  } catch {
    throw new UsageError(`${option} ${shown === "" ? "names no file" : `${shown} cannot be written`}.`);
  }
}

/** False where the folder takes no other file, or where this one may not be exchanged. */
function replace(path: string, text: string, mode: number | undefined): boolean {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, text, { flag: "wx", ...(mode === undefined ? {} : { mode }) });
    renameSync(unfinished, path);
    return true;
  } catch {
    rmSync(unfinished, { force: true });
    return false;
  }
}
