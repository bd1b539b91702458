// Imported, it would load all that it may ever need, such as streams of files.
const { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, writeFileSync } = process.getBuiltinModule("node:fs");

/* Files that a run keeps for the next one: never worth a failure, and nothing that another user wrote. */

/** Bytes of a file of this user's; undefined where there is none, and where it is larger than `limit` bytes. */
export function readOwnFile(path: string, limit: number): Buffer | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const info = fstatSync(file);
      const isOurs = process.getuid === undefined || info.uid === process.getuid();
      return isOurs && info.isFile() && info.size <= limit ? readFileSync(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Written whole or not at all, for this user alone. */
export function writeOwnFile(path: string, content: string | Uint8Array): void {
  try {
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, content, { mode: 0o600, flag: "wx" });
    renameSync(unfinished, path);
  } catch {
    // The next run begins from nothing, as this one did.
  }
}
