import { guards } from "../src/app/conclude.ts";
import type { Policy } from "../src/shapes/policy.ts";
import type { GateReport, Report } from "../src/shapes/report.ts";
import type { GateId } from "../src/shapes/vocabulary.ts";
import type { Occasion } from "./occasion.ts";

export interface Guarding {
  system: string;
  gate: GateReport;
}

/** Branch that is guarded or not: the base of a pull request or queue, else the run's own; null for a tag. */
export function branchOf(occasion: Occasion): string | null {
  return occasion.kind === "commit" ? occasion.branch : occasion.baseRef;
}

/** Gates that count here: those asked for, else those that guard the branch, else (for a tag) every one. */
export function countingGates(report: Report, policy: Policy, asked: readonly GateId[], occasion: Occasion): Guarding[] {
  const branch = branchOf(occasion);
  return policy.systems.flatMap((declared) => {
    const gates = report.systems.find(({ id }) => id === declared.id)?.gates ?? [];
    const counting = gates.filter(({ id }) =>
      asked.length > 0 ? asked.includes(id) : branch === null || guards(declared, id, branch, occasion.defaultBranch ?? branch),
    );
    return counting.map((gate) => ({ system: declared.id, gate }));
  });
}

/** Those whose hold blocks now. */
export function blockingGates(counting: readonly Guarding[]): Guarding[] {
  return counting.filter(({ gate }) => gate.verdict === "hold" && gate.enforcement === "enforce");
}
