import type { System } from "../shapes/policy.ts";
import type { GateReport } from "../shapes/report.ts";
import { gateIds } from "../shapes/vocabulary.ts";
import { DAY, toMs } from "./time.ts";

export const BROAD_RELEASE_WEEK = 14;

/** Week of the pilot at an instant: 1 in the seven days from `started`; null before it or where no start is declared. */
export function weekAt(started: string | undefined, at: string): number | null {
  if (started === undefined) return null;
  const days = Math.floor((toMs(at) - toMs(started)) / DAY);
  return days < 0 ? null : Math.floor(days / 7) + 1;
}

/** What is due next: the first gate that holds, by its week. */
export function dueNext(system: System, gates: readonly Pick<GateReport, "id" | "verdict">[], week: number | null): string | null {
  if (week === null) return null;
  const next = gateIds.find((id) => gates.some((gate) => gate.id === id && gate.verdict === "hold"));
  if (next === undefined) return week > BROAD_RELEASE_WEEK ? null : `broad release in week ${BROAD_RELEASE_WEEK}`;
  const due = system.schedule[next];
  if (week <= due) return `${next} by the end of week ${due}`;
  const late = week - due;
  return `${next} by the end of week ${due}, ${late} ${late === 1 ? "week" : "weeks"} late`;
}
