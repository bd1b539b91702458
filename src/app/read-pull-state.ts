import type { CommitTree, PullState } from "./forge.ts";
import type { Answer, PullHint, PullRecord, RepositoryRef } from "./ports.ts";
import { readInForce, type AppDeps, type InForce } from "./pull-deps.ts";

export interface PullToJudge {
  repository: RepositoryRef;
  number: number;
  hint?: PullHint | undefined;
  /** Somebody asked: publish even what did not change. */
  asked: boolean;
  /** To be told on top of a check. */
  answer?: Answer | undefined;
}

/** An open pull request with what it is judged by. */
export interface OpenPull {
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
export async function readPullState(
  deps: AppDeps,
  { repository, number, hint }: PullToJudge,
): Promise<OpenPull | { pull: PullState; record: PullRecord | null }> {
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
