import type { Policy } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import type { CommitTree } from "./forge.ts";
import { judgeTree } from "./judge-tree.ts";
import type { RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";

/** The App's verdict on one commit by one policy. It has no facts of GitHub yet, so what needs them is missing. */
export function judgeCommit(
  { forge, toolVersion }: AppDeps,
  repository: RepositoryRef,
  tree: CommitTree,
  { policy, digest, at }: { policy: Policy; digest: string; at: string },
): Promise<Report> {
  return judgeTree({
    tree,
    policy,
    policyDigest: digest,
    at,
    facts: null,
    factsSource: "none",
    toolVersion,
    readings: forge.readings(repository),
  });
}
