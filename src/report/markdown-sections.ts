import type { CriterionReport, GateReport, SystemReport } from "../shapes/report.ts";
import { clip, toMarkdownCode, toMarkdownSentence } from "./escape.ts";
import {
  decisionsAsked,
  factWords,
  gateObstacles,
  isOpen,
  list,
  nextStep,
  openCriteria,
  otherFindings,
  sentence,
  statePhrase,
  stateWords,
  tally,
} from "./phrases.ts";

/* Blocks of Markdown that job summary, check run and comment are put together from. Each is complete in itself, so that a text can be
   cut between any two. */

const SHOWN_FINDINGS = 8;
const SHOWN_FILES = 6;

/** Foreign text of at most 600 characters, escaped. */
export const md = (text: string) => toMarkdownSentence(clip(text, 600));
const code = (text: string) => toMarkdownCode(clip(text, 300));

export interface SectionOptions {
  /** Where the documentation stands, without a slash at the end; no links where absent. */
  docsUrl?: string | undefined;
  /** Also the files that were read. */
  evidence?: boolean;
  /** Mark criteria of which only facts are wanting that this surface does not see. */
  unseen?: boolean;
}

function docsLink(criterion: CriterionReport, docsUrl: string | undefined): string {
  const docs = `docs/criteria/${criterion.id}.md`;
  return docsUrl === undefined ? "" : ` ([what it asks](${docsUrl}/${docs}))`;
}

/** `**Hold** · blocks · 2 of 6 open`: `acts` says how a hold acts now. With what stands in the way besides. */
export function statusLine(gate: GateReport, acts: string): string {
  const verdict = gate.verdict === "pass" ? "Pass" : "Hold";
  const obstacles = gateObstacles(gate).map((text) => `\n- ${md(text)}`);
  const gap = obstacles.length > 0 ? "\n" : "";
  return `**${verdict}** · ${acts} · ${tally(gate.criteria)}${gap}${obstacles.join("")}`;
}

function unseenWords({ unseen }: CriterionReport): string {
  return unseen.length === 0 ? "" : `, unseen here (${list(unseen.map((name) => factWords[name]))})`;
}

/** One criterion that is open: why, what next, who, what is asked of whom. */
export function openSection(criterion: CriterionReport, { docsUrl, evidence = false, unseen = false }: SectionOptions): string {
  const next = nextStep(criterion);
  const findings = otherFindings(criterion);
  const files = evidence ? criterion.evidence.slice(0, SHOWN_FILES) : [];
  const lines = [
    `**${criterion.id}**: ${stateWords[criterion.state]}${unseen ? unseenWords(criterion) : ""}${docsLink(criterion, docsUrl)}`,
    `- Asks: ${md(criterion.title)}`,
    `- Why: ${md(criterion.summary)}`,
    ...findings.slice(0, SHOWN_FINDINGS).map((text) => `  - ${md(text)}`),
    ...(findings.length > SHOWN_FINDINGS ? [`  - and ${findings.length - SHOWN_FINDINGS} more`] : []),
    ...(next === null ? [] : [`- Next: ${md(next.text)}`]),
    ...(next === null || next.roles.length === 0 ? [] : [`- Who: ${list(next.roles)}`]),
    ...decisionsAsked(criterion).map(
      ({ role, question, command }) => `- Decision of ${role}: ${sentence(md(question))} Answer with ${code(command)}`,
    ),
    ...criterion.deviations.map((text) => `- Deviation: ${md(text)}`),
    ...files.map(({ path, format, level }) => {
      const what = [format, level].filter((word) => word !== null).map((word) => md(word));
      return `- Read: ${code(path)}${what.length === 0 ? "" : ` (${what.join(", ")})`}`;
    }),
    ...(evidence && criterion.evidence.length > files.length ? [`- and ${criterion.evidence.length - files.length} more files`] : []),
  ];
  return lines.join("\n");
}

function closedLine(criterion: CriterionReport): string {
  const why = criterion.state === "met" || criterion.state === "not-applicable" ? md(criterion.summary) : "";
  const state = criterion.state === "met" ? "" : ` (${md(statePhrase(criterion))})`;
  const deviations = criterion.deviations.map((text) => `\n  - Deviation: ${md(text)}`);
  return `- **${criterion.id}**${state}${why === "" ? "" : `: ${why}`}${deviations.join("")}`;
}

/** Criteria that are not open, folded; null where there is none. Deviations stand outside of the fold: they are always seen. */
export function closedSection(gate: GateReport): string | null {
  const closed = gate.criteria.filter((criterion) => !isOpen(criterion));
  if (closed.length === 0) return null;
  const count = closed.length === 1 ? "1 criterion is" : `${closed.length} criteria are`;
  const words = closed.every((criterion) => criterion.state === "met") ? "met" : "met, waived or not applicable";
  const deviating = closed.flatMap((criterion) => criterion.deviations.map((text) => `- Deviation in **${criterion.id}**: ${md(text)}`));
  const fold = `<details>\n<summary>${count} ${words}</summary>\n\n${closed.map(closedLine).join("\n")}\n\n</details>`;
  return [...(deviating.length === 0 ? [] : [deviating.join("\n")]), fold].join("\n\n");
}

/** What the gate asks of people, folded; null where it asks nothing or passes. */
export function questionSection(gate: GateReport): string | null {
  if (gate.questions.length === 0 || gate.verdict === "pass") return null;
  const lines = gate.questions.map(({ role, question }) => `- ${role}: ${md(question)}`);
  return `<details>\n<summary>Questions for the people who decide</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

export function signalSection(system: SystemReport): string | null {
  if (system.signals.length === 0) return null;
  const lines = system.signals.map(({ id, summary, remedy }) => `- **${id}**: ${sentence(md(summary))} Next: ${md(remedy)}`);
  return `Early warnings (they advise and never block):\n\n${lines.join("\n")}`;
}

/** All blocks of one gate under its status line. */
export function gateSections(gate: GateReport, options: SectionOptions): string[] {
  const parts = [
    ...openCriteria(gate).map((criterion) => openSection(criterion, options)),
    closedSection(gate),
    options.evidence === true ? questionSection(gate) : null,
  ];
  return parts.filter((part) => part !== null);
}
