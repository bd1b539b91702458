import type { Survey, Unreadable } from "../../shapes/measurements.ts";
import { columnOf, looksLikeDailyMetric, rowName, scaleIn, usual } from "../csv-columns.ts";
import type { CsvTable } from "../csv.ts";
import { defineReader, unreadable, type Measured, type ReadOptions } from "../define-reader.ts";
import { present } from "../fields.ts";
import { readAsUtc, toInstant, type Instant } from "../instant.ts";
import { looksLikeQualtrics, qualtricsRow, toQualtricsExport, type QualtricsExport } from "../qualtrics-export.ts";
import { repeatedAnswers } from "../repeated-answers.ts";
import { scaleOf, silenceIn, type Scale } from "../survey-scales.ts";

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
  time: Instant | undefined;
}

/** Somebody who was asked, and what they said. */
interface Asked {
  cohort: string;
  answer: Answer | undefined;
}

/** What the rows hold; `left` counts those that are no answers, by why. */
interface Read {
  asked: Asked[];
  /** Does the file say how many were asked? */
  saysInvited: boolean;
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
  const { table, qualtrics, score, at, cohort, invited } = places;
  const asked: Asked[] = [];
  const left = { repeated: 0, unasked: 0, unfinished: 0, foreign: 0 };
  const isRepeated = repeatedAnswers(table.header, at !== -1);
  for (const [index, row] of table.rows.entries()) {
    if (index < (qualtrics?.headerRows ?? 0)) continue;
    const kind = qualtrics === undefined ? "answer" : qualtricsRow(row, qualtrics);
    const silence = kind === "unfinished" ? "unanswered" : silenceIn(row[score] ?? "");
    if (kind === "not a user's") left.foreign += 1;
    else if (silence === "unasked") left.unasked += 1;
    else if (silence === undefined && isRepeated(row)) left.repeated += 1;
    else {
      if (kind === "unfinished") left.unfinished += 1;
      const answer = silence === undefined ? toAnswer(row, index, places) : undefined;
      if (answer !== undefined && "code" in answer) return answer;
      const wasAsked = answer !== undefined || invited === -1 || isYes(row[invited] ?? "");
      if (wasAsked) asked.push({ cohort: cohort === -1 ? "" : (row[cohort] ?? "").trim().slice(0, 200), answer });
    }
  }
  // Qualtrics lists who opened the survey, not who was asked.
  const saysInvited = invited !== -1 || (qualtrics === undefined && asked.some(({ answer }) => answer === undefined));
  return { asked, saysInvited, left, utc: qualtrics?.utc === true };
}

function toAnswer(row: string[], index: number, { table, scale, score, at }: Places): Answer | Unreadable {
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
  return { ...judged, time: instant };
}

function summarise({ asked, saysInvited, left, utc }: Read, scale: Scale, tool: string): Measured | Unreadable {
  const cohorts = new Map<string, Asked[]>();
  for (const one of asked) {
    const known = cohorts.get(one.cohort);
    if (known) known.push(one);
    else if (one.cohort !== "") cohorts.set(one.cohort, [one]);
  }
  if (cohorts.size > maxCohorts) return unreadable("too-large", `The survey has over ${maxCohorts} cohorts; is it the right column?`);
  const tally = (group: readonly Asked[]) => tallyOf(group, scale, saysInvited);
  const answers = answersOf(asked);
  const values = answers.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const measurement: Survey = present({
    ...tally(asked),
    score: values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length,
    scale: scale.name,
    cohorts: cohorts.size === 0 ? undefined : [...cohorts].map(([id, group]) => ({ id, ...tally(group) })),
  });
  const notes = [
    ...(scale.name === undefined ? [scaleUnsaid] : []),
    ...(answers.some(({ time }) => time === undefined) ? ["not every answer has a time"] : []),
    ...(!utc && answers.some(({ time }) => time?.zoned === false) ? [readAsUtc] : []),
    ...noteOn(left.repeated, "repeat an earlier answer"),
    ...noteOn(left.foreign, "are previews, tests, imports or spam by `Status`"),
    ...noteOn(left.unfinished, "are unfinished"),
    ...noteOn(left.unasked, "say that nobody was asked"),
    ...(measurement.invited === undefined ? ["the file does not say how many were asked"] : []),
  ];
  return { kind: "survey", tool: { name: tool, version: null }, measurement, origin: present({ measuredAt: measurement.to }), notes };
}

function answersOf(asked: readonly Asked[]): Answer[] {
  return asked.flatMap(({ answer }) => answer ?? []);
}

function tallyOf(
  asked: readonly Asked[],
  scale: Scale,
  saysInvited: boolean,
): Pick<Survey, "responses" | "invited" | "satisfied" | "from" | "to"> {
  const answers = answersOf(asked);
  const times = answers.flatMap(({ time }) => (time === undefined ? [] : [time.at])).sort();
  return present({
    responses: answers.length,
    invited: saysInvited ? asked.length : undefined,
    satisfied: scale.name === undefined ? undefined : answers.filter(({ satisfied }) => satisfied).length,
    from: times[0],
    to: times.at(-1),
  });
}

function noteOn(rows: number, what: string): string[] {
  return rows === 0 ? [] : [`${rows} rows ${what} and do not count`];
}

function isYes(cell: string): boolean {
  return !["", "0", "false", "no", "n"].includes(cell.trim().toLowerCase());
}
