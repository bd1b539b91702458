import { absentField } from "../absent-field.ts";
import { frozenFindings, isTargetMetric, readMetrics, type BusinessMetric } from "../business-metrics.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { textField } from "../fields.ts";
import { isAtMost } from "../limits.ts";
import { listSome } from "../list-some.ts";
import { originFindings } from "../measurement-origin.ts";
import { moved, movementWords, plain, seriesByName, type Movement } from "../metric-movement.ts";
import { toDate, toMs } from "../time.ts";
import type { Finding, FindingState, ReadDocument } from "../types.ts";
import { figure, list, quoted } from "../words.ts";

const measureLonger = "Go on measuring and replace the series; `evidence/business-impact/` holds it.";

export default defineCriterion({
  id: "business-impact",
  gate: "rollout",
  title: "The business metric moved as it was meant to",
  asks: [
    "A series of each business metric since users met the system, under the id of its definition.",
    "Its mean moved in the declared direction, and the 95 % interval excludes no change.",
    "No guardrail metric got worse or passed its limit.",
    "The unit cost stays within the plan and its tolerance.",
    "The definition is the one of the baseline.",
  ],
  suppliers: ["product-owner"],
  places: ["business-metrics.md", "evidence/business-impact/"],
  remedy: "Export the values of the metrics since exposure to `evidence/business-impact/`, one series for each metric's id.",
  example: {
    path: "docs/readiness/evidence/business-impact/daily.csv",
    content: `date,metric,value,unit
2026-11-02,handle-time,8.1,minutes
2026-11-03,handle-time,7.9,minutes
2026-11-04,handle-time,8.3,minutes
`,
  },
  needs: { documents: ["business-metrics"], evidence: ["metric-series"], policy: ["models"] },
  decisions: [{ role: "product-owner", question: "Is this enough to go on?", declaration: { document: "business-metrics" } }],
  judge({ at, risk, thresholds, documents, evidence, policy, changedAt, lastChange }) {
    const [document] = documents["business-metrics"];
    const exposure = toMs(textField(document.frontMatter, "exposure-from") ?? "");
    const unready = unreadyFindings(document, exposure, toMs(at));
    if (unready.length > 0) return { summary: unready[0]?.text ?? "Not exposed yet", findings: unready };
    const { metrics, twice } = distinct(readMetrics(document));
    const byName = seriesByName(evidence["metric-series"]);
    const judged = metrics.flatMap((metric) =>
      judgeMetric(metric, document, thresholds.unitCostTolerance, (remedy) =>
        moved(metric, byName.get(plain(metric.id ?? "")) ?? [], { exposure, now: toMs(at), remedy }),
      ),
    );
    const targets = metrics.filter(isTargetMetric);
    const asked = { at, models: policy.models.map(({ model }) => model), changedAt, risk };
    const words = judged.flatMap((each) => each.words ?? []);
    return {
      summary:
        words.length === 0
          ? "No business metric can be compared with its baseline"
          : list(words.length > 3 ? [...words.slice(0, 3), `${figure(words.length - 3)} more`] : words),
      findings: [
        ...(targets.length === 0 ? [noTarget(document)] : []),
        ...(twice.length > 0 ? [sharedIds(document, twice)] : []),
        ...judged.flatMap(({ findings }) => findings),
        ...(metrics.some((metric) => metric.class === "cost") ? [] : [noCost(document)]),
        ...frozenFindings({ document, exposure, at, risk, lastChange }),
        ...evidence["metric-series"].flatMap(({ path, origin, measurement }) => {
          const measuredAt = origin.measuredAt ?? lastOf(measurement.series.flatMap(({ to }) => to ?? []));
          return originFindings({ path, origin: { ...origin, ...(measuredAt === undefined ? {} : { measuredAt }) } }, asked);
        }),
      ],
    };
  },
});

function lastOf(times: readonly string[]): string | undefined {
  return times.toSorted((a, b) => toMs(a) - toMs(b)).at(-1);
}

function unreadyFindings(document: ReadDocument, exposure: number, now: number): Finding[] {
  const what = "from which day on users meet the system";
  const place = documentPlace(document, "exposure-from");
  if (Number.isNaN(exposure)) {
    const findings = absentField(document, "exposure-from", what);
    return findings.length > 0
      ? findings
      : [{ state: "missing", ...place, text: `${document.path} does not say ${what}.`, remedy: "Set `exposure-from` to that day." }];
  }
  if (exposure <= now) return [];
  return [
    {
      state: "inconclusive",
      ...place,
      text: `Users meet the system from ${toDate(exposure)} on; there is nothing to compare yet.`,
      remedy: "Go on with the canary and measure.",
    },
  ];
}

/** One metric an id: of two nobody can say which one the series belongs to. */
function distinct(all: readonly BusinessMetric[]): { metrics: BusinessMetric[]; twice: string[] } {
  const byId = new Map<string, BusinessMetric>();
  const twice = new Set<string>();
  for (const metric of all) {
    const id = plain(metric.id ?? "");
    if (byId.has(id)) twice.add(id);
    else byId.set(id, metric);
  }
  return { metrics: [...byId.values()], twice: [...twice] };
}

function sharedIds(document: ReadDocument, twice: readonly string[]): Finding {
  const text = `Two metrics in ${document.path} share one id: ${listSome(twice)}.`;
  return { state: "not-met", ...documentPlace(document, "metrics"), text, remedy: "Give each metric an id of its own." };
}

function noTarget(document: ReadDocument): Finding {
  const text = `${document.path} defines no metric of class \`business\`.`;
  const remedy = "Define a metric of class `business`; `pilotgate explain business-baseline` shows one.";
  return { state: "not-met", ...documentPlace(document, "metrics"), text, remedy };
}

function noCost(document: ReadDocument): Finding {
  return {
    state: "note",
    ...documentPlace(document, "metrics"),
    text: "No metric of class `cost` is defined, so the unit cost is not judged.",
    remedy: "Define the unit cost with class `cost` and the plan as its baseline.",
  };
}

interface Judged {
  /** Figures of a business metric for the summary. */
  words?: string;
  findings: Finding[];
}

/** A metric as what it is: cost, guard, or target. A guard on the cost is judged as both. */
function judgeMetric(
  metric: BusinessMetric,
  document: ReadDocument,
  tolerance: number,
  look: (remedy: string) => ReturnType<typeof moved>,
): Judged[] {
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

/** Bounds of the change in the better direction: above 0 it is an improvement. */
function gain({ baseline, better }: Known, { mean, interval }: Movement): { least: number; point: number; most: number } {
  const [one, other] = [(interval.lower - baseline) * better, (interval.upper - baseline) * better];
  return { least: Math.min(one, other), point: (mean - baseline) * better, most: Math.max(one, other) };
}

function judgeTarget(known: Known, movement: Movement): Judged {
  const { name, baseline, better, target } = known;
  const change = gain(known, movement);
  const share =
    baseline === 0
      ? ""
      : `, ${change.point >= 0 ? "better" : "worse"} by ${figure(Math.abs((movement.mean - baseline) / baseline) * 100)} %`;
  const words = `${name} ${movementWords(movement)} against ${figure(baseline)}${share}`;
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
