import type { CriterionReport, GateReport, Report, SystemReport } from "../shapes/report.ts";
import { enforcements, type GateId } from "../shapes/vocabulary.ts";
import { clip, toTerminalText } from "./escape.ts";
import { fileLinkSection, type FileLinks } from "./file-links.ts";
import { fitSections } from "./fit.ts";
import { gateSections, md, signalSection, statusLine } from "./markdown-sections.ts";
import {
  decisionsAsked,
  enforcementPhrase,
  holdWord,
  list,
  nextStep,
  openCriteria,
  sentence,
  stateWords,
  systemTitle,
  tally,
} from "./phrases.ts";

/** What a check run shows. Within GitHub's limits. */
export interface CheckOutput {
  title: string;
  summary: string;
  text: string;
}

export interface CheckOptions {
  /** A sentence of our own that comes first, for example why a hold does not fail this check. */
  note?: string;
  /** Systems that are touched; all where absent. */
  systems?: readonly string[];
  docsUrl?: string | undefined;
  links?: FileLinks | undefined;
}

const TITLE_LIMIT = 140;
const NAMED = 3;
const LIMIT = 65_000;

interface Row {
  system: SystemReport;
  gate: GateReport;
}

const byStrength = ({ enforcement }: GateReport) => enforcements.indexOf(enforcement);

function toTitle(rows: readonly Row[]): string {
  const several = rows.length > 1;
  const open = rows.flatMap(({ system, gate }) =>
    openCriteria(gate).map((criterion) => (several ? `${toTerminalText(system.id)}/${criterion.id}` : criterion.id)),
  );
  const criteria = rows.flatMap(({ gate }) => gate.criteria);
  const held = rows.filter(({ gate }) => gate.verdict === "hold");
  const [first] = held.toSorted((a, b) => byStrength(b.gate) - byStrength(a.gate));
  if (first === undefined) return `Pass: ${tally(criteria, "criteria")}`;
  const hold = holdWord(first.gate);
  if (open.length === 0) {
    const gates = held.map(({ gate }) => gate);
    const standing = gates.flatMap((gate) => gate.holds.map((hold) => hold.role));
    const waits = gates.flatMap((gate) => gate.blockedBy);
    return standing.length > 0 ? `${hold}: held by ${list([...new Set(standing)])}` : `${hold}: waits for ${list([...new Set(waits)])}`;
  }
  const named = open.slice(0, NAMED).join(", ");
  const more = open.length > NAMED ? ` and ${open.length - NAMED} more` : "";
  return `${hold}: ${tally(criteria, "criteria")}: ${named}${more}`;
}

function shortLine(criterion: CriterionReport): string {
  const next = nextStep(criterion);
  const decision = decisionsAsked(criterion)[0];
  const who = next?.roles.length ? ` (${next.roles.join(", ")})` : "";
  const then = next !== null ? ` Next${who}: ${md(clip(next.text, 200))}` : decision === undefined ? "" : ` Asked of ${decision.role}.`;
  return `- **${criterion.id}**, ${stateWords[criterion.state]}: ${sentence(md(clip(criterion.summary, 200)))}${then}`;
}

const rest = (left: number) => `${left} more parts are left out here. Run \`pilotgate check\` to see them.`;

/** What the check run of one gate shows, over the systems that it is about. */
export function toCheckOutput(report: Report, gateId: GateId, options: CheckOptions): CheckOutput {
  const systems = report.systems.filter((system) => options.systems?.includes(system.id) ?? true);
  const rows = systems.flatMap((system) => system.gates.filter((gate) => gate.id === gateId).map((gate) => ({ system, gate })));
  if (rows.length === 0) return { title: "No declared system is touched", summary: "This gate judges no system here.", text: "" };
  const several = rows.length > 1;
  const heading = ({ system }: Row) => (several ? [`### ${md(systemTitle(system))}`] : []);
  const note = options.note === undefined ? [] : [md(options.note)];
  const summary = rows.flatMap((row) => [
    ...heading(row),
    statusLine(row.gate, enforcementPhrase(row.gate)),
    ...(openCriteria(row.gate).length === 0 ? [] : [openCriteria(row.gate).map(shortLine).join("\n")]),
  ]);
  const text = rows.flatMap((row) => {
    const signals = signalSection(row.system);
    return [
      ...heading(row),
      ...gateSections(row.gate, { docsUrl: options.docsUrl, evidence: true }),
      ...(signals === null ? [] : [signals]),
    ];
  });
  const links = fileLinkSection(options.links);
  return {
    title: clip(toTitle(rows), TITLE_LIMIT),
    summary: fitSections([...note, ...summary, ...(links === null ? [] : [links])], LIMIT, rest),
    text: fitSections(text, LIMIT, rest),
  };
}
