import type { Traffic, TrafficObserved, TrafficResource, TrafficStep } from "../../shapes/running-system.ts";
import { defineReader } from "../define-reader.ts";
import { at, isRecord, present, type Fields } from "../fields.ts";
import { eachResource, instantOf, resourceName, resourcesOf, toSeconds } from "../kubernetes.ts";

const find = (yaml: unknown[] | undefined) => resourcesOf(yaml, "argoproj.io", ["Rollout", "AnalysisRun"]);

/**
 * Rollouts and AnalysisRuns of Argo Rollouts, as declared or as `kubectl get -o yaml` prints them.
 * https://argoproj.github.io/argo-rollouts/features/specification/
 */
export default defineReader({
  format: "argo-rollouts",
  title: "Argo Rollouts (Rollout, AnalysisRun)",
  kinds: ["traffic"],
  seen: ["v1alpha1"],
  recognises: ({ yaml }) => find(yaml).length > 0,
  read: ({ yaml }) => {
    const resources: Traffic["resources"] = [];
    for (const resource of eachResource(find(yaml))) {
      resources.push(resource.raw("kind") === "Rollout" ? toRollout(resource) : toAnalysis(resource));
      const problem = resource.problem();
      if (problem !== undefined) return problem;
    }
    const ends = resources.flatMap(({ observed }) => (observed?.to === undefined ? [] : [observed.to]));
    const measuredAt = ends.sort((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
    const tool = { name: "argo-rollouts", version: null };
    return { kind: "traffic", tool, measurement: { resources }, origin: present({ measuredAt }) };
  },
});

function toRollout(resource: Fields): TrafficResource {
  const spec = resource.in("spec");
  const strategy = spec.in("strategy");
  const canary = strategy.has("blueGreen") ? undefined : strategy.in("canary");
  const router = canary?.raw("trafficRouting") == null ? undefined : canary.in("trafficRouting");
  const whole = router?.optionalNumber("maxTrafficWeight", { min: 1 }) ?? 100;
  const steps = canary?.raw("steps") == null ? [] : stepsOf(canary.list("steps"), whole);
  const pods = router === undefined && canary !== undefined ? spec.optionalCount("replicas") : undefined;
  const surges = !/^0+%?$/.test(String(canary?.raw("maxSurge") ?? "25%"));
  return present({
    kind: "Rollout",
    name: resourceName(resource),
    steps: pods === undefined ? steps : steps.map((step) => ({ ...step, podPercent: inPods(step.percent, pods, surges) })),
    observed: isRecord(resource.raw("status")) ? rolloutStatus(resource.in("status"), whole) : undefined,
  });
}

/** A pause, an analysis or an experiment lasts at the weight that was set before it. */
function stepsOf(all: Fields[], whole: number): TrafficStep[] {
  const steps: TrafficStep[] = [];
  for (const one of all) {
    if (one.has("setWeight")) {
      steps.push({ percent: toPercent(one.number("setWeight", { max: whole }), whole) });
      continue;
    }
    const seconds = one.has("pause") ? pauseOf(one) : undefined;
    const waits = ["analysis", "experiment", "plugin"].some((key) => one.has(key));
    if (!waits && !one.has("pause")) continue;
    let step = steps.at(-1);
    if (step === undefined) steps.push((step = { percent: 0 }));
    if (seconds !== undefined) step.pauseSeconds = (step.pauseSeconds ?? 0) + seconds;
    else if (one.has("pause")) step.waitsFor = "promotion";
    else step.waitsFor ??= "analysis";
  }
  return steps;
}

/** Seconds; undefined for a pause that lasts until somebody promotes. A number without a unit is seconds, in quotes too. */
function pauseOf(step: Fields): number | undefined {
  const written = at(step.raw("pause"), "duration");
  if (written == null) return undefined;
  const pause = step.in("pause");
  if (typeof written === "number") return pause.number("duration");
  const text = pause.text("duration");
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : toSeconds(text);
  if (seconds === undefined) pause.refuse("duration", "is not a duration like 72h");
  return seconds ?? 0;
}

/**
 * The share that pods come closest to, percent: at least one pod of each version, and one more pod in all where the rollout may
 * surge. https://argoproj.github.io/argo-rollouts/features/canary/
 */
function inPods(percent: number, pods: number, surges: boolean): number {
  if (percent === 0 || percent === 100 || pods === 0) return percent;
  const totals = surges ? [pods, pods + 1] : [pods];
  const shares = totals.flatMap((total) => {
    const exact = (total * percent) / 100;
    return [Math.floor(exact), Math.ceil(exact)].filter((count) => count > 0 && count < total).map((count) => toPercent(count, total));
  });
  // A single pod that may not surge is wholly one version's or the other's.
  return shares.sort((one, other) => Math.abs(one - percent) - Math.abs(other - percent))[0] ?? (percent < 50 ? 0 : 100);
}

function toPercent(part: number, whole: number): number {
  return Number(((100 * part) / whole).toPrecision(12));
}

function rolloutStatus(status: Fields, whole: number): TrafficObserved | undefined {
  const weights = at(status.raw("canary"), "weights", "canary");
  const weight = isRecord(weights) ? status.in("canary").in("weights").in("canary").optionalNumber("weight", { max: whole }) : undefined;
  const [pause] = status.raw("pauseConditions") == null ? [] : status.list("pauseConditions");
  const observed = present({
    phase: status.optionalText("phase"),
    aborted: status.has("abort") && status.flag("abort") ? (true as const) : undefined,
    percent: weight === undefined ? undefined : toPercent(weight, whole),
    since: instantOf(status, "abortedAt") ?? (pause === undefined ? undefined : instantOf(pause, "startTime")),
  });
  return status.keys().length === 0 ? undefined : observed;
}

function toAnalysis(resource: Fields): TrafficResource {
  const name = resourceName(resource);
  const status = isRecord(resource.raw("status")) ? resource.in("status") : undefined;
  if (status?.raw("phase") == null || status.raw("phase") === "") return { kind: "AnalysisRun", name };
  const results = status.raw("metricResults") == null ? [] : status.list("metricResults");
  const taken = results
    .filter((result) => result.raw("dryRun") !== true && result.raw("measurements") != null)
    .flatMap((result) => result.list("measurements"));
  const times = taken
    .flatMap((one) => [instantOf(one, "startedAt"), instantOf(one, "finishedAt")])
    .filter((time) => time !== undefined)
    .sort((one, other) => Date.parse(one) - Date.parse(other));
  return {
    kind: "AnalysisRun",
    name,
    observed: present({ phase: status.text("phase"), since: instantOf(status, "completedAt"), from: times[0], to: times.at(-1) }),
  };
}
