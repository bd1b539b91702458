import { criteria } from "../engine/criteria/index.ts";
import type { PolicyFile, System } from "../shapes/policy.ts";
import { gateIds, type Role } from "../shapes/vocabulary.ts";
import type { PolicyFinding } from "./finding.ts";
import { matchesEnvironment } from "./globs.ts";
import { resolvePolicy } from "./resolve.ts";
import type { Path } from "./validate.ts";

type Warning = Omit<PolicyFinding, "severity">;
type Check = (system: System, path: Path) => Iterable<Warning>;

const checks: readonly Check[] = [rolesHaveHolders, peakIsSet, gatesGuard, canaryCanRun];

/** What is allowed and yet likely to surprise: deadlocks, gates that guard nothing, figures that will be asked for. */
export function* warnings(policy: PolicyFile): Generator<PolicyFinding> {
  const { systems } = resolvePolicy(policy);
  for (const warning of documentsAreOwn(systems)) yield { severity: "warning", ...warning };
  for (const [index, system] of systems.entries()) {
    for (const check of checks) for (const warning of check(system, ["systems", index])) yield { severity: "warning", ...warning };
  }
}

/** At low risk no approvals are asked for, so nobody needs to hold a role. */
function* rolesHaveHolders({ id, risk, roles, notApplicable }: System, path: Path): Generator<Warning> {
  if (risk === "low") return;
  const asked = criteria.filter((criterion) => notApplicable.every((entry) => entry.criterion !== criterion.id));
  for (const role of new Set(asked.flatMap(({ decisions }) => decisions.map((decision) => decision.role)))) {
    const holders = roles[role] ?? [];
    if (holders.length === 0) yield { code: "role-without-holder", message: nobodyHolds(role, id), path: [...path, "roles"] };
    const [only = ""] = holders;
    if (holders.length !== 1 || only.includes("/")) continue;
    const message = `Only one person holds \`${role}\`; what they write themselves nobody can approve. Name a second person or a team.`;
    yield { code: "single-holder", message, path: [...path, "roles", role] };
  }
}

/** What one system proves, another one with the same folder proves too. */
function* documentsAreOwn(systems: readonly System[]): Generator<Warning> {
  for (const [index, { id, documents }] of systems.entries()) {
    const first = systems.find((other) => other.documents === documents);
    if (first === undefined || first.id === id) continue;
    const message = `\`${id}\` and \`${first.id}\` share their documents, so evidence of one counts for the other. Give each its own folder.`;
    yield { code: "shared-documents", message, path: ["systems", index, "documents"] };
  }
}

function nobodyHolds(role: Role, system: string): string {
  return `Nobody holds \`${role}\` for \`${system}\`; its decisions stay open until this policy or the organisation's names somebody.`;
}

function* peakIsSet({ traffic }: System, path: Path): Generator<Warning> {
  if (traffic?.expectedPeak) return;
  yield { code: "no-expected-peak", message: "`traffic.expectedPeak` is not set; load test and vendor quota are judged against it.", path };
}

function* gatesGuard({ gates }: System, path: Path): Generator<Warning> {
  for (const id of gateIds) {
    if (gates[id].branches.length + gates[id].environments.length > 0) continue;
    yield { code: "guards-nothing", message: `The ${id} gate guards no branch and no environment.`, path: [...path, "gates", id] };
  }
}

function* canaryCanRun({ stages, gates }: System, path: Path): Generator<Warning> {
  for (const [index, { environment, trafficPercent }] of stages.entries()) {
    if (trafficPercent === 100 || !matchesEnvironment(gates.rollout.environments, environment)) continue;
    const message = "The rollout gate guards this stage and waits for what only this stage can show. Let the infrastructure gate guard it.";
    yield { code: "canary-guarded-by-rollout", message, path: [...path, "stages", index, "environment"] };
  }
}
