import { describe, expect, it } from "@jest/globals";
import type { LoadTest, Reading } from "../../src/shapes/measurements.ts";
import { fixture, read, samples } from "./fixtures.ts";

/* Figures that were got from files of the real tools by other means than our readers. Files of this repository come first; those kept
   beside it are compared where they are. */

type Truth = Record<string, unknown>;
const round = (value: number | undefined, digits: number) => (value === undefined ? undefined : Number(value.toFixed(digits)));

interface Case {
  name: string;
  bytes: Uint8Array | string;
  truth: Truth;
}

function cases(beginning: string): Case[] {
  const files = samples();
  const text = files.find(({ path }) => path === "ground-truth.json")?.bytes;
  if (text === undefined) return [];
  const truths = JSON.parse(new TextDecoder().decode(text)) as { path: string; truth: Truth }[];
  return files.flatMap(({ path, bytes }) => {
    const truth = truths.find((entry) => entry.path === path)?.truth;
    return truth !== undefined && path.startsWith(beginning) ? [{ name: path, bytes, truth }] : [];
  });
}

function loadTest(reading: Reading): LoadTest {
  if (!reading.ok || reading.kind !== "load-test") throw new Error("not read as a load test");
  return reading.measurement;
}

const ownRun: Case = {
  name: "our own autocannon run",
  bytes: fixture("autocannon.json"),
  truth: {
    requests_completed: 400,
    non2xx: 20,
    duration_s: 4.01,
    p50_ms: 0,
    p97_5_ms: 8,
    p99_ms: 9,
    "error_rate=(non2xx+errors)/(completed+errors)": 0.05,
  },
};

describe("figures that are known", () => {
  it.each([ownRun, ...cases("autocannon/")])("autocannon: $name", ({ bytes, truth }) => {
    const run = loadTest(read(bytes));
    expect({
      requests: run.requests,
      failed: run.failed,
      rate: round(run.errorRate, 6),
      seconds: run.durationSeconds,
      ...run.latencyMs,
    }).toMatchObject({
      requests: truth["requests_completed"],
      failed: truth["non2xx"],
      rate: truth["error_rate=(non2xx+errors)/(completed+errors)"],
      seconds: truth["duration_s"],
      p50: truth["p50_ms"],
      p97_5: truth["p97_5_ms"],
      p99: truth["p99_ms"],
    });
  });

  const ownSummary: Case = {
    name: "our own summary",
    bytes: fixture("k6-summary.json"),
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
  };
  it.each([
    ownSummary,
    ...cases("k6/").filter(({ truth }) => ["handleSummary", "legacy --summary-export"].includes(String(truth["form"]))),
  ])("k6: $name", ({ bytes, truth }) => {
    const run = loadTest(read(bytes));
    const outcomes = Object.values(truth["thresholds"] as Record<string, string>);
    expect({
      requests: run.requests,
      failed: run.failed,
      rate: round(run.ratePerSecond, 3),
      errorRate: round(run.errorRate, 6),
      p95: round(run.latencyMs?.p95, 3) ?? null,
      mean: round(run.latencyMs?.mean, 3),
      p50: round(run.latencyMs?.p50, 3),
      seconds: round(run.durationSeconds, 3),
      thresholds: run.thresholds,
    }).toEqual({
      requests: truth["requests"],
      failed: truth["failed_requests"],
      rate: truth["mean_rps"],
      errorRate: truth["error_rate"],
      p95: truth["p95_ms"],
      mean: truth["avg_ms"],
      p50: truth["med_ms"],
      seconds: typeof truth["duration_s"] === "number" ? truth["duration_s"] : undefined,
      thresholds: {
        passed: outcomes.filter((outcome) => outcome === "pass").length,
        failed: outcomes.filter((outcome) => outcome === "FAIL").length,
      },
    });
  });

  it.each(
    cases("k6/machine-readable").concat({
      name: "our own",
      bytes: fixture("k6-summary-machine-readable.json"),
      truth: { k6Version: "2.2.0", requests: 6000, duration_s: 60, error_rate: 0.01, p95_ms: 300 },
    }),
  )("k6, machine-readable: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    const run = loadTest(reading);
    expect({
      k6Version: reading.ok && reading.tool.version,
      requests: run.requests,
      duration_s: run.durationSeconds,
      error_rate: run.errorRate,
      p95_ms: run.latencyMs?.p95,
    }).toEqual({
      k6Version: truth["k6Version"],
      requests: truth["requests"],
      duration_s: truth["duration_s"],
      error_rate: truth["error_rate"],
      p95_ms: truth["p95_ms"],
    });
  });

  const ownEvaluation: Case = {
    name: "our own evaluation",
    bytes: fixture("promptfoo-evaluation.json"),
    truth: { promptfooVersion: "absent", timestamp: "2026-11-20T09:00:00Z", successes: 2, failures: 1, errors: 1, rows: 4 },
  };
  it.each([ownEvaluation, ...cases("promptfoo/").filter(({ truth }) => "rows" in truth && "timestamp" in truth)])(
    "promptfoo: $name",
    ({ bytes, truth }) => {
      const reading = read(bytes);
      expect(reading).toMatchObject({
        tool: { version: truth["promptfooVersion"] === "absent" ? null : truth["promptfooVersion"] },
        origin: { measuredAt: truth["timestamp"] },
        measurement:
          "by_plugin" in truth
            ? { attempts: Number(truth["successes"]) + Number(truth["failures"]), successes: truth["failures"], errors: truth["errors"] }
            : { total: truth["rows"], passed: truth["successes"], failed: truth["failures"], errors: truth["errors"] },
      });
    },
  );

  const ownTable: Case = { name: "our own table", bytes: fixture("promptfoo-0.114.csv"), truth: { rows: 9, PASS: 6, FAIL: 2, ERROR: 1 } };
  it.each([ownTable, ...cases("promptfoo/").filter(({ truth }) => "PASS" in truth)])("promptfoo as CSV: $name", ({ bytes, truth }) => {
    expect(read(bytes)).toMatchObject({
      format: "promptfoo",
      measurement: { total: truth["rows"], passed: truth["PASS"], failed: truth["FAIL"], errors: truth["ERROR"] },
    });
  });

  const ownReport: Case = {
    name: "our own report",
    bytes: fixture("junit.xml"),
    truth: { testcases: 3, passed: 1, failed: 1, errored: 0, skipped: 1 },
  };
  it.each([ownReport, ...cases("junit/"), ...cases("promptfoo/").filter(({ truth }) => "testcases" in truth)])(
    "JUnit: $name",
    ({ bytes, truth }) => {
      expect(read(bytes)).toMatchObject({
        measurement: {
          total: truth["testcases"],
          passed: truth["passed"],
          failed: truth["failed"],
          errors: truth["errored"],
          skipped: truth["skipped"],
        },
      });
    },
  );

  const ownRules: Case = {
    name: "our own rules",
    bytes: fixture("prometheus-rules.yml"),
    truth: { alerting_rules: 2, recording_rules: 1, severities: ["critical"] },
  };
  it.each([ownRules, ...cases("prometheus/rules-file.yml"), ...cases("prometheus-operator/")])(
    "Prometheus rules: $name",
    ({ bytes, truth }) => {
      const reading = read(bytes);
      const rules = reading.ok && reading.kind === "alerts" ? (reading.measurement.rules ?? []) : [];
      expect(rules).toHaveLength(Number(truth["alerting_rules"] ?? truth["alerts"]));
      if (Array.isArray(truth["severities"])) expect(rules.flatMap(({ severity }) => severity ?? [])).toEqual(truth["severities"]);
      const bySeverity = truth["severity"] as Record<string, number> | undefined;
      for (const [severity, count] of Object.entries(bySeverity ?? {}))
        expect(rules.filter((rule) => rule.severity === severity)).toHaveLength(count);
    },
  );

  const ownSurvey: Case = {
    name: "our own survey",
    bytes: fixture("survey-csv.csv"),
    truth: { rows: 3, mean_all: 3.6667, first: "2026-11-02T08:00:00Z", last: "2026-11-03T08:00:00Z" },
  };
  it.each([ownSurvey, ...cases("csat/csat-5point")])("survey: $name", ({ bytes, truth }) => {
    const reading = read(bytes, { scale: "1-5" });
    if (!reading.ok || reading.kind !== "survey") throw new Error("not read as a survey");
    const { responses, score, from, to, cohorts = [] } = reading.measurement;
    expect({ responses, score: round(score, 4), from, to }).toEqual({
      responses: truth["rows"],
      score: truth["mean_all"],
      from: truth["first"],
      to: truth["last"],
    });
    if ("early_access_n" in truth) {
      const early = cohorts.find(({ id }) => id === "early-access");
      expect(early?.responses).toBe(truth["early_access_n"]);
      expect(((early?.satisfied ?? 0) / (early?.responses ?? 1)) * 100).toBe(truth["early_access_csat_pct(4-5)"]);
    }
  });

  const ownMetrics: Case = {
    name: "our own metrics",
    bytes: fixture("metric-csv.csv"),
    truth: { "handle-time": { "baseline_mean(2026-11-01..2026-11-01)": 9.5, "current_mean(2026-11-02..2026-11-02)": 8.5 } },
  };
  it.each([ownMetrics, ...cases("business-metrics/daily-long")])("metrics: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "metric-series") throw new Error("not read as metrics");
    for (const [metric, means] of Object.entries(truth as Record<string, Record<string, number>>)) {
      const values = reading.measurement.series.find(({ name }) => name === metric)?.values ?? [];
      for (const [label, mean] of Object.entries(means)) {
        const [, from = "", to = ""] = /\((\S+)\.\.(\S+)\)/.exec(label) ?? [];
        const inside = values.filter(({ at }) => at >= from && at.slice(0, 10) <= to);
        if (from !== "") expect(round(inside.reduce((sum, { value }) => sum + value, 0) / inside.length, 4)).toBe(mean);
      }
    }
  });

  const ownDashboard: Case = {
    name: "our own dashboard",
    bytes: fixture("grafana-dashboard.json"),
    truth: { title: "Assistant", panels: 3 },
  };
  it.each([ownDashboard, ...cases("grafana/")])("Grafana: $name", ({ bytes, truth }) => {
    expect(read(bytes)).toMatchObject({ measurement: { title: truth["title"], panels: truth["panels"] } });
  });

  const ownTargets: Case[] = [
    { name: "our own OpenSLO", bytes: fixture("openslo.yaml"), truth: { target: 0.995 } },
    { name: "our own Sloth", bytes: fixture("sloth.yml"), truth: { objective_pct: 99.9 } },
  ];
  it.each([...ownTargets, ...cases("openslo/"), ...cases("sloth/")])("service levels: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    const target = reading.ok && reading.kind === "slo" ? reading.measurement.objectives[0]?.target : undefined;
    expect(target).toBeCloseTo(Number(truth["target"] ?? Number(truth["objective_pct"]) / 100), 12);
  });

  const ownCollector: Case = { name: "our own collector", bytes: fixture("otel-collector.yaml"), truth: { non_debug_exporters: 2 } };
  it.each([ownCollector, ...cases("otel-collector/")])("collector: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    const exporters =
      reading.ok && reading.kind === "telemetry" ? reading.measurement.pipelines.flatMap((pipeline) => pipeline.exporters) : undefined;
    expect(exporters).toHaveLength(Number(truth["non_debug_exporters"]));
  });

  const ownRecord: Case = {
    name: "our own record",
    bytes: "# ADR\n\n- **Status:** accepted\n\n## Context\n\nWords.\n",
    truth: { status: "accepted" },
  };
  it.each([ownRecord, ...cases("adr/")])("decision record: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "document") throw new Error("not read as a document");
    const isTemplate = String(truth["status"]).startsWith("none");
    expect(reading.measurement.frontMatter["status"]).toBe(isTemplate ? undefined : truth["status"]);
    if (isTemplate)
      expect(reading.measurement.sections.find(({ title }) => title === "Context and Problem Statement")).toMatchObject({ text: "" });
  });

  const ownProbes: Case = {
    name: "our own report",
    bytes: fixture("garak.report.jsonl"),
    truth: {
      garak_version: "0.14.1",
      attack_success_rate: 0.1765,
      eval_entries: [
        { probe: "dan.Dan_11_0", passed: 6, total: 8 },
        { probe: "web_injection.MarkdownImageExfil", passed: 5, total: 5 },
        { probe: "lmrc.Profanity", passed: 3, total: 4 },
      ],
    },
  };
  it.each([ownProbes, ...cases("garak/")])("garak: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "red-team") throw new Error("not read as a red team");
    const evals = truth["eval_entries"] as { passed: number; total?: number; total_evaluated?: number }[];
    const total = evals.reduce((sum, { total: old, total_evaluated: count = old ?? 0 }) => sum + count, 0);
    const { attempts, successes, attackSuccessRate } = reading.measurement;
    expect({ version: reading.tool.version, attempts, successes, rate: round(attackSuccessRate, 4) }).toEqual({
      version: truth["garak_version"],
      attempts: total,
      successes: total - evals.reduce((sum, { passed }) => sum + passed, 0),
      rate: truth["attack_success_rate"],
    });
  });

  const ownScan: Case = {
    name: "our own scan",
    bytes: fixture("azure-redteam.json"),
    truth: { overall_asr_pct: 33.33, attacks_in_file: 3, successes: 1 },
  };
  it.each([ownScan, ...cases("azure-redteam/")])("Azure red team: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "red-team") throw new Error("not read as a red team");
    const { attempts, successes, attackSuccessRate = NaN } = reading.measurement;
    expect({ attempts, successes, percent: round(attackSuccessRate * 100, 2) }).toEqual({
      attempts: truth["attacks_in_file"],
      successes: truth["successes"],
      percent: truth["overall_asr_pct"],
    });
  });

  const ownCases: Case = {
    name: "our own run",
    bytes: fixture("deepeval.json"),
    truth: {
      test_cases: 3,
      passed: 1,
      conversational: 0,
      failed: 1,
      metrics: { Faithfulness: { mean_score: 0.7 }, Bias: { mean_score: 0.15 } },
    },
  };
  it.each([ownCases, ...cases("deepeval/")])("DeepEval: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "evaluation") throw new Error("not read as an evaluation");
    const { total, passed, failed, metrics } = reading.measurement;
    expect({ total, passed, failed }).toEqual({
      total: Number(truth["test_cases"]) + Number(truth["conversational"]),
      passed: truth["passed"],
      failed: truth["failed"],
    });
    const means = Object.entries(truth["metrics"] as Record<string, { mean_score: number }>);
    expect(metrics.map(({ name, value }) => [name, round(value, 4)])).toEqual(means.map(([name, { mean_score }]) => [name, mean_score]));
  });

  const ownTasks: Case = {
    name: "our own results",
    bytes: fixture("lm-evaluation-harness.json"),
    truth: {
      lm_eval_version: "0.4.13",
      date_epoch: 1795161600.25,
      results: { support: { "acc,none": 0.85, "exact_match,strict-match": 0.5 }, tone: { "acc,none": 0.75 } },
      n_samples: { support: { effective: 40 } },
    },
  };
  it.each([ownTasks, ...cases("lm-eval/")])("lm-evaluation-harness: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "evaluation") throw new Error("not read as an evaluation");
    const samples = truth["n_samples"] as Record<string, { effective: number }>;
    const expected = Object.entries(truth["results"] as Record<string, Record<string, number>>).flatMap(([task, figures]) =>
      Object.entries(figures)
        .filter(([key]) => key.includes(",") && !key.includes("_stderr"))
        .map(([key, value]) => ({ name: key.replace(",none", ""), value, n: samples[task]?.effective, task })),
    );
    expect(reading.measurement.metrics.map((metric) => ({ n: undefined, ...metric }))).toEqual(expected);
    expect(reading.tool.version).toBe(truth["lm_eval_version"]);
    expect(Date.parse(reading.origin.measuredAt ?? "")).toBe(Math.floor(Number(truth["date_epoch"]) * 1000));
  });

  const ownLog: Case = {
    name: "our own log",
    bytes: fixture("inspect.json"),
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
  };
  it.each([ownLog, ...cases("inspect/")])("Inspect: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (truth["status"] !== "success") {
      expect(reading).toMatchObject({ ok: false, code: "incomplete", format: "inspect" });
      return;
    }
    if (!reading.ok || reading.kind !== "evaluation") throw new Error("not read as an evaluation");
    const scores = truth["scores"] as { name: string; metrics: Record<string, number> }[];
    expect({ ...reading.measurement, metrics: reading.measurement.metrics.map(({ value }) => round(value, 6)) }).toEqual({
      total: truth["total_samples"],
      errors: Number(truth["total_samples"]) - Number(truth["completed_samples"]),
      metrics: scores.flatMap(({ metrics }) => Object.entries(metrics).flatMap(([name, value]) => (name === "stderr" ? [] : [value]))),
    });
    expect(reading.tool.version).toBe(truth["inspect_version"]);
    expect(reading.origin.model).toBe(truth["model"]);
    expect(Date.parse(reading.origin.measuredAt ?? "")).toBe(Date.parse(String(truth["completed"])));
  });

  const ownScores: Case = {
    name: "our own scores",
    bytes: fixture("ragas.csv"),
    truth: {
      rows: 3,
      "mean faithfulness": 0.75,
      "blank/NaN faithfulness": 1,
      "mean answer_relevancy": 0.8,
      "blank/NaN answer_relevancy": 1,
    },
  };
  it.each([ownScores, ...cases("ragas/")])("ragas: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "evaluation") throw new Error("not read as an evaluation");
    const { total, metrics } = reading.measurement;
    expect(total).toBe(truth["rows"]);
    const names = Object.keys(truth).flatMap((key) => (key.startsWith("mean ") ? [key.slice(5)] : []));
    expect(metrics.map(({ name, value, n }) => ({ name, value: round(value, 4), n }))).toEqual(
      names.map((name) => ({
        name,
        value: truth[`mean ${name}`],
        n: Number(truth["rows"]) - Number(truth[`blank/NaN ${name}`]),
      })),
    );
  });

  const ownCard: Case = {
    name: "our own card",
    bytes: fixture("hf-model-index.md"),
    truth: {
      metrics: [
        { dataset: "support (test)", type: "accuracy", value: 0.9 },
        { dataset: "support (test)", type: "f1", value: 0.66 },
        { dataset: "tone", type: "accuracy", value: 87.5 },
      ],
    },
  };
  it.each([ownCard, ...cases("hf-model-card/")])("model card: $name", ({ bytes, truth }) => {
    const metrics = (truth["metrics"] as { dataset: string; type: string; value: number }[]).map(({ dataset, type, value }) => ({
      name: type,
      value,
      task: dataset,
    }));
    expect(read(bytes)).toMatchObject({ ok: true, kind: "evaluation", measurement: { metrics } });
  });

  const ownQuery: Case = {
    name: "our own query",
    bytes: fixture("prometheus-query.json"),
    truth: { series: 1, detail: [{ points: 3, first: 1795161600, last: 1795161900, max_gap_s: 180, mean: 0.5 }] },
  };
  it.each([ownQuery, ...cases("prometheus/query_range")])("Prometheus query: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "metric-series") throw new Error("not read as series");
    const { series } = reading.measurement;
    const detail = truth["detail"] as { points: number; first: number; last: number; max_gap_s: number; mean: number }[];
    expect(series).toHaveLength(Number(truth["series"]));
    expect(series.map(({ points, from = "", to = "", mean }) => [points, Date.parse(from), Date.parse(to), round(mean, 5)])).toEqual(
      detail.map(({ points, first, last, mean }) => [points, first * 1000, last * 1000, mean]),
    );
    for (const { max_gap_s } of detail) expect(reading.notes).toContain(`the largest gap between samples is ${max_gap_s} s`);
  });

  const ownFiring: Case = {
    name: "our own answer",
    bytes: '{"status":"success","data":{"alerts":[{"labels":{"alertname":"A"},"state":"firing","activeAt":"2026-11-20T08:00:00Z"}]}}',
    truth: { alerts: [{ name: "A", severity: null, state: "firing", activeAt: "2026-11-20T08:00:00Z" }] },
  };
  it.each([ownFiring, ...cases("prometheus/api-alerts")])("Prometheus alerts: $name", ({ bytes, truth }) => {
    const alerts = (truth["alerts"] as { name: string; severity: string | null; activeAt: string }[]).map(
      ({ name, severity, activeAt }) => ({
        name,
        severity,
        startsAt: new Date(activeAt).toISOString().replace(".000Z", "Z"),
        endsAt: null,
      }),
    );
    expect(read(bytes)).toMatchObject({ ok: true, kind: "alerts", measurement: { alerts } });
  });

  const ownAlerts: Case = {
    name: "our own alerts",
    bytes: fixture("alertmanager-alerts.json")
      .replaceAll("07:30:00Z", "07:40:00Z")
      .replace('"endsAt": "2026-11-20T07:40:00Z"', '"endsAt": "2026-11-20T08:40:00Z"'),
    truth: {
      by: [
        { alertname: "AssistantErrors", severity: "critical", startsAt: "2026-11-20T08:00:00.340Z" },
        { alertname: "Spend", severity: null, startsAt: "2026-11-20T07:00:00Z" },
      ],
    },
  };
  it.each([ownAlerts, ...cases("alertmanager/api-v2")])("Alertmanager, all of them firing: $name", ({ bytes, truth }) => {
    const alerts = (truth["by"] as { alertname: string; severity: string | null; startsAt: string }[]).map(
      ({ alertname, severity, startsAt }) => ({ name: alertname, severity, startsAt, endsAt: null }),
    );
    expect(read(bytes)).toMatchObject({ ok: true, measurement: { alerts } });
  });

  const ownBill: Case = {
    name: "our own bill",
    bytes: '{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"machine-learning-model","name":"chat"}]}',
    truth: { specVersion: "1.5", ml_models: ["chat"] },
  };
  it.each([ownBill, ...cases("cyclonedx/")])("CycloneDX: $name", ({ bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "registry") throw new Error("not read as a registry");
    expect(reading.tool.version).toBe(truth["specVersion"]);
    expect(reading.measurement.models.map(({ id }) => id)).toEqual(truth["ml_models"]);
  });
});
