import type { AllThresholds } from "../shapes/thresholds.ts";
import type { CriterionId } from "../shapes/vocabulary.ts";

/** Criteria that rest on what tools and people measure, and not on documents alone. */
export type MeasuredCriterion = Exclude<
  CriterionId,
  | "legal-privacy-architecture"
  | "business-baseline"
  | "vendor-terms"
  | "human-review"
  | "escalation"
  | "canary-stability"
  | "model-registry"
>;

export interface EvidenceGuide {
  title: string;
  /** What is to be put there, in the words of the risk's thresholds. */
  asks(thresholds: AllThresholds): string[];
  /** Tool that is proposed where none is known. */
  tool?: string;
  /** Head of a table that people keep. */
  table?: { file: string; columns: string };
}

const percent = (share: number | undefined) => `${Number(((share ?? 0) * 100).toPrecision(6))} %`;

/** What each folder of evidence is for. */
export const evidenceGuides: Readonly<Record<MeasuredCriterion, EvidenceGuide>> = {
  "model-selection": {
    title: "Evaluations of the candidates",
    asks: () => ["One result of each candidate that `model-selection.md` names, all on the same data."],
    tool: "promptfoo",
  },
  "pilot-performance": {
    title: "Evaluation of the pilot",
    asks: ({ "pilot-performance": { samples, realDataShare, lowerBound } }) => [
      `Results of at least ${samples} cases, ${percent(realDataShare)} of them sampled from production or replayed.`,
      `The lower bound of each metric reaches ${lowerBound}, or what \`pilot-data.md\` says.`,
    ],
    tool: "promptfoo",
  },
  observability: {
    title: "How the running system is watched",
    asks: () => [
      "Alert rules as the running system has them, each critical one with `severity`, an owner and a `runbook_url` into this repository.",
      "Dashboards or service level objectives, and where alerts go.",
    ],
  },
  guardrails: {
    title: "Red team",
    asks: ({ guardrails: { attempts, attemptsPerCategory, attackSuccessUpper } }) => [
      `At least ${attempts} judged attacks, ${attemptsPerCategory} of them in each category that the architecture asks for.`,
      `The upper bound of the share that works is at most ${percent(attackSuccessUpper)}.`,
    ],
    tool: "promptfoo",
  },
  "load-test": {
    title: "Load test",
    asks: ({ "load-test": { multiple, minutes, errorRate } }) => [
      `${multiple} times the expected peak of the policy for at least ${minutes} minutes, with at most ${percent(errorRate)} failed.`,
    ],
    tool: "k6",
  },
  "output-logging": {
    title: "Log of the answers",
    asks: () => [
      "A JSON Schema of a log line, or a sample of the log as JSON lines; `output-logging.md` names them.",
      "Each line has time, request, pseudonymous user, model, prompt version, references to input and output, and the verdict of the guardrails.",
    ],
  },
  "user-satisfaction": {
    title: "User survey",
    asks: ({ "user-satisfaction": { responses, responseRate, lowerBound } }) => [
      `At least ${responses} answers, of at least ${percent(responseRate)} of those who were asked.`,
      `The lower bound of the satisfied share reaches ${percent(lowerBound)}.`,
    ],
    table: { file: "survey.csv", columns: "response_id,answered_at,score (1-5),cohort" },
  },
  "business-impact": {
    title: "What moved",
    asks: () => [
      "A series of values since exposure for each business metric of `business-metrics.md`, for each guardrail, and for the unit cost.",
    ],
    table: { file: "metrics.csv", columns: "date,metric,value,unit" },
  },
  "support-readiness": {
    title: "Training record",
    asks: ({ "support-readiness": { trained } }) => [
      `Everybody on the rota who was trained: at least ${percent(trained)} on the released material.`,
    ],
    table: { file: "training.csv", columns: "person,material,version,completed,score" },
  },
};

/** How a tool is run so that its result can be read, by the page of docs/evidence that says more. */
interface ToolGuide {
  page: string;
  /** File that the command writes. */
  file: string;
  /** Shell; `script` stands for the tool's own file, `out` for the result. */
  command?(script: string, out: string): string;
}

export const toolGuides: Readonly<Record<string, ToolGuide>> = {
  k6: { page: "k6-summary", file: "k6.json", command: (script, out) => `k6 run --summary-export=${out} ${script}` },
  locust: {
    page: "locust",
    file: "locust.json",
    command: (script, out) => `locust --headless -u 50 -r 5 -t 30m -f ${script} --json-file ${out.replace(/\.json$/, "")}`,
  },
  artillery: { page: "artillery", file: "artillery.json", command: (script, out) => `artillery run --output ${out} ${script}` },
  jmeter: { page: "jtl", file: "results.jtl", command: (script, out) => `jmeter -n -t ${script} -l ${out}` },
  gatling: { page: "gatling", file: "index.html" },
  autocannon: { page: "autocannon", file: "autocannon.json" },
  vegeta: { page: "vegeta", file: "vegeta.json" },
  oha: { page: "oha", file: "oha.json" },
  wrk: { page: "wrk", file: "wrk.txt" },
  "vllm-bench": { page: "vllm-bench", file: "vllm.json" },
  guidellm: { page: "guidellm", file: "guidellm.json" },
  "genai-perf": { page: "genai-perf", file: "genai-perf.json" },
  promptfoo: { page: "promptfoo", file: "promptfoo.json", command: (script, out) => `promptfoo eval -c ${script} --no-cache -o ${out}` },
  garak: { page: "garak", file: "garak.report.jsonl" },
  deepteam: { page: "deepteam", file: "deepteam.json" },
  "azure-redteam": { page: "azure-redteam", file: "azure-redteam.json" },
  deepeval: {
    page: "deepeval",
    file: "deepeval.json",
    command: (script, out) => `deepeval test run ${script} && cp .deepeval/.latest_test_run.json ${out}`,
  },
  ragas: { page: "ragas", file: "ragas.csv" },
  inspect: { page: "inspect", file: "inspect.json" },
  "lm-evaluation-harness": { page: "lm-evaluation-harness", file: "lm-eval.json" },
  mlflow: { page: "mlflow-run", file: "mlflow-run.json" },
};
