import type { Probot } from "probot";
import type { Intake } from "./intake.ts";
import { toHint, toRepositoryRef } from "./to-job.ts";

const changesBase = (payload: object) =>
  !("changes" in payload) || (typeof payload.changes === "object" && payload.changes !== null && "base" in payload.changes);

/** What can change the answer, or who is told. A new title or text cannot. */
export function onPullRequest(app: Probot, intake: Intake): void {
  app.on(
    [
      "pull_request.opened",
      "pull_request.reopened",
      "pull_request.synchronize",
      "pull_request.edited",
      "pull_request.ready_for_review",
      "pull_request.converted_to_draft",
      "pull_request.closed",
    ],
    async ({ id, payload }) => {
      const repository = toRepositoryRef(payload);
      if (repository === null || (payload.action === "edited" && !changesBase(payload))) return;
      const hint = toHint(payload.pull_request, payload.repository);
      const subject = { kind: "pull" as const, number: payload.pull_request.number, ...(hint ? { hint } : {}) };
      await intake.accept(repository, subject, { event: "pull_request", action: payload.action, deliveryId: id });
    },
  );
}
