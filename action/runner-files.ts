import { appendFileSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { utf8Length } from "../src/report/fit.ts";

/** Of one step; a file over it is not shown at all. https://docs.github.com/actions/reference/limits */
const MAX_SUMMARY_BYTES = 1024 * 1024;

/** Appends outputs for later steps; values may hold line breaks. */
export function appendOutputs(file: string, outputs: Readonly<Record<string, string>>): void {
  const entries = Object.entries(outputs).map(([name, value]) => {
    const end = `end-${randomUUID()}`; // nobody who writes a value knows it
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
  appendFileSync(file, entries.join(""));
}

/** Appends to the step's summary; false where GitHub would no longer show it. */
export function appendSummary(file: string, markdown: string): boolean {
  const there = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (there + utf8Length(markdown) > MAX_SUMMARY_BYTES) return false;
  appendFileSync(file, markdown);
  return true;
}

/** Writes into a folder of its own, so that no earlier file or link is in the way. Returns the path. */
export function writeReport(temporary: string, name: string, content: string): string {
  const path = join(mkdtempSync(join(temporary, "pilotgate-")), name);
  writeFileSync(path, content, { flag: "wx" });
  return path;
}
