import type { Evaluation } from "../../shapes/measurements.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { isoOf } from "../instant.ts";

type Metric = Evaluation["metrics"][number];

/** Latest instant that a date can hold in years of four digits, in seconds. */
const maxSeconds = 253_402_300_799;

/**
 * `results_<time>.json` of lm-evaluation-harness: the key of a figure is `metric,filter`, up to 0.3 the metric alone. Whether higher is
 * better is the reader's to know. https://github.com/EleutherAI/lm-evaluation-harness/blob/main/docs/interface.md
 */
export default defineReader({
  format: "lm-evaluation-harness",
  title: "lm-evaluation-harness results (JSON)",
  kinds: ["evaluation"],
  seen: ["0.4.13"],
  recognises: ({ json }) =>
    isRecord(at(json, "results")) && isRecord(at(json, "versions")) && (isRecord(at(json, "n-shot")) || isRecord(at(json, "config"))),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const results = file.in("results");
    const samples = isRecord(file.raw("n-samples")) ? file.in("n-samples") : undefined;
    const isOld = !file.has("n-shot");
    const counts = results.keys().map((task) => ({ task, ...countsOf(task, samples) }));
    const metrics = counts.flatMap(({ task, effective }) => metricsOf(results.in(task), { task, n: effective, isOld }));
    const date = file.has("date") ? file.number("date", { max: maxSeconds }) : undefined;
    const version = file.raw("lm_eval_version");
    const model = file.raw("model_name");
    const problem = file.problem();
    if (problem !== undefined) return problem;
    if (metrics.length === 0) {
      return unreadable("incomplete", "The file holds no figure, such as `acc,none`. Run the evaluation again.");
    }
    const isCut = counts.some(({ original, effective }) => original !== undefined && effective !== undefined && effective < original);
    const isPartial = isCut || (at(json, "config", "limit") ?? null) !== null;
    const isDummy = at(json, "config", "model") === "dummy";
    return {
      kind: "evaluation",
      tool: { name: "lm-evaluation-harness", version: typeof version === "string" ? version : null },
      measurement: { metrics },
      origin: present({
        measuredAt: date === undefined ? undefined : isoOf(Math.floor(date * 1000)),
        model: typeof model === "string" && model !== "" && !isDummy ? model : undefined,
      }),
      notes: [
        ...(isPartial ? ["the run had a limit, so it is on a part of the data only"] : []),
        ...(metrics.some(({ n }) => n === undefined) ? ["on how many answers each metric rests is not in the file"] : []),
        ...(date === undefined ? ["no time in the file"] : []),
      ],
    };
  },
});

interface Task {
  task: string;
  n: number | undefined;
  /** Up to 0.3 keys are metrics alone. */
  isOld: boolean;
}

/** Figures of one task; its errors of estimation and, beside `metric,filter`, its plain keys (`alias`, `sample_len`) are none. */
function metricsOf(result: Fields, { task, n, isOld }: Task): Metric[] {
  return result.keys().flatMap((key) => {
    const comma = key.includes(",") ? key.indexOf(",") : isOld && key !== "alias" ? key.length : 0;
    const [metric, filter] = [key.slice(0, comma), key.slice(comma + 1)];
    if (comma === 0 || n === 0 || metric.endsWith("_stderr")) return [];
    const value = result.number(key, { min: -Number.MAX_VALUE });
    return [present({ name: (["", "none"].includes(filter) ? metric : key).slice(0, 200), value, n, task: task.slice(0, 200) })];
  });
}

/** Samples that a task has, and that were evaluated. */
function countsOf(task: string, samples: Fields | undefined): { original?: number | undefined; effective?: number | undefined } {
  const counts = samples?.has(task) === true ? samples.in(task) : undefined;
  return { original: counts?.optionalCount("original"), effective: counts?.optionalCount("effective") };
}
