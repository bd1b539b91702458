import type { FactName } from "../shapes/facts.ts";
import { frameworkNumbersOf } from "../shapes/framework-numbers.ts";
import type { System } from "../shapes/policy.ts";
import type { CriterionReport, Detail } from "../shapes/report.ts";
import { factNames, levels, states, type CriterionId, type Kind, type Level } from "../shapes/vocabulary.ts";
import { judgeApprovals } from "./approvals.ts";
import { worstFinding } from "./fold.ts";
import { inputOf, type Gathered } from "./criterion-input.ts";
import { meetNeeds } from "./meet-needs.ts";
import { profiles } from "./profile.ts";
import { listEvidence } from "./list-evidence.ts";
import type { AnyCriterion, Finding, Judgement, Subject, SystemEvidence } from "./types.ts";
import { figure, list } from "./words.ts";

/** One criterion, whole: documents, evidence, levels, its own judgement, decisions, folded into state, why, what next and who. */
export function judgeCriterion(criterion: AnyCriterion, system: System, evidence: SystemEvidence, subject: Subject): CriterionReport {
  const thresholds: Record<string, unknown> = {
    ...profiles[system.risk].thresholds[criterion.id],
    ...system.criteria[criterion.id].thresholds,
  };
  const gathered = meetNeeds(criterion, system, evidence, subject, thresholds);
  const judgement = gathered.complete ? criterion.judge(inputOf(criterion, system, evidence, subject, thresholds, gathered)) : undefined;
  const documentLevel = thresholds["documentLevel"] as Level | undefined;
  const approvals = judgeApprovals(
    criterion,
    system,
    evidence,
    subject,
    profiles[system.risk].approvals || atLeast(documentLevel ?? "E1", "E2"),
  );
  const findings: Finding[] = [
    ...gathered.findings,
    ...(judgement?.findings ?? []),
    ...levelFindings(criterion, gathered, thresholds),
    ...(documentLevel !== undefined && atLeast(documentLevel, "E3") ? [unreachableLevel(documentLevel)] : []),
    ...approvals.findings,
    ...notes(criterion.id, system),
  ];
  const worst = worstFinding(findings);
  const measured = Object.values(gathered.evidence).some((files) => files.length > 0);
  return {
    id: criterion.id,
    title: criterion.title,
    state: worst?.state ?? "met",
    level: weakest(approvals.level, measured ? "E1" : undefined),
    ...wording(criterion, system, judgement, findings, worst),
    deviations: deviations(criterion.id, thresholds),
    waiver: null,
    decision: approvals.open[0] ?? null,
    decisions: approvals.open,
    unseen: unseenFacts(findings),
    evidence: listEvidence(criterion, evidence, subject, approvals.level),
    ...(judgement?.figures === undefined ? {} : { figures: judgement.figures }),
  };
}

/** Facts that alone are wanting; none where a gap has another cause. */
function unseenFacts(findings: readonly Finding[]): FactName[] {
  const gaps = new Set(findings.filter(({ state }) => state !== "note").map(({ unseen }) => unseen));
  return gaps.has(undefined) ? [] : factNames.filter((name) => gaps.has(name));
}

const measuredKinds: ReadonlySet<Kind> = new Set<Kind>([
  "load-test",
  "red-team",
  "evaluation",
  "tests",
  "survey",
  "metric-series",
  "log",
  "training",
]);

function levelFindings(criterion: AnyCriterion, gathered: Gathered, thresholds: Record<string, unknown>): Finding[] {
  const asked = thresholds["measurementLevel"] as Level | undefined;
  if (asked === undefined || !atLeast(asked, "E2")) return [];
  const file = Object.entries(gathered.evidence).find(([kind, files]) => measuredKinds.has(kind as Kind) && files.length > 0)?.[1][0];
  if (!file) return [];
  return [
    {
      state: "missing",
      path: file.path,
      text: `${file.path} is a file in the repository (E1); ${asked} is asked for.`,
      remedy: `Let an allowed workflow upload the result as an artifact and name it in \`criteria.${criterion.id}.evidence.artifact\`.`,
    },
  ];
}

function unreachableLevel(asked: Level): Finding {
  return {
    state: "missing",
    text: `${asked} is asked of the documents, and an approved document reaches E2.`,
    remedy: "Set `documentLevel` to E2 in the policy.",
  };
}

function notes(id: CriterionId, system: System): Finding[] {
  const set = Object.entries(system.criteria[id].thresholds);
  const findings: Finding[] = [];
  if (set.length > 0)
    findings.push({
      state: "note",
      text: `Set in the policy: ${list(set.map(([key, value]) => `${key} ${typeof value === "number" ? figure(value) : String(value)}`))}. All other thresholds are the defaults for ${system.risk} risk.`,
    });
  if (system.waivers.some(({ criterion }) => criterion === id))
    findings.push({
      state: "note",
      text: "The policy declares a waiver; this version does not apply waivers, so the criterion is judged.",
    });
  if (system.notApplicable.some(({ criterion }) => criterion === id))
    findings.push({
      state: "note",
      text: "The policy calls this not applicable; this version does not apply that, so the criterion is judged.",
    });
  return findings;
}

function deviations(id: CriterionId, thresholds: Record<string, unknown>): string[] {
  return Object.entries(frameworkNumbersOf(id)).flatMap(([key, { value, words }]) => {
    const used = thresholds[key];
    return typeof used === "number" && used !== value ? [`${figure(used)} ${words}; the framework asks for ${figure(value)}`] : [];
  });
}

/** Nobody reads more; the state counts them all. */
const MAX_FINDINGS = 50;

function severity({ state }: Finding): number {
  return state === "note" ? states.length : states.indexOf(state);
}

function wording(
  criterion: AnyCriterion,
  system: System,
  judgement: Judgement | undefined,
  findings: readonly Finding[],
  worst: ReturnType<typeof worstFinding>,
): Pick<CriterionReport, "summary" | "findings" | "details" | "remedy"> {
  const fromJudge = worst === undefined || (judgement?.findings ?? []).some((finding) => finding === worst);
  const summary = fromJudge && judgement ? judgement.summary : (worst?.text ?? judgement?.summary ?? criterion.title);
  const order = findings.length > MAX_FINDINGS ? findings.toSorted((a, b) => severity(a) - severity(b)) : findings;
  const all = [...new Set(order.map(({ text }) => text))].filter((text) => text !== summary && text !== `${summary}.`);
  const texts =
    all.length > MAX_FINDINGS ? [...all.slice(0, MAX_FINDINGS), `${figure(all.length - MAX_FINDINGS)} more findings are not shown.`] : all;
  const details = toDetails(criterion, order);
  if (!worst) return { summary, findings: texts, details, remedy: null };
  const same = findings.filter(({ state }) => state === worst.state);
  const paths = [...new Set(same.flatMap(({ path }) => (path === undefined ? [] : [path])))];
  return {
    summary,
    findings: texts,
    details,
    remedy: {
      summary: worst.remedy ?? criterion.remedy,
      roles: [...new Set(same.flatMap(({ roles }) => roles ?? criterion.suppliers))],
      paths: paths.length > 0 ? paths.slice(0, MAX_FINDINGS) : criterion.places.map((place) => `${system.documents}/${place}`),
      docs: `docs/criteria/${criterion.id}.md`,
    },
  };
}

/** Every finding once, with what helps where it names nothing itself. */
function toDetails(criterion: AnyCriterion, findings: readonly Finding[]): Detail[] {
  const details = findings.map(({ path, line, state, text, remedy, roles }): Detail => ({
    path: path ?? null,
    line: line ?? null,
    state,
    text,
    remedy: state === "note" ? null : (remedy ?? criterion.remedy),
    roles: state === "note" ? [] : [...(roles ?? criterion.suppliers)],
  }));
  return [...new Map(details.map((detail) => [JSON.stringify([detail.path, detail.line, detail.text]), detail])).values()].slice(
    0,
    MAX_FINDINGS,
  );
}

function atLeast(level: Level, wanted: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(wanted);
}

function weakest(...of: (Level | undefined)[]): Level | null {
  const known = of.filter((level): level is Level => level !== undefined);
  return known.sort((a, b) => levels.indexOf(a) - levels.indexOf(b))[0] ?? null;
}
