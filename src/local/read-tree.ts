import { createHash } from "node:crypto";
import { constants, type Dirent } from "node:fs";
import { open, readdir, realpath, type FileHandle } from "node:fs/promises";
import { join, sep } from "node:path";
import { PortError, type Tree, type TreeEntry } from "../app/ports.ts";
import { readGitStatus } from "./git-status.ts";

/** More entries than GitHub lists at once; the listing is then marked as cut. */
export const MAX_ENTRIES = 100_000;
/** A file of the fingerprint is read whole to name its blob. */
const MAX_BLOB_BYTES = 128 * 1024 * 1024;

/**
 * A folder on disk as a tree. `.git`, `node_modules` and what git ignores are left out: none of it would be in a commit. Links are entries
 * and are never followed. Throws PortError where the folder is not there or a part of it cannot be listed.
 */
export async function readTree(folder: string, maxEntries = MAX_ENTRIES): Promise<Tree> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw toPortError(error, folder);
  });
  const [status, walk] = await Promise.all([readGitStatus(root), walkFolder(root, maxEntries)]);
  const kept = walk.found.filter(({ path }) => !status.ignores(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const entries = new Map(kept.map((entry) => [entry.path, entry]));
  const blobs = new Map<string, Promise<string>>();
  const read = (path: string, limit: number) => readListed(root, entries, path, limit);
  return {
    commit: status.commit,
    entries,
    truncated: walk.truncated,
    read,
    blobId(path) {
      const known = blobs.get(path) ?? read(path, MAX_BLOB_BYTES).then(toBlobId);
      blobs.set(path, known);
      return known;
    },
  };
}

function toBlobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

async function walkFolder(root: string, maxEntries: number): Promise<{ found: TreeEntry[]; truncated: boolean }> {
  const found: TreeEntry[] = [];
  let truncated = false;
  // Git sees a repository inside a repository as one entry, whatever it holds.
  const visit = async (folder: string): Promise<void> => {
    const items = await list(root, folder);
    if (folder !== "" && items.some((item) => item.name === ".git")) {
      found.push({ path: folder, kind: "submodule", size: 0 });
      return;
    }
    const folders: string[] = [];
    for (const item of items) {
      if (found.length >= maxEntries) truncated = true;
      if (truncated) return;
      const path = folder === "" ? item.name : `${folder}/${item.name}`;
      if (item.isSymbolicLink()) found.push({ path, kind: "symlink", size: 0 });
      else if (item.isFile()) found.push({ path, kind: "file", size: 0 });
      else if (item.isDirectory() && item.name !== ".git" && item.name !== "node_modules") folders.push(path);
    }
    await Promise.all(folders.map(visit));
  };
  await visit("");
  return { found, truncated };
}

async function list(root: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder !== "" && codeOf(error) === "ENOENT") return []; // removed while we looked
    throw toPortError(error, folder === "" ? root : folder);
  }
}

async function readListed(root: string, entries: ReadonlyMap<string, TreeEntry>, path: string, limit: number): Promise<Uint8Array> {
  if (entries.get(path)?.kind !== "file") throw new PortError("not-found", `${path} is not a file of this folder`);
  const full = join(root, ...path.split("/"));
  let file: FileHandle | undefined;
  try {
    // A link may have taken the place of the file or of a folder above it since the listing.
    file = await open(full, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const [info, real] = await Promise.all([file.stat(), realpath(full)]);
    if (!info.isFile() || real !== [root, ...path.split("/")].join(sep).replace(sep + sep, sep)) {
      throw new PortError("not-found", `${path} is no longer a file`);
    }
    if (info.size > limit) throw tooLarge(path, limit);
    return await readAll(file, path, limit);
  } catch (error) {
    throw error instanceof PortError ? error : toPortError(error, path);
  } finally {
    await file?.close();
  }
}

/** The file may grow while it is read: no more than the limit is ever held. */
async function readAll(file: FileHandle, path: string, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(path, limit);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
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
