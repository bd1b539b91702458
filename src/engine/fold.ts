import type { Facts } from "../shapes/facts.ts";
import type { CriterionReport, GateReport, SystemReport } from "../shapes/report.ts";
import { states, type GateId, type State } from "../shapes/vocabulary.ts";
import type { Finding, FindingState } from "./types.ts";
import { toMs } from "./time.ts";

const passing: ReadonlySet<State> = new Set(["met", "waived", "not-applicable"]);

/** The worst finding in the contract's order, the first of its kind; undefined where all are notes. */
export function worstFinding(findings: readonly Finding[]): (Finding & { state: Exclude<FindingState, "note"> }) | undefined {
  let worst: Finding | undefined;
  for (const finding of findings) {
    if (finding.state === "note") continue;
    if (!worst || states.indexOf(finding.state) < states.indexOf(worst.state as State)) worst = finding;
  }
  return worst as (Finding & { state: Exclude<FindingState, "note"> }) | undefined;
}

export function passes(criterion: Pick<CriterionReport, "state">): boolean {
  return passing.has(criterion.state);
}

/** Holds that people set on a gate and that the same role has not lifted. */
export function standingHolds(decisions: Facts["decisions"], gate: GateId, systemId: string): GateReport["holds"] {
  const newest = new Map<string, NonNullable<Facts["decisions"]>[number]>();
  for (const decision of decisions ?? []) {
    if (decision.gate !== gate || (decision.system !== undefined && decision.system !== systemId)) continue;
    const before = newest.get(decision.role);
    // Of two at one instant the hold stands: fail closed.
    if (!before || toMs(decision.at) > toMs(before.at) || (toMs(decision.at) === toMs(before.at) && decision.verdict === "hold")) newest.set(decision.role, decision);
  }
  return [...newest.values()]
    .filter((decision) => decision.verdict === "hold")
    .map(({ role, by, at, reason }) => ({ role, by, at, reason: reason ?? "" }))
    .sort((a, b) => (a.role < b.role ? -1 : 1));
}

export function worstVerdict(parts: readonly Pick<GateReport | SystemReport, "verdict">[]): "pass" | "hold" {
  return parts.length > 0 && parts.every(({ verdict }) => verdict === "pass") ? "pass" : "hold";
}
