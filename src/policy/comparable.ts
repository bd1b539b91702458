import { profiles } from "../engine/profile.ts";
import type { Gate, Organization, PolicyFile, System } from "../shapes/policy.ts";
import { criterionIds, risks, roles, type GateId, type Risk } from "../shapes/vocabulary.ts";
import { resolveGate, resolvePolicy } from "./resolve.ts";

/** Two policies with every default written out, so that leaving a value out compares like writing its default. */
export function toComparable(inForce: PolicyFile, proposed: PolicyFile): { from: unknown; to: unknown } {
  const from = resolvePolicy(inForce).systems;
  const to = resolvePolicy(proposed).systems;
  const risk = new Map(from.map((system) => [system.id, system.risk]));
  return {
    from: { systems: from.map((system) => writeOut(system, system.risk)), organization: writeOutOrganization(inForce.organization) },
    to: {
      // A lower risk is one loosening; that its defaults are lower too need not be listed again.
      systems: to.map((system) => writeOut(system, stricter(system.risk, risk.get(system.id) ?? system.risk))),
      organization: writeOutOrganization(proposed.organization),
    },
  };
}

function stricter(a: Risk, b: Risk): Risk {
  return risks.indexOf(a) > risks.indexOf(b) ? a : b;
}

function writeOut(system: System, risk: Risk): object {
  const approver = { role: null, approvedBy: null };
  return {
    ...system,
    roles: writeOutRoles(system.roles),
    gates: Object.fromEntries(Object.entries(system.gates).map(([id, gate]) => [id, writeOutGate(gate)])),
    criteria: Object.fromEntries(criterionIds.map((id) => [id, writeOutCriterion(system, id, risk)])),
    // Whatever says how the canary is measured needs a look already when it is set for the first time.
    queries: system.queries ?? {},
    sources: {
      alerts: system.sources?.alerts ?? null,
      incidents: { issuesLabelled: system.sources?.incidents?.issuesLabelled ?? null },
    },
    waivers: system.waivers.map((waiver) => ({ ...approver, ...waiver })),
    notApplicable: system.notApplicable.map((entry) => ({ ...approver, ...entry })),
  };
}

function writeOutCriterion(system: System, id: (typeof criterionIds)[number], risk: Risk): object {
  const { evidence, columns, scale, thresholds } = system.criteria[id];
  return {
    evidence,
    scale: scale ?? undefined,
    ...(Object.keys(columns).length === 0 ? {} : { columns }),
    thresholds: { ...profiles[risk].thresholds[id], ...thresholds },
  };
}

function writeOutRoles(holders: System["roles"]): object {
  return Object.fromEntries(roles.map((role) => [role, (holders[role] ?? []).map((holder) => holder.toLowerCase()).toSorted()]));
}

function writeOutGate(gate: Gate): object {
  return {
    branches: gate.branches,
    environments: gate.environments.map((environment) => environment.toLowerCase()),
    enforcement: gate.enforcement,
    ...(gate.enforceFrom === null ? {} : { enforceFrom: gate.enforceFrom }),
  };
}

function writeOutOrganization(organization: Organization | undefined): object | undefined {
  if (!organization) return undefined;
  const { defaults } = organization;
  const gates = Object.entries(defaults?.gates ?? {}).map(([id, gate]) => [id, writeOutGate(resolveGate(id as GateId, gate, []))]); // the schema knows gates only
  return {
    ...organization,
    roles: writeOutRoles(organization.roles ?? {}),
    inherit: organization.inherit ?? [],
    defaults: { ...defaults, gates: Object.fromEntries(gates) },
  };
}
