import type { Registry } from "../../shapes/measurements.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";

type Model = Registry["models"][number];

/** Components nest; deeper ones are refused. */
const maxDepth = 20;

/**
 * CycloneDX bill of materials with machine learning models (1.5 on), JSON. Model cards are not read: their figures are texts without a
 * unit. https://cyclonedx.org/capabilities/mlbom/
 */
export default defineReader({
  format: "cyclonedx",
  title: "CycloneDX ML-BOM (JSON)",
  kinds: ["registry"],
  seen: ["1.6"],
  recognises: ({ json }) => at(json, "bomFormat") === "CycloneDX",
  read: ({ json }) => {
    const file = fieldsOf(json);
    const version = file.text("specVersion");
    const subject =
      isRecord(file.raw("metadata")) && isRecord(at(file.raw("metadata"), "component")) ? [file.in("metadata").in("component")] : [];
    const components = [...subject, ...(file.has("components") ? file.list("components") : [])];
    const models = withUniqueIds(modelsIn(components, 0).map(toModel));
    const ids = models.map(({ id }) => id);
    if (new Set(ids).size < ids.length) file.refuse("components", "holds one model and version twice");
    const timestamp = at(file.raw("metadata"), "timestamp");
    const time = typeof timestamp === "string" ? toInstant(timestamp) : undefined;
    const problem = file.problem();
    if (problem !== undefined) return problem;
    if (models.length === 0)
      return unreadable("incomplete", "The bill of materials has nothing of the type machine-learning-model among its `components`.");
    return {
      kind: "registry",
      tool: { name: "cyclonedx", version },
      measurement: { models },
      origin: present({ measuredAt: time?.zoned === true ? time.at : undefined }),
      notes: ["status, owner and the way back are not in a bill of materials"],
    };
  },
});

function modelsIn(components: Fields[], depth: number): Fields[] {
  return components.flatMap((component) => {
    if (depth >= maxDepth) component.refuse("components", "nests too deep");
    const inner = component.has("components") && depth < maxDepth ? modelsIn(component.list("components"), depth + 1) : [];
    return component.raw("type") === "machine-learning-model" ? [component, ...inner] : inner;
  });
}

function toModel(component: Fields): Model {
  const isThere = (key: string) => isRecord(component.raw(key)) && typeof at(component.raw(key), "name") === "string";
  const provider =
    component.optionalText("publisher") ?? ["supplier", "manufacturer"].filter(isThere).map((key) => component.in(key).text("name"))[0];
  return present({
    id: component.text("name"),
    version: component.optionalText("version"),
    provider: provider ?? component.optionalText("group"),
  });
}

/** Versions of one name are told apart. */
function withUniqueIds(models: Model[]): Model[] {
  const counts = new Map<string, number>();
  for (const { id } of models) counts.set(id, (counts.get(id) ?? 0) + 1);
  return models.map((model) => ((counts.get(model.id) ?? 0) > 1 ? { ...model, id: `${model.id}@${model.version ?? "none"}` } : model));
}
