import { unzipSync } from "fflate";
import { decodeText, maxBytes } from "./decode-text.ts";
import { unreadable } from "./define-reader.ts";
import { parseJson, type Parsed } from "./json.ts";

/** Files that belong together: entries of an archive, or a folder. Names are paths with forward slashes, in order. */
export interface Inside {
  readonly names: readonly string[];
  /** Bytes of one of them, unpacked when asked for. */
  bytes(name: string): Parsed<Uint8Array>;
}

const maxEntries = 20_000;

export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** Entries of a ZIP archive. Nothing is unpacked but what is asked for, and never more than the size that the directory names. */
export function openArchive(archive: Uint8Array): Parsed<Inside> {
  const sizes = new Map<string, number>();
  let entries = 0;
  let twice = false;
  const listed = unpack(archive, ({ name, originalSize }) => {
    entries += 1;
    twice ||= sizes.has(name);
    if (!name.endsWith("/") && entries <= maxEntries) sizes.set(name, originalSize);
    return false;
  });
  if (listed === undefined) return unreadable("not-parseable", "The ZIP archive is cut off or damaged. Write it again.");
  if (entries > maxEntries) return unreadable("too-large", `The archive has over ${maxEntries} entries.`);
  if (twice) return unreadable("duplicate-key", "The archive holds two entries of one name.");
  return {
    ok: true,
    value: {
      names: [...sizes.keys()].sort(),
      bytes: (wanted) => {
        const size = sizes.get(wanted) ?? 0;
        if (size > maxBytes) return unreadable("too-large", "An entry of the archive is over 32 MiB.");
        const bytes = unpack(archive, ({ name }) => name === wanted)?.[wanted];
        if (bytes instanceof Uint8Array) return { ok: true, value: bytes };
        return unreadable("unsupported-version", "An entry of the archive is packed in a way that is not read. Pack it with deflate.");
      },
    },
  };
}

/** A folder whose files are at hand. */
export function insideFolder(files: ReadonlyMap<string, Uint8Array>): Inside {
  return {
    names: [...files.keys()].sort(),
    bytes: (name) => {
      const bytes = files.get(name);
      return bytes === undefined ? unreadable("missing", "The folder has no such file.") : { ok: true, value: bytes };
    },
  };
}

/** One of the files as JSON. */
export function jsonInside(inside: Inside, name: string): Parsed<unknown> {
  const bytes = inside.bytes(name);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  return typeof text === "string" ? parseJson(text) : text;
}

function unpack(
  archive: Uint8Array,
  filter: (entry: { name: string; originalSize: number }) => boolean,
): Record<string, Uint8Array> | undefined {
  try {
    return unzipSync(archive, { filter });
  } catch {
    return undefined;
  }
}
