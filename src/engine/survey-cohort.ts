import { documentPlace } from "./document-place.ts";
import { recordField, textField } from "./fields.ts";
import type { Finding, Measured, ReadDocument } from "./types.ts";
import { plural, quoted } from "./words.ts";

type SurveyFile = Measured<"survey">;

/**
 * The answers of those who belong to the cohort. Where the description names it, answers that are marked otherwise do not count: they are
 * of people who met something else. `file` is undefined where none is marked so.
 */
export function ofCohort(file: SurveyFile, document: ReadDocument): { file: SurveyFile | undefined; findings: Finding[] } {
  const { path, measurement } = file;
  const { cohorts = [], ...whole } = measurement;
  const name = textField(recordField(document.frontMatter, "cohort") ?? {}, "name");
  const place = documentPlace(document, "cohort");
  if (name === undefined) {
    const text = `${path} marks its answers with ${plural(cohorts.length, "cohort")}, and they are judged together.`;
    const remedy = `Where others met something else, name the one that counts: \`cohort: { name }\` in ${document.path}.`;
    return { file, findings: cohorts.length > 1 ? [{ state: "note", ...place, text, remedy }] : [] };
  }
  const own = cohorts.find(({ id }) => id === name);
  if (own === undefined) {
    const text = `No answer in ${path} is marked with the cohort ${quoted(name)}.`;
    const remedy = "Export the answers with their cohort, and name the column in `columns.cohort` of the policy.";
    return { file: undefined, findings: [{ state: "missing", path, text, remedy }] };
  }
  const { invited: _all, satisfied: _satisfied, from: _from, to: _to, score: _score, ...kept } = whole;
  const { id: _id, ...counts } = own;
  return { file: { ...file, measurement: { ...kept, ...counts } }, findings: [] };
}
