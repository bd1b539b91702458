import type { GateReport, Report } from "../shapes/report.ts";
import type { GateId } from "../shapes/vocabulary.ts";
import { fileLinkSection, type FileLinks } from "./file-links.ts";
import { fitSections } from "./fit.ts";
import { gateSections, md, signalSection, statusLine } from "./markdown-sections.ts";
import { enforcementPhrase, systemTitle } from "./phrases.ts";

/** First line of our comment. Together with our App id it finds the comment again; alone it proves nothing. */
export const COMMENT_MARKER = "<!-- pilotgate -->";

export interface CommentOptions {
  /** Gates that guard the base branch. */
  gates: readonly GateId[];
  /** Systems that the pull request touches; all where absent. */
  systems?: readonly string[];
  /** Instant to which days are counted; none are where absent, so that equal verdicts give equal text. */
  at?: string;
  /** Where the documentation stands, without a slash at the end; no links where absent. */
  docsUrl?: string | undefined;
  links?: FileLinks | undefined;
}

const LIMIT = 60_000;

function actsNow(gate: GateReport, at: string | undefined): string {
  const days = enforcementPhrase(gate, at);
  return days === enforcementPhrase(gate) ? days : `${days} as of ${at?.slice(0, 10)}`;
}

/**
 * The one comment of a pull request: what is missing, and who can supply it. It names roles and mentions nobody, and holds no clock
 * but the days until a gate blocks.
 */
export function renderComment(report: Report, options: CommentOptions): string {
  const systems = report.systems.filter((system) => options.systems?.includes(system.id) ?? true);
  const shown = systems.flatMap((system) => system.gates.filter(({ id }) => options.gates.includes(id)).map((gate) => ({ system, gate })));
  const held = shown.filter(({ gate }) => gate.verdict === "hold");
  const isHeld = held.length > 0;
  const blocks = held.some(({ gate }) => gate.enforcement === "enforce");
  const several = systems.length > 1;
  const toBlock = ({ system, gate }: (typeof shown)[number]) => {
    const heading = `#### ${several ? `${md(systemTitle(system))}, ` : ""}${gate.id}: ${md(gate.title)}`;
    const status = statusLine(gate, actsNow(gate, options.at));
    return [heading, status].concat(gateSections(gate, { docsUrl: options.docsUrl }));
  };
  const sections = [
    `${COMMENT_MARKER}\n### Pilotgate: ${!isHeld ? "pass" : blocks ? "hold" : "would have held"}`,
    !isHeld
      ? "Every gate that guards this branch passes."
      : `${blocks ? "" : "Nothing here blocks the merge yet. "}This is what is still missing, and who can supply it.`,
    ...shown.flatMap(toBlock),
    ...[fileLinkSection(options.links), ...systems.map(signalSection)].filter((section) => section !== null),
  ];
  return fitSections(sections, LIMIT - 1, (left) => `${left} more parts are left out here; the check runs show them.`);
}
