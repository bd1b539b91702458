import { checkSettings } from "./doctor/check-settings.ts";
import { judgeMergeGroup } from "./judge-merge-group.ts";
import { judgePull } from "./judge-pull.ts";
import { hasTurnedIn } from "./judge-turn.ts";
import { pullJob, toJob } from "./jobs.ts";
import type { News } from "./news.ts";
import { pressButton } from "./press-button.ts";
import { PortError, type Job, type PullHint } from "./ports.ts";
import { POLICY_CHECK } from "./check-decision.ts";
import type { AppDeps } from "./pull-deps.ts";

/** Pull requests that are judged again when the policy in force changes. */
const MAX_REJUDGED = 300;

export type JobOutcome = "judged" | "old" | "fanned-out" | "not-needed";

async function enqueuePulls({ queue }: AppDeps, { repository, reason }: Job, numbers: readonly number[]): Promise<JobOutcome> {
  for (const number of numbers) await queue.enqueue(pullJob(repository, number, reason));
  return "fanned-out";
}

/** Reviews only matter while a change of the policy waits for one. */
async function awaitsReview({ records }: AppDeps, job: Job, number: number): Promise<boolean> {
  if (job.reason.event !== "pull_request_review") return true;
  const record = await records.find(job.repository.id, number);
  return record === null || (record.checks[POLICY_CHECK] !== undefined && record.checks[POLICY_CHECK].conclusion !== "success");
}

async function handlePull(deps: AppDeps, news: News | null, job: Job, number: number, hint: PullHint | undefined): Promise<JobOutcome> {
  const asked = job.reason.asked === true;
  if (news?.isOld(job.key) === true && !asked) return "old";
  if (!asked && !(await awaitsReview(deps, job, number))) return "not-needed";
  try {
    const state = await judgePull(deps, { repository: job.repository, number, hint, asked, answer: job.reason.answer });
    news?.judged(job.key, state);
    return "judged";
  } catch (error) {
    news?.failed(job.key);
    throw error;
  }
}

async function dispatch(deps: AppDeps, news: News | null, job: Job): Promise<JobOutcome> {
  const { subject, repository } = job;
  switch (subject.kind) {
    case "pull":
    case "closed":
      return handlePull(deps, news, job, subject.number, subject.hint);
    case "head":
      return enqueuePulls(
        deps,
        job,
        (await deps.forge.pullsWithHead(repository, subject.headSha)).map(({ number }) => number),
      );
    case "settings":
      return checkSettings(deps, job);
    case "policy":
      // What is guarded may have changed.
      if (deps.doctor) await deps.queue.enqueue(toJob(repository, { kind: "settings" }, job.reason));
      return enqueuePulls(deps, job, await deps.forge.openPulls(repository, MAX_REJUDGED));
    case "day":
      if (!(await hasTurnedIn(deps, repository))) return "not-needed";
      return enqueuePulls(deps, job, await deps.forge.openPulls(repository, MAX_REJUDGED));
    case "press":
      await pressButton(deps, job, subject);
      return "fanned-out";
    case "merge-group":
      await judgeMergeGroup(deps, {
        repository,
        headSha: subject.headSha,
        baseRef: subject.baseRef,
        defaultBranch: subject.defaultBranch ?? subject.baseRef,
      });
      return "judged";
  }
}

/** Does what a job asks for. A repository, pull request or commit that is gone needs no answer. Throws what is worth another try. */
export async function handleJob(deps: AppDeps, news: News | null, job: Job): Promise<JobOutcome> {
  try {
    return await dispatch(deps, news, job);
  } catch (error) {
    const gone = error instanceof PortError && error.code === "not-found";
    if (!gone || (await isStillThere(deps, job))) throw error;
    deps.log.info({ key: job.key }, "what was to be judged is gone");
    return "not-needed";
  }
}

async function isStillThere({ forge }: AppDeps, { repository, subject }: Job): Promise<boolean> {
  if (subject.kind === "press") return false;
  if (subject.kind !== "pull" && subject.kind !== "closed") return true;
  try {
    return (await forge.pull(repository, subject.number)).open;
  } catch (error) {
    return !(error instanceof PortError && error.code === "not-found");
  }
}

/** Another try would end the same way: what GitHub refuses for good, and mistakes of ours. What is not found may only not be there yet. */
export const isHopeless = (error: unknown): boolean => !(error instanceof PortError) || (!error.retryable && error.code !== "not-found");
