import type { Probot } from "probot";
import type { Intake } from "./intake.ts";
import { toRepositoryRef } from "./to-job.ts";

/** An approval may release a change of the policy; a dismissal takes it back. */
export function onPullRequestReview(app: Probot, intake: Intake): void {
  app.on(["pull_request_review.submitted", "pull_request_review.dismissed"], async ({ id, payload }) => {
    const repository = toRepositoryRef(payload);
    if (repository === null) return;
    const reason = { event: "pull_request_review", action: payload.action, deliveryId: id };
    await intake.accept(repository, { kind: "pull", number: payload.pull_request.number }, reason);
  });
}
