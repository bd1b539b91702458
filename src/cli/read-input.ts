import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { UsageError } from "./io.ts";

/** Why a file of the caller's cannot be used. */
export type InputProblem = "missing" | "folder" | "not-a-file" | "forbidden" | "too-large" | "unreadable";

export type Input = { ok: true; bytes: Uint8Array } | { ok: false; problem: InputProblem; message: string };

const reasons: Record<string, { problem: InputProblem; message: string }> = {
  ENOENT: { problem: "missing", message: "there is no such file" },
  ENOTDIR: { problem: "missing", message: "there is no such file" },
  ENAMETOOLONG: { problem: "missing", message: "there is no such file" },
  EISDIR: { problem: "folder", message: "it is a folder" },
  EACCES: { problem: "forbidden", message: "it may not be read by this user" },
  EPERM: { problem: "forbidden", message: "it may not be read by this user" },
};

function refuse(error: unknown): Input {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return { ok: false, ...(reasons[code] ?? { problem: "unreadable", message: "it could not be read" }) };
}

/** Bytes of a file that the caller names; at most `limit` bytes are ever held. Waits: nothing else is to be done, and that is faster. */
export function readInput(path: string, limit: number): Input {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = fstatSync(file);
      if (info.isDirectory()) return { ok: false, problem: "folder", message: "it is a folder" };
      if (!info.isFile()) return { ok: false, problem: "not-a-file", message: "it is not a regular file" };
      if (info.size > limit)
        return { ok: false, problem: "too-large", message: `it is larger than ${Math.floor(limit / 1024 / 1024)} MiB` };
      return { ok: true, bytes: readFileSync(file) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return refuse(error);
  }
}

const pieceLength = 64 * 1024;

/** The bytes of a regular file in pieces; `take` says whether to go on. False where it could not be read to the end it asked for. */
export function readPieces(path: string, take: (piece: Uint8Array, share: number) => boolean): boolean {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const { size } = fstatSync(file);
      const buffer = new Uint8Array(pieceLength);
      for (let read = 0; ;) {
        const count = readSync(file, buffer);
        read += count;
        if (count === 0 || !take(buffer.subarray(0, count), read / Math.max(size, read))) return true;
      }
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/** The same for a file without which the command cannot go on. */
export async function requireInput(path: string, limit: number, what: string): Promise<Uint8Array> {
  const input = readInput(path, limit);
  if (input.ok) return input.bytes;
  throw new UsageError(`${what} cannot be used: ${input.message}.`);
}
