import type { Facts } from "../shapes/facts.ts";
import { isCritical } from "./is-critical.ts";
import { isAtLeast, percents } from "./limits.ts";
import { listSome } from "./list-some.ts";
import { coveredMs, type TimeSpan } from "./time-spans.ts";
import { toMs } from "./time.ts";
import type { Finding } from "./types.ts";
import { figure, plural } from "./words.ts";

type AlertFacts = NonNullable<Facts["alerts"]>;

interface Asked {
  window: TimeSpan;
  /** Severity labels that the policy counts as critical. */
  critical: readonly string[];
  /** Critical alerts allowed. */
  allowed: number;
  /** Least share of the window that alert data covers. */
  coverage: number;
}

interface Judged {
  findings: Finding[];
  words: string;
}

/** Was the window free of critical alerts, was none of them silenced, and would one have been seen? */
export function judgeAlerts(facts: AlertFacts, { window, critical, allowed, coverage }: Asked): Judged {
  const fired = facts.alerts.filter((alert) => overlaps(alert, window));
  const counted = fired.filter(({ severity }) => isCritical(severity, critical) ?? !isLabelled(severity));
  const unplaced = fired.filter(({ severity }) => isLabelled(severity) && isCritical(severity, critical) === undefined);
  const distinct = new Set(counted.map(({ name, startsAt }) => `${name}\n${startsAt}`)).size;
  const covered = share(facts, window);
  return {
    words: `${plural(distinct, "critical alert")}, alert data covers ${percents(covered, isAtLeast(covered, coverage) ? 1 : coverage)[0]}`,
    findings: [
      ...firedFindings(counted, distinct, allowed),
      ...unplacedFindings(unplaced),
      ...silenceFindings(facts, window, critical),
      ...coverageFindings(covered, coverage),
    ],
  };
}

/** Whatever is not known to lie outside the window overlaps it; what touches its end or its start from inside does too. */
function overlaps({ startsAt, endsAt }: { startsAt: string; endsAt: string | null }, { from, to }: TimeSpan): boolean {
  const start = toMs(startsAt);
  const end = endsAt === null ? Infinity : Math.max(toMs(endsAt), start);
  return !(start > to) && !(end <= from && start < from);
}

function firedFindings(counted: AlertFacts["alerts"], distinct: number, allowed: number): Finding[] {
  const unlabelled = counted.filter(({ severity }) => !isLabelled(severity));
  const findings: Finding[] = [];
  if (unlabelled.length > 0) {
    const text = `${plural(unlabelled.length, "alert")} without a severity ${unlabelled.length === 1 ? "counts" : "count"} as critical: ${listSome(names(unlabelled))}.`;
    findings.push({ state: "note", text });
  }
  if (distinct <= allowed) return findings;
  const text = `${plural(distinct, "critical alert")} fired in the window: ${listSome(names(counted))}; ${figure(allowed)} ${allowed === 1 ? "is" : "are"} accepted.`;
  return [{ state: "not-met", text, remedy: "Mend the cause and deploy again: the clock restarts with the new deployment." }, ...findings];
}

function isLabelled(severity: string | null | undefined): boolean {
  return (severity ?? "").trim() !== "";
}

function unplacedFindings(alerts: AlertFacts["alerts"]): Finding[] {
  if (alerts.length === 0) return [];
  const labels = [...new Set(alerts.map(({ severity }) => (severity ?? "").trim()))].sort();
  const text = `${plural(alerts.length, "alert")} fired in the window with a severity of which nobody says whether it is critical: ${listSome(labels)}.`;
  return [
    {
      state: "inconclusive",
      text,
      remedy: "Name in `severities.critical` of the policy every label that is critical; all others are not.",
    },
  ];
}

function names(alerts: AlertFacts["alerts"]): string[] {
  return [...new Set(alerts.map(({ name }) => name))].sort();
}

/** A silence says which alerts it hides by severity or by name; one that says neither hides all. */
function silenceFindings({ silences, alerts }: AlertFacts, window: TimeSpan, critical: readonly string[]): Finding[] {
  const severities = new Map<string, boolean>();
  for (const { name, severity } of alerts) severities.set(name, severities.get(name) === true || (isCritical(severity, critical) ?? true));
  const overlapping = silences.filter((silence) => overlaps(silence, window));
  const hides = ({ name, severity }: AlertFacts["silences"][number]) =>
    isCritical(severity, critical) ?? (name === undefined ? !isLabelled(severity) || undefined : severities.get(name));
  const sure = overlapping.filter((silence) => hides(silence) === true);
  const unsure = overlapping.filter((silence) => hides(silence) === undefined);
  const findings: Finding[] = [];
  if (sure.length > 0) {
    const text = `Critical alerts were silenced in the window: ${listSome(silenced(sure))}.`;
    findings.push({ state: "not-met", text, remedy: "Lift the silence and deploy again: the clock restarts with the new deployment." });
  }
  if (unsure.length > 0) {
    const text = `Silences in the window may hide critical alerts: ${listSome(silenced(unsure))}.`;
    findings.push({ state: "inconclusive", text, remedy: "Give the facts the severity of what these silences hide." });
  }
  return findings;
}

function silenced(silences: AlertFacts["silences"]): string[] {
  return [...new Set(silences.map(({ name, severity }) => name ?? severity ?? "all alerts"))].sort();
}

function share({ from, to, coverage }: AlertFacts, window: TimeSpan): number {
  // Outside the time that was asked for nothing is known, whatever the spans say.
  const known = { from: Math.max(window.from, toMs(from)), to: Math.min(window.to, toMs(to)) };
  const spans = coverage.map((span) => ({ from: toMs(span.from), to: toMs(span.to) }));
  const length = window.to - window.from;
  return length > 0 && known.to > known.from ? coveredMs(spans, known) / length : 0;
}

function coverageFindings(covered: number, least: number): Finding[] {
  if (isAtLeast(covered, least)) return [];
  const [part, asked] = percents(covered, least);
  return [
    {
      state: "inconclusive",
      text: `Alert data covers ${part} of the window; ${asked} is asked for, because a gap is not health.`,
      remedy: "Let the alert source watch the canary without gaps, and give its data for the whole window.",
    },
  ];
}
