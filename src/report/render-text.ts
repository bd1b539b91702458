import type { CriterionReport, GateReport, Report, SystemReport } from "../shapes/report.ts";
import type { State } from "../shapes/vocabulary.ts";
import { clipToWidth, displayWidth } from "./display-width.ts";
import { clip, toTerminalText } from "./escape.ts";
import { flow, paint, type Span, type Style } from "./flow.ts";
import {
  decisionsAsked,
  enforcementPhrase,
  gateObstacles,
  isOpen,
  nextStep,
  nextSteps,
  origin,
  otherFindings,
  statePhrase,
  stateWords,
  systemFacts,
  systemTitle,
  tally,
  verdictPhrase,
} from "./phrases.ts";

export interface TextOptions {
  color: boolean;
  /** Columns of the terminal; text is wrapped to at most 100. */
  width: number;
  /** Marks beyond ASCII; default true. */
  unicode?: boolean;
  /** Every finding at full length, and the questions that a gate asks. */
  verbose?: boolean;
}

interface Page extends Required<TextOptions> {
  /** Instant of the judgement. */
  at: string;
}

const marks: Record<State, { unicode: string; ascii: string; style: Style }> = {
  met: { unicode: "✔", ascii: "+", style: "green" },
  waived: { unicode: "~", ascii: "~", style: "yellow" },
  "not-applicable": { unicode: "–", ascii: "-", style: "dim" },
  "not-met": { unicode: "✖", ascii: "x", style: "red" },
  missing: { unicode: "○", ascii: "o", style: "red" },
  stale: { unicode: "↻", ascii: "!", style: "yellow" },
  inconclusive: { unicode: "?", ascii: "?", style: "yellow" },
  "needs-decision": { unicode: "◆", ascii: "*", style: "cyan" },
};

const LONGEST_ID = "legal-privacy-architecture".length;
const WIDE = 76;
const SHOWN_FINDINGS = 2;
const LONGEST_TEXT = 600;

const safe = (text: string) => clip(toTerminalText(text), LONGEST_TEXT);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What `check` prints: a screenful for people, ending with the verdict and what to do first. Ends with a newline. */
export function renderText(report: Report, options: TextOptions): string {
  const page: Page = {
    unicode: true,
    verbose: false,
    ...options,
    at: report.at,
    width: Math.min(100, Math.max(20, Math.floor(options.width))),
  };
  const lines = [...report.systems.flatMap((system) => [...systemLines(system, page), ""]), ...ending(report, page)];
  const text = page.unicode ? lines.join("\n") : lines.join("\n").replace(/…/g, "...").replace(/·/g, "|").replace(/[–—]/g, "-");
  return `${text}\n`;
}

function systemLines(system: SystemReport, page: Page): string[] {
  return [
    ...flow([{ text: safe(systemTitle(system)), style: "bold" }], page),
    ...flow([{ text: systemFacts(system).map(safe).join(" · "), style: "dim" }], page),
    ...system.gates.flatMap((gate) => ["", ...gateLines(gate, page)]),
    ...(system.signals.length === 0 ? [] : ["", paint("Early warnings", "bold", page.color)]),
    ...system.signals.flatMap((signal) => [
      ...flow([{ text: `! ${signal.id}:`, style: "yellow" }, { text: safe(signal.summary) }], { ...page, indent: 2, hanging: 4 }),
      ...flow([{ text: "Next:", style: "bold" }, { text: safe(signal.remedy) }], { ...page, indent: 4 }),
    ]),
  ];
}

function gateLines(gate: GateReport, page: Page): string[] {
  const held = gate.verdict === "hold";
  const badge: Span = { text: held ? "HOLD" : "PASS", style: held ? "hold" : "pass" };
  const acts = enforcementPhrase(gate, page.at);
  return [
    ...flow([badge, { text: gate.title, style: "bold" }], { ...page, hanging: 5 }),
    ...flow([{ text: [gate.id, acts, tally(gate.criteria)].join(" · "), style: "dim" }], { ...page, indent: 5 }),
    ...gateObstacles(gate).flatMap((obstacle) => flow([{ text: capital(safe(obstacle)), style: "yellow" }], { ...page, indent: 5 })),
    ...gate.criteria.flatMap((criterion) => criterionLines(criterion, page)),
    ...(page.verbose && held
      ? gate.questions.flatMap(({ role, question }) =>
          flow([{ text: `Asked of ${role}:`, style: "dim" }, { text: question }], { ...page, indent: 2, hanging: 4 }),
        )
      : []),
  ];
}

/** A met criterion is read for its figures, an open one for what it asks. */
function headlineText(criterion: CriterionReport): string {
  if (criterion.state === "met") return safe(criterion.summary);
  return isOpen(criterion) ? criterion.title : safe(statePhrase(criterion));
}

function headline(criterion: CriterionReport, page: Page): string[] {
  const { unicode, ascii, style } = marks[criterion.state];
  const mark = paint(page.unicode ? unicode : ascii, style, page.color);
  const idStyle: Style = isOpen(criterion) ? "bold" : "plain";
  const title = headlineText(criterion);
  if (page.width < WIDE) {
    const short = `  ${mark} ${paint(criterion.id, idStyle, page.color)}`;
    return isOpen(criterion) || criterion.state === "waived"
      ? [short, ...flow([{ text: title, style: "dim" }], { ...page, indent: 4 })]
      : [short];
  }
  const id = paint(criterion.id, idStyle, page.color) + " ".repeat(Math.max(0, LONGEST_ID - displayWidth(criterion.id)));
  return [`  ${mark} ${id}  ${paint(clipToWidth(title, page.width - LONGEST_ID - 6), "dim", page.color)}`];
}

function criterionLines(criterion: CriterionReport, page: Page): string[] {
  const inside = { ...page, indent: 4, hanging: 6 };
  const deviations = criterion.deviations.flatMap((text) => flow([{ text: "Deviation:", style: "yellow" }, { text: safe(text) }], inside));
  if (!isOpen(criterion)) return [...headline(criterion, page), ...deviations];
  const next = nextStep(criterion);
  const who = next === null || next.roles.length === 0 ? "Next:" : `Next (${next.roles.join(", ")}):`;
  return [
    ...headline(criterion, page),
    ...flow(
      [{ text: `${capital(stateWords[criterion.state])}:`, style: marks[criterion.state].style }, { text: safe(criterion.summary) }],
      inside,
    ),
    ...findingLines(page.verbose ? criterion.findings : otherFindings(criterion), page),
    ...(next === null ? [] : flow([{ text: who, style: "bold" }, { text: safe(next.text) }], inside)),
    ...decisionsAsked(criterion).flatMap(({ role, question, command }) =>
      flow(
        [{ text: `Decide (${role}):`, style: "bold" }, { text: safe(question) }, { text: safe(command), style: "cyan", whole: true }],
        inside,
      ),
    ),
    ...deviations,
  ];
}

function findingLines(findings: readonly string[], page: Page): string[] {
  if (page.verbose)
    return findings.flatMap((text) => flow([{ text: `- ${safe(text)}`, style: "dim" }], { ...page, indent: 4, hanging: 6 }));
  const shown = findings.length <= SHOWN_FINDINGS ? findings : findings.slice(0, SHOWN_FINDINGS - 1);
  const more = findings.length - shown.length;
  return [...shown.map(safe), ...(more === 0 ? [] : [`and ${more} more (--verbose)`])].map(
    (text) => `    ${paint(clipToWidth(`- ${text}`, page.width - 4), "dim", page.color)}`,
  );
}

function stepText(criterion: CriterionReport): { roles: string; text: string } {
  const decision = decisionsAsked(criterion)[0];
  const next = nextStep(criterion);
  if (next !== null) return { roles: next.roles.join(", "), text: next.text };
  if (decision !== undefined) return { roles: decision.role, text: decision.question };
  return { roles: "", text: criterion.summary };
}

function ending(report: Report, page: Page): string[] {
  const held = report.verdict === "hold";
  const steps = nextSteps(report.systems, 3).map(({ system, criterion }, index) => {
    const { roles, text } = stepText(criterion);
    const name = report.systems.length > 1 ? `${system.id}/${criterion.id}` : criterion.id;
    const who = `${index + 1}. ${safe(name)}${roles === "" ? "" : ` (${roles})`}`;
    return `  ${clipToWidth(page.width < WIDE ? who : `${who}: ${safe(text)}`, page.width - 2)}`;
  });
  return [
    ...flow(
      [
        { text: held ? "HOLD" : "PASS", style: held ? "hold" : "pass" },
        { text: `${verdictPhrase(report)}.` },
        ...(held && steps.length > 0 ? [{ text: "Start with:" }] : []),
      ],
      page,
    ),
    ...(held ? steps : []),
    ...flow([{ text: capital(origin(report).map(safe).join(" · ")), style: "dim" }], page),
  ];
}
