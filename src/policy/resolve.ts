import { DEFAULT_BRANCH, usualCritical } from "../shapes/policy.ts";
import type { CriterionSettings, Gate, Policy, PolicyFile, System, SystemFile } from "../shapes/policy.ts";
import { criterionIds, type CriterionId, type GateId } from "../shapes/vocabulary.ts";
import { fragmentDigest } from "./canonical.ts";

const defaultGuards: Record<GateId, Pick<Gate, "branches" | "environments">> = {
  governance: { branches: [DEFAULT_BRANCH], environments: [] },
  infrastructure: { branches: ["release/**"], environments: ["staging"] },
  rollout: { branches: [], environments: ["production"] },
};

/** Every default filled in: what the engine judges by. Equal files give equal policies, however much of the defaults they spell out. */
export function resolvePolicy(file: PolicyFile): Policy {
  const systems = file.systems ?? [];
  return { version: 1, systems: systems.map((system) => resolveSystem(system, systems.length > 1)) };
}

/** SHA-256 of the canonical resolved policy. */
export function policyDigest(policy: Policy): string {
  return fragmentDigest(policy);
}

function resolveSystem(system: SystemFile, several: boolean): System {
  const { architecture, fingerprint, stages = [], gates = {} } = system;
  return {
    ...system,
    name: system.name ?? system.id,
    paths: system.paths ?? ["**"],
    documents: toFolder(system.documents ?? (several ? `docs/readiness/${system.id}` : "docs/readiness")),
    relevantPaths: system.relevantPaths ?? [],
    architecture: {
      retrieval: architecture?.retrieval ?? false,
      tools: architecture?.tools ?? false,
      public: architecture?.public ?? false,
    },
    fingerprint: {
      prompts: fingerprint?.prompts ?? [],
      guardrails: fingerprint?.guardrails ?? [],
      retrieval: fingerprint?.retrieval ?? [],
    },
    roles: system.roles ?? {},
    integrations: system.integrations ?? [],
    stages,
    severities: { critical: system.severities?.critical ?? [...usualCritical] },
    gates: {
      governance: resolveGate("governance", gates.governance, []),
      infrastructure: resolveGate("infrastructure", gates.infrastructure, stages),
      rollout: resolveGate("rollout", gates.rollout, []),
    },
    criteria: resolveCriteria(system.criteria ?? {}),
    notApplicable: system.notApplicable ?? [],
    waivers: system.waivers ?? [],
    schedule: { governance: 4, infrastructure: 9, rollout: 13, ...system.schedule },
    decisions: { remindAfterDays: system.decisions?.remindAfterDays ?? 10 },
  };
}

type GateFile = NonNullable<NonNullable<SystemFile["gates"]>[GateId]>;

/** A gate that names neither branches nor environments guards the default ones. The canary's own environment is infrastructure's. */
export function resolveGate(id: GateId, gate: GateFile = {}, stages: readonly { environment: string }[]): Gate {
  const named = gate.branches !== undefined || gate.environments !== undefined;
  const { branches, environments } = named ? { branches: gate.branches ?? [], environments: gate.environments ?? [] } : defaultGuards[id];
  return {
    branches: [...branches],
    environments: withoutRepeats([...environments, ...stages.map(({ environment }) => environment)]),
    enforcement: gate.enforcement ?? "enforce",
    enforceFrom: gate.enforceFrom ?? null,
    onHold: gate.onHold ?? "reject",
    waitDays: gate.waitDays ?? 7,
  };
}

/** Names of environments are compared without case; the first spelling stays. */
function withoutRepeats(names: readonly string[]): string[] {
  const plain = names.map((name) => name.toLowerCase());
  return names.filter((_, i) => plain.indexOf(plain[i] ?? "") === i);
}

function resolveCriteria(criteria: NonNullable<SystemFile["criteria"]>): CriterionSettings {
  const settings = (id: CriterionId) => {
    const { evidence = [], format = null, thresholds = {}, columns = {}, scale = null } = criteria[id] ?? {};
    return { evidence: Array.isArray(evidence) ? evidence : [evidence], format, thresholds, columns, scale };
  };
  return Object.fromEntries(criterionIds.map((id) => [id, settings(id)])) as CriterionSettings; // each id has its own thresholds, which the schema has checked
}

function toFolder(path: string): string {
  return path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
}
