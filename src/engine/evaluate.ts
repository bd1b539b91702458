import type { System } from "../shapes/policy.ts";
import type { GateReport, Report, SystemReport } from "../shapes/report.ts";
import { gateIds, gateTitles, type GateId } from "../shapes/vocabulary.ts";
import { effectiveEnforcement } from "./effective-enforcement.ts";
import { criteria } from "./criteria/index.ts";
import { judgeCriterion } from "./judge-criterion.ts";
import { passes, standingHolds, worstVerdict } from "./fold.ts";
import { profiles } from "./profile.ts";
import { questions } from "./questions.ts";
import { dueNext, scheduleOf, weekAt } from "./schedule.ts";
import { signals } from "./signals/index.ts";
import type { Subject, SystemEvidence } from "./types.ts";

/** The verdict on a subject: every gate and criterion of every system. Pure; equal subjects give equal reports. */
export function evaluate(subject: Subject, toolVersion: string): Report {
  const systems = subject.policy.systems.map((system, index) => evaluateSystem(subject, system, evidenceOf(subject, system, index)));
  return {
    schema: "pilotgate/report/v1",
    toolVersion,
    at: subject.at,
    commit: subject.commit,
    policyDigest: subject.policyDigest,
    facts: subject.factsSource,
    verdict: worstVerdict(systems),
    systems,
  };
}

function evidenceOf(subject: Subject, system: System, index: number): SystemEvidence {
  const evidence = subject.evidence[index];
  if (evidence?.systemId !== system.id) throw new Error(`the evidence of system ${index} was not gathered for ${system.id}`);
  return evidence;
}

function evaluateSystem(subject: Subject, system: System, evidence: SystemEvidence): SystemReport {
  const gates: GateReport[] = [];
  for (const id of gateIds) gates.push(evaluateGate(id, gates, subject, system, evidence));
  const week = weekAt(system.started, subject.at);
  return {
    id: system.id,
    name: system.name,
    risk: system.risk,
    verdict: worstVerdict(gates),
    week,
    due: dueNext(system, gates, week),
    schedule: scheduleOf(system),
    fingerprint: evidence.fingerprint,
    gates,
    signals: signals.flatMap((signal) => {
      const raised = signal.raised(evidence, system, subject.facts, subject.at);
      return raised ? [{ id: signal.id, ...raised }] : [];
    }),
  };
}

function evaluateGate(id: GateId, earlier: readonly GateReport[], subject: Subject, system: System, evidence: SystemEvidence): GateReport {
  const judged = criteria.filter(({ gate }) => gate === id).map((criterion) => judgeCriterion(criterion, system, evidence, subject));
  const blockedBy = earlier
    .filter((gate) => gate.verdict === "hold" && effectiveEnforcement(system.gates[gate.id], subject.at) === "enforce")
    .map((gate) => gate.id);
  const holds = standingHolds(subject.facts?.decisions, id, system.id, subject.at);
  return {
    id,
    title: gateTitles[id],
    verdict: judged.every(passes) && blockedBy.length === 0 && holds.length === 0 ? "pass" : "hold",
    enforcement: effectiveEnforcement(system.gates[id], subject.at),
    enforceFrom: system.gates[id].enforceFrom,
    entry: blockedBy.length === 0 ? "open" : "closed",
    blockedBy,
    holds,
    questions: profiles[system.risk].approvals ? questions[id] : [],
    criteria: judged,
  };
}
