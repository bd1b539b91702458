import type { ReadDocument } from "./types.ts";

/** Where a front matter key stands: the path, and the line where the key is there. */
export function documentPlace({ path, frontMatterLines }: ReadDocument, key: string): { path: string; line?: number } {
  const line = Object.hasOwn(frontMatterLines, key) ? frontMatterLines[key] : undefined;
  return line === undefined ? { path } : { path, line };
}
