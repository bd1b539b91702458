import type { Report, SystemReport } from "../shapes/report.ts";
import { fitSections } from "./fit.ts";
import { gateSections, md, signalSection, statusLine, type SectionOptions } from "./markdown-sections.ts";
import { timelineSection } from "./timeline.ts";
import { enforcementPhrase, origin, systemFacts, systemTitle, tally, verdictPhrase } from "./phrases.ts";

/** A job summary may hold 1 MiB; a page that long is read by nobody. */
const LIMIT = 500_000;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export interface MarkdownOptions extends SectionOptions {
  /** Charts that were written, by where they stand seen from the report. */
  charts?: readonly { systemId: string; href: string; alt: string }[];
  /** Sentences that come first. */
  notes?: readonly string[];
}

function systemSections(system: SystemReport, at: string, options: MarkdownOptions): string[] {
  const rows = system.gates.map(
    (gate) =>
      `| ${gate.id} | ${gate.verdict === "pass" ? "pass" : "**hold**"} | ${tally(gate.criteria)} | ${gate.entry === "open" ? "open" : "not yet"} |`,
  );
  const signals = signalSection(system);
  const timeline = timelineSection(system, at);
  return [
    `### ${md(systemTitle(system))}`,
    md(systemFacts(system).join(" · ")),
    ["| gate | verdict | criteria | entry |", "|---|---|---|---|", ...rows].join("\n"),
    ...(timeline === null ? [] : [timeline]),
    ...(options.charts ?? [])
      .filter(({ systemId }) => systemId === system.id)
      .map(({ href, alt }) => `![${md(alt)}](${href.split("/").map(encodeURIComponent).join("/")})`),
    ...system.gates.flatMap((gate) => [
      `#### ${gate.id}: ${md(gate.title)}`,
      statusLine(gate, enforcementPhrase(gate, at)),
      ...gateSections(gate, { ...options, evidence: true }),
    ]),
    ...(signals === null ? [] : [signals]),
  ];
}

/** `check --format markdown` and the job summary of the Action. Ends with a newline. */
export function renderMarkdown(report: Report, { notes = [], ...options }: MarkdownOptions = {}): string {
  const sections = [
    `## Pilotgate: ${report.verdict}`,
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${md(note)}`).join("\n")]),
    `${capital(verdictPhrase(report))}. ${capital(md(origin(report).join(" · ")))}`,
    ...report.systems.flatMap((system) => systemSections(system, report.at, options)),
  ];
  return `${fitSections(sections, LIMIT, (left) => `${left} more parts are left out here. Run \`pilotgate check\` to see them.`)}\n`;
}
