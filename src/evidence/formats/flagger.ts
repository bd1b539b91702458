import type { Traffic, TrafficObserved, TrafficStep } from "../../shapes/running-system.ts";
import { defineReader } from "../define-reader.ts";
import { isRecord, present, type Fields } from "../fields.ts";
import { instantOf, eachResource, resourceName, resourcesOf, toSeconds } from "../kubernetes.ts";

const find = (yaml: unknown[] | undefined) => resourcesOf(yaml, "flagger.app", ["Canary"]);

/**
 * Flagger's Canary, as declared or as `kubectl get canary -o yaml` prints it. Each weight is held for one interval, longer while checks
 * fail or a gate is closed. Without an analysis, and with `skipAnalysis`, a new version is promoted at once.
 * https://docs.flagger.app/usage/how-it-works
 */
export default defineReader({
  format: "flagger",
  title: "Flagger canary",
  kinds: ["traffic"],
  seen: ["v1beta1"],
  recognises: ({ yaml }) => find(yaml).length > 0,
  read: ({ yaml }) => {
    const resources: Traffic["resources"] = [];
    for (const resource of eachResource(find(yaml))) {
      const spec = resource.in("spec");
      const key = ["analysis", "canaryAnalysis"].find((name) => spec.raw(name) != null);
      const skipped = key === undefined || (spec.has("skipAnalysis") && spec.flag("skipAnalysis"));
      resources.push(
        present({
          kind: resource.text("kind"),
          name: resourceName(resource),
          steps: key === undefined ? [] : stepsOf(spec.in(key)),
          skipped: skipped ? (true as const) : undefined,
          observed: observedOf(resource),
        }),
      );
      const problem = resource.problem();
      if (problem !== undefined) return problem;
    }
    return { kind: "traffic", tool: { name: "flagger", version: null }, measurement: { resources } };
  },
});

function stepsOf(analysis: Fields): TrafficStep[] {
  const pauseSeconds = intervalOf(analysis);
  const hooks = analysis.raw("webhooks") == null ? [] : analysis.list("webhooks").map((hook) => hook.raw("type"));
  const weights = weightsOf(analysis);
  return weights.map((percent, index) => {
    const gate = index === weights.length - 1 ? "confirm-promotion" : "confirm-traffic-increase";
    return { percent, pauseSeconds, ...(hooks.includes(gate) ? { waitsFor: "promotion" as const } : {}) };
  });
}

/** By `stepWeight` up to the first weight that is not below `maxWeight`, else `stepWeights`; neither in A/B tests and blue/green. */
function weightsOf(analysis: Fields): number[] {
  const step = analysis.optionalNumber("stepWeight", { max: 100 }) ?? 0;
  if (step > 0 && !Number.isInteger(step)) analysis.refuse("stepWeight", "is not a whole number");
  if (step >= 1) {
    const most = analysis.optionalNumber("maxWeight", { max: 100 }) || 100;
    return Array.from({ length: Math.ceil(most / step) }, (_, index) => Math.min(step * (index + 1), 100));
  }
  const weights = analysis.raw("stepWeights") ?? [];
  const isWeight = (weight: unknown) => typeof weight === "number" && weight >= 0 && weight <= 100;
  if (!Array.isArray(weights) || !weights.every(isWeight)) {
    analysis.refuse("stepWeights", "is not a list of percentages");
    return [];
  }
  return weights as number[];
}

/** A minute where none is declared, never below ten seconds. */
function intervalOf(analysis: Fields): number {
  if (analysis.raw("interval") == null) return 60;
  const seconds = toSeconds(analysis.text("interval"));
  if (seconds === undefined) analysis.refuse("interval", "is not a duration like 1m");
  return Math.max(10, seconds ?? 0);
}

function observedOf(resource: Fields): TrafficObserved | undefined {
  if (!isRecord(resource.raw("status"))) return undefined;
  const status = resource.in("status");
  if (!status.has("phase") || status.raw("phase") === "") return undefined;
  return present({
    phase: status.text("phase"),
    percent: status.optionalNumber("canaryWeight", { max: 100 }),
    since: instantOf(status, "lastTransitionTime"),
  });
}
