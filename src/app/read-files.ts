import { createHash } from "node:crypto";
import type { FieldProblem, FileEvidence } from "../engine/types.ts";
import type { ReadOptions } from "../evidence/define-reader.ts";
import { validateDocument } from "../policy/validate-document.ts";
import type { DocumentName } from "../shapes/vocabulary.ts";
import { PortError, type KeptReading, type ReadingCache, type Tree } from "./ports.ts";

/** Greatest file of evidence, bytes. Anything larger is refused before it is fetched. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** Of a folder that is evidence as a whole. */
const MAX_FOLDER_FILES = 500;
const MAX_FOLDER_FILE_BYTES = 1024 * 1024;

export type ReadFile = (path: string, options?: ReadOptions) => Promise<FileEvidence>;

/** Reads files of a tree as evidence. What cannot be read is a value with its reason; only a failing port throws. */
export function fileReader(tree: Tree, cache: ReadingCache | undefined): ReadFile {
  const pending = new Map<string, Promise<FileEvidence>>();
  return (path, options = {}) => {
    const key = `${path}\0${JSON.stringify(options)}`;
    const known = pending.get(key);
    if (known) return known;
    const reading = readOne(tree, cache, path, options);
    pending.set(key, reading);
    return reading;
  };
}

async function readOne(tree: Tree, cache: ReadingCache | undefined, path: string, options: ReadOptions): Promise<FileEvidence> {
  const refused = (code: "missing" | "symlink" | "submodule" | "too-large", message: string): FileEvidence => ({
    source: "file",
    path,
    digest: "",
    reading: { ok: false, code, message },
  });
  const entry = tree.entries.get(path);
  if (!entry) return refused("missing", "the file is not there.");
  if (entry.kind === "symlink") return refused("symlink", "it is a symbolic link; commit the file itself.");
  if (entry.kind === "submodule") return refused("submodule", "it is a submodule; commit the file itself.");
  if (entry.size > MAX_FILE_BYTES && tree.pieces === undefined)
    return refused("too-large", `it has ${Math.ceil(entry.size / 1024 / 1024)} MiB; at most ${MAX_FILE_BYTES / 1024 / 1024} MiB are read.`);
  try {
    const key = cache ? `${await tree.blobId(path)} ${JSON.stringify(options)}` : "";
    const kept = cache?.get(key);
    if (kept) return { source: "file", path, ...kept };
    // Loaded with the first file that nobody has read yet: all formats take their time.
    const { readEvidence } = await import("../evidence/read-evidence.ts");
    const bytes = await tree.read(path, MAX_FILE_BYTES);
    const fresh: KeptReading = {
      digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
      reading: readEvidence(bytes, options),
    };
    cache?.set(key, fresh, bytes.byteLength);
    return { source: "file", path, ...fresh };
  } catch (error) {
    if (error instanceof PortError && error.code === "too-large" && tree.pieces !== undefined)
      return { source: "file", path, ...(await readPieces(tree.pieces(path), options)) };
    if (error instanceof PortError && error.code === "too-large")
      return refused("too-large", `more than ${MAX_FILE_BYTES / 1024 / 1024} MiB are not read.`);
    if (error instanceof PortError && error.code === "not-found") return refused("missing", "the file is not there.");
    // A file that may not be read is a finding; GitHub being away is not, because the same question may be answered later.
    if (error instanceof PortError && error.code === "forbidden") return refused("missing", "it may not be read.");
    throw error;
  }
}

/** A file that is too large to hold, read as it comes; not kept, because naming its blob costs as much as reading it. */
async function readPieces(pieces: Iterable<Uint8Array>, options: ReadOptions): Promise<KeptReading> {
  const { streamEvidence } = await import("../evidence/stream-evidence.ts");
  const hash = createHash("sha256");
  const stream = streamEvidence(options);
  for (const piece of pieces) {
    hash.update(piece);
    if (!stream.write(piece)) break;
  }
  return { digest: `sha256:${hash.digest("hex")}`, reading: stream.end() };
}

/** Files that are evidence together, as a folder of an MLflow run. */
export async function readFolder(tree: Tree, folder: string, paths: readonly string[], options: ReadOptions): Promise<FileEvidence> {
  const { readEvidenceFolder } = await import("../evidence/read-evidence.ts");
  const refused = (message: string): FileEvidence => ({
    source: "file",
    path: folder,
    digest: "",
    reading: { ok: false, code: "too-large", message },
  });
  if (paths.length > MAX_FOLDER_FILES) return refused(`it has ${paths.length} files; at most ${MAX_FOLDER_FILES} are read.`);
  const files = new Map<string, Uint8Array>();
  const hash = createHash("sha256");
  for (const path of paths) {
    const name = path.slice(folder.length + 1);
    try {
      const bytes = await tree.read(path, MAX_FOLDER_FILE_BYTES);
      files.set(name, bytes);
      hash.update(`${name}\0${bytes.byteLength}\0`).update(bytes);
    } catch (error) {
      if (!(error instanceof PortError) || error.retryable) throw error;
      return refused("a file in it is too large or cannot be read.");
    }
  }
  return { source: "file", path: folder, digest: `sha256:${hash.digest("hex")}`, reading: readEvidenceFolder(files, options) };
}

/** What a document's front matter lacks; nothing where it could not be read at all. */
export function fieldProblems(name: DocumentName, file: FileEvidence): FieldProblem[] {
  return file.reading.ok && file.reading.kind === "document" ? validateDocument(name, file.reading.measurement.frontMatter) : [];
}
