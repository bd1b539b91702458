import type { Unreadable } from "../shapes/measurements.ts";
import { numberIn } from "./csv-columns.ts";
import type { CsvTable } from "./csv.ts";
import { unreadable } from "./define-reader.ts";

export interface Scale {
  /** Undefined where nobody said it. */
  name: string | undefined;
  /** What an answer says; undefined where it is not on the scale. */
  judge(cell: string, table: CsvTable): { value: number | undefined; satisfied: boolean | undefined } | undefined;
}

const words: ReadonlyMap<string, boolean> = new Map([
  ["good", true],
  ["good_with_comment", true],
  ["bad", false],
  ["bad_with_comment", false],
]);
const goodBad: Scale = {
  name: "good-bad",
  judge: (cell) => {
    const satisfied = words.get(plain(cell));
    return satisfied === undefined ? undefined : { value: undefined, satisfied };
  },
};
/** Answers are numbers; which of them are good ones is not known. */
const unsaid: Scale = {
  name: undefined,
  judge: (cell, table) => {
    const value = numberIn(cell, table);
    return value === undefined || value < 0 ? undefined : { value, satisfied: undefined };
  },
};
const scales: readonly Scale[] = [from(1, 5, 4), from(0, 10, 9), from(1, 10, 9), goodBad];

/** What a help desk writes where nobody answered, or nobody was asked. */
const silences: ReadonlyMap<string, "unanswered" | "unasked"> = new Map([
  ["", "unanswered"],
  ["offered", "unanswered"],
  ["unoffered", "unasked"],
  ["not_offered", "unasked"],
]);

/** Why a cell holds no answer; undefined where it holds one. */
export function silenceIn(cell: string): "unanswered" | "unasked" | undefined {
  return silences.get(plain(cell));
}

/** The scale that somebody declared; words like `good` are one of their own. Never guessed from numbers. */
export function scaleOf(declared: string | undefined, cells: readonly string[]): Scale | Unreadable {
  const name = declared
    ?.trim()
    .toLowerCase()
    .replaceAll(/\s/g, "")
    .replace(/–|to|\.\.|_|\//, "-");
  if (name !== undefined) {
    const names = scales.map((scale) => scale.name).join(", ");
    return scales.find((scale) => scale.name === name) ?? unreadable("bad-value", `The \`scale\` of the survey is not one of ${names}.`);
  }
  const answered = cells.map(plain).filter((cell) => !silences.has(cell));
  return answered.length > 0 && answered.every((cell) => words.has(cell)) ? goodBad : unsaid;
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

function plain(cell: string): string {
  return cell.trim().toLowerCase().replaceAll(" ", "_");
}
