import type { ReadOptions } from "../../../src/evidence/define-reader.ts";
import { fixture } from "../fixtures.ts";
import type { Truth } from "./compare.ts";

export interface OwnTruth {
  name: string;
  /** Beginning of the path of files like it. */
  like: string;
  content: string;
  truth: Truth;
  options?: ReadOptions;
}

const document = (name: string, index: number): string => fixture(name).split("---\n")[index] ?? "";

/** Files of this repository, so that the tables are tried where the samples are not at hand. */
export const ownTruths: readonly OwnTruth[] = [
  {
    name: "a run of wrk",
    like: "wrk/",
    content: fixture("wrk.txt"),
    truth: {
      requests: 137526,
      non2xx_or_3xx: 6876,
      error_rate: 0.049998,
      mean_rps: 44361.67,
      duration: "3.10s",
      p50_ms: 0.09,
      p99_ms: 2.32,
    },
  },
  {
    name: "a run of autocannon",
    like: "autocannon/",
    content: fixture("autocannon.json"),
    truth: {
      requests_completed: 400,
      non2xx: 20,
      duration_s: 4.01,
      p50_ms: 0,
      p97_5_ms: 8,
      p99_ms: 9,
      "error_rate=(non2xx+errors)/(completed+errors)": 0.05,
    },
  },
  {
    name: "a summary of k6",
    like: "k6/",
    content: fixture("k6-summary.json"),
    truth: {
      form: "handleSummary",
      requests: 6000,
      failed_requests: 60,
      mean_rps: 100,
      error_rate: 0.01,
      p95_ms: 300,
      avg_ms: 120.5,
      med_ms: 100,
      duration_s: 60,
      thresholds: { a: "pass", b: "FAIL" },
    },
  },
  {
    name: "a machine-readable summary of k6",
    like: "k6/machine-readable-v1.SYNTHETIC.json",
    content: fixture("k6-summary-machine-readable.json"),
    truth: { k6Version: "2.2.0", requests: 6000, duration_s: 60, error_rate: 0.01, p95_ms: 300, thresholds: "not in the format" },
  },
  {
    name: "an evaluation by promptfoo",
    like: "promptfoo/",
    content: fixture("promptfoo-evaluation.json"),
    truth: { promptfooVersion: "absent", timestamp: "2026-11-20T09:00:00Z", successes: 2, failures: 1, errors: 1, rows: 4 },
  },
  {
    name: "a table of promptfoo",
    like: "promptfoo/eval-v0.121.20.csv",
    content: fixture("promptfoo-0.114.csv"),
    truth: { rows: 9, PASS: 6, FAIL: 2, ERROR: 1 },
  },
  {
    name: "a report of tests",
    like: "junit/",
    content: fixture("junit.xml"),
    truth: { testcases: 3, passed: 1, failed: 1, errored: 0, skipped: 1 },
  },
  {
    name: "a report of garak",
    like: "garak/",
    content: fixture("garak.report.jsonl"),
    truth: { garak_version: "0.14.1", attack_success_rate: 0.1765, "passed/total": "14/17" },
  },
  {
    name: "a scan by Azure's agent",
    like: "azure-redteam/",
    content: fixture("azure-redteam.json"),
    truth: { overall_asr_pct: 33.33, attacks_in_file: 3, successes: 1 },
  },
  {
    name: "a run of DeepEval",
    like: "deepeval/",
    content: fixture("deepeval.json"),
    truth: { test_cases: 3, passed: 1, failed: 1, metrics: { Faithfulness: { mean_score: 0.7 }, Bias: { mean_score: 0.15 } } },
  },
  {
    name: "results of lm-evaluation-harness",
    like: "lm-eval/",
    content: fixture("lm-evaluation-harness.json"),
    truth: {
      lm_eval_version: "0.4.13",
      date_epoch: 1795161600.25,
      results: { support: { "acc,none": 0.85, "exact_match,strict-match": 0.5 }, tone: { "acc,none": 0.75 } },
      n_samples: { support: { effective: 40 } },
    },
  },
  {
    name: "a log of Inspect",
    like: "inspect/",
    content: fixture("inspect.json"),
    truth: {
      status: "success",
      model: "openai/gpt-4o-2024-11-20",
      total_samples: 40,
      completed_samples: 38,
      completed: "2026-11-20T08:10:00Z",
      inspect_version: "0.3.95",
      scores: [
        { name: "match", metrics: { accuracy: 0.75, stderr: 0.05 } },
        { name: "judge", metrics: { mean: 0.9 } },
      ],
    },
  },
  {
    name: "scores of ragas",
    like: "ragas/",
    content: fixture("ragas.csv"),
    truth: {
      rows: 3,
      "mean faithfulness": 0.75,
      "blank/NaN faithfulness": 1,
      "mean answer_relevancy": 0.8,
      "blank/NaN answer_relevancy": 1,
    },
  },
  {
    name: "a model card",
    like: "hf-model-card/",
    content: fixture("hf-model-index.md"),
    truth: {
      metrics: [
        { dataset: "support (test)", type: "accuracy", value: 0.9 },
        { dataset: "support (test)", type: "f1", value: 0.66 },
        { dataset: "tone", type: "accuracy", value: 87.5 },
      ],
    },
  },
  {
    name: "alerting rules",
    like: "prometheus/rules-file.yml",
    content: fixture("prometheus-rules.yml"),
    truth: { alerting_rules: 2, recording_rules: 1, severities: ["critical"] },
  },
  {
    name: "series of Prometheus",
    like: "prometheus/query_range",
    content: fixture("prometheus-query.json"),
    truth: {
      series: 1,
      detail: [{ points: 3, first: 1795161600, last: 1795161900, span_h: 0.0833, max_gap_s: 180, min: 0, max: 1, mean: 0.5 }],
    },
  },
  {
    name: "alerts of Prometheus",
    like: "prometheus/api-alerts.json",
    content: '{"status":"success","data":{"alerts":[{"labels":{"alertname":"A"},"state":"firing","activeAt":"2026-11-20T08:00:00Z"}]}}',
    truth: { alerts: [{ name: "A", severity: null, state: "firing", activeAt: "2026-11-20T08:00:00Z" }] },
  },
  {
    name: "alerts of Alertmanager, all of them firing",
    like: "alertmanager/api-v2-alerts.json",
    content: fixture("alertmanager-alerts.json")
      .replaceAll("07:30:00Z", "07:40:00Z")
      .replace('"endsAt": "2026-11-20T07:40:00Z"', '"endsAt": "2026-11-20T08:40:00Z"'),
    truth: {
      alerts: 2,
      by: [
        { alertname: "AssistantErrors", severity: "critical", startsAt: "2026-11-20T08:00:00.340Z" },
        { alertname: "Spend", severity: null, startsAt: "2026-11-20T07:00:00Z" },
      ],
    },
  },
  {
    name: "a configuration of Alertmanager",
    like: "alertmanager/",
    content: fixture("alertmanager-config.yml").replace("continue: true", "continue: false"),
    truth: { root_receiver: "team-mail", integrations: ["email", "pagerduty", "webhook"], receivers_with_integration: 2 },
  },
  {
    name: "a rollout of Argo",
    like: "argo-rollouts/",
    content: document("argo-rollouts.yaml", 0),
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
  },
  {
    name: "an analysis of Argo",
    like: "argo-rollouts/aborted-analysisrun.yaml",
    content: document("argo-rollouts.yaml", 1),
    truth: { kind: "AnalysisRun", phase: "Successful", startedAt: "2026-11-20T09:00:00Z" },
  },
  {
    name: "a canary of Flagger",
    like: "flagger/",
    content: fixture("flagger.yaml").replace("stepWeights: [10, 25, 50]", "stepWeight: 25\n    maxWeight: 75"),
    truth: { interval: "5400s", stepWeight: 25, maxWeight: 75, skipAnalysis: false },
  },
  {
    name: "a route of the Gateway API",
    like: "gateway-api/",
    content: document("gateway-api.yaml", 0),
    truth: { kind: "HTTPRoute", weights: { assistant: 90, "assistant-canary": 10 }, canary_share: 0.1 },
  },
  {
    name: "a budget of LiteLLM",
    like: "litellm/",
    content: fixture("litellm-config.yaml"),
    truth: { global_max_budget_usd: 4000, budget_duration: "30d", provider_budgets: { azure: "100.5/1d" }, alerting: ["slack"] },
  },
  { name: "a level of Pyrra", like: "pyrra/", content: fixture("pyrra.yaml"), truth: { target_pct: "'99.5' (a string)" } },
  { name: "a level of OpenSLO", like: "openslo/", content: fixture("openslo.yaml"), truth: { target: 0.995 } },
  { name: "a level of Sloth", like: "sloth/", content: fixture("sloth.yml"), truth: { slos: 1, objective_pct: 99.9 } },
  { name: "a dashboard", like: "grafana/", content: fixture("grafana-dashboard.json"), truth: { title: "Assistant", panels: 3 } },
  { name: "a collector", like: "otel-collector/", content: fixture("otel-collector.yaml"), truth: { non_debug_exporters: 2 } },
  {
    name: "a bill of materials",
    like: "cyclonedx/",
    content: '{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"machine-learning-model","name":"chat"}]}',
    truth: { specVersion: "1.5", ml_models: ["chat"] },
  },
  {
    name: "a survey",
    like: "csat/",
    content: fixture("survey-csv.csv"),
    truth: { rows: 3, mean_all: 3.6667, first: "2026-11-02T08:00:00Z", last: "2026-11-03T08:00:00Z" },
  },
  {
    name: "a metric over time",
    like: "business-metrics/",
    content: fixture("metric-csv.csv"),
    truth: { "handle-time": { "baseline_mean(2026-11-01..2026-11-01)": 9.5, "current_mean(2026-11-02..2026-11-02)": 8.5 } },
  },
  {
    name: "a decision record",
    like: "adr/",
    content: "# ADR\n\n- **Status:** accepted\n\n## Context\n\nWords.\n",
    truth: { status: "accepted" },
  },
];
