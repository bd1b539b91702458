import type { Evaluation, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import type { Inside } from "../inside.ts";
import { isoOf } from "../instant.ts";
import { runFolders, runOfFolder } from "./mlflow-run-folder.ts";

type Metric = Evaluation["metrics"][number];

/** Latest instant that a date can hold in years of four digits, in milliseconds. */
const maxTime = 253_402_300_799_999;

/**
 * A run of MLflow: its folder in the file store, the answer of the tracking server to `runs/get`, or what `mlflow runs describe` prints,
 * where metrics are an object.
 * https://mlflow.org/docs/latest/rest-api.html#get-run
 */
export default defineReader({
  format: "mlflow-run",
  title: "MLflow run (folder, JSON)",
  kinds: ["evaluation"],
  seen: ["file store of 2025-09"],
  recognises: ({ json, inside }) => {
    if (inside !== undefined) return runFolders(inside).length > 0;
    const run = at(json, "run") ?? json;
    const metrics = at(run, "data", "metrics");
    const isRun = isRecord(at(run, "info")) && ["run_id", "run_uuid"].some((key) => typeof at(run, "info", key) === "string");
    return isRun && (metrics === undefined || Array.isArray(metrics) || isRecord(metrics));
  },
  read: ({ json, inside }) => {
    if (inside !== undefined) return readFolder(inside);
    const file = fieldsOf(json);
    const measured = readRun(isRecord(file.raw("run")) ? file.in("run") : file);
    return "ok" in measured ? measured : { ...measured, notes: [unconfirmedJson, ...(measured.notes ?? [])] };
  },
});

const unconfirmedJson = "unconfirmed: the JSON of a run is built from MLflow's documentation; its folder is not";

function readFolder(inside: Inside): Measured | Unreadable {
  const [folder, ...others] = runFolders(inside);
  if (folder === undefined) return unreadable("bad-shape", "The folder holds no run: none of its folders has meta.yaml and metrics/.");
  if (others.length > 0) {
    return unreadable("bad-shape", `The folder holds ${others.length + 1} runs. Name the one that counts: the folder with its meta.yaml.`);
  }
  const found = runOfFolder(inside, folder);
  return "ok" in found ? found : readRun(fieldsOf(found.run));
}

function readRun(run: Fields): Measured | Unreadable {
  const info = run.in("info");
  if (info.raw("status") !== "FINISHED")
    return unreadable("incomplete", "The run is not FINISHED (`info.status`). Let it end and fetch it again.");
  const data = run.in("data");
  const broken: string[] = [];
  const metrics = Array.isArray(data.raw("metrics")) ? fromList(data, broken) : data.has("metrics") ? fromObject(data.in("metrics")) : [];
  const end = endOf(info);
  const problem = run.problem();
  if (problem !== undefined) return problem;
  if (metrics.length === 0) return unreadable("incomplete", "The run holds no metric that is a number (`data.metrics`).");
  const commit = tagOf(data, "mlflow.source.git.commit");
  return {
    kind: "evaluation",
    tool: { name: "mlflow", version: null },
    measurement: { metrics },
    origin: present({
      measuredAt: end === undefined ? undefined : isoOf(end),
      commit: commit !== undefined && /^[0-9a-f]{7,64}$/i.test(commit) ? commit.toLowerCase() : undefined,
    }),
    notes: [
      "how many answers the metrics rest on is not in the file",
      ...(broken.length > 0 ? [`${broken.length} of the metrics are not finite and were left out`] : []),
    ],
  };
}

/** The last value of each metric by its step; the server gives one a metric. */
function fromList(data: Fields, broken: string[]): Metric[] {
  const last = new Map<string, { step: number; value: number }>();
  for (const metric of data.list("metrics")) {
    const name = metric.text("key").slice(0, 200);
    const step = metric.optionalNumber("step", { min: Number.MIN_SAFE_INTEGER }) ?? 0;
    if (typeof metric.raw("value") === "string" && /^(?:NaN|-?Infinity)$/.test(metric.text("value"))) {
      broken.push(name);
      continue;
    }
    const value = metric.number("value", { min: -Number.MAX_VALUE });
    const known = last.get(name);
    if (known === undefined || step >= known.step) last.set(name, { step, value });
  }
  return [...last].map(([name, { value }]) => ({ name, value }));
}

function fromObject(metrics: Fields): Metric[] {
  return metrics.keys().map((name) => ({ name: name.slice(0, 200), value: metrics.number(name, { min: -Number.MAX_VALUE }) }));
}

/** Milliseconds; JSON of 64-bit numbers may be text. */
function endOf(info: Fields): number | undefined {
  const raw = info.raw("end_time") ?? null;
  if (raw === null) return undefined;
  if (typeof raw === "string" && /^\d{1,15}$/.test(raw) && Number(raw) <= maxTime) return Number(raw);
  return info.number("end_time", { max: maxTime });
}

function tagOf(data: Fields, key: string): string | undefined {
  const tags = data.raw("tags");
  const value: unknown = Array.isArray(tags)
    ? at(
        tags.find((tag: unknown) => at(tag, "key") === key),
        "value",
      )
    : at(tags, key);
  return typeof value === "string" ? value : undefined;
}
