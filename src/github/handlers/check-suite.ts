import type { Probot } from "probot";
import type { Intake } from "./intake.ts";
import { toRepositoryRef } from "./to-job.ts";

/** "Re-run all checks" of our suite. New suites need no answer: the pull request's own events bring the work. */
export function onCheckSuite(app: Probot, intake: Intake): void {
  app.on("check_suite.rerequested", async ({ id, payload }) => {
    const { check_suite: suite } = payload;
    const repository = toRepositoryRef(payload);
    if (repository === null || (suite.app && suite.app.id !== intake.appId)) return;
    const reason = { event: "check_suite", action: "rerequested", deliveryId: id, asked: true };
    const numbers = suite.pull_requests.flatMap((pull) => (pull ? [pull.number] : []));
    if (numbers.length === 0) await intake.accept(repository, { kind: "head", headSha: suite.head_sha }, reason);
    for (const number of numbers) await intake.accept(repository, { kind: "pull", number }, reason);
  });
}
