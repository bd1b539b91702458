import type { FileLinks } from "../report/file-links.ts";
import { renderComment } from "../report/render-comment.ts";
import type { Policy } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import { gateIds, type GateId } from "../shapes/vocabulary.ts";
import type { ChangedPaths } from "./changed-paths.ts";
import { allHolders, holdersFor } from "./holders.ts";
import {
  brokenPolicyDecision,
  checkName,
  gateDecision,
  POLICY_CHECK,
  repairDecision,
  withPolicy,
  type CheckDecision,
} from "./check-decision.ts";
import { decideGates, toPaths, type DecidedGate } from "./decide-gates.ts";
import { decidePolicy, type DecidedPolicy } from "./decide-policy.ts";
import { judgeCommit } from "./judge-commit.ts";
import { filesOf } from "./files-of.ts";
import type { Button } from "./forge.ts";
import type { MissingFile } from "./missing-files.ts";
import type { PolicyRead } from "./policy-in-force.ts";
import type { CommentToWrite } from "./publish-comment.ts";
import type { RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";
import type { OpenPull } from "./read-pull-state.ts";

/** The comment says what is open; a pull request that is only advised, or changes nothing of a system, gets none. */
function toComment(
  report: Report,
  gates: readonly DecidedGate[],
  { docsUrl, toLinks }: { docsUrl: string | undefined; toLinks(gates: readonly GateId[]): FileLinks | undefined },
): CommentToWrite | null {
  const held = gates.filter(
    ({ row }) => row.enforcement !== "advisory" && !row.evidenceOnly && row.conclusion !== "success" && row.systems.length > 0,
  );
  if (held.length === 0) return null;
  const ids = held.map(({ row }) => row.gate);
  const about = { gates: ids, systems: [...new Set(held.flatMap(({ row }) => row.systems))], docsUrl, links: toLinks(ids) };
  return { body: renderComment(report, { ...about, at: report.at }), undated: renderComment(report, about) };
}

/** What shall stand on a pull request. */
export interface DecidedPull {
  checks: CheckDecision[];
  comment: CommentToWrite | null;
  /** Gates that only warn, and would have held it. */
  warned: readonly GateId[];
  /** Files that are missing or not filled in, of every gate that holds. */
  files: readonly MissingFile[];
  /** By name of a check that holds: who may be asked, as the policy names them. */
  holders: ReadonlyMap<string, readonly string[]>;
  /** Where a hold was softened: the other pull requests with this head that were asked about; null where nothing was softened. */
  siblings: readonly string[] | null;
}

const nothingElse = { warned: [], files: [], holders: new Map<string, string[]>() };

async function decideUnderBroken(
  read: Extract<PolicyRead, { kind: "broken" }>,
  { check, siblings }: DecidedPolicy,
  changedFiles: () => Promise<ChangedPaths>,
): Promise<DecidedPull> {
  // What mends the policy, and nothing else, may be merged once an administrator has approved it: else nothing ever could.
  const changed = check?.conclusion === "success" ? await changedFiles() : "all";
  const mends = changed !== "all" && changed.size === 1;
  const gates = gateIds.map((gate) => (mends ? repairDecision(gate) : brokenPolicyDecision(gate, read.problems)));
  return { checks: check ? [...gates, check] : gates, comment: null, ...nothingElse, siblings };
}

/** Judges the head by the policy in force and says what each check and the comment shall tell. */
export async function decidePull(deps: AppDeps, repository: RepositoryRef, { pull, head, inForce }: OpenPull): Promise<DecidedPull> {
  let asked: Promise<Parameters<typeof toPaths>[0]> | undefined;
  const changedFiles = async () => toPaths(await (asked ??= deps.forge.changedFiles(repository, pull.number)));
  const at = deps.now();
  const { read, tree } = inForce;
  const judge = (policy: Policy, digest: string) => judgeCommit(deps, repository, head, { policy, digest, at });
  const aboutPolicy = { repository, pull, head, inForce, changedFiles, judge };
  if (read.kind === "broken") return decideUnderBroken(read, await decidePolicy(deps, aboutPolicy), changedFiles);
  if (read.kind === "absent" || tree === null) {
    const { check } = await decidePolicy(deps, aboutPolicy);
    return { checks: check ? [check] : [], comment: null, ...nothingElse, siblings: null };
  }
  const report = await judge(read.policy, read.digest);
  const seen = { repository, pull, head, defaultTree: tree, policy: read.policy, report, changedFiles };
  const [{ gates, siblings }, policy] = await Promise.all([decideGates(deps, seen), decidePolicy(deps, aboutPolicy)]);
  const { files, toLinks } = filesOf(deps, { repository, pull, head, report, policy: read.policy, gates });
  const holders = new Map(gates.map(({ row }) => [checkName(row.gate), holdersFor(report, read.policy, row)]));
  if (policy.check?.conclusion === "action_required") holders.set(POLICY_CHECK, allHolders(read.policy));
  const offersOf = (name: string, hasFiles: boolean): Button[] => [
    ...(hasFiles ? ["add-missing" as const] : []),
    ...(holders.get(name)?.length ? ["ask-holders" as const] : []),
  ];
  const checks = gates.map(({ row, others }) => {
    const links = toLinks([row.gate]);
    const offers = offersOf(checkName(row.gate), links !== undefined);
    return withPolicy(gateDecision(report, row, others, { docsUrl: deps.docsUrl, links, offers }), policy.check);
  });
  return {
    checks: policy.check ? [...checks, { ...policy.check, offers: offersOf(POLICY_CHECK, false) }] : checks,
    comment: toComment(report, gates, { docsUrl: deps.docsUrl, toLinks }),
    warned: gates
      .filter(({ row }) => row.enforcement === "warn" && row.conclusion === "neutral" && !row.evidenceOnly)
      .map(({ row }) => row.gate),
    files,
    holders,
    siblings: known(siblings, policy.siblings),
  };
}

/** What both questions knew of. */
const known = (one: string[] | null, other: string[] | null) => (one && other ? one.filter((key) => other.includes(key)) : (one ?? other));
