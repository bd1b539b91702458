import type { AlertRoute, AlertRouting } from "../../shapes/running-system.ts";
import { matchersOf } from "../alert-matchers.ts";
import { decodeText } from "../decode-text.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { parseYaml } from "../yaml.ts";

const maxDepth = 30;
const maxRoutes = 1000;
const names = ["alertmanager.yaml", "alertmanager.yml"];

/**
 * Alertmanager's configuration, or a Secret or ConfigMap that holds it under `alertmanager.yaml`. What stands in an integration is
 * never looked at: it may be a credential. https://prometheus.io/docs/alerting/latest/configuration/
 */
export default defineReader({
  format: "alertmanager-config",
  title: "Alertmanager configuration",
  kinds: ["alert-routing"],
  seen: ["0.25", "example of 2026"],
  recognises: ({ yaml }) => yaml?.some((document) => configOf(document) !== undefined) === true,
  read: ({ yaml = [] }) => {
    const configs = yaml.map(configOf).filter((config) => config !== undefined);
    if (configs.length > 1) return unreadable("bad-shape", "The file holds several configurations. Give each a file of its own.");
    const [config] = configs;
    if (config === "") return unreadable("not-parseable", "`data` of the Secret is not the base64 of a text.");
    const parsed = typeof config === "string" ? parseYaml(config) : undefined;
    if (parsed?.ok === false) return unreadable(parsed.code, "The configuration in the resource is not YAML.");
    const file = fieldsOf(parsed === undefined ? config : parsed.value[0]);
    const receivers = file.list("receivers").map((receiver) => ({ name: receiver.text("name"), integrations: integrationsOf(receiver) }));
    const known = new Set(receivers.map(({ name }) => name));
    if (known.size < receivers.length) file.refuse("receivers", "has two entries with one `name`; give each its own");
    const routes = routesOf(file.in("route"), known);
    if (routes === undefined) return unreadable("too-large", `Over ${maxRoutes} routes, or routes nested over ${maxDepth} deep.`);
    const measurement: AlertRouting = {
      receivers,
      root: routes[0]?.receiver ?? "",
      routes,
      inhibitRules: file.raw("inhibit_rules") == null ? 0 : file.list("inhibit_rules").length,
    };
    const idle = receivers.filter(({ integrations }) => integrations.length === 0).length;
    const notes = idle === 0 ? [] : [`${idle} of ${receivers.length} receivers have no integration: what is sent there goes nowhere`];
    return file.problem() ?? { kind: "alert-routing", tool: { name: "alertmanager", version: null }, measurement, notes };
  },
});

/** The mapping itself, or its text. */
function configOf(document: unknown): unknown {
  const kind = at(document, "kind");
  if (kind !== "Secret" && kind !== "ConfigMap") {
    const isConfig = at(document, "apiVersion") === undefined && isRecord(at(document, "route"));
    return isConfig && Array.isArray(at(document, "receivers")) ? document : undefined;
  }
  for (const name of names) {
    const plain = kind === "Secret" ? at(document, "stringData", name) : at(document, "data", name);
    if (typeof plain === "string") return plain;
    const coded = at(document, "data", name);
    if (typeof coded === "string") return decoded(coded);
  }
  return undefined;
}

/** Text of base64; empty, and so no configuration, where it is none. */
function decoded(base64: string): string {
  try {
    const text = decodeText(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    return typeof text === "string" ? text : "";
  } catch {
    return "";
  }
}

/** `slack_configs` is the integration `slack`; an empty list is none. */
function integrationsOf(receiver: Fields): string[] {
  const keys = receiver.keys().filter((key) => key.endsWith("_configs") && receiver.raw(key) !== null);
  return keys.filter((key) => receiver.list(key).length > 0).map((key) => key.slice(0, -"_configs".length));
}

/** Undefined where there are too many. */
function routesOf(root: Fields, known: ReadonlySet<string>): AlertRoute[] | undefined {
  const routes: AlertRoute[] = [];
  const add = (route: Fields, parent: number | undefined, depth: number): boolean => {
    if (routes.length >= maxRoutes || depth > maxDepth) return false;
    const place = routes.length;
    routes.push(toRoute(route, parent, parent === undefined ? undefined : routes[parent]?.receiver, known));
    return route.raw("routes") == null || route.list("routes").every((child) => add(child, place, depth + 1));
  };
  return add(root, undefined, 1) ? routes : undefined;
}

function toRoute(route: Fields, parent: number | undefined, inherited: string | undefined, known: ReadonlySet<string>): AlertRoute {
  const matchers = matchersOf(route);
  if (parent === undefined && matchers.length > 0) route.refuse("", "is the root and may have no matchers: it takes every alert");
  const named = inherited === undefined || route.raw("receiver") != null;
  const receiver = named ? route.text("receiver") : inherited;
  if (!known.has(receiver)) route.refuse("receiver", "names a receiver that is not under `receivers`");
  const times = ["mute_time_intervals", "active_time_intervals"].filter((key) => route.raw(key) != null);
  return present({
    parent,
    receiver,
    matchers,
    continues: route.has("continue") && route.flag("continue") ? (true as const) : undefined,
    timed: times.some((key) => route.texts(key).length > 0) ? (true as const) : undefined,
  });
}
