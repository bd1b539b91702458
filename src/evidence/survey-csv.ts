import type { Survey, Unreadable } from "../shapes/measurements.ts";
import { columnOf, looksLikeDailyMetric, rowName, scaleIn, usual } from "./csv-columns.ts";
import type { CsvTable } from "./csv.ts";
import { defineReader, unreadable, type Measured, type ReadOptions } from "./define-reader.ts";
import { present } from "./fields.ts";
import { readAsUtc, toInstant, type Instant } from "./instant.ts";
import { looksLikeQualtrics, qualtricsRow, toQualtricsExport, type QualtricsExport } from "./qualtrics-export.ts";
import { repeatedAnswers } from "./repeated-answers.ts";
import { scaleOf, silenceIn, type Scale } from "./survey-scales.ts";

const maxCohorts = 1000;
const scaleUnsaid = "the scale is not in the file: set `criteria.user-satisfaction.scale`, or `scale` in user-survey.md";

/**
 * One row an answer. The scale is never guessed from the answers: policy, column name or description say it; else nobody
 * counts as satisfied or not. A blank answer is somebody who was asked and did not answer.
 */
export default defineReader({
  format: "survey-csv",
  title: "Survey answers (CSV; exports of Qualtrics, Delighted, Zendesk)",
  kinds: ["survey"],
  seen: ["own shape", "Qualtrics of 2017"],
  recognises: (content, { columns }) => {
    const header = content.csvHeader;
    if (header === undefined) return false;
    if (looksLikeQualtrics(header, content.text)) return true;
    if (columnOf(header, columns?.["score"], usual.score) === -1) return false;
    if (columns?.["score"] !== undefined) return true;
    if (isOther(header)) return false;
    return (
      !content.csv.ok ||
      !looksLikeDailyMetric(
        header,
        content.csv.value.rows.map(([first = ""]) => first),
      )
    );
  },
  read: ({ csv }, options) => (csv.ok ? readSurvey(csv.value, options) : csv),
});

/** Training records, means of metrics and promptfoo's CSV hold scores too. */
function isOther(header: readonly string[]): boolean {
  const has = (...names: string[]) => names.every((name) => columnOf(header, undefined, [name]) !== -1);
  return header.includes("Grader Reason") || has("person", "material") || (has("metric", "score") && !has("value"));
}

interface Answer {
  value: number | undefined;
  satisfied: boolean | undefined;
  cohort: string;
  time: Instant | undefined;
}

/** What the rows hold; `left` counts those that are no answers, by why. */
interface Read {
  answers: Answer[];
  /** Undefined where nothing says how many were asked. */
  invited: number | undefined;
  left: { repeated: number; unasked: number; unfinished: number; foreign: number };
  utc: boolean;
}

function readSurvey(table: CsvTable, options: ReadOptions): Measured | Unreadable {
  const { header, rows } = table;
  const missing = Object.entries(options.columns ?? {}).find(([, name]) => !header.includes(name));
  if (missing !== undefined) return unreadable("bad-shape", `The CSV has no column for \`columns.${missing[0]}\` of the policy.`);
  const qualtrics = toQualtricsExport(table);
  const unusable = qualtrics && qualtricsProblem(qualtrics, options);
  if (unusable !== undefined) return unusable;
  const column = (meaning: string, names: readonly string[]) => columnOf(header, options.columns?.[meaning], names);
  const score = column("score", usual.score);
  const at = qualtrics !== undefined && options.columns?.["at"] === undefined ? qualtrics.recordedAt : column("at", usual.answeredAt);
  const answered = rows.slice(qualtrics?.headerRows ?? 0);
  if (answered.length === 0) return unreadable("incomplete", "The survey holds no answer from row 2 on.");
  const said = options.scale ?? scaleIn(header[score] ?? "") ?? options.describedScale ?? (isDelighted(header) ? "0-10" : undefined);
  const scale = scaleOf(
    said,
    answered.map((row) => row[score] ?? ""),
  );
  if ("code" in scale) return scale;
  const places: Places = {
    table,
    scale,
    qualtrics,
    score,
    at,
    cohort: column("cohort", usual.cohort),
    invited: column("invited", usual.invited),
  };
  const read = readRows(places);
  return "code" in read ? read : summarise(read, scale, qualtrics === undefined ? "csv" : "qualtrics");
}

function qualtricsProblem({ status }: QualtricsExport, { columns }: ReadOptions): Unreadable | undefined {
  if (columns?.["score"] === undefined) {
    const where = "Name its column in the policy: `criteria.user-satisfaction.columns.score`";
    return unreadable("bad-shape", `Which question of this Qualtrics export asks for satisfaction is not in the file. ${where}.`);
  }
  if (status !== -1) return undefined;
  return unreadable(
    "bad-shape",
    "The Qualtrics export has no `Status`, which tells previews and tests from answers. Export it with that column.",
  );
}

/** Delighted asks how likely people are to recommend, from 0 to 10, unless somebody says that it asked on another scale. */
function isDelighted(header: readonly string[]): boolean {
  return ["Response ID", "Created at", "Score"].every((name) => header.includes(name));
}

interface Places {
  table: CsvTable;
  scale: Scale;
  qualtrics: QualtricsExport | undefined;
  score: number;
  at: number;
  cohort: number;
  invited: number;
}

function readRows(places: Places): Read | Unreadable {
  const { table, qualtrics, score, at } = places;
  const answers: Answer[] = [];
  const left = { repeated: 0, unasked: 0, unfinished: 0, foreign: 0 };
  const isRepeated = repeatedAnswers(table.header, at !== -1);
  let asked = 0;
  for (const [index, row] of table.rows.entries()) {
    if (index < (qualtrics?.headerRows ?? 0)) continue;
    const kind = qualtrics === undefined ? "answer" : qualtricsRow(row, qualtrics);
    const silence = kind === "unfinished" ? "unanswered" : silenceIn(row[score] ?? "");
    if (kind === "not a user's") left.foreign += 1;
    else if (silence === "unasked") left.unasked += 1;
    else if (silence === undefined && isRepeated(row)) left.repeated += 1;
    else {
      if (kind === "unfinished") left.unfinished += 1;
      if (silence === undefined || places.invited === -1 || isYes(row[places.invited] ?? "")) asked += 1;
      if (silence !== undefined) continue;
      const answer = toAnswer(row, index, places);
      if ("code" in answer) return answer;
      answers.push(answer);
    }
  }
  // Qualtrics lists who opened the survey, not who was asked.
  const isKnown = places.invited !== -1 || (qualtrics === undefined && asked > answers.length);
  return { answers, invited: isKnown ? asked : undefined, left, utc: qualtrics?.utc === true };
}

function toAnswer(row: string[], index: number, { table, scale, score, at, cohort }: Places): Answer | Unreadable {
  const when = at === -1 ? "" : (row[at] ?? "").trim();
  const instant = toInstant(when);
  if (when !== "" && instant === undefined) {
    return unreadable("bad-value", `The time in ${rowName(index)} is not ISO 8601; write it like 2026-11-12T10:00:00Z.`);
  }
  const judged = scale.judge((row[score] ?? "").trim(), table);
  if (judged === undefined) {
    return unreadable(
      "bad-value",
      `The answer in ${rowName(index)} is not ${scale.name === undefined ? "a number from 0" : `on the scale ${scale.name}`}.`,
    );
  }
  return { ...judged, cohort: cohort === -1 ? "" : (row[cohort] ?? "").trim(), time: instant };
}

function summarise({ answers, invited, left, utc }: Read, scale: Scale, tool: string): Measured | Unreadable {
  const cohorts = new Map<string, { responses: number; satisfied: number }>();
  for (const { cohort, satisfied } of answers) {
    if (cohort === "") continue;
    const counts = cohorts.get(cohort) ?? { responses: 0, satisfied: 0 };
    counts.responses += 1;
    if (satisfied) counts.satisfied += 1;
    cohorts.set(cohort, counts);
  }
  if (cohorts.size > maxCohorts) return unreadable("too-large", `The survey has over ${maxCohorts} cohorts; is it the right column?`);
  const times = answers.flatMap(({ time }) => (time === undefined ? [] : [time.at])).sort();
  const values = answers.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const measurement: Survey = present({
    responses: answers.length,
    invited,
    satisfied: scale.name === undefined ? undefined : answers.filter(({ satisfied }) => satisfied).length,
    score: values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length,
    scale: scale.name,
    from: times[0],
    to: times.at(-1),
    cohorts:
      cohorts.size === 0
        ? undefined
        : [...cohorts].map(([id, { responses, satisfied }]) =>
            present({ id: id.slice(0, 200), responses, satisfied: scale.name === undefined ? undefined : satisfied }),
          ),
  });
  const notes = [
    ...(scale.name === undefined ? [scaleUnsaid] : []),
    ...(times.length < answers.length ? ["not every answer has a time"] : []),
    ...(!utc && answers.some(({ time }) => time?.zoned === false) ? [readAsUtc] : []),
    ...noteOn(left.repeated, "repeat an earlier answer"),
    ...noteOn(left.foreign, "are previews, tests, imports or spam by `Status`"),
    ...noteOn(left.unfinished, "are unfinished"),
    ...noteOn(left.unasked, "say that nobody was asked"),
    ...(invited === undefined ? ["the file does not say how many were asked"] : []),
  ];
  return { kind: "survey", tool: { name: tool, version: null }, measurement, origin: present({ measuredAt: times.at(-1) }), notes };
}

function noteOn(rows: number, what: string): string[] {
  return rows === 0 ? [] : [`${rows} rows ${what} and do not count`];
}

function isYes(cell: string): boolean {
  return !["", "0", "false", "no", "n"].includes(cell.trim().toLowerCase());
}
