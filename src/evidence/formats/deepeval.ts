import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { addScore, meansOf, type Scores } from "../means.ts";

type Outcome = "passed" | "failed" | "error";

/**
 * A test run of DeepEval: the run itself, or `.deepeval/.latest_test_run.json` with the run in `testRunData`. `success` decides, never a
 * score against its threshold: of some metrics lower is better. https://deepeval.com/docs/evaluation-introduction
 */
export default defineReader({
  format: "deepeval",
  title: "DeepEval test run (JSON)",
  kinds: ["evaluation"],
  seen: ["sample of 2026-05"],
  recognises: ({ json }) => runOf(json) !== undefined,
  read: ({ json }) => {
    const run = fieldsOf(runOf(json), at(json, "testRunData") === undefined ? "" : "testRunData");
    const cases = ["testCases", "conversationalTestCases"].flatMap((key) => (Array.isArray(run.raw(key)) ? run.list(key) : []));
    const scores: Scores = new Map();
    const outcomes = cases.map((entry) => outcomeOf(entry, metricsOf(entry, scores)));
    const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
    const [passed, failed, errors] = [count("passed"), count("failed"), count("error")];
    checkTotals(run, passed, failed, errors);
    const problem = run.problem();
    if (problem !== undefined) return problem;
    if (cases.length === 0) return unreadable("incomplete", "The run holds no test case (`testCases`). Run the evaluation again.");
    const times = cases.map((entry) => toInstant(String(at(entry.raw("trace"), "endTime") ?? "")));
    const ends = times.flatMap((time) => (time?.zoned === true ? [time.at] : []));
    const measuredAt = ends.length === cases.length ? ends.sort().at(-1) : undefined;
    return {
      kind: "evaluation",
      tool: { name: "deepeval", version: null },
      measurement: { total: cases.length, passed, failed, errors, metrics: meansOf(scores) },
      origin: present({ measuredAt }),
      notes: measuredAt === undefined ? ["no time in the file"] : [],
    };
  },
});

function runOf(json: unknown): unknown {
  const run = at(json, "testRunData") ?? json;
  const cases = at(run, "testCases");
  if (!Array.isArray(cases) || !("testRunData" in Object(json) || Array.isArray(at(run, "conversationalTestCases")))) return undefined;
  return cases.every((one) => isRecord(one)) ? run : undefined;
}

interface Metric {
  success: boolean;
  broken: boolean;
}

function metricsOf(entry: Fields, scores: Scores): Metric[] {
  const list = Array.isArray(entry.raw("metricsData")) ? entry.list("metricsData") : [];
  return list.map((metric) => {
    const name = metric.text("name");
    const broken = (metric.raw("error") ?? null) !== null;
    if (!broken) addScore(scores, name, metric.number("score", { min: -Number.MAX_VALUE }));
    return { success: metric.flag("success"), broken };
  });
}

/** A case whose only metrics without success are broken ones was not judged. */
function outcomeOf(entry: Fields, metrics: Metric[]): Outcome {
  if ((entry.raw("success") ?? null) === null) return "error";
  const success = entry.flag("success");
  const unsuccessful = metrics.filter((metric) => !metric.success);
  if (success && unsuccessful.length > 0) entry.refuse("success", "is true beside a metric without success");
  if (success) return "passed";
  return unsuccessful.length > 0 && unsuccessful.every(({ broken }) => broken) ? "error" : "failed";
}

function checkTotals(run: Fields, passed: number, failed: number, errors: number): void {
  const total = (key: string) => ((run.raw(key) ?? null) === null ? undefined : run.count(key));
  const [runPassed, runFailed] = [total("testPassed"), total("testFailed")];
  const fits = runFailed === undefined || (runFailed >= failed && runFailed <= failed + errors);
  if (!fits || (runPassed !== undefined && runPassed !== passed)) {
    run.refuse("testPassed", "does not say the same as the test cases: the file was cut or edited. Run the evaluation again");
  }
}
