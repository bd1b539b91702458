import { gateIds } from "../shapes/vocabulary.ts";
import { brokenPolicyDecision, gateDecision, type CheckDecision } from "./check-decision.ts";
import { treeDifference, union } from "./changed-paths.ts";
import { conclude } from "./conclude.ts";
import { judgeCommit } from "./judge-commit.ts";
import type { RepositoryRef } from "./ports.ts";
import { publishChecks } from "./publish-checks.ts";
import { readInForce, type AppDeps } from "./pull-deps.ts";
import { touchOf } from "./touch.ts";

export interface GroupToJudge {
  repository: RepositoryRef;
  headSha: string;
  /** Branch that the queue merges into. */
  baseRef: string;
  defaultBranch: string;
}

/** A commit of the merge queue: the merged tree is judged anew, because its base has moved. The queue waits, so every way out answers. */
export async function judgeMergeGroup(deps: AppDeps, { repository, headSha, baseRef, defaultBranch }: GroupToJudge): Promise<void> {
  const { forge } = deps;
  const [head, inForce] = await Promise.all([forge.tree(repository, headSha), readInForce(deps, repository, defaultBranch)]);
  const { read, tree } = inForce;
  if (read.kind === "absent" || tree === null) return;
  const publish = (decisions: readonly CheckDecision[]) =>
    publishChecks(forge, repository, headSha, decisions, { known: {}, asked: false });
  if (read.kind === "broken") {
    await publish(gateIds.map((gate) => brokenPolicyDecision(gate, read.problems)));
    return;
  }
  const report = await judgeCommit(deps, repository, head, { policy: read.policy, digest: read.digest, at: deps.now() });
  const target = { branch: baseRef, defaultBranch };
  let rows = conclude(report, read.policy, target, () => "system");
  if (rows.some(({ conclusion }) => conclusion !== "success")) {
    const tip = baseRef === defaultBranch ? tree.commit : await forge.branchTip(repository, baseRef);
    const base = tip === null ? null : await forge.tree(repository, tip);
    const changed = base === null ? "all" : union(treeDifference(base, head), treeDifference(tree, head));
    rows = conclude(report, read.policy, target, (system) => touchOf(system, changed));
  }
  await publish(rows.map((row) => gateDecision(report, row, [], { docsUrl: deps.docsUrl })));
}
