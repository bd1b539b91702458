import { categoryOf } from "./attack-categories.ts";
import { defineReader, unreadable } from "./define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "./fields.ts";
import { toRedTeam, type Judged } from "./red-team-counts.ts";

/** Names of the parts: as documented, and as later versions of the SDK write them. */
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
  recognises: ({ json }) => scorecards.some((key) => Array.isArray(at(json, key, "risk_category_summary"))),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const list = details.find((key) => file.has(key));
    if (list === undefined) {
      return unreadable("incomplete", "The file holds rates without attempts. Give the whole result, with `redteaming_data`.");
    }
    const rows = file.list(list);
    const judged = rows.filter((row) => (row.raw("attack_success") ?? null) !== null).map(toJudged);
    const measurement = toRedTeam(judged, rows.length - judged.length);
    const scorecard = file.in(scorecards.find((key) => isRecord(file.raw(key))) ?? "scorecard");
    checkScorecard(scorecard, measurement.attackSuccessRate, measurement.successes);
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

/** The summary is a list of one object. */
function checkScorecard(scorecard: Fields, rate: number | undefined, successes: number): void {
  const [summary] = scorecard.list("risk_category_summary");
  if (summary === undefined) return;
  const percent = summary.optionalNumber("overall_asr", { max: 100 });
  const worked = summary.optionalCount("overall_attack_successes");
  const differs = percent !== undefined && rate !== undefined && Math.abs(percent - rate * 100) > tolerance;
  if (differs || (worked !== undefined && worked !== successes)) {
    summary.refuse("overall_asr", "does not say the same as the attempts: the file was cut or edited. Export it again");
  }
}
