import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present } from "../fields.ts";

/** Our own register of models, YAML (or the same as JSON). Dates stay as written. */
export default defineReader({
  format: "model-registry",
  title: "Model registry (model-registry.yml)",
  kinds: ["registry"],
  seen: ["1"],
  recognises: ({ yaml }) => {
    const models = yaml?.length === 1 ? at(yaml[0], "models") : undefined;
    return Array.isArray(models) && (models.length === 0 || models.some((model) => isRecord(model) && Object.hasOwn(model, "id")));
  },
  read: ({ yaml }) => {
    const file = fieldsOf(yaml?.[0]);
    const models = file.list("models").map((model) =>
      present({
        id: model.text("id"),
        role: model.optionalText("role"),
        provider: model.optionalText("provider"),
        version: model.optionalText("version"),
        status: model.optionalText("status"),
        owner: model.optionalText("owner"),
        since: model.optionalText("since"),
        until: model.optionalText("until"),
        rollback: model.optionalText("rollback"),
        evaluation: model.optionalText("evaluation"),
      }),
    );
    const ids = models.map(({ id }) => id);
    if (new Set(ids).size < ids.length) file.refuse("models", "has two entries with one `id`; give each version its own");
    return file.problem() ?? { kind: "registry", tool: { name: "pilotgate", version: null }, measurement: { models } };
  },
});
