import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReadOptions } from "../../src/evidence/define-reader.ts";
import { readEvidence } from "../../src/evidence/read-evidence.ts";
import type { MeasurementOf, Read, Reading, Unreadable } from "../../src/shapes/measurements.ts";
import type { Kind } from "../../src/shapes/vocabulary.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}/test/fixtures/evidence`;
const notEvidence = new Set(["README.md", "promptfoo-assistant.mjs", "promptfoo-suite.yaml", "server.mjs", "suite.mjs"]);

export interface Fixture {
  name: string;
  /** Format that it is: the beginning of its name. */
  format: string;
  bytes: Uint8Array;
  /** What the policy says of it, where it cannot be read otherwise. */
  options: ReadOptions;
}

/** Our own files, at least one a format; names begin with the format. */
export function fixtures(formats: readonly string[]): Fixture[] {
  return readdirSync(folder)
    .filter((name) => !notEvidence.has(name))
    .map((name) => {
      const format = formats.filter((id) => name.startsWith(id)).sort((one, other) => other.length - one.length)[0] ?? "none";
      const options = name.startsWith("survey-csv-qualtrics") ? { columns: { score: "Q1" } } : {};
      return { name, format, options, bytes: readFileSync(`${folder}/${name}`) };
    });
}

export function fixture(name: string): string {
  return readFileSync(`${folder}/${name}`, "utf8");
}

const samplesFolder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));

/** Files of the real tools, kept beside the project; an empty list where they are not. */
export function samples(): { path: string; bytes: Uint8Array }[] {
  if (!existsSync(samplesFolder)) return [];
  return readdirSync(samplesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
    .map((path) => ({ path: path.slice(samplesFolder.length + 1), bytes: readFileSync(path) }));
}

export function read(content: string | Uint8Array, options: ReadOptions = {}): Reading {
  return readEvidence(typeof content === "string" ? new TextEncoder().encode(content) : content, options);
}

/** The reading of a file that must be readable as this kind. */
export function readAs<K extends Kind>(
  kind: K,
  content: string | Uint8Array,
  options: ReadOptions = {},
): Read & { measurement: MeasurementOf[K] } {
  const reading = read(content, options);
  if (!reading.ok) throw new Error(`refused: ${reading.code} ${reading.message}`);
  if (reading.kind !== kind) throw new Error(`read as ${reading.kind}`);
  // The kind was just compared; the compiler does not narrow a union by a type parameter.
  return reading as Read & { measurement: MeasurementOf[K] };
}

/** The refusal of a file that must be refused. */
export function refusal(content: string | Uint8Array, options: ReadOptions = {}): Unreadable {
  const reading = read(content, options);
  if (reading.ok) throw new Error(`read as ${reading.format}`);
  return reading;
}
