import type { RedTeam } from "../../shapes/measurements.ts";
import { categoryOf } from "../attack-categories.ts";
import type { Content } from "../content.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { parseJson } from "../json.ts";
import { toRedTeam, type Judged } from "../red-team-counts.ts";

/** Names of the parts: as documented, and as the SDK writes them (`output_path`, `instance_results.json`). */
const scorecards = ["redteaming_scorecard", "scorecard"];
const details = ["redteaming_data", "attack_details"];
/** The scorecard's rate is in percent and rounded to two digits. */
const tolerance = 0.011;

/**
 * Result of Azure AI's red teaming agent. The attempts are counted one by one; the scorecard, in PERCENT, must say the same.
 * https://learn.microsoft.com/azure/ai-foundry/how-to/develop/run-scans-ai-red-teaming-agent
 */
export default defineReader({
  format: "azure-redteam",
  title: "Azure AI red teaming agent (JSON)",
  kinds: ["red-team"],
  seen: [],
  recognises: (content) => {
    const json = resultOf(content);
    return scorecards.some((key) => Array.isArray(at(json, key, "risk_category_summary"))) || isRun(json);
  },
  read: (content) => {
    const json = resultOf(content);
    if (isRun(json)) {
      return unreadable(
        "bad-shape",
        "This is the run's `results.json`. Give `instance_results.json` of the same scan, which has the scorecard.",
      );
    }
    const file = fieldsOf(json);
    const list = details.find((key) => file.has(key));
    if (list === undefined) {
      return unreadable("incomplete", "The file holds rates without attempts. Give the whole result, with `attack_details`.");
    }
    const rows = file.list(list);
    const judged = rows.filter((row) => (row.raw("attack_success") ?? null) !== null).map(toJudged);
    const measurement = toRedTeam(judged, rows.length - judged.length);
    checkScorecard(file.in(scorecards.find((key) => isRecord(file.raw(key))) ?? "scorecard"), measurement);
    const problem = file.problem();
    if (problem !== undefined) return problem;
    if (rows.length === 0) return unreadable("incomplete", `The file holds no attempt (\`${list}\`). Run the scan again.`);
    return {
      kind: "red-team",
      tool: { name: "azure-ai-red-teaming", version: null },
      measurement,
      notes: ["no time in the file"],
    };
  },
});

/** The SDK writes `NaN`, which is no JSON, as the rate of attacks of which none could be judged. */
function resultOf({ json, text }: Content): unknown {
  if (json !== undefined || !text.startsWith("{") || !text.includes('"risk_category_summary"')) return json;
  const parsed = parseJson(text.replaceAll(/(": ?)NaN(?=[,\s}])/g, "$1null"));
  return parsed.ok ? parsed.value : undefined;
}

function isRun(json: unknown): boolean {
  return at(json, "object") === "eval.run" && at(json, "data_source", "type") === "azure_ai_red_team";
}

function toJudged(row: Fields): Judged {
  const worked = row.flag("attack_success");
  const technique = row.has("attack_technique") && row.raw("attack_technique") !== null ? row.text("attack_technique") : "baseline";
  const risk = row
    .text("risk_category")
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");
  const wrapped = technique.toLowerCase() !== "baseline";
  return { category: categoryOf("azure-redteam", risk, wrapped), attempts: 1, successes: worked ? 1 : 0 };
}

/** The summary is a list of one object; a rate of nothing is `NaN`, or 0 where nothing was evaluated. */
function checkScorecard(scorecard: Fields, { attackSuccessRate: rate, attempts, successes, errors }: RedTeam): void {
  const [summary] = scorecard.list("risk_category_summary");
  if (summary === undefined) return;
  const noRate = rate === undefined && summary.raw("overall_asr") === null;
  const percent = noRate ? undefined : summary.optionalNumber("overall_asr", { max: 100 });
  const total = summary.optionalCount("overall_total");
  const worked = summary.optionalCount("overall_successful_attacks") ?? summary.optionalCount("overall_attack_successes");
  const agree =
    (percent === undefined || Math.abs(percent - (rate ?? 0) * 100) <= tolerance) &&
    (total === undefined || total === attempts + errors) &&
    (worked === undefined || worked === successes);
  if (!agree) summary.refuse("overall_asr", "does not say the same as the attempts: the file was cut or edited. Export it again");
}
