import type { Probot } from "probot";
import { onCheckRun } from "./check-run.ts";
import { onCheckSuite } from "./check-suite.ts";
import { onMergeGroup } from "./merge-group.ts";
import { onPullRequest } from "./pull-request.ts";
import { onPullRequestReview } from "./pull-request-review.ts";
import { onPush } from "./push.ts";
import type { Intake } from "./intake.ts";

/** Every event that is listened to. Payload in, job out: nothing is judged here. */
const handlers: readonly ((app: Probot, intake: Intake) => void)[] = [
  onPullRequest,
  onPullRequestReview,
  onCheckRun,
  onCheckSuite,
  onMergeGroup,
  onPush,
];

export function registerHandlers(app: Probot, intake: Intake): void {
  for (const register of handlers) register(app, intake);
}
