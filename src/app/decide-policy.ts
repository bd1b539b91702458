import { comparePolicies } from "../policy/compare-policies.ts";
import type { Policy } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import { gateIds } from "../shapes/vocabulary.ts";
import type { CheckDecision } from "./check-decision.ts";
import type { ChangedPaths } from "./changed-paths.ts";
import { guards, isWorse } from "./conclude.ts";
import { POLICY_PATH, type CommitTree, type PullState } from "./forge.ts";
import { independentApprovers, missingApprovals, systemsLoosened } from "./policy-approval.ts";
import * as say from "./policy-check-text.ts";
import type { PolicyRead } from "./policy-in-force.ts";
import type { RepositoryRef } from "./ports.ts";
import { siblingKey, toPaths } from "./decide-gates.ts";
import type { AppDeps, InForce } from "./pull-deps.ts";

/* `pilotgate/policy`: may the policy change like this? Asked only where the head's policy is not the one in force. */

export interface PolicyChange {
  repository: RepositoryRef;
  pull: PullState;
  head: CommitTree;
  inForce: InForce;
  changedFiles(): Promise<ChangedPaths>;
  judge(policy: Policy, digest: string): Promise<Report>;
}

/** Is the branch one for which a policy speaks? A first policy speaks for the default branch, a broken one may speak for any. */
function isGuarded(read: PolicyRead, { baseRef, defaultBranch }: PullState): boolean {
  if (read.kind === "broken") return true;
  if (read.kind === "absent") return baseRef === defaultBranch;
  return read.policy.systems.some((system) => gateIds.some((gate) => guards(system, gate, baseRef, defaultBranch)));
}

const hasPolicy = (changed: ChangedPaths) => changed === "all" || changed.has(POLICY_PATH);

/**
 * Pull requests with this head that change the policy: a check belongs to the commit, so another one's change counts here too.
 * A head that is merely behind changes nothing.
 */
async function changing(
  deps: AppDeps,
  { repository, pull, head, inForce, changedFiles }: PolicyChange,
): Promise<{ pulls: PullState[]; siblings: string[] | null }> {
  if (isGuarded(inForce.read, pull) && hasPolicy(await changedFiles())) return { pulls: [pull], siblings: null };
  const others = (await deps.forge.pullsWithHead(repository, head.commit)).filter(({ number }) => number !== pull.number);
  const found = await Promise.all(
    others
      .filter((other) => isGuarded(inForce.read, other))
      .map(async (other) => (hasPolicy(toPaths(await deps.forge.changedFiles(repository, other.number))) ? [other] : [])),
  );
  return { pulls: found.flat(), siblings: others.map(siblingKey) };
}

async function decideRepair(deps: AppDeps, { repository }: PolicyChange, pull: PullState, preview: string): Promise<CheckDecision> {
  const logins = await independentApprovers(deps, repository, pull);
  const administrators = await Promise.all(
    logins.map(async (login) => ((await deps.forge.isAdministrator(repository, login)) ? [login] : [])),
  );
  const by = administrators.flat();
  return by.length > 0 ? say.repairApproved(by, preview) : say.repairWaits(preview);
}

async function decideFor(deps: AppDeps, change: PolicyChange, pull: PullState, proposed: PolicyRead): Promise<CheckDecision> {
  const { read } = change.inForce;
  if (proposed.kind === "broken") return say.proposedBroken(proposed.problems);
  const preview = proposed.kind === "valid" ? say.previewText(await change.judge(proposed.policy, proposed.digest)) : "";
  if (read.kind === "absent") return say.firstPolicy(preview);
  if (read.kind === "broken") return decideRepair(deps, change, pull, preview);
  const loosenings = comparePolicies(read.file, proposed.kind === "valid" ? proposed.file : null);
  if (loosenings.length === 0) return say.notLooser(preview);
  const systems = systemsLoosened(read.policy, loosenings);
  const logins = await independentApprovers(deps, change.repository, pull);
  const { waiting, by } = await missingApprovals(deps, change.repository, systems, logins);
  return waiting.length > 0 ? say.looseningWaits(loosenings, waiting, preview) : say.looseningApproved(loosenings, by, preview);
}

export interface DecidedPolicy {
  /** Null where nothing is to be said about the policy. */
  check: CheckDecision | null;
  /** Where this pull request itself does not change the policy that its head brings: the others with its head that were asked about. */
  siblings: string[] | null;
}

export async function decidePolicy(deps: AppDeps, change: PolicyChange): Promise<DecidedPolicy> {
  const { head, inForce } = change;
  const before = inForce.tree?.entries.get(POLICY_PATH);
  const after = head.entries.get(POLICY_PATH);
  if (before?.kind === after?.kind && inForce.tree?.idOf(POLICY_PATH) === head.idOf(POLICY_PATH)) return { check: null, siblings: null };
  const { pulls, siblings } = await changing(deps, change);
  if (pulls.length === 0) return { check: null, siblings };
  const proposed = await deps.readPolicy(head);
  const decisions = await Promise.all(pulls.map((pull) => decideFor(deps, change, pull, proposed)));
  return { check: decisions.reduce((worst, next) => (isWorse(next.conclusion, worst.conclusion) ? next : worst)), siblings };
}
