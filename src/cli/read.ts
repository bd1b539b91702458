import { resolve } from "node:path";
import { maxBytes } from "../evidence/decode-text.ts";
import { readArchive } from "../evidence/read-archive.ts";
import { readEvidence, readEvidenceFolder } from "../evidence/read-evidence.ts";
import { streamEvidence } from "../evidence/stream-evidence.ts";
import { renderReading, renderReadingsJson, type NamedReading } from "../report/render-reading.ts";
import type { Reading, UnreadableCode } from "../shapes/measurements.ts";
import type { ExitCode, Io } from "./io.ts";
import { showProgress } from "./progress.ts";
import { readFolder } from "./read-folder.ts";
import { readInput, readPieces, type InputProblem } from "./read-input.ts";

const codes: Partial<Record<InputProblem, UnreadableCode>> = { missing: "missing", "too-large": "too-large" };

/** A file or folder; several readings only of an archive that is no evidence as a whole, one for each file in it. */
function readOne(path: string, io: Io): NamedReading[] {
  const full = resolve(io.cwd, path);
  const input = readInput(full, maxBytes);
  if (input.ok) {
    const reading = readEvidence(input.bytes);
    return reading.ok ? [{ path, reading }] : (readArchive(path, input.bytes) ?? [{ path, reading }]);
  }
  if (input.problem === "too-large") return [{ path, reading: readLarge(full, path, io) }];
  if (input.problem === "folder") {
    const files = readFolder(full);
    return [{ path, reading: "ok" in files ? files : readEvidenceFolder(files) }];
  }
  return [{ path, reading: refusal(codes[input.problem] ?? "not-parseable", input.message) }];
}

function refusal(code: UnreadableCode, message: string): Reading {
  return { ok: false, code, message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
}

function readLarge(full: string, path: string, io: Io): Reading {
  const stream = streamEvidence();
  const progress = showProgress(io, `reading ${path}`);
  const wasRead = readPieces(full, (piece, share) => {
    progress.at(`${Math.floor(share * 100)} %`);
    return stream.write(piece);
  });
  progress.done();
  return wasRead ? stream.end() : refusal("not-parseable", "it could not be read to its end");
}

/** `pilotgate read FILE…`: prints every file, also where one cannot be read; then the exit code is 2. */
export async function read(files: readonly string[], options: { format: "text" | "json" }, io: Io): Promise<ExitCode> {
  const readings: NamedReading[] = [];
  for (const file of files) {
    for (const named of readOne(file, io)) {
      readings.push(named);
      if (options.format === "text") {
        io.out(`${readings.length > 1 ? "\n" : ""}${renderReading(named, { color: io.color.out, width: io.width })}`);
      }
    }
  }
  if (options.format === "json") io.out(renderReadingsJson(readings));
  return readings.every(({ reading }) => reading.ok) ? 0 : 2;
}
