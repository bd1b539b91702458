import type { CriterionReport, Decision, GateReport, Report, SystemReport } from "../shapes/report.ts";
import { states, type factNames, type GateId, type Role, type State } from "../shapes/vocabulary.ts";

/* What a report says in words, the same for every output. Nothing here is escaped yet: that is the renderer's part. */

export const stateWords: Record<State, string> = {
  "not-applicable": "not applicable",
  waived: "waived",
  "not-met": "not met",
  missing: "missing",
  stale: "stale",
  inconclusive: "inconclusive",
  "needs-decision": "needs a decision",
  met: "met",
};

/** The facts of `--facts`, as people call them. */
export const factWords: Record<(typeof factNames)[number], string> = {
  approvals: "approvals",
  decisions: "decisions",
  deployments: "deployments",
  alerts: "alerts",
  requests: "requests served",
  checks: "checks",
  lineage: "the history of files",
};

export function isOpen(criterion: CriterionReport): boolean {
  return criterion.state !== "met" && criterion.state !== "waived" && criterion.state !== "not-applicable";
}

export function openCriteria(gate: GateReport): CriterionReport[] {
  return gate.criteria.filter(isOpen);
}

/** `waived until 2026-12-15, approved by @octo-mia`; else the plain word. */
export function statePhrase(criterion: CriterionReport): string {
  const { waiver } = criterion;
  if (criterion.state !== "waived" || waiver === null) return stateWords[criterion.state];
  return `waived until ${waiver.until}${waiver.approvedBy === null ? "" : `, approved by ${waiver.approvedBy}`}: ${waiver.reason}`;
}

type Ladder = Pick<GateReport, "enforcement" | "enforceFrom">;

/** `warns, blocks from 2026-12-01, in 8 days`: how a hold acts. Days are counted to `at` (ISO 8601, UTC), where it is given. */
export function enforcementPhrase({ enforcement, enforceFrom }: Ladder, at?: string): string {
  if (enforcement === "enforce") return "blocks";
  const later = enforceFrom === null ? "" : `, blocks from ${enforceFrom}${at === undefined ? "" : countdown(enforceFrom, at)}`;
  return enforcement === "warn" ? `warns${later}` : `advisory${later}`;
}

function countdown(from: string, at: string): string {
  const days = (Date.parse(`${from}T00:00:00Z`) - Date.parse(`${at.slice(0, 10)}T00:00:00Z`)) / 86_400_000;
  return days >= 1 ? `, in ${plural(days, "day")}` : "";
}

/** What a hold is called where it does not block: `Would have held (blocks from 2026-12-01)`. */
export function holdWord({ enforcement, enforceFrom }: Ladder): string {
  if (enforcement === "enforce") return "Hold";
  const later = enforceFrom === null ? "" : ` (blocks from ${enforceFrom})`;
  return enforcement === "warn" ? `Would have held${later}` : `Advisory${later}`;
}

/** Why a gate holds apart from its criteria: not entered yet, or a hold that a person set. */
export function gateObstacles(gate: GateReport): string[] {
  const waits = gate.entry === "closed" ? [`not entered yet: ${list(gate.blockedBy)} must pass first`] : [];
  return [...waits, ...gate.holds.map((hold) => `held by ${hold.by} (${hold.role}) since ${hold.at.slice(0, 10)}: ${hold.reason}`)];
}

/** `2 of 6 open`, `6 of 6 met`, `5 of 6 met, 1 waived`; `noun` stands before the word. */
export function tally(criteria: readonly CriterionReport[], noun = ""): string {
  const of = `of ${criteria.length}${noun === "" ? "" : ` ${noun}`}`;
  const open = criteria.filter(isOpen).length;
  if (open > 0) return `${open} ${of} open`;
  const count = (state: State) => criteria.filter((criterion) => criterion.state === state).length;
  const apart = [
    count("waived") > 0 ? `${count("waived")} waived` : "",
    count("not-applicable") > 0 ? `${count("not-applicable")} not applicable` : "",
  ].filter((text) => text !== "");
  return [`${count("met")} ${of} met`, ...apart].join(", ");
}

const bare = (text: string) => text.trim().replace(/\.$/, "").toLowerCase();

/** Findings that say more than the summary and the decisions asked do. */
export function otherFindings(criterion: CriterionReport): string[] {
  const questions = decisionsAsked(criterion).map(({ question }) => bare(question));
  const isSaid = (finding: string) => finding === bare(criterion.summary) || questions.some((question) => finding.endsWith(question));
  return [...new Set(criterion.findings)].filter((finding) => !isSaid(bare(finding)));
}

export function decisionsAsked(criterion: CriterionReport): Decision[] {
  if (criterion.decisions.length > 0) return criterion.decisions;
  return criterion.decision === null ? [] : [criterion.decision];
}

/** What to do next. Where only an answer is missing, the decision itself says it. */
export function nextStep(criterion: CriterionReport): { text: string; roles: readonly Role[] } | null {
  if (criterion.remedy === null || (criterion.state === "needs-decision" && decisionsAsked(criterion).length > 0)) return null;
  return { text: criterion.remedy.summary, roles: criterion.remedy.roles };
}

/** `1 week`, `3 weeks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The text with a full stop where it ends without any mark. */
export function sentence(text: string): string {
  return /[.!?…:]$/.test(text) ? text : `${text}.`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** `high risk`, `week 12`, `next due: …`. */
export function systemFacts(system: SystemReport): string[] {
  return [
    `${system.risk} risk`,
    ...(system.week === null ? [] : [`week ${system.week}`]),
    ...(system.due === null ? [] : [`next due: ${system.due}`]),
  ];
}

export interface Step {
  system: SystemReport;
  gate: GateReport;
  criterion: CriterionReport;
}

const urgency = (criterion: CriterionReport) => states.indexOf(criterion.state);

/** Open criteria in the order in which they are worth mending: gates in their order, within a gate what is broken before what is asked. */
export function nextSteps(systems: readonly SystemReport[], limit: number): Step[] {
  const gateOrder: GateId[] = ["governance", "infrastructure", "rollout"];
  return gateOrder
    .flatMap((id) =>
      systems
        .flatMap((system) => system.gates.filter((gate) => gate.id === id).map((gate) => ({ system, gate })))
        .flatMap(({ system, gate }) => openCriteria(gate).map((criterion) => ({ system, gate, criterion })))
        .sort((a, b) => urgency(a.criterion) - urgency(b.criterion)),
    )
    .slice(0, limit);
}

export function systemTitle(system: SystemReport): string {
  return system.name === system.id ? system.id : `${system.name} (${system.id})`;
}

/** `Hold: 5 of 16 criteria open` over the systems named. */
export function verdictPhrase(report: Report): string {
  const gates = report.systems.flatMap((system) => system.gates);
  const open = gates.reduce((sum, gate) => sum + openCriteria(gate).length, 0);
  const all = gates.reduce((sum, gate) => sum + gate.criteria.length, 0);
  if (report.verdict === "pass") return "every gate passes";
  return open > 0 ? `${open} of ${all} criteria open` : "a gate is held";
}

/** What the report was judged on, in words. */
export function origin(report: Report): string[] {
  return [
    `judged at ${report.at.slice(0, 16).replace("T", " ")} UTC`,
    report.commit === null ? "not at a clean commit" : `commit ${report.commit.slice(0, 12)}`,
    report.facts === "none" ? "no facts given" : `facts from ${report.facts === "file" ? "a file" : "GitHub"}`,
    `Pilotgate ${report.toolVersion}`,
  ];
}
