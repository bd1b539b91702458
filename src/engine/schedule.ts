import type { System } from "../shapes/policy.ts";
import type { GateReport, SystemReport } from "../shapes/report.ts";
import { gateIds } from "../shapes/vocabulary.ts";
import { DAY, toDate, toMs } from "./time.ts";

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

/** When each gate and the broad release are due: the last day of their week. Null where no start is declared. */
export function scheduleOf({ started, schedule }: System): SystemReport["schedule"] {
  if (started === undefined) return null;
  const due = (week: number) => toDate(toMs(started) + week * 7 * DAY - DAY);
  return {
    started,
    milestones: [
      ...gateIds.map((id) => ({ id, week: schedule[id], date: due(schedule[id]) })),
      { id: "broad-release", week: BROAD_RELEASE_WEEK, date: due(BROAD_RELEASE_WEEK) },
    ],
  };
}
