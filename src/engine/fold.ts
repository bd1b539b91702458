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

type GivenDecision = NonNullable<Facts["decisions"]>[number];

/** Holds that people set on a gate and that the same role has not lifted by `at`. */
export function standingHolds(decisions: Facts["decisions"], gate: GateId, systemId: string, at: string): GateReport["holds"] {
  const newest = new Map<string, GivenDecision>();
  for (const decision of decisions ?? []) {
    if (decision.gate !== gate || (decision.system !== undefined && decision.system !== systemId)) continue;
    if (decision.verdict === "pass" && !(toMs(decision.at) <= toMs(at))) continue;
    const before = newest.get(decision.role);
    if (!before || outranks(decision, before)) newest.set(decision.role, decision);
  }
  return [...newest.values()]
    .filter((decision) => decision.verdict === "hold")
    .map(({ role, by, at, reason }) => ({ role, by, at, reason: reason ?? "" }))
    .sort((a, b) => (a.role < b.role ? -1 : 1));
}

/** The newer one; of two at one instant, or at one that nobody can read, the hold stands: fail closed. */
function outranks(decision: GivenDecision, before: GivenDecision): boolean {
  const [one, other] = [decision, before].map((given) => (Number.isNaN(toMs(given.at)) ? Infinity : toMs(given.at))) as [number, number];
  if (one !== other) return one > other;
  if (decision.verdict !== before.verdict) return decision.verdict === "hold";
  return `${decision.by}\0${decision.reason ?? ""}` < `${before.by}\0${before.reason ?? ""}`;
}

export function worstVerdict(parts: readonly Pick<GateReport | SystemReport, "verdict">[]): "pass" | "hold" {
  return parts.length > 0 && parts.every(({ verdict }) => verdict === "pass") ? "pass" : "hold";
}
