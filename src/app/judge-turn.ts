import { effectiveEnforcement } from "../engine/effective-enforcement.ts";
import { DAY, toMs } from "../engine/time.ts";
import type { Gate, Policy } from "../shapes/policy.ts";
import { treeInForce } from "./doctor/run-doctor.ts";
import type { RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";

/* A gate turns to `enforce` on a day, and no event tells of it: pull requests that were only warned are to be judged again. */

/** A turn is looked at for a week, so that an App that was down on the day does not miss it. */
const LATELY = 7 * DAY;

const turned = (gate: Gate, at: string): boolean =>
  gate.enforceFrom !== null && effectiveEnforcement(gate, at) === "enforce" && toMs(at) - toMs(gate.enforceFrom) < LATELY;

/** Did a gate of the policy turn to `enforce` in the seven days before `at`? */
export function hasTurned({ systems }: Policy, at: string): boolean {
  return systems.some(({ gates }) => Object.values(gates).some((gate) => turned(gate, at)));
}

/** The same of the policy in force of a repository; no where it has none that can be read. Throws PortError. */
export async function hasTurnedIn(deps: AppDeps, repository: RepositoryRef): Promise<boolean> {
  if (deps.doctor === undefined) return false;
  const { id, defaultBranch } = await deps.doctor.settings.repository(repository);
  const tree = id === repository.id ? await treeInForce(deps, repository, defaultBranch) : null;
  const read = tree === null ? null : await deps.readPolicy(tree);
  return read?.kind === "valid" && hasTurned(read.policy, deps.now());
}
