import type { Probot } from "probot";
import { DOCTOR_CHECK } from "../../app/settings.ts";
import type { Intake } from "./intake.ts";
import { baseOfQueueBranch } from "./merge-group.ts";
import { toRepositoryRef } from "./to-job.ts";

/** Somebody pressed a button of one of our checks. What we write ourselves comes back as `created` and `completed`, and is not listened to. */
export function onCheckRun(app: Probot, intake: Intake): void {
  app.on(["check_run.rerequested", "check_run.requested_action"], async ({ id, payload }) => {
    const { check_run: check, repository: origin, action } = payload;
    const repository = toRepositoryRef(payload);
    // GitHub sends these two to the owner of the check alone; the App may be left out.
    if (repository === null || (check.app && check.app.id !== intake.appId)) return;
    const reason = { event: "check_run", action: action ?? "requested_action", deliveryId: id, asked: true };
    if (check.name === DOCTOR_CHECK) return intake.accept(repository, { kind: "settings" }, reason);
    const queueBase = baseOfQueueBranch(check.check_suite?.head_branch ?? "");
    if (queueBase !== null) {
      const subject = { kind: "merge-group" as const, headSha: check.head_sha, baseRef: queueBase, defaultBranch: origin.default_branch };
      await intake.accept(repository, subject, reason);
      return;
    }
    const numbers = check.pull_requests.flatMap((pull) => (pull ? [pull.number] : []));
    // For a fork GitHub names no pull requests.
    if (numbers.length === 0) await intake.accept(repository, { kind: "head", headSha: check.head_sha }, reason);
    for (const number of numbers) await intake.accept(repository, { kind: "pull", number }, reason);
  });
}
