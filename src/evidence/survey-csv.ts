import type { Survey, Unreadable } from "../shapes/measurements.ts";
import { columnOf, looksLikeDailyMetric, numberIn, rowName, scaleIn, usual } from "./csv-columns.ts";
import type { CsvTable } from "./csv.ts";
import { defineReader, unreadable, type Measured, type ReadOptions } from "./define-reader.ts";
import { repeatedAnswers } from "./repeated-answers.ts";
import { present } from "./fields.ts";
import { readAsUtc, toInstant, type Instant } from "./instant.ts";

interface Scale {
  /** Undefined where nobody said it. */
  name: string | undefined;
  /** What an answer says; undefined where it is not on the scale. */
  judge(cell: string, table: CsvTable): { value: number | undefined; satisfied: boolean | undefined } | undefined;
}

const scales: readonly Scale[] = [from(1, 5, 4), from(0, 10, 9), from(1, 10, 9)];
const words: ReadonlyMap<string, boolean> = new Map([
  ["good", true],
  ["good_with_comment", true],
  ["bad", false],
  ["bad_with_comment", false],
]);
const goodBad: Scale = {
  name: "good-bad",
  judge: (cell) => {
    const satisfied = words.get(cell.toLowerCase());
    return satisfied === undefined ? undefined : { value: undefined, satisfied };
  },
};
/** Answers are numbers; which of them are good ones is not known. */
const unsaid: Scale = {
  name: undefined,
  judge: (cell, table) => {
    const value = numberIn(cell, table);
    return value === undefined ? undefined : { value, satisfied: undefined };
  },
};
/** What a help desk writes where nobody answered. */
const unanswered = new Set(["", "offered", "unoffered"]);
const maxCohorts = 1000;
const scaleUnsaid = "the scale is not in the file: set `criteria.user-satisfaction.scale`, or `scale` in user-survey.md";

/**
 * One row an answer. The scale is never guessed from the answers: policy, column name or description say it; else nobody
 * counts as satisfied or not. A blank answer is somebody who was asked and did not answer.
 */
export default defineReader({
  format: "survey-csv",
  title: "Survey answers (CSV)",
  kinds: ["survey"],
  seen: ["own shape"],
  recognises: (content, { columns }) => {
    const header = content.csvHeader;
    if (header === undefined || columnOf(header, columns?.["score"], usual.score) === -1) return false;
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

/** Training records and promptfoo's CSV hold scores too. */
function isOther(header: readonly string[]): boolean {
  return header.includes("Grader Reason") || ["person", "material"].every((name) => columnOf(header, undefined, [name]) !== -1);
}

interface Answer {
  value: number | undefined;
  satisfied: boolean | undefined;
  cohort: string;
  time: Instant | undefined;
}

function readSurvey(table: CsvTable, options: ReadOptions): Measured | Unreadable {
  const { header, rows } = table;
  const missing = Object.entries(options.columns ?? {}).find(([, name]) => !header.includes(name));
  if (missing !== undefined) return unreadable("bad-shape", `The CSV has no column for \`columns.${missing[0]}\` of the policy.`);
  if (rows.slice(0, 2).some((row) => row.some((cell) => cell.includes('"ImportId"')))) return severalHeaders();
  if (rows.length === 0) return unreadable("incomplete", "The survey holds no answer.");
  const column = (meaning: string, names: readonly string[]) => columnOf(header, options.columns?.[meaning], names);
  const score = column("score", usual.score);
  const invitedColumn = column("invited", usual.invited);
  const places = { score, at: column("at", usual.answeredAt), cohort: column("cohort", usual.cohort) };
  const scale = scaleOf(
    options.scale ?? scaleIn(header[score] ?? "") ?? options.describedScale,
    rows.map((row) => row[score] ?? ""),
  );
  if ("code" in scale) return scale;

  const answers: Answer[] = [];
  const isRepeated = repeatedAnswers(header, places.at !== -1);
  let invited = 0;
  let repeated = 0;
  for (const [index, row] of rows.entries()) {
    const cell = (row[score] ?? "").trim();
    const blank = unanswered.has(cell.toLowerCase());
    if (!blank && isRepeated(row)) {
      repeated += 1;
      continue;
    }
    if (!blank || invitedColumn === -1 || isYes(row[invitedColumn] ?? "")) invited += 1;
    if (blank) continue;
    const answer = toAnswer(row, index, { ...places, table, scale });
    if ("code" in answer) return answer;
    answers.push(answer);
  }
  return summarise(answers, scale, { invited: invitedColumn === -1 && invited === answers.length ? undefined : invited, repeated });
}

interface Places {
  table: CsvTable;
  scale: Scale;
  score: number;
  at: number;
  cohort: number;
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
      `The answer in ${rowName(index)} is not ${scale.name === undefined ? "a number" : `on the scale ${scale.name}`}.`,
    );
  }
  return { ...judged, cohort: cohort === -1 ? "" : (row[cohort] ?? "").trim(), time: instant };
}

function from(low: number, high: number, satisfied: number): Scale {
  return {
    name: `${low}-${high}`,
    judge: (cell, table) => {
      const value = numberIn(cell, table);
      return value === undefined || value < low || value > high ? undefined : { value, satisfied: value >= satisfied };
    },
  };
}

function scaleOf(declared: string | undefined, cells: string[]): Scale | Unreadable {
  const known = [...scales, goodBad];
  const names = known.map(({ name }) => name).join(", ");
  const name = declared
    ?.trim()
    .toLowerCase()
    .replaceAll(/\s/g, "")
    .replace(/–|to|\.\.|_|\//, "-");
  if (name !== undefined) {
    return known.find((scale) => scale.name === name) ?? unreadable("bad-value", `The scale of the survey is not one of ${names}.`);
  }
  const answered = cells.map((cell) => cell.trim().toLowerCase()).filter((cell) => !unanswered.has(cell));
  return answered.length > 0 && answered.every((cell) => words.has(cell)) ? goodBad : unsaid;
}

function summarise(
  answers: Answer[],
  scale: Scale,
  { invited, repeated }: { invited: number | undefined; repeated: number },
): Measured | Unreadable {
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
    ...(answers.some(({ time }) => time?.zoned === false) ? [readAsUtc] : []),
    ...(repeated > 0 ? [`${repeated} rows repeat an earlier answer and do not count`] : []),
    ...(invited === undefined ? ["the file does not say how many were asked"] : []),
  ];
  return { kind: "survey", tool: { name: "csv", version: null }, measurement, origin: present({ measuredAt: times.at(-1) }), notes };
}

function isYes(cell: string): boolean {
  return !["", "0", "false", "no", "n"].includes(cell.trim().toLowerCase());
}

function severalHeaders(): Unreadable {
  return unreadable(
    "unsupported-version",
    "This export has several header rows (Qualtrics). Keep the first, and leave out previews and test answers.",
  );
}
