import type { TreeEntry } from "../app/ports.ts";

/** All files of one commit with their blob ids, as GitHub lists them. Immutable. */
export interface Listing {
  entries: ReadonlyMap<string, TreeEntry>;
  ids: ReadonlyMap<string, string>;
  truncated: boolean;
}

/** The part of GitHub's answer that is read. */
export interface TreeAnswer {
  truncated?: boolean;
  tree: { path?: string; mode?: string; type?: string; sha?: string | null; size?: number }[];
}

function kindOf(mode: string | undefined, type: string | undefined): TreeEntry["kind"] | null {
  if (mode === "120000") return "symlink";
  if (mode === "160000" || type === "commit") return "submodule";
  return type === "blob" ? "file" : null;
}

export function toListing({ tree, truncated = false }: TreeAnswer): Listing {
  const entries = new Map<string, TreeEntry>();
  const ids = new Map<string, string>();
  for (const { path, mode, type, sha, size } of tree) {
    const kind = kindOf(mode, type);
    if (kind === null || path === undefined || !sha) continue;
    // A file without a size is taken as empty here; what is read is bounded again while it arrives.
    entries.set(path, { path, kind, size: size ?? 0 });
    ids.set(path, sha);
  }
  return { entries, ids, truncated };
}
