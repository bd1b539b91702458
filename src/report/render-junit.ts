import type { CriterionReport, GateReport, Report, SystemReport } from "../shapes/report.ts";
import { clip, toXmlText } from "./escape.ts";
import { decisionsAsked, enforcementPhrase, gateObstacles, isOpen, nextStep, otherFindings, sentence, statePhrase } from "./phrases.ts";

/* JUnit XML as most readers of it agree: https://github.com/testmoapp/junitxml. A suite is a gate of a system, a case a criterion. */

type Outcome = "passed" | "failure" | "error" | "skipped";

interface Case {
  name: string;
  outcome: Outcome;
  /** State of the criterion, or what else holds the gate. */
  type: string;
  message: string;
  lines: string[];
}

const LONGEST_LINE = 1000;
const xml = (text: string) => toXmlText(clip(text, LONGEST_LINE));

/** `check --format junit`. Ends with a newline. */
export function renderJunit(report: Report): string {
  const suites = report.systems.flatMap((system) =>
    system.gates.map((gate) => ({
      system,
      gate,
      cases: [...gateCases(gate), ...gate.criteria.map((criterion) => toCase(criterion, gate))],
    })),
  );
  const all = suites.flatMap(({ cases }) => cases);
  const body = suites.map(({ system, gate, cases }) => {
    const name = `${system.id}.${gate.id}`;
    const head = `name="${xml(name)}" ${counts(cases)} timestamp="${xml(report.at)}" time="0"`;
    return `  <testsuite ${head}>\n${properties(system, gate)}${cases.map((one) => toElement(one, name)).join("")}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Pilotgate" ${counts(all)} time="0">\n${body.join("")}</testsuites>\n`;
}

function counts(cases: readonly Case[]): string {
  const count = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

function properties(system: SystemReport, gate: GateReport): string {
  const known = [
    ["system", system.id],
    ["gate", gate.title],
    ["verdict", gate.verdict],
    ["enforcement", enforcementPhrase(gate)],
  ] as const;
  const lines = known.map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>\n`);
  return `    <properties>\n${lines.join("")}    </properties>\n`;
}

/** What holds a gate although each of its criteria may pass. */
function gateCases(gate: GateReport): Case[] {
  return gateObstacles(gate).map((text, index) => ({
    name: gate.entry === "closed" && index === 0 ? "entry" : "standing-hold",
    outcome: "failure",
    type: "hold",
    message: text,
    lines: [],
  }));
}

function toCase(criterion: CriterionReport, gate: GateReport): Case {
  const { id, state, summary, deviations } = criterion;
  const deviating = deviations.map((text) => `Deviation: ${text}`);
  if (!isOpen(criterion)) {
    const excepted = state !== "met";
    return {
      name: id,
      outcome: excepted ? "skipped" : "passed",
      type: state,
      message: excepted ? statePhrase(criterion) : "",
      lines: deviating,
    };
  }
  const next = nextStep(criterion);
  return {
    name: id,
    // What is known is a failure; what could not be judged is none.
    outcome: state === "inconclusive" ? "error" : "failure",
    type: state,
    message: summary,
    lines: [
      `Asks: ${criterion.title}`,
      ...otherFindings(criterion).map((text) => `- ${text}`),
      ...(next === null ? [] : [`Next${next.roles.length === 0 ? "" : ` (${next.roles.join(", ")})`}: ${next.text}`]),
      ...decisionsAsked(criterion).map(
        ({ role, question, command }) => `Decision of ${role}: ${sentence(question)} Answer with ${command}`,
      ),
      ...deviating,
      ...(gate.enforcement === "enforce" ? [] : [`The gate does not block: ${enforcementPhrase(gate)}.`]),
    ],
  };
}

function toElement({ name, outcome, type, message, lines }: Case, suite: string): string {
  const text = lines.map(xml).join("\n");
  const head = `    <testcase classname="${xml(suite)}" name="${xml(name)}" time="0"`;
  if (outcome === "passed") return text === "" ? `${head}/>\n` : `${head}>\n      <system-out>${text}</system-out>\n    </testcase>\n`;
  if (outcome === "skipped") {
    const out = text === "" ? "" : `      <system-out>${text}</system-out>\n`;
    return `${head}>\n      <skipped message="${xml(message)}"/>\n${out}    </testcase>\n`;
  }
  return `${head}>\n      <${outcome} type="${xml(type)}" message="${xml(message)}">${text}</${outcome}>\n    </testcase>\n`;
}
