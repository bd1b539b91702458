import { documentPlace } from "./document-place.ts";
import { flagField, numberField, recordField, recordsField, textField } from "./fields.ts";
import { isTechnicalMetric } from "./technical-metrics.ts";
import { toDate, toMs } from "./time.ts";
import type { Finding, ReadDocument } from "./types.ts";
import type { Risk } from "../shapes/vocabulary.ts";

/** One metric as `business-metrics.md` defines it; what is absent or of another type is undefined. */
export interface BusinessMetric {
  id: string | undefined;
  class: string | undefined;
  guardrail: boolean;
  /** Says `business` and is a score of the model. */
  technical: boolean;
  formula: string | undefined;
  unit: string | undefined;
  direction: "up" | "down" | undefined;
  source: string | undefined;
  owner: string | undefined;
  baseline: number | undefined;
  target: number | undefined;
  n: number | undefined;
  window: { from: string | undefined; to: string | undefined };
}

/** The metrics that a document defines. */
export function readMetrics(document: ReadDocument): BusinessMetric[] {
  return recordsField(document.frontMatter, "metrics").map((metric) => {
    const id = textField(metric, "id");
    const formula = textField(metric, "formula");
    const direction = textField(metric, "direction")?.toLowerCase();
    const window = recordField(metric, "window") ?? {};
    const unit = metric["unit"];
    return {
      id,
      class: textField(metric, "class")?.toLowerCase(),
      // Anything but a plain `false` keeps its guard.
      guardrail: metric["guardrail"] !== undefined && flagField(metric, "guardrail") !== false,
      technical: isTechnicalMetric(id ?? "", formula),
      formula,
      unit: typeof unit === "number" ? String(unit) : textField(metric, "unit"),
      direction: direction === "up" || direction === "down" ? direction : undefined,
      source: textField(metric, "source"),
      owner: textField(metric, "owner"),
      baseline: numberField(metric, "baseline"),
      target: numberField(metric, "target"),
      n: numberField(metric, "n"),
      window: { from: textField(window, "from"), to: textField(window, "to") },
    };
  });
}

/** The metric that the pilot is to move: of class `business`, no guardrail, and no score of the model. */
export function isTargetMetric(metric: BusinessMetric): boolean {
  return metric.class === "business" && !metric.guardrail && !metric.technical;
}

interface Definition {
  document: ReadDocument;
  /** First instant of exposure, milliseconds. */
  exposure: number;
  at: string;
  risk: Risk;
  lastChange(path: string): { at: string } | undefined;
}

/** A definition is frozen once users meet the system: whoever moves the goalposts after that starts again. */
export function frozenFindings({ document, exposure, at, risk, lastChange }: Definition): Finding[] {
  if (!(exposure <= toMs(at))) return [];
  const place = documentPlace(document, "metrics");
  const change = lastChange(document.path);
  if (change === undefined) {
    return [
      {
        state: risk === "high" ? "inconclusive" : "note",
        ...place,
        text: `Whether the definitions in ${document.path} stayed as they were since exposure is not checked: no history.`,
        remedy: "Give the history of the files with the facts (`lineage`).",
        unseen: "lineage",
      },
    ];
  }
  const changed = toMs(change.at);
  if (changed <= exposure) return [];
  return [
    {
      state: "not-met",
      ...place,
      text: `The definition changed after exposure: ${document.path} on ${Number.isNaN(changed) ? "an unknown day" : toDate(changed)}, users since ${toDate(exposure)}.`,
      remedy: `Measure a new baseline without exposure and set \`exposure-from\` in ${document.path} anew, or restore the file as it was.`,
    },
  ];
}
