import { checkName, POLICY_CHECK, withAnswer } from "./check-decision.ts";
import { decidePull, type DecidedPull } from "./decide-pull.ts";
import { siblingKey } from "./decide-gates.ts";
import { forgetPull } from "./forget-pull.ts";
import type { PullState } from "./forge.ts";
import { PortError } from "./ports.ts";
import { newestChecks, publishChecks } from "./publish-checks.ts";
import { publishComment } from "./publish-comment.ts";
import type { AppDeps } from "./pull-deps.ts";
import { readPullState, type OpenPull, type PullToJudge } from "./read-pull-state.ts";

/* One pull request, from GitHub's present state to what is published. Events are hints: everything is read again here. */

async function publish(
  deps: AppDeps,
  { repository, asked, answer }: PullToJudge,
  { pull, head, record }: OpenPull,
  decided: DecidedPull,
): Promise<void> {
  const { forge, records } = deps;
  const written = [record, ...(await records.withHead(repository.id, head.commit))];
  // A restored or foreign database may tell of checks that are not there or no longer count: only what this run of the App saw is built on.
  const sure = asked ? written : written.filter((one) => one !== null && one.judgedAt >= deps.startedAt);
  const before = newestChecks(sure, head.commit);
  const [checks, comment] = await Promise.all([
    publishChecks(
      forge,
      repository,
      head.commit,
      decided.checks.map((check) => withAnswer(check, answer)),
      { known: before, asked },
    ),
    pull.draft ? (record?.comment ?? null) : publishComment(forge, repository, pull, record?.comment ?? null, decided.comment),
  ]);
  for (const gate of decided.warned) if (before[checkName(gate)] === undefined) deps.wouldHaveHeld?.(gate);
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
  if (decided.checks.some(({ name }) => name !== POLICY_CHECK)) await deps.doctor?.rounds.remember(repository);
}

const MAX_TURNS = 3;

async function hasNewSibling(
  { forge }: AppDeps,
  { repository, number }: PullToJudge,
  { head }: OpenPull,
  known: readonly string[],
): Promise<boolean> {
  const now = await forge.pullsWithHead(repository, head.commit);
  return now.some((pull) => pull.number !== number && !known.includes(siblingKey(pull)));
}

/** Reads, judges and publishes. Returns the state of the pull request that the answer is about. Throws PortError. */
export async function judgePull(deps: AppDeps, subject: PullToJudge): Promise<PullState> {
  for (let turn = 1; ; turn += 1) {
    const state = await readPullState(deps, subject);
    if (!("head" in state)) {
      await forgetPull(deps, subject.repository, state.record);
      return state.pull;
    }
    const decided = await decidePull(deps, subject.repository, state);
    await publish(deps, subject, state, decided);
    // Another pull request with this head, opened while we wrote, may have been told worse before our softer answer came.
    if (decided.siblings === null || !(await hasNewSibling(deps, subject, state, decided.siblings))) return state.pull;
    if (turn === MAX_TURNS)
      throw new PortError("conflict", "Other pull requests with the same head keep appearing.", { retryable: true, retryAfterMs: 2000 });
  }
}
