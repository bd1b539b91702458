import type { Probot } from "probot";
import type { Intake } from "./intake.ts";
import { toRepositoryRef } from "./to-job.ts";

const toBranch = (ref: string) => ref.replace(/^refs\/heads\//, "");

/** Branch that a queue's own branch `gh-readonly-queue/BASE/pr-N-SHA` merges into; null for other branches. */
export function baseOfQueueBranch(branch: string): string | null {
  return /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]{40}$/.exec(toBranch(branch))?.[1] ?? null;
}

export function onMergeGroup(app: Probot, intake: Intake): void {
  app.on("merge_group.checks_requested", async ({ id, payload }) => {
    const { merge_group: group, repository: origin, action } = payload;
    const repository = toRepositoryRef(payload);
    if (repository === null || !origin) return;
    const subject = {
      kind: "merge-group" as const,
      headSha: group.head_sha,
      baseRef: toBranch(group.base_ref),
      defaultBranch: origin.default_branch,
    };
    await intake.accept(repository, subject, { event: "merge_group", action, deliveryId: id });
  });
}
