import type { LoadTest, Unreadable } from "../shapes/measurements.ts";
import type { Content } from "./content.ts";
import { unreadable, type Measured } from "./define-reader.ts";
import { fieldsOf, type Fields } from "./fields.ts";

/** More load levels than any sweep has. */
const maxStages = 100;

/** Several load levels of one file: the figures of the longest, and each by itself as a stage. The first refusal refuses all. */
export function withStages(levels: readonly (Measured | Unreadable)[]): Measured | Unreadable {
  const runs: { measured: Measured; figures: LoadTest }[] = [];
  for (const measured of levels) {
    if ("ok" in measured) return measured;
    if (measured.kind === "load-test") runs.push({ measured, figures: measured.measurement });
  }
  const longest = runs.reduce<(typeof runs)[number] | undefined>(
    (best, run) => (best === undefined || secondsOf(run.figures) > secondsOf(best.figures) ? run : best),
    undefined,
  );
  if (longest === undefined) return unreadable("incomplete", "The file holds no run (`runs`).");
  if (runs.length === 1) return longest.measured;
  return {
    ...longest.measured,
    kind: "load-test",
    measurement: { ...longest.figures, stages: runs.map(({ figures }) => figures) },
    notes: [`the file holds ${runs.length} load levels; these are the figures of the longest one`, ...(longest.measured.notes ?? [])],
  };
}

function secondsOf({ durationSeconds = 0 }: LoadTest): number {
  return durationSeconds;
}

export function tooManyStages(count: number): Unreadable | undefined {
  return count > maxStages
    ? unreadable("too-large", `The file holds over ${maxStages} load levels. Keep those that are judged.`)
    : undefined;
}

/** A run as one JSON object, or several, one a line: each is a load level. */
export function readRunLines(
  { json, jsonLines }: Content,
  tool: string,
  isRun: (value: unknown) => boolean,
  measure: (run: Fields) => Measured | Unreadable,
): Measured | Unreadable {
  if (isRun(json)) return measure(fieldsOf(json));
  if (jsonLines === undefined) return unreadable("not-parseable", "The file is neither a JSON object nor one a line.");
  if (jsonLines.problem !== undefined) return jsonLines.problem;
  const other = jsonLines.values.findIndex((run) => !isRun(run));
  if (other !== -1) return unreadable("bad-shape", `Run ${other + 1} of the file is not one of ${tool}.`);
  const runs = fieldsOf({ runs: jsonLines.values }).list("runs");
  return tooManyStages(runs.length) ?? withStages(runs.map(measure));
}
