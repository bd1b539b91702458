import type { Registry } from "../../shapes/measurements.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { isoOf } from "../instant.ts";

type Model = Registry["models"][number];

/** Latest instant that a date can hold in years of four digits, in milliseconds. */
const maxTime = 253_402_300_799_999;

/**
 * Versions in MLflow's model registry, as `model-versions/search` or `registered-models/get-latest-versions` answers.
 * https://mlflow.org/docs/latest/rest-api.html#search-modelversions
 */
export default defineReader({
  format: "mlflow-model-versions",
  title: "MLflow model registry (JSON)",
  kinds: ["registry"],
  seen: [],
  recognises: ({ json }) => {
    const versions = at(json, "model_versions");
    return Array.isArray(versions) && versions.length > 0 && versions.every((one) => isRecord(one) && typeof one["name"] === "string");
  },
  read: ({ json }) => {
    const file = fieldsOf(json);
    const models = file.list("model_versions").map(toModel);
    const ids = models.map(({ id }) => id);
    if (new Set(ids).size < ids.length) file.refuse("model_versions", "holds one version twice");
    const problem = file.problem();
    if (problem !== undefined) return problem;
    if ((at(json, "next_page_token") ?? "") !== "") {
      return unreadable("incomplete", "This is one page of several (`next_page_token`). Fetch all versions in one answer.");
    }
    return {
      kind: "registry",
      tool: { name: "mlflow", version: null },
      measurement: { models },
      notes: ["the way back to an earlier version is not in the file", "no time in the file"],
    };
  },
});

/** The stage is the status; `None` is no stage. Whether a version is READY says only that it was stored. */
function toModel(entry: Fields): Model {
  const name = entry.text("name");
  const version = entry.text("version");
  const stage = entry.has("current_stage") ? entry.text("current_stage") : "None";
  return present({
    id: `${name}/${version}`,
    version,
    status: stage === "None" ? undefined : stage.toLowerCase(),
    owner: (entry.raw("user_id") ?? "") === "" ? undefined : entry.text("user_id"),
    since: createdOf(entry),
  });
}

/** Milliseconds; JSON of 64-bit numbers may be text. */
function createdOf(entry: Fields): string | undefined {
  if (!entry.has("creation_timestamp")) return undefined;
  const raw = entry.raw("creation_timestamp");
  const isText = typeof raw === "string" && /^\d{1,15}$/.test(raw) && Number(raw) <= maxTime;
  return isoOf(isText ? Number(raw) : entry.number("creation_timestamp", { max: maxTime }));
}
