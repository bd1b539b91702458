import type { Unreadable } from "../../shapes/measurements.ts";
import { decodeText } from "../decode-text.ts";
import { unreadable } from "../define-reader.ts";
import { at, nameOf } from "../fields.ts";
import type { Inside } from "../inside.ts";
import { parseYaml } from "../yaml.ts";

const statuses: Readonly<Record<number, string>> = { 1: "RUNNING", 2: "SCHEDULED", 3: "FINISHED", 4: "FAILED", 5: "KILLED" };
const meta = "meta.yaml";
const commitTag = "tags/mlflow.source.git.commit";
const maxMetrics = 2000;

/** Folders of runs in MLflow's file store: each has `meta.yaml` and `metrics/`. The folder itself is the empty text. */
export function runFolders({ names }: Inside): string[] {
  const withMetrics = new Set(names.flatMap((name) => /^(|.*\/)metrics\/./.exec(name)?.[1] ?? []));
  return names.flatMap((name) => {
    const folder = name === meta ? "" : name.endsWith(`/${meta}`) ? name.slice(0, -meta.length) : undefined;
    return folder !== undefined && withMetrics.has(folder) ? [folder] : [];
  });
}

/**
 * A run of the file store in the shape in which the tracking server answers. A file of a metric has a line a value: epoch milliseconds,
 * value, step; the value of the last step is kept.
 */
export function runOfFolder(inside: Inside, folder: string): { run: unknown } | Unreadable {
  const info = textOf(inside, `${folder}${meta}`);
  if (typeof info !== "string") return info;
  const parsed = parseYaml(info);
  if (!parsed.ok) return parsed;
  const [document] = parsed.value;
  const start = `${folder}metrics/`;
  const files = inside.names.filter((name) => name.startsWith(start));
  if (files.length > maxMetrics) return unreadable("too-large", `The run has over ${maxMetrics} metrics.`);
  const metrics: unknown[] = [];
  for (const file of files) {
    const text = textOf(inside, file);
    const last = typeof text === "string" ? lastValue(text, file.slice(start.length)) : text;
    if ("ok" in last) return last;
    metrics.push(last);
  }
  const commit = inside.names.includes(`${folder}${commitTag}`) ? textOf(inside, `${folder}${commitTag}`) : undefined;
  const status = at(document, "status");
  return {
    run: {
      info: {
        run_id: at(document, "run_id") ?? at(document, "run_uuid"),
        status: typeof status === "number" ? statuses[status] : status,
        end_time: at(document, "end_time"),
      },
      data: { metrics, tags: typeof commit === "string" ? { "mlflow.source.git.commit": commit.trim() } : {} },
    },
  };
}

function textOf(inside: Inside, name: string): string | Unreadable {
  const bytes = inside.bytes(name);
  return bytes.ok ? decodeText(bytes.value) : bytes;
}

function lastValue(text: string, key: string): { key: string; value: number | string; step: number } | Unreadable {
  let last: { value: string; step: number } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [time = "", value = "", step = "0", more] = line.trim().split(" ");
    const isLine = more === undefined && /^\d{1,15}$/.test(time) && /^-?\d{1,15}$/.test(step);
    if (!isLine || !/^(?:NaN|-?Infinity|-?inf|nan|[-+]?\d[\d.]{0,30}(?:e[-+]?\d{1,3})?)$/i.test(value)) {
      return unreadable("bad-value", `Line ${index + 1} of the metric \`${nameOf(key)}\` is not a time, a value and a step.`);
    }
    if (last === undefined || Number(step) >= last.step) last = { value, step: Number(step) };
  }
  if (last === undefined) return unreadable("empty", `The metric \`${nameOf(key)}\` has no value.`);
  const number = Number(last.value);
  return { key, value: Number.isFinite(number) ? number : "NaN", step: last.step };
}
