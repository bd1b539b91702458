import type { Unreadable } from "../../shapes/measurements.ts";
import type { Content } from "../content.ts";
import { numberIn, rowName, usual } from "../csv-columns.ts";
import type { CsvTable } from "../csv.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { isRecord, nameOf } from "../fields.ts";
import { addScore, meansOf, type Scores } from "../means.ts";

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
 * Results of ragas as people write them: `to_pandas().to_csv(…)`, the same rows as JSON, or a score a row (`metric,score`). A blank is a
 * judgement that failed, not a score of 0: the mean comes with the number of scores that it rests on. https://docs.ragas.io
 */
export default defineReader({
  format: "ragas",
  title: "ragas results (CSV, JSON)",
  kinds: ["evaluation"],
  seen: ["sample of 0.2"],
  recognises: (content) => {
    if (isLong(content)) return true;
    const records = recordsOf(content)?.slice(0, 20);
    const columns = content.csvHeader ?? records?.flatMap((record) => Object.keys(record)) ?? [];
    const metrics = new Set(columns.filter(isMetric));
    // Headers of the sample may be in any language; a first column of dates makes a series.
    const isSeries = (usual.date as readonly string[]).includes(columns[0]?.toLowerCase() ?? "");
    return metrics.size > 0 && (texts.some((name) => columns.includes(name)) || (metrics.size > 1 && !isSeries));
  },
  read: (content) => {
    const records = recordsOf(content);
    if (records !== undefined) return content.jsonLines?.problem ?? measure(fromRecords(records));
    if (!content.csv.ok) return content.csv;
    return isLong(content) ? measureLong(content.csv.value) : measure(fromTable(content.csv.value));
  },
});

function fromTable(table: CsvTable): Table {
  const { header, rows } = table;
  return { columns: header, rows: rows.length, score: (row, column) => scoreIn(rows[row]?.[header.indexOf(column)] ?? "", table) };
}

function scoreIn(cell: string, table: CsvTable): number | undefined | "wrong" {
  return isBlank(cell.trim()) ? undefined : (numberIn(cell, table) ?? "wrong");
}

const long = ["metric", "score"];

/** A score a row, of metrics that ragas names. */
function isLong(content: Content): boolean {
  const names = content.csvHeader?.map((name) => name.toLowerCase());
  if (names === undefined || !long.every((name) => names.includes(name))) return false;
  const { csv } = content;
  if (!csv.ok) return false;
  const metric = names.indexOf("metric");
  return csv.value.rows.length > 0 && csv.value.rows.every((row) => isMetric((row[metric] ?? "").trim()));
}

/** Where each metric stands once, its score is a mean of nobody knows how many. */
function measureLong(table: CsvTable): Measured | Unreadable {
  const names = table.header.map((name) => name.toLowerCase());
  const [metricColumn = 0, scoreColumn = 0] = long.map((name) => names.indexOf(name));
  const scores: Scores = new Map();
  const blanks = new Map<string, number>();
  for (const [index, row] of table.rows.entries()) {
    const metric = (row[metricColumn] ?? "").trim();
    const score = scoreIn(row[scoreColumn] ?? "", table);
    if (score === undefined) blanks.set(metric, (blanks.get(metric) ?? 0) + 1);
    else if (isScore(score, metric)) addScore(scores, metric, score);
    else return unreadable("bad-value", `The score in ${rowName(index)} is not one from 0 to 1.`);
  }
  if (scores.size === 0) return unreadable("incomplete", noScoreIn("score"));
  const areMeans = table.rows.length === new Set([...scores.keys(), ...blanks.keys()]).size;
  const all = [...blanks].map(([metric, count]) => coverage(metric, count, count + (scores.get(metric)?.length ?? 0)));
  return {
    kind: "evaluation",
    tool: { name: "ragas", version: null },
    measurement: { metrics: areMeans ? meansOf(scores).map(({ name, value }) => ({ name, value })) : meansOf(scores) },
    notes: [...all, ...(areMeans ? ["how many answers the metrics rest on is not in the file"] : []), "no time in the file"],
  };
}

function noScoreIn(columns: string): string {
  return `No answer has a score in \`${nameOf(columns)}\`: every judgement failed. Run the evaluation again.`;
}

/** A mean says nothing without the share of answers that it rests on. */
function coverage(metric: string, without: number, of: number): string {
  return `${nameOf(metric)}: ${without} of ${of} answers have no score`;
}

function isScore(value: number | "wrong", metric: string): value is number {
  return value !== "wrong" && value <= most && value >= (mayBeNegative.has(nameBefore(metric)) ? -most : 0);
}

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
      if (!isScore(value, metric)) {
        return unreadable("bad-value", `\`${nameOf(metric)}\` of answer ${row + 1} is not a score from 0 to 1.`);
      }
      addScore(scores, metric, value);
    }
  }
  if (scores.size === 0) return unreadable("incomplete", noScoreIn(metrics.join(", ")));
  const partial = metrics.filter((metric) => (scores.get(metric)?.length ?? 0) < rows);
  return {
    kind: "evaluation",
    tool: { name: "ragas", version: null },
    measurement: { total: rows, metrics: meansOf(scores) },
    notes: [...partial.map((metric) => coverage(metric, rows - (scores.get(metric)?.length ?? 0), rows)), "no time in the file"],
  };
}
