import { treeDifference, union, type ChangedPaths } from "../src/app/changed-paths.ts";
import { toPaths } from "../src/app/decide-gates.ts";
import type { CommitTree } from "../src/app/forge.ts";
import type { GitHub } from "./github.ts";
import type { Occasion } from "./occasion.ts";

/**
 * Paths that a pull request or merge group changes, as the App compares them: with its base and with the default branch. Everything where
 * GitHub does not say, because then nothing may be softened.
 */
export async function changedPaths(
  { forge, repository }: GitHub,
  occasion: Exclude<Occasion, { kind: "commit" }>,
  defaultTree: CommitTree,
): Promise<ChangedPaths> {
  try {
    const head = await forge.tree(repository, occasion.headSha);
    const ahead = treeDifference(defaultTree, head);
    if (occasion.kind === "pull") return union(ahead, toPaths(await forge.changedFiles(repository, occasion.number)));
    if (occasion.baseRef === occasion.defaultBranch) return ahead;
    const tip = await forge.branchTip(repository, occasion.baseRef);
    return tip === null ? "all" : union(ahead, treeDifference(await forge.tree(repository, tip), head));
  } catch {
    return "all";
  }
}
