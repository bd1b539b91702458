import type { Evaluation, RedTeam, Unreadable } from "../shapes/measurements.ts";
import { categoryOf } from "./attack-categories.ts";
import { defineReader, unreadable, type Measured } from "./define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "./fields.ts";
import { toInstant } from "./instant.ts";
import { addScore, meansOf, type Scores } from "./means.ts";
import { toRedTeam } from "./red-team-counts.ts";

type Outcome = "passed" | "failed" | "error";
interface Row {
  outcome: Outcome;
  plugin: string | undefined;
  /** The plugin's prompt was hidden in an attack on the prompt. */
  wrapped: boolean;
  scores: [string, number][];
}

/** Harmless prompts: failing this plugin means that the model refused what it should answer. */
const benignPlugin = "overrefusal";
/** Strategies that send the plugin's prompt as it is. */
const plainStrategies: ReadonlySet<string> = new Set(["basic", "plain", "retry"]);
/** `failureReason` of a row: 0 none, 1 an assertion failed, 2 the call or the grading broke. */
const broken = 2;

/**
 * promptfoo's result file (`eval -o results.json`, `redteam eval -o`, `export eval`). In a red-team run a success is an attack that was
 * DEFENDED; an error is neither, and counts apart. https://www.promptfoo.dev/docs/configuration/outputs/
 */
export default defineReader({
  format: "promptfoo",
  title: "promptfoo results (JSON)",
  kinds: ["red-team", "evaluation"],
  seen: ["0.114.7", "0.121.20"],
  recognises: ({ json }) => isRecord(at(json, "results", "stats")) && Array.isArray(at(json, "results", "results")),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const results = file.in("results");
    const version = results.optionalNumber("version");
    if (version !== undefined && version !== 2 && version !== 3) {
      return unreadable("unsupported-version", "This version of promptfoo's results (`results.version`) is not known; 2 and 3 are.");
    }
    const rows = results.list("results").map(toRow);
    checkTotals(rows, results.in("stats"));
    const problem = file.problem();
    if (problem !== undefined) return problem;
    if (rows.length === 0)
      return unreadable("incomplete", "The file holds no result (`results.results`). Run the evaluation and export it again.");
    const isRedTeam = isRecord(at(json, "config", "redteam")) || rows.some(({ plugin }) => plugin !== undefined);
    return isRedTeam ? measured(file, rows, { kind: "red-team", measurement: toAttacks(rows) }) : measured(file, rows, toEvaluation(rows));
  },
});

type Figures = { kind: "red-team"; measurement: RedTeam } | { kind: "evaluation"; measurement: Evaluation };

function measured(file: Fields, rows: Row[], figures: Figures): Measured | Unreadable {
  const results = file.in("results");
  const timestamp = results.optionalText("timestamp");
  const instant = timestamp === undefined ? undefined : toInstant(timestamp);
  if (timestamp !== undefined && instant?.zoned !== true) results.refuse("timestamp", "is not an instant");
  const version = at(file.raw("metadata"), "promptfooVersion");
  const tool = { name: "promptfoo", version: typeof version === "string" ? version : null };
  const stats = results.in("stats");
  const cached = isRecord(stats.raw("tokenUsage")) ? stats.in("tokenUsage").optionalCount("cached") : undefined;
  const problem = file.problem();
  if (problem !== undefined) return problem;
  const notes = cached !== undefined && cached > 0 ? ["some answers came from a cache, so they were not measured afresh"] : [];
  if (figures.kind === "red-team" && rows.some(({ plugin }) => plugin === undefined))
    notes.push("some tests name no plugin; they count as unmapped");
  return { ...figures, tool, origin: present({ measuredAt: instant?.at }), notes };
}

function toRow(row: Fields): Row {
  const success = row.flag("success");
  const reason = row.optionalCount("failureReason");
  if (success && reason !== undefined && reason !== 0) row.refuse("success", "is true beside a failureReason");
  const hasError = typeof row.raw("error") === "string" && !isRecord(row.raw("gradingResult"));
  const outcome = success ? "passed" : reason === broken || (reason === undefined && hasError) ? "error" : "failed";
  const plugin = inMetadata(row, "pluginId");
  const strategy = inMetadata(row, "strategyId");
  const scores = isRecord(row.raw("namedScores")) ? row.in("namedScores") : undefined;
  return {
    outcome,
    plugin,
    wrapped: strategy !== undefined && !plainStrategies.has(strategy),
    scores: (scores?.keys() ?? []).map((name) => [name, scores?.number(name, { min: -Number.MAX_VALUE }) ?? 0]),
  };
}

function inMetadata(row: Fields, key: string): string | undefined {
  const value = at(row.raw("metadata"), key) ?? at(row.raw("testCase"), "metadata", key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function countOf(rows: Row[], outcome: Outcome): number {
  return rows.filter((row) => row.outcome === outcome).length;
}

/** The tool's own totals must say the same as its rows: a file that was cut or edited does not count. */
function checkTotals(rows: Row[], stats: Fields): void {
  const [passed, failed, errors] = [countOf(rows, "passed"), countOf(rows, "failed"), countOf(rows, "error")];
  const agree =
    stats.count("successes") === passed &&
    (stats.has("errors")
      ? stats.count("failures") === failed && stats.count("errors") === errors
      : stats.count("failures") === failed + errors);
  if (!agree) stats.refuse("", "does not say the same as the rows: the file was cut or edited. Export it again");
}

function toAttacks(all: Row[]): RedTeam {
  const benign = all.filter(({ plugin }) => plugin === benignPlugin);
  const attacks = all.filter(({ plugin }) => plugin !== benignPlugin);
  const judged = attacks.filter(({ outcome }) => outcome !== "error");
  const categories = judged.map(({ plugin, wrapped, outcome }) => ({
    category: categoryOf("promptfoo", plugin ?? "none", wrapped),
    attempts: 1,
    successes: outcome === "failed" ? 1 : 0,
  }));
  const refused = countOf(benign, "failed");
  const asked = countOf(benign, "passed") + refused;
  return present({ ...toRedTeam(categories, countOf(all, "error")), benign: asked === 0 ? undefined : { asked, refused } });
}

/** `pass-rate` and the run's named scores, each with the number of answers that it is the mean of. Errors are in neither. */
function toEvaluation(rows: Row[]): Figures {
  const passed = countOf(rows, "passed");
  const failed = countOf(rows, "failed");
  const named: Scores = new Map();
  for (const { outcome, scores } of rows) {
    if (outcome === "error") continue;
    for (const [name, score] of scores) addScore(named, name, score);
  }
  const judged = passed + failed;
  const passRate = judged === 0 ? [] : [{ name: "pass-rate", value: passed / judged, n: judged }];
  return {
    kind: "evaluation",
    measurement: { total: rows.length, passed, failed, errors: rows.length - judged, metrics: [...passRate, ...meansOf(named)] },
  };
}
