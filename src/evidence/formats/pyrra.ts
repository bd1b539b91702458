import type { Slo } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import type { Fields } from "../fields.ts";
import { eachResource, resourceName, resourcesOf } from "../kubernetes.ts";

const find = (yaml: unknown[] | undefined) => resourcesOf(yaml, "pyrra.dev", ["ServiceLevelObjective"]);

/** Pyrra's ServiceLevelObjective. `target` is a percentage, written as a text. https://github.com/pyrra-dev/pyrra */
export default defineReader({
  format: "pyrra",
  title: "Pyrra service level objectives",
  kinds: ["slo"],
  seen: ["v1alpha1"],
  recognises: ({ yaml }) => find(yaml).length > 0,
  read: ({ yaml }) => {
    const objectives: Slo["objectives"] = [];
    for (const resource of eachResource(find(yaml))) {
      objectives.push({ name: resourceName(resource), target: targetOf(resource.in("spec")) });
      const problem = resource.problem();
      if (problem !== undefined) return problem;
    }
    return { kind: "slo", tool: { name: "pyrra", version: null }, measurement: { objectives } };
  },
});

function targetOf(spec: Fields): number {
  const text = spec.text("target");
  const percent = /^\d{1,3}(?:\.\d{1,12})?$/.test(text) ? Number(text) : NaN;
  if (!(percent <= 100)) spec.refuse("target", 'is not a percentage like "99.5"');
  return Number((percent / 100).toPrecision(12));
}
