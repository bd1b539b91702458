import { of, unmeasured, type Figures, type Known, type Truth } from "./compare.ts";

const version = (read: { tool: { version: string | null } }): string | null => read.tool.version;
const measuredAt = (read: { origin: { measuredAt?: string } }): string | undefined => read.origin.measuredAt;

const promptfoo: Figures = {
  promptfooVersion: version,
  "results.version": unmeasured,
  timestamp: measuredAt,
  providers: unmeasured,
  "pass_rate=successes/(s+f)": of("evaluation", ({ passed = NaN, failed = NaN }) => passed / (passed + failed)),
  pass_rate_incl_errors: of("evaluation", ({ passed = NaN, total = NaN }) => passed / total),
  successes: of("evaluation", ({ passed }) => passed),
  failures: of("evaluation", ({ failed }) => failed),
  errors: of("evaluation", ({ errors }) => errors),
  rows: of("evaluation", ({ total }) => total),
};

const tests: Figures = {
  root: unmeasured,
  // Totals of the root are wrong in many files; test cases are counted.
  root_attrs: unmeasured,
  testcases: of("tests", ({ total }) => total),
  passed: of("tests", ({ passed }) => passed),
  failed: of("tests", ({ failed }) => failed),
  errored: of("tests", ({ errors }) => errors),
  skipped: of("tests", ({ skipped }) => skipped),
};

export const evaluations: Record<string, Known> = {
  "azure-redteam/": {
    format: "azure-redteam",
    figures: {
      overall_asr_pct: of("red-team", ({ attackSuccessRate = NaN }) => Number((attackSuccessRate * 100).toFixed(2))),
      attacks_in_file: of("red-team", ({ attempts }) => attempts),
      successes: of("red-team", ({ successes }) => successes),
    },
  },
  "deepeval/": {
    format: "deepeval",
    figures: {
      top_level: unmeasured,
      test_cases: of("evaluation", ({ total }) => total),
      conversational: unmeasured,
      passed: of("evaluation", ({ passed }) => passed),
      failed: of("evaluation", ({ failed }) => failed),
      metrics: of("evaluation", ({ metrics }, truth) => {
        const known = truth as Record<string, Truth>;
        return Object.fromEntries(metrics.map(({ name, value }) => [name, { ...known[name], mean_score: value }]));
      }),
      runDuration_s: unmeasured,
      "testPassed/testFailed": of("evaluation", ({ passed, failed }) => [passed, failed]),
    },
  },
  "garak/": {
    format: "garak",
    figures: {
      setup_version: unmeasured,
      target: unmeasured,
      garak_version: version,
      start_time: unmeasured,
      // By probe; measured by category, and summed up below.
      eval_entries: unmeasured,
      n_eval: unmeasured,
      "passed/total": of("red-team", ({ attempts, successes }) => `${attempts - successes}/${attempts}`),
      attack_success_rate: of("red-team", ({ attackSuccessRate }) => attackSuccessRate),
      attempt_lines: unmeasured,
      // Local time without a zone.
      completion_end_time: unmeasured,
      digest: unmeasured,
    },
  },
  "hf-model-card/": {
    format: "hf-model-index",
    figures: {
      model: unmeasured,
      license: unmeasured,
      metrics: of("evaluation", ({ metrics }) => metrics.map(({ name, value, task }) => ({ dataset: task, type: name, value }))),
    },
  },
  "inspect/": {
    format: "inspect",
    figures: {
      version: unmeasured,
      status: () => "success",
      task: of("evaluation", ({ metrics }) => metrics[0]?.task),
      model: (read) => read.origin.model,
      dataset_samples: unmeasured,
      total_samples: of("evaluation", ({ total }) => total),
      completed_samples: of("evaluation", ({ total = NaN, errors = NaN }) => total - errors),
      // Errors of estimation are no metrics; of several scorers each metric names its own.
      scores: of("evaluation", ({ metrics }, truth) =>
        (truth as { name: string; metrics: Record<string, number> }[]).map(({ name, metrics: known }, _, { length }) => {
          const own = metrics.filter((metric) => length === 1 || metric.name.startsWith(`${name}/`));
          const spread = Object.entries(known).filter(([key]) => key === "stderr");
          return {
            name,
            metrics: Object.fromEntries([...own.map((metric) => [metric.name.replace(`${name}/`, ""), metric.value]), ...spread]),
          };
        }),
      ),
      started: unmeasured,
      completed: measuredAt,
      inspect_version: version,
    },
  },
  "junit/": { format: "junit", figures: tests },
  "lm-eval/": {
    format: "lm-evaluation-harness",
    figures: {
      top_level: unmeasured,
      // Errors of estimation and keys without a filter are no figures.
      results: of("evaluation", ({ metrics }, truth) =>
        Object.fromEntries(
          Object.entries(truth as Record<string, Truth>).map(([task, known]) => {
            const others = Object.entries(known).filter(([key]) => !key.includes(",") || key.includes("_stderr"));
            const own = metrics.filter((metric) => metric.task === task);
            return [
              task,
              Object.fromEntries([...others, ...own.map(({ name, value }) => [name.includes(",") ? name : `${name},none`, value])]),
            ];
          }),
        ),
      ),
      n_tasks: of("evaluation", ({ metrics }) => new Set(metrics.map(({ task }) => task)).size),
      n_samples: of("evaluation", ({ metrics }, truth) =>
        Object.fromEntries(
          Object.entries(truth as Record<string, Truth>).map(([task, known]) => [
            task,
            { ...known, effective: metrics.find((metric) => metric.task === task)?.n },
          ]),
        ),
      ),
      lm_eval_version: version,
      date_epoch: (read) => Date.parse(read.origin.measuredAt ?? "") / 1000,
      total_evaluation_time_seconds: unmeasured,
    },
  },
  "promptfoo/eval-v0.121.20.csv": {
    format: "promptfoo",
    figures: {
      rows: of("evaluation", ({ total }) => total),
      PASS: of("evaluation", ({ passed }) => passed),
      FAIL: of("evaluation", ({ failed }) => failed),
      ERROR: of("evaluation", ({ errors }) => errors),
    },
  },
  "promptfoo/eval-v0.121.20.junit.xml": { format: "junit", figures: tests },
  "promptfoo/redteam-v0.121.20.json": {
    format: "promptfoo",
    figures: {
      ...promptfoo,
      // A success of the tool is an attack that was defended.
      successes: of("red-team", ({ attempts, successes }) => attempts - successes),
      failures: of("red-team", ({ successes }) => successes),
      errors: of("red-team", ({ errors }) => errors),
      rows: of("red-team", ({ attempts, errors }) => attempts + errors),
      "pass_rate=successes/(s+f)": of("red-team", ({ attackSuccessRate = NaN }) => 1 - attackSuccessRate),
      pass_rate_incl_errors: of("red-team", ({ attempts, successes, errors }) => (attempts - successes) / (attempts + errors)),
      by_plugin: of("red-team", ({ categories }, truth) => {
        const known = Object.values(truth as Record<string, { pass: number; fail: number }>);
        const sum = (key: "pass" | "fail") => known.reduce((total, one) => total + one[key], 0);
        const defended = categories.reduce((total, { attempts, successes }) => total + attempts - successes, 0);
        const worked = categories.reduce((total, { successes }) => total + successes, 0);
        return defended === sum("pass") && worked === sum("fail") ? truth : { defended, worked };
      }),
    },
  },
  "promptfoo/": { format: "promptfoo", figures: promptfoo },
  "ragas/": {
    format: "ragas",
    figures: { columns: unmeasured, rows: of("evaluation", ({ total }) => total) },
    beginning: {
      mean: of("evaluation", ({ metrics }, _, key) => metrics.find(({ name }) => `mean ${name}` === key)?.value),
      "blank/NaN": of(
        "evaluation",
        ({ metrics, total = NaN }, _, key) => total - (metrics.find(({ name }) => `blank/NaN ${name}` === key)?.n ?? 0),
      ),
    },
  },
};
