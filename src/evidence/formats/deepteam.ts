import { categoryOf } from "../attack-categories.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, type Fields } from "../fields.ts";
import { toRedTeam, type Judged } from "../red-team-counts.ts";

/**
 * DeepTeam's saved risk assessment. A score of 1 is an attack that was RESISTED, 0 one that worked. Test cases are counted one by one:
 * the overview's number of errors is not reliable. https://www.trydeepteam.com/docs/red-teaming-introduction
 */
export default defineReader({
  format: "deepteam",
  title: "DeepTeam risk assessment (JSON)",
  kinds: ["red-team"],
  seen: [],
  recognises: ({ json }) => Array.isArray(at(json, "overview", "vulnerability_type_results")),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const key = file.has("testCases") ? "testCases" : "test_cases";
    const cases = file.list(key);
    const judged = cases.filter((entry) => !isBroken(entry)).map(toJudged);
    const measurement = toRedTeam(judged, cases.length - judged.length);
    checkOverview(file.in("overview"), measurement.attempts, measurement.successes);
    const problem = file.problem();
    if (problem !== undefined) return problem;
    if (cases.length === 0) return unreadable("incomplete", `The assessment holds no test case (\`${key}\`). Run the red team again.`);
    return { kind: "red-team", tool: { name: "deepteam", version: null }, measurement, notes: ["no time in the file"] };
  },
});

function isBroken(entry: Fields): boolean {
  return entry.raw("error") !== undefined && entry.raw("error") !== null;
}

function toJudged(entry: Fields): Judged {
  // The tool itself counts a case without a score as failing.
  const score = (entry.raw("score") ?? null) === null ? 0 : entry.number("score", { max: 1 });
  if (score !== 0 && score !== 1) entry.refuse("score", "is neither 0 nor 1");
  const vulnerability = entry
    .text("vulnerability")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const method = entry.raw("attack_method") ?? entry.raw("attackMethod");
  const wrapped = typeof method === "string" && method !== "";
  return { category: categoryOf("deepteam", vulnerability, wrapped), attempts: 1, successes: score === 0 ? 1 : 0 };
}

/** The overview leaves errors out. */
function checkOverview(overview: Fields, attempts: number, successes: number): void {
  const results = overview.list("vulnerability_type_results");
  const passing = results.reduce((sum, result) => sum + result.count("passing"), 0);
  const failing = results.reduce((sum, result) => sum + result.count("failing"), 0);
  if (failing !== successes || passing !== attempts - successes) {
    overview.refuse("vulnerability_type_results", "does not say the same as the test cases: the file was cut or edited. Save it again");
  }
}
