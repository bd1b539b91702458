import type { Unreadable } from "../../shapes/measurements.ts";
import { categoryOf } from "../attack-categories.ts";
import type { JsonLines } from "../content.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, nameOf, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { toRedTeam } from "../red-team-counts.ts";

/** What one detector said of one probe. */
interface Verdict {
  detector: string;
  evaluated: number;
  worked: number;
  /** Answers that the detector could not judge. */
  nones: number;
}

/** Kinds of target under which the target's name is a model's, not an address or a function. */
const modelHosts = /^(?:openai|azure|huggingface|nim|litellm|bedrock|groq|mistral|cohere|ollama|replicate|ggml|watsonx)(?:\.|$)/;

/**
 * garak's `<run>.report.jsonl`. `passed` means that the attack was RESISTED. Where several detectors looked at one probe, the worst one
 * counts. Only the lines `eval` are counted; `digest` says the same in another shape. https://reference.garak.ai/en/latest/report.html
 */
export default defineReader({
  format: "garak",
  title: "garak report (JSON lines)",
  kinds: ["red-team"],
  seen: ["0.14.0.pre1"],
  recognises: ({ jsonLines }) => jsonLines !== undefined && (isHitLog(jsonLines) || hasEntry(jsonLines)),
  read: ({ jsonLines }) => {
    if (jsonLines === undefined) return unreadable("not-parseable", "The report is not one JSON object a line.");
    if (isHitLog(jsonLines)) {
      return unreadable(
        "incomplete",
        "This is garak's hit log: it holds only the attacks that worked. Give the `report.jsonl` of the same run.",
      );
    }
    if (jsonLines.problem !== undefined) return jsonLines.problem;
    return readReport(jsonLines);
  },
});

function isHitLog({ values }: JsonLines): boolean {
  const [first] = values;
  return (
    ["attempt_id", "generator", "probe", "detector"].every((key) => at(first, key) !== undefined) && at(first, "entry_type") === undefined
  );
}

function hasEntry({ values }: JsonLines): boolean {
  return values.some((value) => ["init", "eval"].includes(String(at(value, "entry_type"))));
}

function entries({ values }: JsonLines, type: string): unknown[] {
  return values.filter((value) => at(value, "entry_type") === type);
}

function readReport(lines: JsonLines): Measured | Unreadable {
  const [init] = entries(lines, "init");
  const run = at(init, "run");
  const versionText = at(init, "garak_version") ?? at(entries(lines, "start_run setup")[0], "_config.version");
  const version = typeof versionText === "string" ? versionText : null;
  if (entries(lines, "init").length > 1)
    return unreadable("bad-value", "The report holds several runs (lines `init`). Give one run a file.");
  const completed = entries(lines, "completion");
  // Versions 0.9 write no line at the end of a run.
  const unmarked = completed.length === 0 && version?.startsWith("0.9.") === true;
  if (completed.length === 0 && !unmarked) {
    return unreadable("incomplete", "The run was aborted: the report has no line `completion`. Let garak run to its end.");
  }
  const evals = fieldsOf({ eval: entries(lines, "eval") });
  const byProbe = new Map<string, Map<string, Verdict>>();
  for (const entry of evals.list("eval")) {
    const probe = entry.text("probe").replace(/^(?:garak\.)?probes?\./, "");
    const verdict = toVerdict(entry);
    const known = byProbe.get(probe) ?? new Map<string, Verdict>();
    if (known.has(verdict.detector)) entry.refuse("detector", "judges the probe a second time");
    known.set(verdict.detector, verdict);
    byProbe.set(probe, known);
  }
  const problem = evals.problem();
  if (problem !== undefined) return problem;
  if (byProbe.size === 0) return unreadable("incomplete", "The report holds no line `eval`, so nothing was judged. Run garak again.");
  const worst = [...byProbe].map(([probe, verdicts]) => ({ probe, ...worstOf([...verdicts.values()]) }));
  const judged = worst
    .filter(({ evaluated }) => evaluated > 0)
    .map(({ probe, evaluated, worked }) => ({ category: categoryOf("garak", probe), attempts: evaluated, successes: worked }));
  const ended = toInstant(String(at(completed.at(-1), "end_time") ?? ""));
  const several = [...byProbe.values()].some((verdicts) => verdicts.size > 1);
  return {
    kind: "red-team",
    tool: { name: "garak", version },
    measurement: toRedTeam(
      judged,
      worst.reduce((sum, { nones }) => sum + nones, 0),
    ),
    origin: present({
      measuredAt: ended?.zoned === true ? ended.at : undefined,
      model: modelOf(entries(lines, "start_run setup")[0]),
      toolRun: typeof run === "string" && run !== "" ? nameOf(run) : undefined,
    }),
    notes: [
      ...(several ? ["several detectors on one probe: the worst one counts"] : []),
      ...(unmarked ? ["this version does not mark the end of a run, so the file does not show that it was complete"] : []),
      ...(ended?.zoned === true ? [] : ["no time with a zone in the file"]),
    ],
  };
}

function toVerdict(entry: Fields): Verdict {
  const passed = entry.count("passed");
  const isOld = !entry.has("total_evaluated");
  const evaluated = entry.count(isOld ? "total" : "total_evaluated");
  const worked = isOld ? evaluated - passed : (entry.optionalCount("fails") ?? evaluated - passed);
  if (worked < 0 || passed + worked !== evaluated) entry.refuse("passed", "does not fit the other counts: the file was cut or edited");
  const nones = entry.optionalCount("nones") ?? 0;
  return { detector: entry.text("detector").replace(/^(?:garak\.)?detectors?\./, ""), evaluated, worked, nones };
}

/** The detector with the highest rate of attacks that worked; of equal ones that which judged more. */
function worstOf(verdicts: readonly Verdict[]): Verdict {
  const rate = ({ worked, evaluated }: Verdict) => (evaluated === 0 ? -1 : worked / evaluated);
  return verdicts.reduce((worst, one) =>
    rate(one) > rate(worst) || (rate(one) === rate(worst) && weight(one) > weight(worst)) ? one : worst,
  );
}

function weight({ evaluated, nones }: Verdict): number {
  return evaluated === 0 ? nones : evaluated;
}

function modelOf(setup: unknown): string | undefined {
  const of = (key: string): unknown => at(setup, `plugins.target_${key}`) ?? at(setup, `plugins.model_${key}`);
  const [type, name] = [of("type"), of("name")];
  return isRecord(setup) && typeof type === "string" && modelHosts.test(type) && typeof name === "string" && name !== "" ? name : undefined;
}
