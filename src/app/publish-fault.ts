import { gateIds, type Enforcement, type GateId } from "../shapes/vocabulary.ts";
import { effectiveEnforcement } from "../engine/effective-enforcement.ts";
import { checkName, faultDecision } from "./check-decision.ts";
import { guards } from "./conclude.ts";
import { PortError, type Job, type PullRecord } from "./ports.ts";
import { newestChecks, publishChecks } from "./publish-checks.ts";
import { readInForce, type AppDeps } from "./pull-deps.ts";

/* When a job is given up: the commit is told so. A check that never comes would leave people waiting, an old green one would let them in. */

interface Target {
  headSha: string;
  branch: string;
  defaultBranch: string;
  record: PullRecord | null;
}

async function findTarget({ forge, records }: AppDeps, { repository, subject }: Job): Promise<Target | null> {
  if (subject.kind === "merge-group")
    return { headSha: subject.headSha, branch: subject.baseRef, defaultBranch: subject.defaultBranch ?? subject.baseRef, record: null };
  if (subject.kind !== "pull" && subject.kind !== "closed") return null;
  const record = await records.find(repository.id, subject.number);
  try {
    const pull = await forge.pull(repository, subject.number);
    return pull.open ? { headSha: pull.headSha, branch: pull.baseRef, defaultBranch: pull.defaultBranch, record } : null;
  } catch (error) {
    const { hint } = subject;
    if (!(error instanceof PortError) || !hint?.open) throw error;
    return { headSha: hint.headSha, branch: hint.baseRef, defaultBranch: hint.defaultBranch, record };
  }
}

/** Gates that guard the branch with how they act; all, enforced, where the policy cannot be read. */
async function gatesOf(deps: AppDeps, { repository }: Job, { branch, defaultBranch, record }: Target): Promise<Map<GateId, Enforcement>> {
  const gates = new Map<GateId, Enforcement>();
  try {
    const { read } = await readInForce(deps, repository, defaultBranch);
    if (read.kind === "absent") return gates;
    if (read.kind === "valid") {
      for (const gate of gateIds)
        for (const system of read.policy.systems) {
          if (!guards(system, gate, branch, defaultBranch)) continue;
          const now = effectiveEnforcement(system.gates[gate], deps.now());
          if (now === "enforce" || !gates.has(gate)) gates.set(gate, now);
        }
      return gates;
    }
  } catch (error) {
    deps.log.warn({ err: error }, "the policy in force could not be read");
  }
  const published = record ? gateIds.filter((gate) => checkName(gate) in record.checks) : [];
  for (const gate of published.length > 0 ? published : gateIds) gates.set(gate, "enforce");
  return gates;
}

const whyOf = (error: unknown) =>
  error instanceof PortError ? error.message : "Something went wrong inside Pilotgate; its log tells more.";

/** Publishes "could not judge" for a job that was given up. Throws PortError where even that cannot be said. */
export async function publishFault(deps: AppDeps, job: Job, error: unknown): Promise<void> {
  const target = await findTarget(deps, job);
  if (target === null) return;
  const gates = await gatesOf(deps, job, target);
  const decisions = [...gates].map(([gate, enforcement]) =>
    faultDecision(gate, enforcement === "enforce" ? "failure" : "neutral", whyOf(error)),
  );
  const known = newestChecks([target.record], target.headSha);
  const checks = await publishChecks(deps.forge, job.repository, target.headSha, decisions, { known, asked: false });
  if (target.record) await deps.records.save({ ...target.record, headSha: target.headSha, checks });
}
