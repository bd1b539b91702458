import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable, type Measured } from "./define-reader.ts";
import { nameOf } from "./fields.ts";

/**
 * A file of a version that was not known when its reader was written: read where its shape still fits, with a note; else refused by name
 * and version. `known` is what is read for sure, in words.
 */
export function ofNewerVersion(
  measured: Measured | Unreadable,
  name: string,
  version: string | number,
  known: string,
): Measured | Unreadable {
  const which = `Version ${nameOf(String(version))} of ${name}`;
  if ("ok" in measured) return unreadable("unsupported-version", `${which} is not known, and its shape is another one; ${known}.`);
  return { ...measured, notes: [`${which} is newer than those that are known (${known}); its shape fits`, ...(measured.notes ?? [])] };
}
