import type { Evaluation, RedTeam, Unreadable } from "../../shapes/measurements.ts";
import { categoryOf } from "../attack-categories.ts";
import type { Content, JsonLines } from "../content.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, nameOf, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { addScore, meansOf, type Scores } from "../means.ts";
import { ofNewerVersion } from "../newer-version.ts";
import { isPromptfooCsv, readPromptfooCsv, type Results } from "./promptfoo-csv.ts";
import { toRow, type Row } from "./promptfoo-rows.ts";
import { toRedTeam } from "../red-team-counts.ts";

const mend = "Export JSON: `promptfoo export eval <id> -o results.json`.";

/**
 * promptfoo's results (`eval -o`, `redteam eval -o`, `export eval`) as JSON, YAML, JSON lines and CSV. In a red-team run a success is an
 * attack that was DEFENDED; an error is neither, and counts apart. https://www.promptfoo.dev/docs/configuration/outputs/
 */
export default defineReader({
  format: "promptfoo",
  title: "promptfoo results (JSON, JSON lines, CSV, YAML)",
  kinds: ["red-team", "evaluation"],
  seen: ["0.114.7", "0.121.20"],
  recognises: (content) =>
    isWhole(wholeOf(content)) || isLines(content.jsonLines) || isPromptfooCsv(content) || pageOf(content) !== undefined,
  read: (content) => {
    const whole = wholeOf(content);
    if (isWhole(whole)) return readWhole(fieldsOf(whole));
    if (isLines(content.jsonLines)) return readLines(content.jsonLines);
    const page = pageOf(content);
    if (page !== undefined) return unreadable("bad-shape", `This is promptfoo's ${page}, which is not made to be read back. ${mend}`);
    const table = readPromptfooCsv(content);
    return "ok" in table ? table : toMeasured(table, { version: null, notes: [noTotals, noTime] });
  },
});

const noTotals = "no totals in the file, so it does not show that the run was complete";
const noTime = "no time in the file";

/** JSON and YAML hold the same; `-o results.txt` is YAML too. */
function wholeOf({ json, yaml }: Content): unknown {
  return json ?? (yaml?.length === 1 ? yaml[0] : undefined);
}

function isWhole(value: unknown): boolean {
  return isRecord(at(value, "results", "stats")) && Array.isArray(at(value, "results", "results"));
}

function isLines(lines: JsonLines | undefined): lines is JsonLines {
  return ["testIdx", "promptIdx", "testCase", "success"].every((key) => at(lines?.values[0], key) !== undefined);
}

/** Outputs that are not to be read back. */
function pageOf({ text, xmlRoot }: Content): string | undefined {
  if (xmlRoot === "promptfoo") return "XML";
  const head = text.slice(0, 16_384);
  if (/^\s{0,100}<!doctype html>/i.test(head) && head.includes("<title>Eval Output</title>")) return "HTML page";
  const isTable = /[┌┬]─/.test(head) && /[│|].{0,20} \[(?:PASS|FAIL|ERROR)\] /.test(head) && !/^\s{0,100}(?:#|---)/.test(head);
  return isTable && text.includes("promptfoo view") ? "console output" : undefined;
}

function readWhole(file: Fields): Measured | Unreadable {
  const results = file.in("results");
  const version = results.optionalNumber("version");
  const measured = readResults(file, results);
  return version !== undefined && version > 3 ? ofNewerVersion(measured, "promptfoo's results", version, "2 and 3 are") : measured;
}

function readResults(file: Fields, results: Fields): Measured | Unreadable {
  const rows = results.list("results").map(toRow);
  const stats = results.in("stats");
  checkTotals(rows, stats);
  const cached = isRecord(stats.raw("tokenUsage")) ? stats.in("tokenUsage").optionalCount("cached") : undefined;
  const timestamp = results.optionalText("timestamp");
  const instant = timestamp === undefined ? undefined : toInstant(timestamp);
  if (timestamp !== undefined && instant?.zoned !== true) results.refuse("timestamp", "is not an instant");
  const problem = file.problem();
  if (problem !== undefined) return problem;
  const tool = at(file.raw("metadata"), "promptfooVersion");
  const isRedTeam = isRecord(at(file.raw("config"), "redteam"));
  return toMeasured(
    { rows: cached !== undefined && cached > 0 ? rows.map((row) => ({ ...row, cached: true })) : rows, isRedTeam },
    { version: typeof tool === "string" ? tool : null, at: instant?.at, toolRun: idOf(file.raw("evalId")), notes: [] },
  );
}

function idOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? nameOf(value) : undefined;
}

/** The tool's own totals must say the same as its rows: a file that was cut or edited does not count. */
function checkTotals(rows: readonly Row[], stats: Fields): void {
  const [passed, failed, errors] = [countOf(rows, "passed"), countOf(rows, "failed"), countOf(rows, "error")];
  const agree =
    stats.count("successes") === passed &&
    (stats.has("errors")
      ? stats.count("failures") === failed && stats.count("errors") === errors
      : stats.count("failures") === failed + errors);
  if (!agree) stats.refuse("", "does not say the same as the rows: the file was cut or edited. Export it again");
}

/** Rows without totals. Tests are numbered from 0, so that one left out or counted twice shows. */
function readLines({ values, problem: broken }: JsonLines): Measured | Unreadable {
  if (broken !== undefined) return broken;
  const file = fieldsOf({ line: values });
  const tests = new Set<number>();
  const places = new Set<string>();
  const rows = file.list("line").map((line) => {
    const test = line.count("testIdx");
    const place = `${test} ${line.count("promptIdx")}`;
    if (places.has(place)) line.refuse("testIdx", "repeats a result: the file was edited. Export it again");
    places.add(place);
    tests.add(test);
    return toRow(line);
  });
  const problem = file.problem();
  if (problem !== undefined) return problem;
  if ([...tests].some((test) => test >= tests.size)) {
    return unreadable("incomplete", `Results of some tests are missing (\`testIdx\`): the file was cut or edited. ${mend}`);
  }
  return toMeasured({ rows, isRedTeam: false }, { version: null, notes: [noTotals, noTime] });
}

interface Source {
  version: string | null;
  at?: string | undefined;
  toolRun?: string | undefined;
  notes: string[];
}

function toMeasured({ rows, isRedTeam }: Results, { version, at, toolRun, notes }: Source): Measured | Unreadable {
  if (rows.length === 0)
    return unreadable("incomplete", "The file holds no result (`results.results`, lines or rows). Run the evaluation and export it again.");
  const tool = { name: "promptfoo", version };
  const cached = rows.some((row) => row.cached);
  const origin = present({ measuredAt: cached ? undefined : at, toolRun });
  const all = [
    ...(cached ? ["some answers came from a cache, so the file does not say when they were given: run with `--no-cache`"] : []),
    ...notes,
  ];
  const several = new Set(rows.map(({ column }) => column)).size > 1;
  if (!isRedTeam && rows.every(({ plugin }) => plugin === undefined)) {
    const more = several ? ["several prompts or providers count together"] : [];
    return { kind: "evaluation", measurement: toEvaluation(rows), tool, origin, notes: [...all, ...more] };
  }
  if (several) {
    return unreadable(
      "bad-shape",
      "The file holds several prompts or providers (`promptIdx`), and a weak one could hide behind the others. Export one a file: `--filter-providers <id>`.",
    );
  }
  const unnamed = rows.some(({ plugin }) => plugin === undefined) ? ["some tests name no plugin; they count as unmapped"] : [];
  return { kind: "red-team", measurement: toAttacks(rows), tool, origin, notes: [...all, ...unnamed] };
}

function countOf(rows: readonly Row[], outcome: Row["outcome"]): number {
  return rows.filter((row) => row.outcome === outcome).length;
}

function toAttacks(all: readonly Row[]): RedTeam {
  const benign = all.filter((row) => row.benign);
  const judged = all.filter((row) => !row.benign && row.outcome !== "error");
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
function toEvaluation(rows: readonly Row[]): Evaluation {
  const passed = countOf(rows, "passed");
  const failed = countOf(rows, "failed");
  const named: Scores = new Map();
  for (const { outcome, scores } of rows) {
    if (outcome === "error") continue;
    for (const [name, score] of scores) addScore(named, name, score);
  }
  const judged = passed + failed;
  const passRate = judged === 0 ? [] : [{ name: "pass-rate", value: passed / judged, n: judged }];
  return { total: rows.length, passed, failed, errors: rows.length - judged, metrics: [...passRate, ...meansOf(named)] };
}
