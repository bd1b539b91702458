import { describe, expect, it } from "@jest/globals";
import type { Traffic } from "../../src/shapes/measurements.ts";
import { fixture, read, readAs, samples } from "./fixtures.ts";

/* What stands in files of the real tools, found by other means than our readers. Files of this repository come first; those kept beside
   it are compared where they are. */

interface Case {
  name: string;
  bytes: Uint8Array | string;
  truth: Record<string, unknown>;
}

function cases(beginning: string): Case[] {
  const files = samples();
  const text = files.find(({ path }) => path === "ground-truth.json")?.bytes;
  if (text === undefined) return [];
  const truths = JSON.parse(new TextDecoder().decode(text)) as { path: string; truth: Case["truth"] | [Case["truth"]] }[];
  return files.flatMap(({ path, bytes }) => {
    const truth = truths.find((entry) => entry.path === path)?.truth;
    return truth === undefined || !path.startsWith(beginning)
      ? []
      : [{ name: path, bytes, truth: Array.isArray(truth) ? truth[0] : truth }];
  });
}

function resource(bytes: Case["bytes"]): Traffic["resources"][number] {
  const [only, ...others] = readAs("traffic", bytes).measurement.resources;
  if (only === undefined || others.length > 0) throw new Error("not one resource");
  return only;
}

describe("what is known", () => {
  const ownRouting: Case = {
    name: "our own configuration",
    bytes: fixture("alertmanager-config.yml").replace("continue: true", "continue: false"),
    truth: { root_receiver: "team-mail", integrations: ["email", "pagerduty", "webhook"], receivers_with_integration: 2 },
  };
  it.each([ownRouting, ...cases("alertmanager/config"), ...cases("alertmanager/simple")])("Alertmanager: $name", ({ bytes, truth }) => {
    const { receivers, root, routes } = readAs("alert-routing", bytes).measurement;
    const critical = routes.find(({ matchers }) => matchers.some(({ value }) => value === "critical"))?.receiver;
    const seen: Record<string, unknown> = {
      root_receiver: root,
      integrations: [...new Set(receivers.flatMap(({ integrations }) => integrations))],
      receivers_with_integration: receivers.filter(({ integrations }) => integrations.length > 0).length,
      receivers: receivers.map(({ name }) => name),
      critical_route: critical,
    };
    for (const key of Object.keys(truth).filter((key) => key !== "note")) expect([key, seen[key]]).toEqual([key, truth[key]]);
  });

  const ownLevel: Case = { name: "our own level", bytes: fixture("pyrra.yaml"), truth: { target_pct: "'99.5' (a string)" } };
  it.each([ownLevel, ...cases("pyrra/")])("Pyrra: $name", ({ bytes, truth }) => {
    const percent = Number(/'([\d.]+)'/.exec(String(truth["target_pct"]))?.[1]);
    expect(readAs("slo", bytes).measurement.objectives[0]?.target).toBeCloseTo(percent / 100, 12);
  });

  const ownRollout: Case = {
    name: "our own rollout",
    bytes: fixture("argo-rollouts.yaml").split("---\n")[0] ?? "",
    truth: {
      kind: "Rollout",
      name: "assistant",
      steps: [
        { setWeight: 5 },
        { pause: { duration: "1800s" } },
        { setWeight: 10 },
        { pause: { duration: "259800s" } },
        { setWeight: 50 },
        { pause: {} },
      ],
      abort: false,
      phase: "Paused",
      has_status: true,
    },
  };
  const rollouts = cases("argo-rollouts/").filter(({ truth }) => truth["kind"] === "Rollout");
  it.each([ownRollout, ...rollouts])("Argo Rollouts, rollout: $name", ({ bytes, truth }) => {
    const { kind, name, steps = [], observed } = resource(bytes);
    const written = steps.flatMap(({ percent, pauseSeconds, waitsFor }) => [
      { setWeight: percent },
      ...(pauseSeconds === undefined ? [] : [{ pause: { duration: `${pauseSeconds}s` } }]),
      ...(waitsFor === "promotion" ? [{ pause: {} }] : []),
    ]);
    expect({
      kind,
      name,
      steps: written,
      abort: observed?.aborted ?? false,
      phase: observed?.phase ?? null,
      has_status: observed !== undefined,
    }).toEqual({
      kind: truth["kind"],
      name: truth["name"],
      steps: truth["steps"],
      abort: truth["abort"],
      phase: truth["phase"],
      has_status: truth["has_status"],
    });
  });

  const ownAnalysis: Case = {
    name: "our own analysis",
    bytes: fixture("argo-rollouts.yaml").split("---\n")[1] ?? "",
    truth: { kind: "AnalysisRun", phase: "Successful", startedAt: "2026-11-20T09:00:00Z" },
  };
  const analyses = cases("argo-rollouts/").filter(({ truth }) => truth["kind"] === "AnalysisRun");
  it.each([ownAnalysis, ...analyses])("Argo Rollouts, analysis: $name", ({ bytes, truth }) => {
    const { kind, observed } = resource(bytes);
    expect({ kind, phase: observed?.phase, startedAt: observed?.from }).toEqual({
      kind: truth["kind"],
      phase: truth["phase"],
      startedAt: truth["startedAt"],
    });
  });

  const ownCanary: Case = {
    name: "our own canary",
    bytes: fixture("flagger.yaml").replace("stepWeights: [10, 25, 50]", "stepWeight: 25\n    maxWeight: 75"),
    truth: { interval: "5400s", stepWeight: 25, maxWeight: 75, skipAnalysis: false },
  };
  it.each([ownCanary, ...cases("flagger/")])("Flagger: $name", ({ bytes, truth }) => {
    const { steps = [], skipped = false } = resource(bytes);
    const weights = steps.map(({ percent }) => percent);
    expect(skipped).toBe(truth["skipAnalysis"]);
    expect([weights[0], weights.at(-1)]).toEqual([truth["stepWeight"], truth["maxWeight"]]);
    expect(new Set(steps.map(({ pauseSeconds }) => `${pauseSeconds}s`))).toEqual(new Set([truth["interval"]]));
  });

  const ownSplit: Case = {
    name: "our own route",
    bytes: fixture("gateway-api.yaml").split("---\n")[0] ?? "",
    truth: { kind: "HTTPRoute", weights: { assistant: 90, "assistant-canary": 10 }, canary_share: 0.1 },
  };
  it.each([ownSplit, ...cases("gateway-api/")])("Gateway API: $name", ({ bytes, truth }) => {
    const { kind, splits = [] } = resource(bytes);
    expect(kind).toBe(truth["kind"]);
    expect(Object.fromEntries(splits.flat().map(({ backend, percent }) => [backend, percent]))).toEqual(truth["weights"]);
    expect(Math.min(...splits.flat().map(({ percent }) => percent / 100))).toBe(truth["canary_share"]);
  });

  const ownBudget: Case = {
    name: "our own budget",
    bytes: fixture("litellm-config.yaml"),
    truth: { global_max_budget_usd: 4000, budget_duration: "30d", provider_budgets: { azure: "100.5/1d" }, alerting: ["slack"] },
  };
  it.each([ownBudget, ...cases("litellm/")])("LiteLLM: $name", ({ bytes, truth }) => {
    const { budgets, channels } = readAs("budget", bytes).measurement;
    const all = budgets.find(({ scope }) => scope === "all");
    const providers = budgets.filter(({ scope }) => scope === "provider").map(({ name, amount, period }) => [name, `${amount}/${period}`]);
    expect({ amount: all?.amount, period: all?.period, providers: Object.fromEntries(providers), channels }).toEqual({
      amount: truth["global_max_budget_usd"],
      period: truth["budget_duration"],
      providers: truth["provider_budgets"],
      channels: truth["alerting"],
    });
  });

  it("no figure of a file of these tools is read as something else", () => {
    const formats = samples()
      .filter(({ path }) => /^(?:argo-rollouts|flagger|gateway-api|pyrra)\//.test(path))
      .map(({ path, bytes }) => [path.split("/")[0], read(bytes)] as const)
      .map(([folder, reading]) => [folder, reading.ok ? reading.format : reading.message]);
    for (const [folder, format] of formats) expect(format).toBe(folder);
  });
});
