import type { GateReport, Report } from "../shapes/report.ts";
import { passes, worstVerdict } from "./fold.ts";

/**
 * What is held whatever the facts say that nobody gave: criteria whose only gap is such a fact are left out, and verdicts and entry follow.
 * For whoever decides what a hold does where facts cannot be seen; never to be shown as the verdict.
 */
export function beyondUnseen(report: Report): Report {
  const systems = report.systems.map((system) => {
    const gates: GateReport[] = [];
    for (const gate of system.gates) {
      const criteria = gate.criteria.filter(({ unseen }) => unseen.length === 0);
      const blockedBy = gate.blockedBy.filter((id) => gates.some((earlier) => earlier.id === id && earlier.verdict === "hold"));
      const holds = !criteria.every(passes) || blockedBy.length > 0 || gate.holds.length > 0;
      gates.push({ ...gate, criteria, blockedBy, entry: blockedBy.length === 0 ? "open" : "closed", verdict: holds ? "hold" : "pass" });
    }
    return { ...system, gates, verdict: worstVerdict(gates) };
  });
  return { ...report, systems, verdict: worstVerdict(systems) };
}
