import type { Probot } from "probot";
import type { Press } from "../../app/ports.ts";
import { DOCTOR_CHECK } from "../../app/settings.ts";
import type { Intake } from "./intake.ts";
import { baseOfQueueBranch } from "./merge-group.ts";
import { toRepositoryRef } from "./to-job.ts";

const listed = (pulls: readonly ({ number: number } | null)[]) => pulls.flatMap((pull) => (pull ? [pull.number] : []));

/** "Re-run" of one of our checks. What we write ourselves comes back as `created` and `completed`, and is not listened to. */
function onRerun(app: Probot, intake: Intake): void {
  app.on("check_run.rerequested", async ({ id, payload }) => {
    const { check_run: check, repository: origin } = payload;
    const repository = toRepositoryRef(payload);
    // GitHub sends it to the owner of the check alone; the App may be left out.
    if (repository === null || (check.app && check.app.id !== intake.appId)) return;
    const reason = { event: "check_run", action: "rerequested", deliveryId: id, asked: true };
    if (check.name === DOCTOR_CHECK) return intake.accept(repository, { kind: "settings" }, reason);
    const queueBase = baseOfQueueBranch(check.check_suite?.head_branch ?? "");
    if (queueBase !== null) {
      const subject = { kind: "merge-group" as const, headSha: check.head_sha, baseRef: queueBase, defaultBranch: origin.default_branch };
      await intake.accept(repository, subject, reason);
      return;
    }
    const numbers = listed(check.pull_requests);
    // For a fork GitHub names no pull requests.
    if (numbers.length === 0) await intake.accept(repository, { kind: "head", headSha: check.head_sha }, reason);
    for (const number of numbers) await intake.accept(repository, { kind: "pull", number }, reason);
  });
}

/** Somebody pressed a button of one of our checks. */
function onPress(app: Probot, intake: Intake): void {
  app.on("check_run.requested_action", async ({ id, payload }) => {
    const { check_run: check, repository: origin, requested_action: action, sender } = payload;
    const repository = toRepositoryRef(payload);
    if (repository === null || (check.app && check.app.id !== intake.appId)) return;
    const queueBase = baseOfQueueBranch(check.check_suite?.head_branch ?? "");
    const press: Press = {
      kind: "press",
      button: action?.identifier ?? "",
      by: sender?.login ?? "",
      check: check.name,
      headSha: check.head_sha,
      numbers: listed(check.pull_requests),
      ...(queueBase === null ? {} : { group: { baseRef: queueBase, defaultBranch: origin.default_branch } }),
    };
    if (press.by !== "") await intake.accept(repository, press, { event: "check_run", action: "requested_action", deliveryId: id });
  });
}

export function onCheckRun(app: Probot, intake: Intake): void {
  onRerun(app, intake);
  onPress(app, intake);
}
