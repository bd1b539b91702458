import type { System } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import { treeDifference, union, type ChangedPaths } from "./changed-paths.ts";
import { blocks, conclude, isWorse, worstFor, type GateConclusion } from "./conclude.ts";
import type { CommitTree, PullState } from "./forge.ts";
import type { PolicyRead } from "./policy-in-force.ts";
import type { RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";
import { touchOf } from "./touch.ts";

/* What the gates say about a pull request. A plain hold needs no further question; only what would soften it is asked for. */

export interface DecidedGate {
  row: GateConclusion;
  /** Pull requests with the same head that are held, and hold this one with them. */
  others: number[];
}

export interface DecidedGates {
  gates: DecidedGate[];
  /** Where a hold was softened by what this pull request changes or where it goes: the others with its head that were asked about. */
  siblings: string[] | null;
}

/** A pull request and where it goes. */
export const siblingKey = ({ number, baseRef }: PullState): string => `${number} ${baseRef}`;

interface Seen {
  repository: RepositoryRef;
  pull: PullState;
  head: CommitTree;
  defaultTree: CommitTree;
  policy: Extract<PolicyRead, { kind: "valid" }>["policy"];
  report: Report;
  /** Asks GitHub once for the files that the pull request changes. */
  changedFiles(): Promise<ChangedPaths>;
}

export const toPaths = ({ paths, complete }: { paths: string[]; complete: boolean }): ChangedPaths => (complete ? new Set(paths) : "all");

const concludeFor = (seen: Seen, pull: PullState, touch: (system: System) => "none" | "evidence" | "system") =>
  conclude(seen.report, seen.policy, { branch: pull.baseRef, defaultBranch: pull.defaultBranch }, touch);
const isHeld = (rows: readonly GateConclusion[], report: Report) =>
  rows.some(({ gate, systems }) =>
    report.systems.some(({ id, gates }) => systems.includes(id) && gates.some((one) => one.id === gate && one.verdict === "hold")),
  );

/** Compared with its base and with the default branch, so that a base that already holds the change hides nothing. */
async function withTouches(seen: Seen, plain: GateConclusion[]): Promise<GateConclusion[]> {
  if (!isHeld(plain, seen.report)) return plain;
  const ahead = treeDifference(seen.defaultTree, seen.head);
  const byTrees = concludeFor(seen, seen.pull, (system) => touchOf(system, ahead));
  const same = byTrees.every(
    (row, index) => row.conclusion === plain[index]?.conclusion && row.systems.length === plain[index]?.systems.length,
  );
  if (same && !byTrees.some(({ evidenceOnly }) => evidenceOnly)) return plain;
  const changed = union(ahead, await seen.changedFiles());
  return concludeFor(seen, seen.pull, (system) => touchOf(system, changed));
}

/** What another pull request with the same head would be told. */
async function concludeOther(deps: AppDeps, seen: Seen, other: PullState): Promise<GateConclusion[]> {
  const ahead = treeDifference(seen.defaultTree, seen.head);
  const changed = union(ahead, toPaths(await deps.forge.changedFiles(seen.repository, other.number)));
  return concludeFor(seen, other, (system) => touchOf(system, changed));
}

const isSoftened = (row: GateConclusion, seen: Seen) => {
  const worst = worstFor(seen.report, seen.policy, row.gate);
  return blocks(worst) && !blocks(row.conclusion);
};

/** A check belongs to a commit: it says the worst that any open pull request with this head has to be told. */
export async function decideGates(deps: AppDeps, seen: Seen): Promise<DecidedGates> {
  const rows = await withTouches(
    seen,
    concludeFor(seen, seen.pull, () => "system"),
  );
  if (!rows.some((row) => isSoftened(row, seen))) return { gates: rows.map((row) => ({ row, others: [] })), siblings: null };
  const listed = await deps.forge.pullsWithHead(seen.repository, seen.head.commit);
  const others = listed.filter(({ number }) => number !== seen.pull.number);
  const theirs = await Promise.all(others.map(async (pull) => ({ pull, rows: await concludeOther(deps, seen, pull) })));
  const gates = rows.map((row) => {
    const worse = theirs.flatMap(({ pull, rows: told }) => {
      const one = told.find(({ gate }) => gate === row.gate);
      return one && isWorse(one.conclusion, row.conclusion) && blocks(one.conclusion)
        ? [{ number: pull.number, conclusion: one.conclusion }]
        : [];
    });
    const conclusion = worse.reduce((worst, next) => (isWorse(next.conclusion, worst) ? next.conclusion : worst), row.conclusion);
    return { row: { ...row, conclusion }, others: worse.map(({ number }) => number) };
  });
  return { gates, siblings: others.map(siblingKey) };
}
