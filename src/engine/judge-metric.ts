import { isTargetMetric, type BusinessMetric } from "./business-metrics.ts";
import { documentPlace } from "./document-place.ts";
import { isAtMost } from "./limits.ts";
import { movementWords, type Moved, type Movement } from "./metric-movement.ts";
import type { Finding, FindingState, ReadDocument } from "./types.ts";
import { figure, quoted } from "./words.ts";

const measureLonger = "Go on measuring and replace the series; `evidence/business-impact/` holds it.";

export interface Judged {
  /** Figures of a business metric for the summary. */
  words?: string;
  findings: Finding[];
}

/** A metric as what it is: cost, guard, or target. A guard on the cost is judged as both. */
export function judgeMetric(metric: BusinessMetric, document: ReadDocument, tolerance: number, look: (remedy: string) => Moved): Judged[] {
  const isCost = metric.class === "cost";
  const isTarget = isTargetMetric(metric);
  if (!isCost && !isTarget && !metric.guardrail) return [];
  const seen = look(`Export ${quoted(metric.id ?? "?")} since exposure under \`evidence/business-impact/\`.`);
  if (!seen.ok) return [{ findings: seen.findings }];
  if (metric.baseline === undefined || (metric.direction === undefined && !isCost)) {
    const what = metric.baseline === undefined ? "baseline" : "direction";
    return [
      {
        findings: [
          {
            state: "missing",
            ...documentPlace(document, "metrics"),
            text: `The metric ${quoted(metric.id ?? "?")} has no ${what} to compare with.`,
            remedy: `Add \`${what}\` to the metric in ${document.path}.`,
          },
        ],
      },
    ];
  }
  const known: Known = {
    name: quoted(metric.id ?? "?"),
    baseline: metric.baseline,
    better: metric.direction === "up" ? 1 : -1,
    target: metric.target,
  };
  return [
    ...(isCost ? [judgeCost(known, seen.movement, tolerance)] : []),
    ...(metric.guardrail ? [judgeGuard(known, seen.movement)] : []),
    ...(isTarget ? [judgeTarget(known, seen.movement)] : []),
  ];
}

interface Known {
  name: string;
  baseline: number;
  /** 1 where more is better, -1 where less is. */
  better: 1 | -1;
  target: number | undefined;
}

interface Gain {
  least: number;
  point: number;
  most: number;
}

/** Bounds of the change in the better direction: above 0 it is an improvement. */
function gain({ baseline, better }: Known, { mean, interval }: Movement): Gain {
  const [one, other] = [(interval.lower - baseline) * better, (interval.upper - baseline) * better];
  return { least: Math.min(one, other), point: (mean - baseline) * better, most: Math.max(one, other) };
}

/** `, better by 12.9 % (11.9 to 13.9 %)`: the change as a share of the baseline, and its interval. */
function shareWords({ least, point, most }: Gain, baseline: number): string {
  if (baseline === 0) return "";
  const sign = point >= 0 ? 1 : -1;
  const percents = (sign === 1 ? [least, most] : [most, least]).map((bound) => figure((bound * sign * 100) / Math.abs(baseline)));
  return `, ${sign === 1 ? "better" : "worse"} by ${figure((Math.abs(point) * 100) / Math.abs(baseline))} % (${percents.join(" to ")} %)`;
}

function judgeTarget(known: Known, movement: Movement): Judged {
  const { name, baseline, better, target } = known;
  const change = gain(known, movement);
  const words = `${name} ${movementWords(movement)} against ${figure(baseline)}${shareWords(change, baseline)}`;
  const say = (state: FindingState, text: string, remedy: string): Finding => ({ state, path: movement.path, text, remedy });
  const findings: Finding[] = [];
  if (!(change.point > 0))
    findings.push(
      say(
        "not-met",
        `${words}: it did not move ${better === 1 ? "up" : "down"}.`,
        "Find out why it did not help before more people get it.",
      ),
    );
  else if (!(change.least > 0))
    findings.push(say("inconclusive", `${words}: the interval does not exclude that nothing changed.`, measureLonger));
  if (target !== undefined && (movement.mean - target) * better < 0)
    findings.push(say("note", `${name} has not reached its target of ${figure(target)} yet.`, measureLonger));
  return { words, findings };
}

/** A limit lies on the worse side of the baseline; a target on the better side is an aim, and missing it breaks no guard. */
function judgeGuard(known: Known, movement: Movement): Judged {
  const { name, baseline, better, target } = known;
  const words = `the guardrail ${name} is at ${movementWords(movement)}`;
  const remedy = "Stop the canary or mend what makes it worse, then measure again.";
  if (gain(known, movement).most < 0)
    return {
      findings: [{ state: "not-met", path: movement.path, text: `${upperFirst(words)}, worse than ${figure(baseline)} before.`, remedy }],
    };
  const isLimit = target !== undefined && (target - baseline) * better < 0;
  if (isLimit && (movement.mean - target) * better < 0)
    return {
      findings: [{ state: "not-met", path: movement.path, text: `${upperFirst(words)}, beyond its limit of ${figure(target)}.`, remedy }],
    };
  return { findings: [{ state: "note", path: movement.path, text: `${upperFirst(words)}, against ${figure(baseline)} before.` }] };
}

/** The plan is the metric's baseline. */
function judgeCost({ name, baseline }: Known, movement: Movement, tolerance: number): Judged {
  const limit = baseline * tolerance;
  const text = `The unit cost ${name} is ${movementWords(movement)}; the plan of ${figure(baseline)} times ${figure(tolerance)} is ${figure(limit)}`;
  const say = (state: FindingState, more: string, remedy: string): Judged => ({
    findings: [{ state, path: movement.path, text: `${text}${more}.`, remedy }],
  });
  if (!(baseline > 0)) return say("not-met", ", which is no plan", "Set the planned unit cost as `baseline` of the metric.");
  if (!isAtMost(movement.mean, limit)) return say("not-met", "", "Bring the unit cost down, or plan anew and measure a new baseline.");
  if (!isAtMost(movement.interval.upper, limit)) return say("inconclusive", ", which the interval does not exclude", measureLonger);
  return say("note", "", "");
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
