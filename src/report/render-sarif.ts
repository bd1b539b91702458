import type { CriterionReport, Detail, GateReport, Report, SystemReport } from "../shapes/report.ts";
import { gateTitles, nonNegotiable, type CriterionId, type GateId } from "../shapes/vocabulary.ts";
import { clip, toSafeJson, toTerminalText } from "./escape.ts";
import { fingerprint } from "./fingerprint.ts";
import { enforcementPhrase, isOpen, sentence, statePhrase } from "./phrases.ts";

/* SARIF 2.1.0 as code scanning takes it: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */

/** What a criterion asks, the same for every repository. */
export interface SarifRule {
  id: CriterionId;
  gate: GateId;
  title: string;
  asks: readonly string[];
  remedy: string;
}

export interface SarifOptions {
  /** One for each criterion, in the order of the list. */
  rules: readonly SarifRule[];
  /** Gates and systems that were asked for, where not all were: uploads of different parts do not replace each other. */
  scope?: readonly string[];
  docsUrl?: string | undefined;
}

type Level = "error" | "warning" | "note";

interface Place {
  path: string;
  line: number | null;
}

interface Result {
  ruleId: string;
  place: Place;
  level: Level;
  text: string;
  /** What tells it from others, in words. */
  identity: readonly string[];
  /** Reason of a waiver or not-applicable. */
  suppressed: string | null;
}

/** Code scanning shows no more of a run; errors come first. */
const MAX_RESULTS = 5000;
const LONGEST_MESSAGE = 1000;
const LONGEST_DESCRIPTION = 1024;
const POLICY = ".github/pilotgate.yml";
const HOLD_RULE = "standing-hold";

const levels: readonly Level[] = ["error", "warning", "note"];

/** `check --format sarif`. Ends with a newline. */
export function renderSarif(report: Report, { rules, scope = [], docsUrl }: SarifOptions): string {
  const all = report.systems
    .flatMap((system) => system.gates.flatMap((gate) => gateResults(system, gate, report.systems.length > 1)))
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  const results = byLine(all);
  const left = results.length - MAX_RESULTS;
  const seen = new Map<string, number>();
  const ruleIds = [...rules.map(({ id }) => id), HOLD_RULE];
  const run = {
    tool: {
      driver: {
        name: "Pilotgate",
        version: report.toolVersion,
        semanticVersion: report.toolVersion,
        ...(docsUrl === undefined ? {} : { informationUri: docsUrl }),
        rules: [...rules.map((rule) => toRule(rule, docsUrl)), holdRule],
      },
    },
    automationDetails: { id: `${["pilotgate", ...scope].join("/")}/` },
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: report.at,
        ...(left > 0
          ? { toolExecutionNotifications: [{ level: "warning", message: { text: `${left} results are left out here.` } }] }
          : {}),
      },
    ],
    columnKind: "utf16CodeUnits",
    results: results.slice(0, MAX_RESULTS).map((result) => toResult(result, ruleIds, seen)),
    properties: {
      verdict: report.verdict,
      systems: Object.fromEntries(report.systems.map(({ id, verdict }) => [id, verdict])),
    },
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${toSafeJson(JSON.stringify(log, null, 2))}\n`;
}

function toRule({ id, gate, title, asks, remedy }: SarifRule, docsUrl: string | undefined) {
  const more = docsUrl === undefined ? `\`pilotgate explain ${id}\` tells more.` : `[What it asks](${docsUrl}/docs/criteria/${id}.md)`;
  return {
    id,
    // A name must be another than the id, whatever its case.
    ...(id.includes("-") ? { name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()) } : {}),
    shortDescription: { text: clip(title, LONGEST_DESCRIPTION) },
    fullDescription: { text: clip(asks.join(" "), LONGEST_DESCRIPTION) },
    ...(docsUrl === undefined ? {} : { helpUri: `${docsUrl}/docs/criteria/${id}.md` }),
    help: {
      text: `${asks.join("\n")}\n\n${remedy}\n\npilotgate explain ${id} tells more.`,
      markdown: `Gate: ${gateTitles[gate]}\n\n${asks.map((text) => `- ${text}`).join("\n")}\n\n**If it is missing:** ${remedy}\n\n${more}`,
    },
    defaultConfiguration: { level: "error" },
    properties: {
      precision: "very-high",
      tags: ["production-readiness", gate, ...((nonNegotiable as readonly string[]).includes(id) ? ["non-negotiable"] : [])],
    },
  };
}

const holdRule = {
  id: HOLD_RULE,
  name: "StandingHold",
  shortDescription: { text: "A person holds the gate" },
  fullDescription: { text: "Somebody who holds a role in the policy holds this gate. It stands until the same role lifts it." },
  help: { text: "Settle the reason; then a holder of the same role comments: /pilotgate pass GATE" },
  defaultConfiguration: { level: "error" },
  properties: { precision: "very-high", tags: ["production-readiness"] },
};

function gateResults(system: SystemReport, gate: GateReport, several: boolean): Result[] {
  const about = several ? `${system.id}: ` : "";
  const acts = gate.enforcement === "enforce" ? "" : ` The gate ${gate.id} does not block: ${enforcementPhrase(gate)}.`;
  const holds = gate.holds.map(({ role, by, at, reason }): Result => ({
    ruleId: HOLD_RULE,
    place: { path: POLICY, line: null },
    level: gate.enforcement === "enforce" ? "error" : "warning",
    text: `${about}${by} (${role}) holds the gate ${gate.id} since ${at.slice(0, 10)}: ${sentence(reason)}${acts}`,
    identity: [HOLD_RULE, system.id, gate.id, role],
    suppressed: null,
  }));
  return [
    ...holds,
    ...gate.criteria.flatMap((criterion) => criterion.details.map((detail) => toFinding(system, gate, criterion, detail, about, acts))),
  ];
}

function toFinding(
  system: SystemReport,
  gate: GateReport,
  criterion: CriterionReport,
  detail: Detail,
  about: string,
  acts: string,
): Result {
  const { path, line, text, remedy, roles } = detail;
  const excepted = criterion.state === "waived" || criterion.state === "not-applicable";
  const level = excepted ? "note" : levelOf(detail, gate);
  const next = remedy === null ? "" : ` Next${roles.length === 0 ? "" : ` (${roles.join(", ")})`}: ${sentence(remedy)}`;
  return {
    ruleId: criterion.id,
    place: isInside(path) ? { path, line } : { path: POLICY, line: null },
    level,
    text: `${about}${sentence(text)}${next}${level === "note" || !isOpen(criterion) ? "" : acts}`,
    identity: [criterion.id, system.id, path ?? "", text],
    suppressed: excepted ? statePhrase(criterion) : null,
  };
}

function levelOf({ state }: Detail, gate: GateReport): Level {
  if (state === "note") return "note";
  if (gate.enforcement !== "enforce") return "warning";
  return state === "inconclusive" || state === "needs-decision" ? "warning" : "error";
}

function isInside(path: string | null): path is string {
  return path !== null && path !== "" && !path.startsWith("/") && !path.split("/").includes("..");
}

/** Code scanning tells results of one rule apart by the line that they stand at, so those at the same line become one. */
function byLine(results: readonly Result[]): Result[] {
  const merged = new Map<unknown, Result>();
  for (const result of results) {
    const { ruleId, place, text } = result;
    const key = place.line === null ? result : JSON.stringify([ruleId, place.path, place.line]);
    const before = merged.get(key);
    if (before === undefined) merged.set(key, { ...result });
    else before.text = `${before.text} ${text}`;
  }
  return [...merged.values()];
}

function toResult({ ruleId, place, level, text, identity, suppressed }: Result, ruleIds: readonly string[], seen: Map<string, number>) {
  const hash = fingerprint(identity);
  const count = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, count);
  const own = `${hash}:${count}`;
  return {
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level,
    message: { text: toMessage(text) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(place.path), uriBaseId: "%SRCROOT%" },
          ...(place.line === null ? {} : { region: { startLine: place.line } }),
        },
      },
    ],
    // Where a line is known, the upload hashes its content, which follows the line when it moves.
    partialFingerprints: { "pilotgate/v1": own, ...(place.line === null ? { primaryLocationLineHash: own } : {}) },
    ...(suppressed === null ? {} : { suppressions: [{ kind: "external", status: "accepted", justification: toMessage(suppressed) }] }),
  };
}

/** Plain text in which nothing becomes a link: `[text](target)` would. */
function toMessage(text: string): string {
  return clip(toTerminalText(text), LONGEST_MESSAGE).replace(/\]\(/g, "]\u200B(");
}

function toUri(path: string): string {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
