import { matchesBranch, matchesEnvironment } from "../../policy/globs.ts";
import type { Policy } from "../../shapes/policy.ts";
import { gateIds, type GateId } from "../../shapes/vocabulary.ts";
import type { BranchName, Listed, Seen } from "../settings.ts";
import { toBranchPatterns, toProbes } from "./branch-patterns.ts";

/** What one gate guards by one glob, for all systems that say so. */
export interface Guard {
  gate: GateId;
  kind: "branches" | "environments";
  glob: string;
  systems: string[];
}

/** In the order of the gates, branches before environments. */
export function guardsOf(policy: Policy): Guard[] {
  const found = new Map<string, Guard>();
  for (const gate of gateIds)
    for (const kind of ["branches", "environments"] as const)
      for (const system of policy.systems)
        for (const glob of system.gates[gate][kind]) {
          const key = `${gate} ${kind} ${kind === "environments" ? glob.toLowerCase() : glob}`;
          const guard = found.get(key) ?? { gate, kind, glob, systems: [] };
          found.set(key, guard);
          if (!guard.systems.includes(system.id)) guard.systems.push(system.id);
        }
  return [...found.values()];
}

/** Branches of one guard that are asked about. */
export interface AskedBranches {
  existing: string[];
  /** Names that nobody has used yet. */
  probes: string[];
  /** False where more branches match than are asked about, or than were listed. */
  complete: boolean;
}

/** Of one guard. */
const MOST_BRANCHES = 40;

export function branchesToAsk({ glob }: Guard, branches: Seen<Listed<BranchName>>, defaultBranch: string): AskedBranches {
  const { names } = toBranchPatterns(glob, defaultBranch);
  const listed = branches.seen ? branches.value.items.map(({ name }) => name) : [];
  const matching = listed.filter((name) => matchesBranch([glob], name, defaultBranch));
  const wanted = [...new Set([...names, ...matching])];
  return {
    existing: wanted.slice(0, MOST_BRANCHES),
    probes: toProbes(glob, defaultBranch).filter((name) => !wanted.includes(name)),
    complete: branches.seen && branches.value.complete && wanted.length <= MOST_BRANCHES,
  };
}

export const isGuarded = ({ glob }: Guard, environment: string): boolean => matchesEnvironment([glob], environment);
