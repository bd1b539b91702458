import type { Slo } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import { at, fieldsOf } from "../fields.ts";

/** Sloth's own file, or its PrometheusServiceLevel resource. `objective` is a percentage. */
export default defineReader({
  format: "sloth",
  title: "Sloth service levels",
  kinds: ["slo"],
  seen: ["prometheus/v1"],
  recognises: ({ yaml }) => yaml?.some((document) => holderOf(document) !== undefined) === true,
  read: ({ yaml = [] }) => {
    const objectives: Slo["objectives"] = [];
    for (const holder of yaml.map(holderOf)) {
      if (holder === undefined) continue;
      const file = fieldsOf(holder);
      for (const slo of file.list("slos")) {
        objectives.push({ name: slo.text("name"), target: Number((slo.number("objective", { max: 100 }) / 100).toPrecision(12)) });
      }
      const problem = file.problem();
      if (problem !== undefined) return problem;
    }
    return { kind: "slo", tool: { name: "sloth", version: null }, measurement: { objectives } };
  },
});

function holderOf(document: unknown): unknown {
  if (at(document, "kind") === "PrometheusServiceLevel") return at(document, "spec") ?? {};
  const version = at(document, "version");
  return typeof version === "string" && version.startsWith("prometheus/") && at(document, "slos") !== undefined ? document : undefined;
}
