import type { Slo } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, present, type Fields } from "../fields.ts";

/** OpenSLO documents of kind SLO. Targets are shares from 0 to 1; `targetPercent` is put to that scale. */
export default defineReader({
  format: "openslo",
  title: "OpenSLO",
  kinds: ["slo"],
  seen: ["v1"],
  recognises: ({ yaml }) => yaml?.some(isSlo) === true,
  read: ({ yaml = [] }) => {
    const objectives: Slo["objectives"] = [];
    for (const document of yaml.filter(isSlo)) {
      const file = fieldsOf(document);
      const name = file.in("metadata").text("name");
      for (const objective of file.in("spec").list("objectives")) objectives.push(present({ name, target: targetOf(objective) }));
      const problem = file.problem();
      if (problem !== undefined) return problem;
    }
    return { kind: "slo", tool: { name: "openslo", version: null }, measurement: { objectives } };
  },
});

function isSlo(document: unknown): boolean {
  const version = at(document, "apiVersion");
  return at(document, "kind") === "SLO" && typeof version === "string" && version.startsWith("openslo");
}

function targetOf(objective: Fields): number | undefined {
  const percent = objective.optionalNumber("targetPercent", { max: 100 });
  return percent === undefined ? objective.optionalNumber("target", { max: 1 }) : Number((percent / 100).toPrecision(12));
}
