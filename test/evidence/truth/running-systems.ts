import type { Traffic } from "../../../src/shapes/measurements.ts";
import { of, unmeasured, type Figure, type Figures, type Known, type Truth } from "./compare.ts";

const firstTarget = of("slo", ({ objectives }) => objectives[0]?.target);
/** A note that counts, such as "1 recording rule left out". */
const counted =
  (words: RegExp): Figure =>
  (read) =>
    Number(words.exec(read.notes.join("\n"))?.[1] ?? 0);
const recording = counted(/(\d+) recording rules? left out/);
const ruleCount = of("alerts", ({ rules = [] }) => rules.length);
const resource = (pick: (resource: Traffic["resources"][number]) => unknown): Figure =>
  of("traffic", ({ resources: [only, ...others] }) => (only === undefined || others.length > 0 ? "not one resource" : pick(only)));

const range: Figures = {
  resultType: unmeasured,
  series: of("metric-series", ({ series }) => series.length),
  detail: of("metric-series", ({ series }, truth, _, { notes }) =>
    series.map(({ points, from = "", to = "", mean, values = [] }, index) => {
      const numbers = values.map(({ value }) => value);
      return {
        ...(truth as Truth[])[index],
        points,
        first: Date.parse(from) / 1000,
        last: Date.parse(to) / 1000,
        span_h: (Date.parse(to) - Date.parse(from)) / 3_600_000,
        max_gap_s: Number(/largest gap between samples is (\d+) s/.exec(notes.join("\n"))?.[1]),
        min: Math.min(...numbers),
        max: Math.max(...numbers),
        mean,
      };
    }),
  ),
};

export const runningSystems: Record<string, Known> = {
  "alertmanager/api-v2-alerts.json": {
    format: "alertmanager-alerts",
    figures: {
      alerts: of("alerts", ({ alerts = [] }) => alerts.length),
      // The end of an alert that fires lies in the future, and is none.
      by: of("alerts", ({ alerts = [] }, truth) =>
        alerts.map(({ name, severity, startsAt, endsAt }, index) => {
          const known = (truth as Truth[])[index];
          return { ...known, alertname: name, severity, startsAt, endsAt: endsAt === null ? known?.["endsAt"] : "ended" };
        }),
      ),
    },
  },
  "alertmanager/": {
    format: "alertmanager-config",
    figures: {
      root_receiver: of("alert-routing", ({ root }) => root),
      receivers: of("alert-routing", ({ receivers }) => receivers.map(({ name }) => name)),
      integrations: of("alert-routing", ({ receivers }) => [...new Set(receivers.flatMap(({ integrations }) => integrations))]),
      receivers_with_integration: of(
        "alert-routing",
        ({ receivers }) => receivers.filter(({ integrations }) => integrations.length > 0).length,
      ),
      critical_route: of(
        "alert-routing",
        ({ routes }) => routes.find(({ matchers }) => matchers.some(({ value }) => value === "critical"))?.receiver,
      ),
      note: unmeasured,
    },
  },
  "argo-rollouts/aborted-analysisrun.yaml": {
    format: "argo-rollouts",
    figures: {
      kind: resource(({ kind }) => kind),
      phase: resource(({ observed }) => observed?.phase),
      startedAt: resource(({ observed }) => observed?.from),
      message: unmeasured,
      metrics: unmeasured,
    },
  },
  "argo-rollouts/": {
    format: "argo-rollouts",
    figures: {
      kind: resource(({ kind }) => kind),
      name: resource(({ name }) => name),
      steps: resource(({ steps = [] }) =>
        steps.flatMap(({ percent, pauseSeconds, waitsFor }) => [
          { setWeight: percent },
          ...(pauseSeconds === undefined ? [] : [{ pause: { duration: `${pauseSeconds}s` } }]),
          ...(waitsFor === "promotion" ? [{ pause: {} }] : []),
        ]),
      ),
      currentStepIndex: unmeasured,
      pauseConditions: unmeasured,
      abort: resource(({ observed }) => observed?.aborted ?? false),
      phase: resource(({ observed }) => observed?.phase ?? null),
      has_status: resource(({ observed }) => observed !== undefined),
    },
  },
  "flagger/": {
    format: "flagger",
    figures: {
      interval: resource(({ steps = [] }) => [...new Set(steps.map(({ pauseSeconds }) => `${pauseSeconds}s`))].join()),
      threshold: unmeasured,
      stepWeight: resource(({ steps = [] }) => steps[0]?.percent),
      maxWeight: resource(({ steps = [] }) => steps.at(-1)?.percent),
      metrics: unmeasured,
      skipAnalysis: resource(({ skipped = false }) => skipped),
    },
  },
  "gateway-api/": {
    format: "gateway-api",
    figures: {
      kind: resource(({ kind }) => kind),
      weights: resource(({ splits = [] }) => Object.fromEntries(splits.flat().map(({ backend, percent }) => [backend, percent]))),
      canary_share: resource(({ splits = [] }) => Math.min(...splits.flat().map(({ percent }) => percent / 100))),
    },
  },
  "grafana/": {
    format: "grafana-dashboard",
    figures: {
      title: of("dashboard", ({ title }) => title),
      panels: of("dashboard", ({ panels }) => panels),
      uid: unmeasured,
      schemaVersion: unmeasured,
      targets_with_expr: unmeasured,
      token_panels: unmeasured,
      cost_panels: unmeasured,
    },
  },
  "litellm/": {
    format: "litellm-config",
    figures: {
      global_max_budget_usd: of("budget", ({ budgets }) => budgets.find(({ scope }) => scope === "all")?.amount),
      budget_duration: of("budget", ({ budgets }) => budgets.find(({ scope }) => scope === "all")?.period),
      provider_budgets: of("budget", ({ budgets }) => {
        const providers = budgets.filter(({ scope }) => scope === "provider");
        return Object.fromEntries(providers.map(({ name, amount, period }) => [name, `${amount}/${period}`]));
      }),
      alerting: of("budget", ({ channels }) => channels),
      spend_report_frequency: unmeasured,
    },
  },
  "openslo/": {
    format: "openslo",
    figures: { apiVersion: unmeasured, kind: unmeasured, target: firstTarget, window: unmeasured, op: unmeasured, value: unmeasured },
  },
  "otel-collector/": {
    format: "otel-collector",
    figures: {
      // Exporters that send nothing anywhere are in none.
      pipelines: unmeasured,
      non_debug_exporters: of("telemetry", ({ pipelines }) => pipelines.flatMap(({ exporters }) => exporters).length),
    },
  },
  "prometheus-operator/": {
    format: "prometheus-rules",
    figures: {
      kind: unmeasured,
      groups: unmeasured,
      alerts: ruleCount,
      recording,
      severity: of("alerts", ({ rules = [] }) => {
        const counts: Record<string, number> = {};
        for (const { severity } of rules) counts[severity ?? "none"] = (counts[severity ?? "none"] ?? 0) + 1;
        return counts;
      }),
      without_for: of("alerts", ({ rules = [] }) => rules.filter((rule) => rule.for === null).length),
    },
  },
  "prometheus/api-alerts.json": {
    format: "prometheus-query",
    figures: {
      // Pending alerts are left out.
      alerts: of("alerts", ({ alerts = [] }) =>
        alerts.map(({ name, severity, startsAt }) => ({ name, severity, state: "firing", activeAt: startsAt })),
      ),
    },
  },
  "prometheus/rules-file.yml": {
    format: "prometheus-rules",
    figures: {
      groups: unmeasured,
      alerting_rules: ruleCount,
      recording_rules: recording,
      severities: of("alerts", ({ rules = [] }) => rules.flatMap(({ severity }) => severity ?? [])),
    },
  },
  "prometheus/query_range": { format: "prometheus-query", figures: range },
  "pyrra/": {
    format: "pyrra",
    figures: {
      kind: unmeasured,
      target_pct: of("slo", ({ objectives }) => `'${((objectives[0]?.target ?? NaN) * 100).toFixed(1)}' (a string)`),
      window: unmeasured,
      indicator: unmeasured,
    },
  },
  "sloth/": {
    format: "sloth",
    figures: {
      version: unmeasured,
      slos: of("slo", ({ objectives }) => objectives.length),
      objective_pct: of("slo", ({ objectives }) => (objectives[0]?.target ?? NaN) * 100),
      "page_alert.severity": unmeasured,
      "ticket_alert.severity": unmeasured,
    },
  },
};
