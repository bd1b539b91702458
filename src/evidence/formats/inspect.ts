import type { Evaluation, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { jsonInside, type Inside } from "../inside.ts";
import { toInstant } from "../instant.ts";
import { ofNewerVersion } from "../newer-version.ts";

type Metric = Evaluation["metrics"][number];

/** How sure the mean is, not what it is. */
const spreads: ReadonlySet<string> = new Set(["stderr", "std", "var", "bootstrap_stderr", "bootstrap_std"]);

/**
 * Log of Inspect, as JSON or as its archive (.eval), of which `header.json` says the same. Results count only of a run that ended with
 * `success`: a cancelled one holds results too. https://inspect.aisi.org.uk/eval-logs.html
 */
export default defineReader({
  format: "inspect",
  title: "Inspect log (.eval, JSON)",
  kinds: ["evaluation"],
  seen: ["0.3.41", "0.3.95"],
  recognises: ({ json, inside }) =>
    isLogArchive(inside) ||
    (typeof at(json, "status") === "string" && typeof at(json, "eval", "task") === "string" && isRecord(at(json, "plan"))),
  read: ({ json, inside }) => {
    if (inside === undefined) return readLog(fieldsOf(json));
    if (!inside.names.includes(header))
      return unreadable("incomplete", "The archive has no `header.json`: the run has not ended. Let it end.");
    const parsed = jsonInside(inside, header);
    return parsed.ok ? readLog(fieldsOf(parsed.value)) : parsed;
  },
});

const header = "header.json";

/** An archive begins with its journal, and gets its header when the run ends. */
function isLogArchive(inside: Inside | undefined): boolean {
  return inside?.names.some((name) => name === "_journal/start.json" || name === header) === true;
}

function readLog(file: Fields): Measured | Unreadable {
  const version = file.optionalNumber("version");
  if (file.raw("status") !== "success")
    return unreadable("incomplete", "The run did not end with success (`status`). Run the evaluation to its end.");
  if (file.raw("invalidated") === true)
    return unreadable("incomplete", "The log was marked as invalid (`invalidated`). Run the evaluation again.");
  const measured = readResults(file);
  return version !== undefined && version > 2 ? ofNewerVersion(measured, "Inspect's log", version, "1 and 2 are") : measured;
}

function readResults(file: Fields): Measured | Unreadable {
  const run = file.in("eval");
  const results = file.in("results");
  const total = results.count("total_samples");
  const completed = results.count("completed_samples");
  if (completed > total) results.refuse("completed_samples", "is over `total_samples`");
  const metrics = metricsOf(results, completed, run.text("task"));
  const ended = toInstant(String(at(file.raw("stats"), "completed_at") ?? ""));
  const model = run.optionalText("model");
  const version = at(run.raw("packages"), "inspect_ai");
  const limit = at(run.raw("config"), "limit") ?? null;
  const problem = file.problem();
  if (problem !== undefined) return problem;
  if (total === 0) return unreadable("incomplete", "The log holds no sample (`results.total_samples`). Run the evaluation again.");
  return {
    kind: "evaluation",
    tool: { name: "inspect", version: typeof version === "string" ? version : null },
    measurement: { total, errors: total - completed, metrics },
    origin: present({
      measuredAt: ended?.zoned === true ? ended.at : undefined,
      model: model?.startsWith("none/") === true ? undefined : model,
    }),
    notes: limit === null ? [] : ["the run had a limit, so it is on a part of the data only"],
  };
}

/** One scorer's metrics keep their name; of several, the scorer stands in front. */
function metricsOf(results: Fields, completed: number, task: string): Metric[] {
  if (completed === 0) return [];
  const scores = results.list("scores");
  return scores.flatMap((score) => {
    const scorer = score.text("name");
    const n = score.optionalCount("scored_samples") ?? completed;
    const metrics = score.in("metrics");
    return metrics
      .keys()
      .filter((key) => !spreads.has(key) && n > 0)
      .map((key) => {
        const value = metrics.in(key).number("value", { min: -Number.MAX_VALUE });
        return { name: (scores.length === 1 ? key : `${scorer}/${key}`).slice(0, 200), value, n, task: task.slice(0, 200) };
      });
  });
}
