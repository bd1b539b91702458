import type { Report } from "../shapes/report.ts";
import type { Enforcement, GateId } from "../shapes/vocabulary.ts";
import { fitSections } from "./fit.ts";
import { gateSections, md, signalSection, statusLine } from "./markdown-sections.ts";
import { systemTitle } from "./phrases.ts";

/** First line of our comment. Together with our App id it finds the comment again; alone it proves nothing. */
export const COMMENT_MARKER = "<!-- pilotgate -->";

export interface CommentOptions {
  /** Gates that guard the base branch, and how each acts now. */
  gates: readonly { id: GateId; enforcement: Enforcement; from?: string | null }[];
  /** Systems that the pull request touches; all where absent. */
  systems?: readonly string[];
  /** Where the documentation stands, without a slash at the end; no links where absent. */
  docsUrl?: string | undefined;
}

const LIMIT = 60_000;

/**
 * The one comment of a pull request: what is missing, and who can supply it. It names roles and mentions nobody, and holds no clock,
 * so equal verdicts give equal text.
 */
export function renderComment(report: Report, options: CommentOptions): string {
  const systems = report.systems.filter((system) => options.systems?.includes(system.id) ?? true);
  const guarding = new Map(options.gates.map((gate) => [gate.id, gate]));
  const shown = systems.flatMap((system) =>
    system.gates.flatMap((gate) => {
      const guard = guarding.get(gate.id);
      return guard === undefined ? [] : [{ system, gate, guard }];
    }),
  );
  const held = shown.some(({ gate }) => gate.verdict === "hold");
  const several = systems.length > 1;
  const toBlock = ({ system, gate, guard }: (typeof shown)[number]) => {
    const heading = `#### ${several ? `${md(systemTitle(system))}, ` : ""}${gate.id}: ${md(gate.title)}`;
    const status = statusLine(gate, guard.enforcement, guard.from ?? null);
    return [heading, status].concat(gateSections(gate, { docsUrl: options.docsUrl }));
  };
  const sections = [
    `${COMMENT_MARKER}\n### Pilotgate: ${held ? "hold" : "pass"}`,
    held ? "This is what is still missing, and who can supply it." : "Every gate that guards this branch passes.",
    ...shown.flatMap(toBlock),
    ...systems.map(signalSection).filter((section) => section !== null),
  ];
  return fitSections(sections, LIMIT - 1, (left) => `${left} more parts are left out here; the check runs show them.`);
}
