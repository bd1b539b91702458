import type { CommitTree } from "./forge.ts";

/** Paths that a change touches; "all" where nobody can tell. */
export type ChangedPaths = ReadonlySet<string> | "all";

/** Paths whose content or kind differs between two commits, deleted ones included. */
export function treeDifference(one: CommitTree, other: CommitTree): ChangedPaths {
  if (one.truncated || other.truncated) return "all";
  const changed = new Set<string>();
  for (const [path, entry] of one.entries)
    if (one.idOf(path) !== other.idOf(path) || entry.kind !== other.entries.get(path)?.kind) changed.add(path);
  for (const path of other.entries.keys()) if (!one.entries.has(path)) changed.add(path);
  return changed;
}

export function union(one: ChangedPaths, other: ChangedPaths): ChangedPaths {
  return one === "all" || other === "all" ? "all" : new Set([...one, ...other]);
}
