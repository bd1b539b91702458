import { absentField } from "../absent-field.ts";
import { frozenFindings, isTargetMetric, readMetrics, type BusinessMetric } from "../business-metrics.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { textField } from "../fields.ts";
import { listSome } from "../list-some.ts";
import { originFindings } from "../measurement-origin.ts";
import { judgeMetric } from "../judge-metric.ts";
import { moved, plain, seriesByName } from "../metric-movement.ts";
import { toDate, toMs } from "../time.ts";
import type { Finding, ReadDocument } from "../types.ts";
import { figure, list } from "../words.ts";

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
