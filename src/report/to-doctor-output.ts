import type { Diagnosis, Finding, Outcome } from "../shapes/diagnosis.ts";
import { clip, toMarkdownCode } from "./escape.ts";
import { fitSections } from "./fit.ts";
import { md } from "./markdown-sections.ts";
import { byGuard, outcomeTally } from "./render-diagnosis.ts";
import type { CheckOutput } from "./to-check-output.ts";

const LIMIT = 65_000;
const words: Record<Outcome, string> = { proven: "proven", open: "**open**", unknown: "**not proven**" };
const titles: Record<Outcome, string> = {
  proven: "The gates block",
  open: "Not every gate blocks",
  unknown: "Not every gate is proven to block",
};

const rest = (left: number) => `${left} more parts are left out here. Run \`pilotgate doctor\` to see them.`;

function findingBlock({ question, outcome, summary, details, missing, mend }: Finding): string {
  return [
    `- ${question}, ${words[outcome]}: ${md(summary)}`,
    ...details.map((text) => `  - ${md(text)}`),
    ...(missing === null ? [] : [`  - Not proven; it takes ${md(missing)}.`]),
    ...(mend === null ? [] : [`  - Mend: ${md(mend.summary)}`]),
    ...(mend?.commands ?? []).map((command) => `    ${toMarkdownCode(clip(command, 4000))}`),
  ].join("\n");
}

/** The weekly check's text, without a clock: equal settings give equal text. */
export function toDoctorOutput(diagnosis: Diagnosis, docsUrl: string | undefined): CheckOutput {
  const { outcome, findings, notes } = diagnosis;
  const docs = docsUrl === undefined ? "" : ` ([what is asked](${docsUrl}/docs/doctor.md))`;
  const intro = `Whether GitHub's own settings let the gates block${docs}. This check never blocks. The App sees less than an administrator: \`pilotgate doctor\` with an administrator's token sees everything.`;
  return {
    title: clip(`${titles[outcome]}: ${outcomeTally(findings)}`, 140),
    summary: intro,
    text: fitSections(
      [
        ...byGuard(findings).map(({ title, findings: those }) => [`#### ${md(title)}`, "", ...those.map(findingBlock)].join("\n")),
        ...(notes.length === 0 ? [] : [["#### Notes", "", ...notes.map((note) => `- ${md(note)}`)].join("\n")]),
      ],
      LIMIT,
      rest,
    ),
  };
}
