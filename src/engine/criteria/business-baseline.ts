import { absentField } from "../absent-field.ts";
import { frozenFindings, isTargetMetric, readMetrics, type BusinessMetric } from "../business-metrics.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { textField } from "../fields.ts";
import { listSome } from "../list-some.ts";
import { endOfDayMs, toDate, toMs } from "../time.ts";
import type { Finding, ReadDocument } from "../types.ts";
import { figure, list, plural, quoted } from "../words.ts";

export default defineCriterion({
  id: "business-baseline",
  gate: "governance",
  title: "Business metric with a baseline from before",
  asks: [
    "At least one business metric with formula, unit, direction, source, baseline, window, n, target and owner.",
    "The baseline was measured before users met the system.",
    "The target is better than the baseline.",
    "Scores of the model (BLEU, F1, latency, tokens …) never count as business.",
    "The definition does not change once users met the system.",
  ],
  suppliers: ["product-owner"],
  places: ["business-metrics.md"],
  remedy: "Write `business-metrics.md` in the documents folder: what the pilot is to move, from where, to where.",
  example: {
    path: "docs/readiness/business-metrics.md",
    content: `---
status: approved
owner: "@octo-mia"
reviewed: 2026-10-01
review-by: 2027-04-01
exposure-from: 2026-11-02
metrics:
  - id: handle-time
    class: business
    formula: minutes from opening to closing, mean over closed tickets
    unit: minutes
    direction: down
    source: ticket system, report 114
    baseline: 9.3
    window: { from: 2026-09-01, to: 2026-09-30 }
    n: 4120
    target: 8
    owner: "@octo-mia"
---

## Why these

Handle time is most of what a ticket costs.
`,
  },
  needs: { documents: ["business-metrics"] },
  decisions: [
    {
      role: "product-owner",
      question: "If this metric moves as targeted, is it worth funding?",
      declaration: { document: "business-metrics" },
    },
  ],
  judge({ at, risk, documents, lastChange }) {
    const [document] = documents["business-metrics"];
    const metrics = readMetrics(document);
    const targets = metrics.filter(isTargetMetric);
    const exposureFrom = textField(document.frontMatter, "exposure-from");
    const exposure = toMs(exposureFrom ?? "");
    return {
      summary: targets.length === 0 ? "No business metric" : `${plural(targets.length, "business metric")}: ${inWords(targets)}`,
      findings: [
        ...listFindings(document, metrics, targets),
        ...targets.flatMap((metric) => metricFindings(document, metric, exposure, toMs(at))),
        ...(Number.isNaN(exposure)
          ? absentField(document, "exposure-from", "from which day on users meet the system")
          : frozenFindings({ document, exposure, at, risk, lastChange })),
      ],
    };
  },
});

function inWords(metrics: readonly BusinessMetric[]): string {
  const shown = metrics.slice(0, 3).map(({ id, baseline, target, unit, n }) => {
    const known = (value: number | undefined) => (value === undefined ? "?" : figure(value));
    return `${quoted(id ?? "?")} from ${known(baseline)} (n ${known(n)}) to ${known(target)}${unit === undefined ? "" : ` ${unit.slice(0, 40)}`}`;
  });
  return list(metrics.length > 3 ? [...shown, `${figure(metrics.length - 3)} more`] : shown);
}

function listFindings(document: ReadDocument, metrics: readonly BusinessMetric[], targets: readonly BusinessMetric[]): Finding[] {
  const place = documentPlace(document, "metrics");
  const value = document.frontMatter["metrics"];
  if (!Array.isArray(value)) return absentField(document, "metrics", "by which metrics the pilot is judged");
  const findings: Finding[] = [];
  if (metrics.length < value.length) {
    findings.push({
      state: "not-met",
      ...place,
      text: `${plural(value.length - metrics.length, "entry", "entries")} under \`metrics\` cannot be read as a metric.`,
      remedy: "Write each metric as a record with an `id`.",
    });
  }
  const technical = metrics.filter((metric) => metric.class === "business" && metric.technical).map(({ id }) => id ?? "?");
  if (technical.length > 0) {
    findings.push({
      state: "note",
      ...place,
      text: `${listSome(technical)} ${technical.length === 1 ? "tells" : "tell"} how the model does and never count as business.`,
    });
  }
  if (targets.length === 0) {
    const text =
      technical.length > 0
        ? "The metrics only tell how the model does; none tells what the business gains."
        : `${document.path} defines no metric of class \`business\`.`;
    findings.push({
      state: "not-met",
      ...place,
      text,
      remedy: "Define a metric of class `business`: what changes for the people or the money when the pilot works.",
    });
  }
  const ids = metrics.map(({ id }) => id?.toLowerCase());
  const once = new Set<string | undefined>();
  const twice = new Set<string>();
  for (const id of ids) {
    if (id !== undefined && once.has(id)) twice.add(id);
    once.add(id);
  }
  if (twice.size > 0)
    findings.push({
      state: "not-met",
      ...place,
      text: `Two metrics share one id: ${listSome([...twice])}.`,
      remedy: "Give each metric an id of its own.",
    });
  if (once.has(undefined)) findings.push({ state: "missing", ...place, text: "A metric has no id.", remedy: "Give each metric an `id`." });
  return findings;
}

const asked = ["formula", "unit", "direction", "source", "baseline", "n", "target", "owner"] as const;

function metricFindings(document: ReadDocument, metric: BusinessMetric, exposure: number, now: number): Finding[] {
  const place = documentPlace(document, "metrics");
  const name = quoted(metric.id ?? "?");
  const findings: Finding[] = [];
  const absent = [
    ...asked.filter((key) => metric[key] === undefined),
    ...(metric.window.from === undefined || metric.window.to === undefined ? ["window"] : []),
  ];
  if (absent.length > 0) {
    findings.push({
      state: "missing",
      ...place,
      text: `The metric ${name} has no ${list(absent)}.`,
      remedy: `Add ${list(absent.map((key) => `\`${key}\``))} to the metric ${name} in ${document.path}.`,
    });
  }
  const { n, baseline, target, direction } = metric;
  if (n !== undefined && !(n > 0)) {
    findings.push({
      state: "not-met",
      ...place,
      text: `The baseline of ${name} rests on ${figure(n)} cases.`,
      remedy: "Measure the baseline and set `n` to the cases that it rests on.",
    });
  }
  if (
    baseline !== undefined &&
    target !== undefined &&
    direction !== undefined &&
    !(direction === "up" ? target > baseline : target < baseline)
  ) {
    findings.push({
      state: "not-met",
      ...place,
      text: `The target ${figure(target)} of ${name} is not better than the baseline ${figure(baseline)}: the direction is ${direction}.`,
      remedy: "Set a target beyond the baseline in the declared direction, or correct the direction.",
    });
  }
  return [...findings, ...windowFindings(metric, name, place, exposure, now)];
}

function windowFindings(
  { window }: BusinessMetric,
  name: string,
  place: { path: string; line?: number },
  exposure: number,
  now: number,
): Finding[] {
  if (window.from === undefined || window.to === undefined) return [];
  const [from, to] = [toMs(window.from), endOfDayMs(window.to)];
  const remedy = "Set `window` to the days on which the baseline was measured, all of them before exposure.";
  const problem = (text: string): Finding[] => [{ state: "not-met", ...place, text, remedy }];
  if (Number.isNaN(from) || Number.isNaN(to)) return problem(`The window of ${name} has a day that is no date.`);
  if (from > to) return problem(`The window of ${name} ends before it begins.`);
  if (to >= now) return problem(`The window of ${name} ends on ${toDate(to)}, which is not over yet.`);
  // Without a day of exposure that is a finding of its own.
  if (to >= exposure)
    return problem(`The baseline of ${name} was measured until ${toDate(to)}, and users met the system on ${toDate(exposure)}.`);
  return [];
}
