import type { Origin } from "../shapes/measurements.ts";
import type { FileEvidence } from "./types.ts";
import { quoted } from "./words.ts";

type Named = { ok: true; path: string; origin: Origin } | { ok: false; text: string; remedy: string };

/** The evaluation result that a document names for a model; `model` is for the sentences. Not more than a result that holds at least one case. */
export function namedEvaluation(model: string, path: string | undefined, referenced: (path: string) => FileEvidence | undefined): Named {
  const remedy = `Evaluate ${quoted(model)}, commit the result and name its path under \`evaluation\`.`;
  if (path === undefined) return { ok: false, text: `${quoted(model)} names no evaluation.`, remedy };
  const file = referenced(path);
  if (!file) return { ok: false, text: `The evaluation of ${quoted(model)} is not there: ${quoted(path)}.`, remedy };
  const { reading } = file;
  if (!reading.ok)
    return {
      ok: false,
      text: `The evaluation of ${quoted(model)} cannot be read: ${reading.message}`,
      remedy: `Mend or replace ${file.path}.`,
    };
  const isResult = reading.kind === "evaluation" || reading.kind === "tests";
  if (!isResult)
    return { ok: false, text: `The evaluation of ${quoted(model)} reads as ${reading.format}, which is no evaluation result.`, remedy };
  const { measurement } = reading;
  const holdsNothing =
    "metrics" in measurement ? measurement.metrics.length === 0 && !((measurement.total ?? 0) > 0) : !(measurement.total > 0);
  if (holdsNothing) return { ok: false, text: `The evaluation of ${quoted(model)} holds no result: ${quoted(path)}.`, remedy };
  return { ok: true, path: file.path, origin: reading.origin };
}
