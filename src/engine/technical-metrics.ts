/* Metrics that tell how a model does, never whether a business does better. */

/** Technical wherever they stand in a name. */
const words = new Set(
  (
    "bleu sacrebleu bleurt rouge rouge1 rouge2 rougel rougelsum meteor bertscore chrf ter perplexity ppl f1 fbeta auc auroc mrr ndcg wer cer " +
    "faithfulness groundedness hallucination hallucinations hallucinated toxicity latency ttft tpot itl token tokens rps qps tps gpu cosine embedding embeddings p50 p90 p95 p99"
  ).split(" "),
);

/** Technical wherever these words follow one another. */
const phrases = [
  "exact match",
  "word error rate",
  "context recall",
  "context precision",
  "answer relevancy",
  "answer relevance",
  "answer correctness",
  "semantic similarity",
  "time to first",
  "judge score",
  "pass at",
  "pass 1",
  "pass k",
  "validation loss",
  "training loss",
  "model accuracy",
  "model quality",
  "refusal rate",
  "retrieval recall",
  "cache hit",
];

/** Technical only where nothing else stands in the name: forecast accuracy may be a business metric, accuracy alone is not. */
const alone = new Set([
  "accuracy",
  "precision",
  "recall",
  "specificity",
  "sensitivity",
  "loss",
  "throughput",
  "error rate",
  "pass rate",
  "win rate",
  "score",
  "quality score",
  "similarity",
  "relevancy",
  "relevance",
  "correctness",
  "coherence",
  "fluency",
  "bias",
]);

/** Scores that no business formula needs. */
const scores =
  /\b(?:sacrebleu|bleu|bleurt|rouge(?:-?[12l]|-?lsum)?|bertscore|chrf|perplexity|f1(?:-?score)?|faithfulness|groundedness|hallucination rate|ndcg|auroc)\b/i;

/** Is a metric technical by its id, or by a formula that is such a score? `rougeL`, `p95_latency` and `F1-score` are. */
export function isTechnicalMetric(id: string, formula?: string): boolean {
  const spaced = id
    .slice(0, 400)
    .replaceAll("rougeL", "rougel")
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2");
  const parts = spaced
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((part) => part !== "");
  const name = parts.join(" ");
  if (alone.has(name) || parts.some((part) => words.has(part))) return true;
  if (phrases.some((phrase) => ` ${name} `.includes(` ${phrase} `))) return true;
  return formula !== undefined && scores.test(formula.slice(0, 2_000));
}
