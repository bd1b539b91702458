import type { Reading } from "../shapes/measurements.ts";
import { toContent } from "./content.ts";
import { readEvidence } from "./read-evidence.ts";

/** More entries of one archive are not read one by one. */
const maxFiles = 200;

/**
 * The files in an archive, each read by itself: what a workflow uploads as an artifact. Undefined where it is none, is empty, or holds
 * too many. Archives in it are not opened.
 */
export function readArchive(path: string, bytes: Uint8Array): { path: string; reading: Reading }[] | undefined {
  const { inside } = toContent(bytes);
  if (inside === undefined || inside.names.length === 0 || inside.names.length > maxFiles) return undefined;
  return inside.names.map((name) => {
    const entry = inside.bytes(name);
    return { path: `${path}/${name}`, reading: entry.ok ? readEvidence(entry.value) : entry };
  });
}
