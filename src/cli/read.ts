import { resolve } from "node:path";
import { readEvidence } from "../evidence/read-evidence.ts";
import { renderReading, renderReadingsJson, type NamedReading } from "../report/render-reading.ts";
import type { UnreadableCode } from "../shapes/measurements.ts";
import type { ExitCode, Io } from "./io.ts";
import { readInput, type InputProblem } from "./read-input.ts";

const MAX_BYTES = 32 * 1024 * 1024;

const codes: Partial<Record<InputProblem, UnreadableCode>> = { missing: "missing", "too-large": "too-large" };

async function readOne(path: string, io: Io): Promise<NamedReading> {
  const input = await readInput(resolve(io.cwd, path), MAX_BYTES);
  if (input.ok) return { path, reading: readEvidence(input.bytes) };
  const hint = input.problem === "folder" ? "it is a folder, and this version reads files: name those in it" : input.message;
  const message = `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`;
  return { path, reading: { ok: false, code: codes[input.problem] ?? "not-parseable", message } };
}

/** `pilotgate read FILE…`: prints every file, also where one cannot be read; then the exit code is 2. */
export async function read(files: readonly string[], options: { format: "text" | "json" }, io: Io): Promise<ExitCode> {
  const readings: NamedReading[] = [];
  for (const file of files) {
    const named = await readOne(file, io);
    readings.push(named);
    if (options.format === "text") {
      io.out(`${readings.length > 1 ? "\n" : ""}${renderReading(named, { color: io.color.out, width: io.width })}`);
    }
  }
  if (options.format === "json") io.out(renderReadingsJson(readings));
  return readings.every(({ reading }) => reading.ok) ? 0 : 2;
}
