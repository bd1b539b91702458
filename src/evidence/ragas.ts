import type { Unreadable } from "../shapes/measurements.ts";
import type { Content } from "./content.ts";
import { numberIn } from "./csv-columns.ts";
import { defineReader, unreadable, type Measured } from "./define-reader.ts";
import { isRecord, nameOf } from "./fields.ts";
import { addScore, meansOf, type Scores } from "./means.ts";

/** Columns of a sample, in the names of today and in those before 0.2. */
const texts = [
  "user_input",
  "response",
  "retrieved_contexts",
  "reference",
  "question",
  "answer",
  "contexts",
  "ground_truth",
  "ground_truths",
];
const metricNames: ReadonlySet<string> = new Set([
  "faithfulness",
  "faithfulness_with_hhem",
  "answer_relevancy",
  "response_relevancy",
  "context_precision",
  "context_recall",
  "context_relevancy",
  "context_utilization",
  "context_entity_recall",
  "non_llm_context_recall",
  "llm_context_precision_with_reference",
  "llm_context_precision_without_reference",
  "non_llm_context_precision_with_reference",
  "answer_correctness",
  "answer_similarity",
  "semantic_similarity",
  "factual_correctness",
  "noise_sensitivity",
  "noise_sensitivity_relevant",
  "nv_accuracy",
  "nv_context_relevance",
  "nv_response_groundedness",
  "tool_call_accuracy",
  "agent_goal_accuracy",
  "topic_adherence",
  "summary_score",
]);
/** Means of cosines go a trifle over 1, and these metrics are such means. */
const most = 1 + 1e-6;
const mayBeNegative: ReadonlySet<string> = new Set([
  "answer_relevancy",
  "response_relevancy",
  "answer_similarity",
  "semantic_similarity",
  "answer_correctness",
]);

interface Table {
  columns: string[];
  /** A score, undefined where there is none, or "wrong". */
  score(row: number, column: string): number | undefined | "wrong";
  rows: number;
}

/**
 * Results of ragas as people write them: `to_pandas().to_csv(…)`, or the same rows as JSON. A blank is a judgement that failed, not a
 * score of 0: the mean comes with the number of scores that it rests on. https://docs.ragas.io
 */
export default defineReader({
  format: "ragas",
  title: "ragas results (CSV, JSON)",
  kinds: ["evaluation"],
  seen: ["sample of 0.2"],
  recognises: (content) => {
    const columns =
      content.csvHeader ??
      recordsOf(content)
        ?.slice(0, 20)
        .flatMap((record) => Object.keys(record)) ??
      [];
    return columns.some(isMetric) && texts.some((name) => columns.includes(name));
  },
  read: (content) => {
    const records = recordsOf(content);
    if (records !== undefined) return content.jsonLines?.problem ?? measure(fromRecords(records));
    if (!content.csv.ok) return content.csv;
    const { header, rows } = content.csv.value;
    const { value } = content.csv;
    return measure({
      columns: header,
      rows: rows.length,
      score: (row, column) => {
        const cell = (rows[row]?.[header.indexOf(column)] ?? "").trim();
        return isBlank(cell) ? undefined : (numberIn(cell, value) ?? "wrong");
      },
    });
  },
});

function isMetric(column: string): boolean {
  return metricNames.has(nameBefore(column));
}

/** `factual_correctness(mode=f1)` is a variant of the metric. */
function nameBefore(column: string): string {
  return column.split("(", 1)[0] ?? "";
}

function isBlank(cell: string): boolean {
  return cell === "" || /^(?:nan|none|null)$/i.test(cell);
}

/** Rows as a JSON list or one a line. */
function recordsOf({ json, jsonLines }: Content): Record<string, unknown>[] | undefined {
  const values: unknown[] | undefined = Array.isArray(json) ? json : jsonLines?.values;
  return values !== undefined && values.length > 0 && values.every(isRecord) ? values : undefined;
}

function fromRecords(records: Record<string, unknown>[]): Table {
  return {
    columns: [...new Set(records.flatMap((record) => Object.keys(record)))],
    rows: records.length,
    score: (row, column) => {
      const value = records[row]?.[column];
      if (value === undefined || value === null || (typeof value === "string" && isBlank(value))) return undefined;
      return typeof value === "number" ? value : "wrong";
    },
  };
}

function measure({ columns, rows, score }: Table): Measured | Unreadable {
  const metrics = columns.filter(isMetric);
  const scores: Scores = new Map();
  for (const metric of metrics) {
    for (let row = 0; row < rows; row += 1) {
      const value = score(row, metric);
      if (value === undefined) continue;
      if (value === "wrong" || value > most || value < (mayBeNegative.has(nameBefore(metric)) ? -most : 0)) {
        return unreadable("bad-value", `\`${nameOf(metric)}\` of answer ${row + 1} is not a score from 0 to 1.`);
      }
      addScore(scores, metric, value);
    }
  }
  if (scores.size === 0)
    return unreadable(
      "incomplete",
      `No answer has a score in \`${nameOf(metrics.join(", "))}\`: every judgement failed. Run the evaluation again.`,
    );
  const partial = metrics.filter((metric) => (scores.get(metric)?.length ?? 0) < rows);
  return {
    kind: "evaluation",
    tool: { name: "ragas", version: null },
    measurement: { total: rows, metrics: meansOf(scores) },
    notes: [
      ...partial.map((metric) => `${nameOf(metric)}: ${rows - (scores.get(metric)?.length ?? 0)} of ${rows} answers have no score`),
      "no time in the file",
    ],
  };
}
