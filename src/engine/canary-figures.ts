import type { Facts } from "../shapes/facts.ts";
import type { CanaryFigures } from "../shapes/figures.ts";
import type { Canary, CanaryWindow } from "./canary-window.ts";
import { isCritical } from "./is-critical.ts";
import { gapsIn, type TimeSpan } from "./time-spans.ts";
import { HOUR, toMs } from "./time.ts";

interface Asked {
  alerts: NonNullable<Facts["alerts"]>;
  /** Severity labels that the policy counts as critical. */
  critical: readonly string[];
  percent: number;
  hours: number;
  requests: number;
}

const MAX_RUNS = 20;
const MAX_ALERTS = 100;
const MAX_GAPS = 100;
type AlertKind = CanaryFigures["alerts"][number]["kind"];
const byUrgency: readonly AlertKind[] = ["critical", "silence", "unclear", "other"];

/** What the verdict on a canary was reached with: the runs of its environment up to the last one, and what is known of alerts since the first that is told. */
export function canaryFigures(counted: CanaryWindow, canary: Canary, served: number, asked: Asked): CanaryFigures {
  const at = canary.history.findIndex(({ start, end }) => start === counted.start && end === counted.end);
  const shown = canary.history.slice(Math.max(0, Math.min(at, canary.history.length - MAX_RUNS)));
  const told = shown.slice(0, MAX_RUNS);
  const since = told[0]?.start ?? counted.start;
  const window = { from: counted.start, to: counted.end };
  return {
    kind: "canary",
    environment: canary.environment,
    leastPercent: short(0.8 * asked.percent),
    mostPercent: short(1.2 * asked.percent),
    hours: short((counted.end - counted.start) / HOUR),
    leastHours: asked.hours,
    requests: served,
    leastRequests: asked.requests,
    counted: told.findIndex(({ start, end }) => start === counted.start && end === counted.end),
    runs: told.map(({ deployment, start, end, running, share }) => ({
      commit: deployment.commit,
      from: instant(start),
      to: instant(end),
      running,
      share: share ?? null,
    })),
    alerts: alertsSince(asked, since, told.at(-1)?.end ?? counted.end),
    gaps: withoutData(asked.alerts, window),
  };
}

/** Alerts and silences that touch the time, the most urgent where there are too many, by their start. */
function alertsSince({ alerts: { alerts, silences }, critical }: Asked, from: number, to: number): CanaryFigures["alerts"] {
  const kindOf = (severity: string | null): AlertKind => {
    const found = isCritical(severity, critical) ?? ((severity ?? "").trim() === "" || undefined);
    return found === undefined ? "unclear" : found ? "critical" : "other";
  };
  const all = [
    ...alerts.map(({ name, severity, startsAt, endsAt }) => ({ kind: kindOf(severity), name, start: toMs(startsAt), end: endsAt })),
    ...silences.map(({ name, severity, startsAt, endsAt }) => ({
      kind: "silence" as const,
      name: name ?? severity ?? "all alerts",
      start: toMs(startsAt),
      end: endsAt,
    })),
  ];
  return all
    .filter(({ start, end }) => start <= to && (end === null || toMs(end) >= Math.max(from, start)))
    .sort((a, b) => byUrgency.indexOf(a.kind) - byUrgency.indexOf(b.kind) || a.start - b.start)
    .slice(0, MAX_ALERTS)
    .sort((a, b) => a.start - b.start || (a.name < b.name ? -1 : 1))
    .map(({ kind, name, start, end }) => ({ kind, name, from: instant(start), to: end === null ? null : instant(toMs(end)) }));
}

/** The longest spans of the window that no alert data covers, in their order. */
function withoutData({ from, to, coverage }: Asked["alerts"], window: TimeSpan): CanaryFigures["gaps"] {
  const known = { from: toMs(from), to: toMs(to) };
  const spans = coverage.map((span) => ({ from: Math.max(known.from, toMs(span.from)), to: Math.min(known.to, toMs(span.to)) }));
  return gapsIn(spans, window)
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MAX_GAPS)
    .sort((a, b) => a.from - b.from)
    .map((gap) => ({ from: instant(gap.from), to: instant(gap.to) }));
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}

/** `2026-11-23T09:00:00Z` */
function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
