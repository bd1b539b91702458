import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { PortError, type Tree, type TreeEntry } from "../app/ports.ts";
import { readGitStatus } from "./git-status.ts";

/** More entries than GitHub lists at once; the listing is then marked as cut. */
export const MAX_ENTRIES = 100_000;
/** A file of the fingerprint is read whole to name its blob. */
const MAX_BLOB_BYTES = 128 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/**
 * A folder on disk as a tree. `.git`, `node_modules` and what git ignores are left out: none of it would be in a commit. Links are entries
 * and are never followed. Throws PortError where the folder is not there or a part of it cannot be listed.
 */
export async function readTree(folder: string, maxEntries = MAX_ENTRIES): Promise<Tree> {
  const root = toRoot(folder);
  const asked = readGitStatus(root); // git works while we walk
  const walk = walkFolder(root, maxEntries);
  const status = await asked;
  const kept = walk.found.filter(({ path }) => !status.ignores(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const entries = new Map(kept.map((entry) => [entry.path, entry]));
  const blobs = new Map<string, string>();
  return {
    commit: status.commit,
    entries,
    truncated: walk.truncated,
    read: async (path, limit) => readListed(root, entries, path, limit),
    pieces: (path) => readPieces(root, entries, path),
    async blobId(path) {
      const id = blobs.get(path) ?? toBlobId(readListed(root, entries, path, MAX_BLOB_BYTES));
      blobs.set(path, id);
      return id;
    },
  };
}

function toRoot(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    throw toPortError(error, folder);
  }
}

function toBlobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

/* One process, one folder, at start: calls that wait are several times faster here than those that do not. */
function walkFolder(root: string, maxEntries: number): { found: TreeEntry[]; truncated: boolean } {
  const found: TreeEntry[] = [];
  const waiting = [""];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const items = list(root, folder);
    // Git sees a repository inside a repository as one entry, whatever it holds.
    const isNested = folder !== "" && items.some((item) => item.name === ".git");
    if (isNested) found.push({ path: folder, kind: "submodule", size: 0 });
    for (const item of isNested ? [] : items) {
      const path = folder === "" ? item.name : `${folder}/${item.name}`;
      if (item.isDirectory()) {
        if (item.name !== ".git" && item.name !== "node_modules") waiting.push(path);
      } else if (found.length >= maxEntries) return { found, truncated: true };
      else if (item.isSymbolicLink()) found.push({ path, kind: "symlink", size: 0 });
      else if (item.isFile()) found.push({ path, kind: "file", size: 0 });
    }
  }
  return { found, truncated: false };
}

function list(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder !== "" && codeOf(error) === "ENOENT") return []; // removed while we looked
    throw toPortError(error, folder === "" ? root : folder);
  }
}

function readListed(root: string, entries: ReadonlyMap<string, TreeEntry>, path: string, limit: number): Uint8Array {
  const { file, size } = openListed(root, entries, path);
  try {
    if (size > limit) throw tooLarge(path, limit);
    return readAll(file, size, path, limit);
  } catch (error) {
    throw error instanceof PortError ? error : toPortError(error, path);
  } finally {
    closeSync(file);
  }
}

function* readPieces(root: string, entries: ReadonlyMap<string, TreeEntry>, path: string): Generator<Uint8Array> {
  const { file } = openListed(root, entries, path);
  try {
    const buffer = new Uint8Array(PIECE_BYTES);
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) yield buffer.subarray(0, count);
  } catch (error) {
    throw toPortError(error, path);
  } finally {
    closeSync(file);
  }
}

/** A file that was listed; nothing else is ever opened. */
function openListed(root: string, entries: ReadonlyMap<string, TreeEntry>, path: string): { file: number; size: number } {
  if (entries.get(path)?.kind !== "file") throw new PortError("not-found", `${path} is not a file of this folder`);
  const full = join(root, path);
  let file: number | undefined;
  try {
    // A link may have taken the place of the file or of a folder above it since the listing.
    file = openSync(full, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const info = fstatSync(file);
    if (info.isFile() && realpathSync.native(full) === full) return { file, size: info.size };
    throw new PortError("not-found", `${path} is no longer a file`);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    throw error instanceof PortError ? error : toPortError(error, path);
  }
}

/** The file may shrink or grow while it is read: no more than the limit is ever held. */
function readAll(file: number, size: number, path: string, limit: number): Uint8Array {
  let bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.byteLength - length, null);
    length += count;
    if (length > limit) throw tooLarge(path, limit);
    if (count === 0) return bytes.subarray(0, length);
    if (length === bytes.byteLength) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(length + 65_536)]);
  }
}

function tooLarge(path: string, limit: number): PortError {
  return new PortError("too-large", `${path} is larger than ${limit} bytes`);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}

function toPortError(error: unknown, path: string): PortError {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP")
    return new PortError("not-found", `${path} is not there`, { cause: error });
  if (code === "EACCES" || code === "EPERM") return new PortError("forbidden", `${path} may not be read`, { cause: error });
  return new PortError("unavailable", `${path} could not be read`, { cause: error, retryable: true });
}
