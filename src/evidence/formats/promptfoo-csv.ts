import type { Unreadable } from "../../shapes/measurements.ts";
import type { Content } from "../content.ts";
import { rowName } from "../csv-columns.ts";
import type { CsvTable } from "../csv.ts";
import { unreadable } from "../define-reader.ts";
import { fieldsOf } from "../fields.ts";
import { parseJson } from "../json.ts";
import { isWrapped, scoresIn, type Row } from "./promptfoo-rows.ts";

const outcomes: Record<string, Row["outcome"]> = { PASS: "passed", FAIL: "failed", ERROR: "error" };
/** How cells of versions before the column `Status` begin. */
const prefix = /^\[(PASS|FAIL|ERROR)\] \(/;

/** Newer tables say in the three columns behind an answer how it was judged; older ones at the beginning of the answer. */
export function isPromptfooCsv(content: Pick<Content, "csvHeader" | "csv">): boolean {
  const { csvHeader } = content;
  if (csvHeader === undefined) return false;
  if (statusColumns(csvHeader).length > 0) return true;
  // Only a header that may be the tool's is worth reading the table.
  return csvHeader.some(mayBeAnswer) && content.csv.ok && answerColumns(content.csv.value).length > 0;
}

export interface Results {
  rows: Row[];
  /** The table has the columns of a red team. */
  isRedTeam: boolean;
}

export function readPromptfooCsv({ csvHeader = [], csv }: Pick<Content, "csvHeader" | "csv">): Results | Unreadable {
  const statuses = statusColumns(csvHeader);
  if (statuses.length > 1) return sideBySide;
  if (!csv.ok) return csv;
  const table = csv.value;
  const [status] = statuses;
  const answers = status === undefined ? answerColumns(table) : [];
  if (answers.length > 1) return sideBySide;
  const rows = table.rows.map((cells) => (status === undefined ? oldRow(cells[answers[0] ?? -1]) : newRow(cells, status, table.header)));
  const wrong = rows.findIndex((row) => row === undefined);
  if (wrong !== -1) {
    return unreadable("bad-value", `${rowName(wrong)} is not judged as promptfoo judges: the table was edited. Export it again.`);
  }
  return { rows: rows.filter((row) => row !== undefined), isRedTeam: status !== undefined && table.header.includes("pluginId") };
}

const sideBySide = unreadable(
  "bad-shape",
  "The table holds several prompts or providers side by side. Export JSON instead: `promptfoo export eval <id> -o results.json`.",
);

function statusColumns(header: readonly string[]): number[] {
  return header.flatMap((name, index) =>
    name === "Status" && header[index + 1] === "Score" && header[index + 2] === "Named Scores" ? [index] : [],
  );
}

function mayBeAnswer(name: string): boolean {
  return name.startsWith("[") && name.includes("] ");
}

function answerColumns({ header, rows: [first] }: CsvTable): number[] {
  return header.flatMap((name, index) => (mayBeAnswer(name) && prefix.test(first?.[index] ?? "") ? [index] : []));
}

/** A cell left blank is an answer that never came. */
function outcomeOf(word: string): Row["outcome"] | undefined {
  return word === "" ? "error" : Object.hasOwn(outcomes, word) ? outcomes[word] : undefined;
}

const unsaid = { plugin: undefined, wrapped: false, benign: false, scores: [], cached: false, column: undefined };

function oldRow(cell = ""): Row | undefined {
  const outcome = outcomeOf(cell.trim() === "" ? "" : (prefix.exec(cell)?.[1] ?? "other"));
  return outcome === undefined ? undefined : { ...unsaid, outcome };
}

function newRow(cells: readonly string[], status: number, header: readonly string[]): Row | undefined {
  const outcome = outcomeOf(cells[status]?.trim() ?? "");
  const scores = namedScores(cells[status + 2] ?? "");
  if (outcome === undefined || scores === undefined) return undefined;
  const cell = (name: string) => cells[header.indexOf(name)] || undefined;
  return { ...unsaid, outcome, scores, plugin: cell("pluginId"), wrapped: isWrapped(cell("strategyId")) };
}

/** An object of scores, rounded to two digits. */
function namedScores(cell: string): [string, number][] | undefined {
  if (cell.trim() === "") return [];
  const parsed = parseJson(cell);
  const fields = parsed.ok ? fieldsOf({ scores: parsed.value }) : undefined;
  const scores = fields === undefined ? [] : scoresIn(fields.in("scores"));
  return fields === undefined || fields.problem() !== undefined ? undefined : scores;
}
