import { matchesBranch } from "../policy/globs.ts";
import type { Policy, System } from "../shapes/policy.ts";
import type { GateReport, Report } from "../shapes/report.ts";
import { enforcements, gateIds, type Enforcement, type GateId } from "../shapes/vocabulary.ts";
import type { Conclusion } from "./forge.ts";
import type { Touch } from "./touch.ts";

/* From a report to what a check says. Pure. */

/** What one gate says about one commit, for one base branch and one set of changes. */
export interface GateConclusion {
  gate: GateId;
  conclusion: Conclusion;
  /** Systems that it is about; empty when the change touches none of those that are guarded. */
  systems: string[];
  /** Does a hold act by less than its enforcement, because only evidence changes? */
  evidenceOnly: boolean;
  /** How the strictest of the gates acts that hold; advisory where none does. */
  enforcement: Enforcement;
}

const order: readonly Conclusion[] = ["success", "neutral", "action_required", "failure"];

export const isWorse = (one: Conclusion, other: Conclusion): boolean => order.indexOf(one) > order.indexOf(other);
export const blocks = (conclusion: Conclusion): boolean => conclusion === "failure" || conclusion === "action_required";

/** Does the gate of a system guard this branch? */
export const guards = (system: System, gate: GateId, branch: string, defaultBranch: string): boolean =>
  matchesBranch(system.gates[gate].branches, branch, defaultBranch);

function holdConclusion(gate: GateReport): Conclusion {
  if (gate.enforcement !== "enforce") return "neutral";
  const failing = gate.criteria.filter(({ state }) => state !== "met" && state !== "waived" && state !== "not-applicable");
  const onlyDecisions = failing.length > 0 && failing.every(({ state }) => state === "needs-decision");
  return onlyDecisions && gate.entry === "open" && gate.holds.length === 0 ? "action_required" : "failure";
}

function systemConclusion(gate: GateReport, touch: Touch): Conclusion {
  if (touch === "none" || gate.verdict === "pass") return "success";
  return touch === "evidence" ? "neutral" : holdConclusion(gate);
}

function concludeGate(report: Report, gateId: GateId, guarded: readonly string[], touch: (system: string) => Touch): GateConclusion | null {
  if (guarded.length === 0) return null;
  const rows = report.systems.flatMap((system) => {
    const gate = system.gates.find(({ id }) => id === gateId);
    return guarded.includes(system.id) && gate ? [{ id: system.id, gate, touch: touch(system.id) }] : [];
  });
  const touched = rows.filter((row) => row.touch !== "none");
  const conclusions = touched.map((row) => systemConclusion(row.gate, row.touch));
  return {
    gate: gateId,
    conclusion: conclusions.reduce((worst, next) => (isWorse(next, worst) ? next : worst), "success"),
    systems: touched.map(({ id }) => id),
    evidenceOnly: touched.some((row) => row.gate.verdict === "hold" && row.touch === "evidence"),
    enforcement: touched
      .filter(({ gate }) => gate.verdict === "hold")
      .reduce<Enforcement>(
        (worst, { gate }) => (enforcements.indexOf(gate.enforcement) > enforcements.indexOf(worst) ? gate.enforcement : worst),
        "advisory",
      ),
  };
}

/** What the gates say that guard `branch`, in their order. */
export function conclude(
  report: Report,
  policy: Policy,
  target: { branch: string; defaultBranch: string },
  touch: (system: System) => Touch,
): GateConclusion[] {
  const touches = new Map(policy.systems.map((system) => [system.id, touch(system)]));
  return gateIds.flatMap((gate) => {
    const guarded = policy.systems.filter((system) => guards(system, gate, target.branch, target.defaultBranch)).map(({ id }) => id);
    return concludeGate(report, gate, guarded, (id) => touches.get(id) ?? "system") ?? [];
  });
}

/** The worst that a gate can say about the commit, whatever branch it is for and whatever changes. */
export function worstFor(report: Report, policy: Policy, gate: GateId): Conclusion {
  const somewhere = policy.systems.filter((system) => system.gates[gate].branches.length > 0).map(({ id }) => id);
  return concludeGate(report, gate, somewhere, () => "system")?.conclusion ?? "success";
}
