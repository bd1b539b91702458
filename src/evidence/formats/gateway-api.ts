import type { Traffic } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import type { Fields } from "../fields.ts";
import { eachResource, resourceName, resourcesOf } from "../kubernetes.ts";

type Split = { backend: string; percent: number }[];

const find = (yaml: unknown[] | undefined) => resourcesOf(yaml, "gateway.networking.k8s.io", ["HTTPRoute", "GRPCRoute"]);

/**
 * Routes of the Gateway API. A weight is relative to the rule's sum and 1 where it is left out. A rule that asks for a header or a
 * query parameter takes chosen requests, no share of the traffic. https://gateway-api.sigs.k8s.io/guides/traffic-splitting/
 */
export default defineReader({
  format: "gateway-api",
  title: "Gateway API routes (HTTPRoute, GRPCRoute)",
  kinds: ["traffic"],
  seen: ["v1"],
  recognises: ({ yaml }) => find(yaml).length > 0,
  read: ({ yaml }) => {
    const resources: Traffic["resources"] = [];
    let chosen = 0;
    for (const resource of eachResource(find(yaml))) {
      const spec = resource.in("spec");
      const rules = spec.raw("rules") == null ? [] : spec.list("rules");
      const open = rules.filter((rule) => !asksForMore(rule));
      chosen += rules.length - open.length;
      resources.push({
        kind: resource.text("kind"),
        name: resourceName(resource),
        splits: open.map(splitOf).filter((split) => split.length > 0),
      });
      const problem = resource.problem();
      if (problem !== undefined) return problem;
    }
    const notes = chosen === 0 ? [] : [`${chosen} rule${chosen === 1 ? " that asks" : "s that ask"} for headers or parameters left out`];
    return { kind: "traffic", tool: { name: "gateway-api", version: null }, measurement: { resources }, notes };
  },
});

/** One match of several is enough for a request, so all of them must ask. */
function asksForMore(rule: Fields): boolean {
  const matches = rule.raw("matches") == null ? [] : rule.list("matches");
  const asks = (match: Fields) => ["headers", "queryParams"].some((key) => Array.isArray(match.raw(key)) && match.list(key).length > 0);
  return matches.length > 0 && matches.every(asks);
}

function splitOf(rule: Fields): Split {
  const weights = new Map<string, number>();
  for (const backend of rule.raw("backendRefs") == null ? [] : rule.list("backendRefs")) {
    const space = backend.optionalText("namespace");
    const name = `${space === undefined ? "" : `${space}/`}${backend.text("name")}`;
    weights.set(name, (weights.get(name) ?? 0) + (backend.optionalCount("weight") ?? 1));
  }
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return [...weights].map(([backend, weight]) => ({ backend, percent: sum === 0 ? 0 : Number(((100 * weight) / sum).toPrecision(12)) }));
}
