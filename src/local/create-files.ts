import { closeSync, constants, lstatSync, mkdirSync, openSync, realpathSync, rmSync, writeSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";

export interface Created {
  written: string[];
  /** Something stands there already; it was left as it is. */
  present: string[];
  /** The first that could not be written, after which nothing more was tried. */
  failed: { path: string; why: string } | null;
}

/**
 * Writes files that are not there yet, folders above them included, in order. Never overwrites, never follows a link, never leaves the folder
 * (an absolute path without links). A file is there whole or not at all.
 */
export function createFiles(folder: string, files: readonly { path: string; text: string }[]): Created {
  const created: Created = { written: [], present: [], failed: null };
  for (const { path, text } of files) {
    const why = refusal(folder, path) ?? create(folder, path, text);
    if (why === null) created.written.push(path);
    else if (why === present) created.present.push(path);
    else return { ...created, failed: { path, why } };
  }
  return created;
}

const present = "it is there already";

/** Why a path cannot be written below the folder, as the end of a sentence; null where it can. Folders that are missing are made. */
function refusal(folder: string, path: string): string | null {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\0")) || /^[a-z]:|\\/i.test(path))
    return "its path does not stay in the folder";
  if (parts[0]?.toLowerCase() === ".git") return "git keeps its own files there";
  let above = folder;
  for (const part of parts.slice(0, -1)) {
    above = join(above, part);
    try {
      const found = look(above) ?? make(above);
      if (found?.isSymbolicLink() === true) return "its path leads through a symbolic link";
      if (found?.isDirectory() !== true) return "a part of its path is a file";
    } catch (error) {
      return reason(error);
    }
  }
  return null;
}

function look(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function make(path: string): Stats | undefined {
  try {
    mkdirSync(path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error; // made by another since we looked
  }
  return look(path);
}

function create(folder: string, path: string, text: string): string | null {
  const full = join(folder, path);
  let file: number;
  try {
    file = openSync(full, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0), 0o644);
  } catch (error) {
    return codeOf(error) === "EEXIST" ? present : reason(error);
  }
  try {
    // A link may have taken the place of a folder above it since we looked.
    if (realpathSync.native(dirname(full)) !== dirname(full)) throw new Error("moved");
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.byteLength;) done += writeSync(file, bytes, done);
    closeSync(file);
    return null;
  } catch (error) {
    closeSync(file);
    rmSync(full, { force: true });
    return reason(error);
  }
}

const reasons: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it may only be read",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  ENAMETOOLONG: "its name is too long",
  ENOTDIR: "a part of its path is a file",
};

function reason(error: unknown): string {
  return reasons[codeOf(error)] ?? "it could not be written";
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
