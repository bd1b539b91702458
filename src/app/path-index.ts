import { matcher } from "../policy/globs.ts";

/** Paths of a tree, sorted once, so that a glob with a literal beginning looks at a few of them only. */
export interface PathIndex {
  has(path: string): boolean;
  hasFolder(path: string): boolean;
  /** Paths below a folder, in order. */
  under(folder: string): string[];
  /** Paths that match one of the globs, in order. */
  matching(globs: readonly string[]): string[];
}

export function toPathIndex(paths: Iterable<string>): PathIndex {
  const sorted = [...paths].sort((a, b) => (a < b ? -1 : 1));
  const all = new Set(sorted);
  const withPrefix = (prefix: string): string[] => {
    if (prefix === "") return sorted;
    const first = lowerBound(sorted, prefix);
    let end = first;
    while (sorted[end]?.startsWith(prefix) === true) end += 1;
    return sorted.slice(first, end);
  };
  return {
    has: (path) => all.has(path),
    hasFolder: (path) => withPrefix(asFolder(path)).length > 0,
    under: (folder) => withPrefix(asFolder(folder)),
    matching(globs) {
      const found = new Set<string>();
      for (const glob of globs) {
        const matches = matcher([glob]);
        for (const path of withPrefix(literalPrefix(glob))) if (matches(path)) found.add(path);
      }
      return [...found].sort((a, b) => (a < b ? -1 : 1));
    },
  };
}

function asFolder(path: string): string {
  return path === "" || path === "." ? "" : `${path.replace(/\/+$/, "")}/`;
}

/** What every match of a glob begins with. */
function literalPrefix(glob: string): string {
  const special = glob.search(/[*?[\]{}()!+@\\]/);
  return special === -1 ? glob : glob.slice(0, special);
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
