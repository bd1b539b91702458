import type { KeptReading, ReadingCache } from "../app/ports.ts";
import { readOwnFile, writeOwnFile } from "./own-file.ts";

const MAX_BYTES = 8 * 1024 * 1024;

export interface KeptReadings extends ReadingCache {
  /** Writes what is new; what this run did not ask for is dropped where the file would grow too large. */
  save(): void;
}

/**
 * Readings of earlier runs in a file: what was read once is not parsed again while its content stays the same. The file belongs to one
 * build, because another one may read differently.
 */
export function openKeptReadings(path: string): KeptReadings {
  const earlier = load(path);
  const used = new Map<string, KeptReading>();
  let isNew = false;
  return {
    get(key) {
      const kept = earlier.get(key);
      if (kept !== undefined) used.set(key, kept);
      return kept;
    },
    set(key, kept) {
      isNew = true;
      used.set(key, kept);
    },
    save() {
      if (!isNew) return;
      const all = toText(new Map([...earlier, ...used]));
      const text = all.length <= MAX_BYTES / 2 ? all : toText(used);
      if (text.length <= MAX_BYTES / 2) writeOwnFile(path, text);
    },
  };
}

function toText(readings: ReadonlyMap<string, KeptReading>): string {
  return JSON.stringify([...readings]);
}

function load(path: string): Map<string, KeptReading> {
  try {
    const entries: unknown = JSON.parse(readOwnFile(path, MAX_BYTES)?.toString("utf8") ?? "[]");
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is [string, KeptReading] {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== "string") return false;
  const { digest, reading } = Object(entry[1]) as Partial<KeptReading>; // each is looked at below
  return typeof digest === "string" && digest.startsWith("sha256:") && typeof reading?.ok === "boolean";
}
