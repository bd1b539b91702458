import { openCriteria } from "../report/phrases.ts";
import type { Policy } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import type { GateConclusion } from "./conclude.ts";

/** Everybody who holds a role of a system, as the policy names them. */
export const allHolders = (policy: Policy): string[] => [...new Set(policy.systems.flatMap(({ roles }) => Object.values(roles).flat()))];

/** Who holds a role that can supply or decide what keeps the gate open, as the policy names them. */
export function holdersFor(report: Report, policy: Policy, row: GateConclusion): string[] {
  const holders = policy.systems
    .filter(({ id }) => row.systems.includes(id))
    .flatMap(({ id, roles }) => {
      const gate = report.systems.find((system) => system.id === id)?.gates.find((one) => one.id === row.gate);
      const open = gate === undefined ? [] : openCriteria(gate);
      const asked = open.flatMap(({ remedy, decisions }) => [...(remedy?.roles ?? []), ...decisions.map(({ role }) => role)]);
      return [...new Set(asked)].flatMap((role) => roles[role] ?? []);
    });
  return [...new Set(holders)];
}
