import { worstVerdict } from "../engine/fold.ts";
import type { Report } from "../shapes/report.ts";
import type { GateId } from "../shapes/vocabulary.ts";

/** Verdicts by these gates alone; every gate stays in the report. */
export function judgedByGates(report: Report, ids: readonly GateId[]): Report {
  const systems = report.systems.map((system) => ({ ...system, verdict: worstVerdict(system.gates.filter(({ id }) => ids.includes(id))) }));
  return { ...report, systems, verdict: worstVerdict(systems) };
}

/** The report with these gates alone, for people to read. */
export function onlyGates(report: Report, ids: readonly GateId[]): Report {
  return { ...report, systems: report.systems.map((system) => ({ ...system, gates: system.gates.filter(({ id }) => ids.includes(id)) })) };
}
