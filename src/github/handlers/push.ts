import type { Probot } from "probot";
import { POLICY_PATH } from "../../app/forge.ts";
import type { Intake } from "./intake.ts";
import { toRepositoryRef } from "./to-job.ts";

/** GitHub lists so many commits at most; with more, or after a forced push, nobody can tell what changed. */
const COMMITS_LISTED = 20;

interface Commit {
  added?: string[] | undefined;
  modified?: string[] | undefined;
  removed?: string[] | undefined;
}
const touchesPolicy = ({ added = [], modified = [], removed = [] }: Commit) =>
  [added, modified, removed].some((paths) => paths.includes(POLICY_PATH));

/** A new policy on the default branch: open pull requests are judged by it. Pushes to their heads bring events of their own. */
export function onPush(app: Probot, intake: Intake): void {
  app.on("push", async ({ id, payload }) => {
    const repository = toRepositoryRef(payload as Parameters<typeof toRepositoryRef>[0]);
    if (repository === null || payload.ref !== `refs/heads/${payload.repository.default_branch}`) return;
    const unclear = payload.forced || payload.created || payload.commits.length >= COMMITS_LISTED;
    if (!unclear && !payload.commits.some(touchesPolicy)) return;
    await intake.accept(repository, { kind: "policy" }, { event: "push", action: null, deliveryId: id });
  });
}
