import type { Job, JobReason, JudgeSubject, PullHint, RepositoryRef } from "./ports.ts";

function keyOf({ id }: RepositoryRef, subject: JudgeSubject): string {
  switch (subject.kind) {
    case "pull":
    case "closed":
      return `${id}#${subject.number}`;
    case "head":
      return `${id}@${subject.headSha}`;
    case "merge-group":
      return `${id}/group/${subject.headSha}`;
    case "policy":
    case "settings":
    case "day":
      return `${id}/${subject.kind}`;
    case "press":
      return `${id}@${subject.headSha}/${subject.button}/${subject.by}`;
  }
}

/** Everything about one pull request has one key, so that it is judged once at a time. */
export const toJob = (repository: RepositoryRef, subject: JudgeSubject, reason: JobReason): Job => ({
  key: keyOf(repository, subject),
  repository,
  subject,
  reason,
});

export const pullJob = (repository: RepositoryRef, number: number, reason: JobReason, hint?: PullHint): Job =>
  toJob(repository, { kind: "pull", number, ...(hint === undefined ? {} : { hint }) }, reason);
