import { renderComment } from "../report/render-comment.ts";
import type { Report } from "../shapes/report.ts";
import { gateIds } from "../shapes/vocabulary.ts";
import { brokenPolicyDecision, gateDecision, type CheckDecision } from "./check-decision.ts";
import { decideGates, siblingKey, toPaths, type DecidedGate } from "./decide-gates.ts";
import { decidePolicy } from "./decide-policy.ts";
import { forgetPull } from "./forget-pull.ts";
import type { CommitTree, PullState } from "./forge.ts";
import { judgeTree } from "./judge-tree.ts";
import { PortError, type PullHint, type PullRecord, type RepositoryRef } from "./ports.ts";
import { newestChecks, publishChecks } from "./publish-checks.ts";
import { publishComment } from "./publish-comment.ts";
import { readInForce, type AppDeps, type InForce } from "./pull-deps.ts";

/* One pull request, from GitHub's present state to what is published. Events are hints: everything is read again here. */

export interface PullToJudge {
  repository: RepositoryRef;
  number: number;
  hint?: PullHint | undefined;
  /** Somebody asked: publish even what did not change. */
  asked: boolean;
}

interface State {
  pull: PullState;
  head: CommitTree;
  inForce: InForce;
  record: PullRecord | null;
}

const LAG_MS = [400, 1500];

/** An event can be ahead of what GitHub answers: a state older than the event's is read again, a few times. */
async function readPull(
  { forge, pause }: AppDeps,
  repository: RepositoryRef,
  number: number,
  hint: PullHint | undefined,
): Promise<PullState> {
  let pull = await forge.pull(repository, number);
  for (const ms of LAG_MS) {
    if (hint === undefined || Date.parse(hint.updatedAt) <= Date.parse(pull.updatedAt)) break;
    await pause(ms);
    pull = await forge.pull(repository, number);
  }
  return pull;
}

/** Reads everything at once that does not depend on each other, guessing from the hint what it may. */
async function readState(
  deps: AppDeps,
  { repository, number, hint }: PullToJudge,
): Promise<State | { pull: PullState; record: PullRecord | null }> {
  const { forge, records } = deps;
  // A guess that fails is asked again below, and fails there if it must.
  const guess = <T>(asked: Promise<T>) => asked.catch(() => undefined);
  const guessedHead = hint ? guess(forge.tree(repository, hint.headSha)) : undefined;
  const guessedInForce = hint ? guess(readInForce(deps, repository, hint.defaultBranch)) : undefined;
  const [pull, record] = await Promise.all([readPull(deps, repository, number, hint), records.find(repository.id, number)]);
  if (!pull.open) return { pull, record };
  const [head, inForce] = await Promise.all([
    guessedHead
      ?.then((tree) => (tree?.commit === pull.headSha ? tree : undefined))
      .then((tree) => tree ?? forge.tree(repository, pull.headSha)) ?? forge.tree(repository, pull.headSha),
    (hint?.defaultBranch === pull.defaultBranch ? guessedInForce : undefined)?.then(
      (read) => read ?? readInForce(deps, repository, pull.defaultBranch),
    ) ?? readInForce(deps, repository, pull.defaultBranch),
  ]);
  return { pull, head, inForce, record };
}

/** The comment says what is open; a pull request that is only advised, or changes nothing of a system, gets none. */
function commentBody(report: Report, gates: readonly DecidedGate[], docsUrl: string): string | null {
  const held = gates.filter(
    ({ row }) => row.enforcement !== "advisory" && !row.evidenceOnly && row.conclusion !== "success" && row.systems.length > 0,
  );
  if (held.length === 0) return null;
  return renderComment(report, {
    gates: held.map(({ row }) => ({ id: row.gate, enforcement: row.enforcement, from: row.from })),
    systems: [...new Set(held.flatMap(({ row }) => row.systems))],
    docsUrl,
  });
}

interface Decided {
  checks: CheckDecision[];
  comment: string | null;
  siblings: readonly string[] | null;
}

async function decide(deps: AppDeps, repository: RepositoryRef, { pull, head, inForce }: State): Promise<Decided> {
  let asked: Promise<Parameters<typeof toPaths>[0]> | undefined;
  const changedFiles = async () => toPaths(await (asked ??= deps.forge.changedFiles(repository, pull.number)));
  const at = deps.now();
  const { read, tree } = inForce;
  const judge = (policy: Parameters<typeof judgeTree>[0]["policy"], policyDigest: string) =>
    judgeTree({
      tree: head,
      policy,
      policyDigest,
      at,
      facts: null,
      factsSource: "none",
      toolVersion: deps.toolVersion,
      readings: deps.forge.readings(repository),
    });
  const policyCheck = decidePolicy(deps, { repository, pull, head, inForce, changedFiles, judge });
  if (read.kind === "absent" || tree === null) return { checks: await policyCheck, comment: null, siblings: null };
  if (read.kind === "broken")
    return {
      checks: [...gateIds.map((gate) => brokenPolicyDecision(gate, read.problems)), ...(await policyCheck)],
      comment: null,
      siblings: null,
    };
  const report = await judge(read.policy, read.digest);
  const seen = { repository, pull, head, defaultTree: tree, policy: read.policy, report, changedFiles };
  const [{ gates, siblings }, policyChecks] = await Promise.all([decideGates(deps, seen), policyCheck]);
  return {
    checks: [...gates.map(({ row, others }) => gateDecision(report, row, others, deps.docsUrl)), ...policyChecks],
    comment: commentBody(report, gates, deps.docsUrl),
    siblings,
  };
}

async function publish(deps: AppDeps, { repository, asked }: PullToJudge, { pull, head, record }: State, decided: Decided): Promise<void> {
  const { forge, records } = deps;
  const sharing = await records.withHead(repository.id, head.commit);
  const known = newestChecks([record, ...sharing], head.commit);
  const [checks, comment] = await Promise.all([
    publishChecks(forge, repository, head.commit, decided.checks, { known, asked }),
    pull.draft ? (record?.comment ?? null) : publishComment(forge, repository, pull, record?.comment ?? null, decided.comment),
  ]);
  await records.save({
    repositoryId: repository.id,
    number: pull.number,
    headSha: head.commit,
    baseRef: pull.baseRef,
    open: true,
    checks,
    comment,
    judgedAt: deps.now(),
  });
}

const MAX_TURNS = 3;

async function hasNewSibling(
  { forge }: AppDeps,
  { repository, number }: PullToJudge,
  { head }: State,
  known: readonly string[],
): Promise<boolean> {
  const now = await forge.pullsWithHead(repository, head.commit);
  return now.some((pull) => pull.number !== number && !known.includes(siblingKey(pull)));
}

/** Reads, judges and publishes. Returns the state of the pull request that the answer is about. Throws PortError. */
export async function judgePull(deps: AppDeps, subject: PullToJudge): Promise<PullState> {
  for (let turn = 1; ; turn += 1) {
    const state = await readState(deps, subject);
    if (!("head" in state)) {
      await forgetPull(deps, subject.repository, state.record);
      return state.pull;
    }
    const decided = await decide(deps, subject.repository, state);
    await publish(deps, subject, state, decided);
    // Another pull request with this head, opened while we wrote, may have been told worse before our softer answer came.
    if (decided.siblings === null || !(await hasNewSibling(deps, subject, state, decided.siblings))) return state.pull;
    if (turn === MAX_TURNS)
      throw new PortError("conflict", "Other pull requests with the same head keep appearing.", { retryable: true, retryAfterMs: 2000 });
  }
}
