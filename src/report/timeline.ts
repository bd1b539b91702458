import type { GateReport, SystemReport } from "../shapes/report.ts";
import { toMermaidText } from "./escape.ts";
import { plural, systemTitle } from "./phrases.ts";

/* The weeks of a pilot as a Gantt chart that GitHub draws. https://mermaid.js.org/syntax/gantt.html */

const DAY = 86_400_000;
const toMs = (date: string) => Date.parse(`${date}T00:00:00Z`);
const toDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

type Milestone = NonNullable<SystemReport["schedule"]>["milestones"][number];

/** Bars of one gate: its weeks, and the time that it is late. */
function bars({ verdict }: GateReport, { week, date }: Milestone, from: string, today: string): string[] {
  const start = from <= date ? from : date;
  if (verdict === "pass") return [`passes, due in week ${week} :done, ${start}, ${date}`];
  if (today > date) {
    const late = Math.ceil((toMs(today) - toMs(date)) / (7 * DAY));
    const after = toDate(toMs(date) + DAY);
    return [`holds, was due in week ${week} :${start}, ${date}`, `${plural(late, "week")} late :crit, ${after}, ${today}`];
  }
  return [`holds, due in week ${week} :${today >= start ? "active, " : ""}${start}, ${date}`];
}

/** The gates by their weeks, and the day of the judgement (ISO 8601, UTC), folded; null where no start is declared. */
export function timelineSection(system: SystemReport, at: string): string | null {
  const { schedule } = system;
  if (schedule === null) return null;
  const today = at.slice(0, 10);
  let from = schedule.started;
  const sections = schedule.milestones.flatMap((milestone) => {
    const gate = system.gates.find(({ id }) => id === milestone.id);
    const lines = gate === undefined ? [] : [`section ${gate.id}`, ...bars(gate, milestone, from, today)];
    from = toDate(toMs(milestone.date) + DAY);
    return lines;
  });
  const release = schedule.milestones.find(({ id }) => id === "broad-release");
  const lines = [
    "gantt",
    `title ${toMermaidText(systemTitle(system))}`,
    "dateFormat YYYY-MM-DD",
    "axisFormat %d %b",
    "tickInterval 2week",
    "weekday monday",
    "inclusiveEndDates",
    "todayMarker off",
    ...sections,
    "section days",
    ...(today < schedule.started ? [] : [`judged ${today} :milestone, ${today}, 0d`]),
    ...(release === undefined ? [] : [`broad release in week ${release.week} :milestone, ${release.date}, 0d`]),
  ];
  const chart = ["```mermaid", ...lines.map((line, index) => (index === 0 ? line : `  ${line}`)), "```"].join("\n");
  return `<details>\n<summary>The ${release?.week ?? ""} weeks, and where they stand</summary>\n\n${chart}\n\n</details>`;
}
