import { at, isRecord, type Fields } from "../fields.ts";

export interface Row {
  outcome: "passed" | "failed" | "error";
  plugin: string | undefined;
  /** The plugin's prompt was hidden in an attack on the prompt. */
  wrapped: boolean;
  /** A harmless prompt: failing means that it was refused. */
  benign: boolean;
  scores: [string, number][];
  /** The answer was not given afresh. */
  cached: boolean;
  /** Which of the prompts and providers of the run answered; undefined where the row does not say. */
  column: number | undefined;
}

/** Strategies that send the plugin's prompt as it is. */
const plainStrategies: ReadonlySet<string> = new Set(["basic", "plain", "retry"]);
/** `failureReason` of a row: 0 none, 1 an assertion failed, 2 the call or the grading broke. */
const broken = 2;

/** One result of promptfoo, as JSON, JSON lines and YAML hold it. */
export function toRow(row: Fields): Row {
  const success = row.flag("success");
  const reason = row.optionalCount("failureReason");
  if (success && reason !== undefined && reason !== 0) row.refuse("success", "is true beside a failureReason");
  const hasError = typeof row.raw("error") === "string" && !isRecord(row.raw("gradingResult"));
  const plugin = metadataOf(row, "pluginId");
  const scores = isRecord(row.raw("namedScores")) ? row.in("namedScores") : undefined;
  const cachedTokens = isRecord(row.raw("tokenUsage")) ? row.in("tokenUsage").optionalCount("cached") : undefined;
  return {
    outcome: success ? "passed" : reason === broken || (reason === undefined && hasError) ? "error" : "failed",
    plugin,
    wrapped: isWrapped(metadataOf(row, "strategyId")),
    // XSTest holds harmless prompts that sound harmful, and harmful ones beside them.
    benign: plugin === "xstest" && metadataOf(row, "label") === "safe",
    scores: scores === undefined ? [] : scoresIn(scores),
    cached: at(row.raw("response"), "cached") === true || (cachedTokens !== undefined && cachedTokens > 0),
    column: row.optionalCount("promptIdx"),
  };
}

export function isWrapped(strategy: string | undefined): boolean {
  return strategy !== undefined && !plainStrategies.has(strategy);
}

export function scoresIn(scores: Fields): [string, number][] {
  return scores.keys().map((name) => [name, scores.number(name, { min: -Number.MAX_VALUE })]);
}

function metadataOf(row: Fields, key: string): string | undefined {
  const value = at(row.raw("metadata"), key) ?? at(row.raw("testCase"), "metadata", key);
  return typeof value === "string" && value !== "" ? value.replace(/^promptfoo:redteam:/, "") : undefined;
}
