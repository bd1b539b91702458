import type { Alerts } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";

type Rule = NonNullable<Alerts["rules"]>[number];

/**
 * Prometheus rule files, and the same groups inside PrometheusRule resources (several documents a file are allowed). Recording rules
 * are not alerts. https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export default defineReader({
  format: "prometheus-rules",
  title: "Prometheus alerting rules (file or PrometheusRule)",
  kinds: ["alerts"],
  seen: ["Prometheus 2.42", "prometheus-operator v1"],
  recognises: ({ yaml }) => yaml?.some((document) => groupsHolder(document) !== undefined) === true,
  read: ({ yaml = [] }) => {
    const rules: Rule[] = [];
    let recording = 0;
    for (const [index, document] of yaml.entries()) {
      const holder = groupsHolder(document);
      if (holder === undefined) continue;
      const file = fieldsOf(holder, index === 0 ? "" : `document ${index + 1}`);
      for (const group of file.list("groups")) {
        for (const rule of group.list("rules")) {
          if (rule.has("record") && !rule.has("alert")) recording += 1;
          else rules.push(toRule(rule));
        }
      }
      const problem = file.problem();
      if (problem !== undefined) return problem;
    }
    const notes = recording === 0 ? [] : [`${recording} recording rule${recording === 1 ? "" : "s"} left out`];
    return { kind: "alerts", tool: { name: "prometheus", version: null }, measurement: { rules }, notes };
  },
});

/** The object with `groups`: the document of a rule file, the `spec` of a resource. Grafana's own alert files have folders. */
function groupsHolder(document: unknown): unknown {
  if (at(document, "kind") === "PrometheusRule") return at(document, "spec") ?? {};
  const groups = at(document, "groups");
  if (!Array.isArray(groups) || at(document, "apiVersion") !== undefined) return undefined;
  return groups.every((group) => isRecord(group) && Array.isArray(group["rules"])) ? document : undefined;
}

function toRule(rule: Fields): Rule {
  const labels = optionalIn(rule, "labels");
  const annotations = optionalIn(rule, "annotations");
  const wait = rule.has("for") ? durationOf(rule) : null;
  return present({
    name: rule.text("alert"),
    severity: labels?.optionalText("severity") ?? null,
    for: wait,
    runbookUrl: annotations?.optionalText("runbook_url") ?? annotations?.optionalText("runbook"),
    owner: labels?.optionalText("team") ?? labels?.optionalText("owner") ?? annotations?.optionalText("owner"),
    expr: rule.text("expr"),
    labels: labels === undefined ? undefined : textsOf(labels),
  });
}

/** Labels that are text; undefined where there is none. */
function textsOf(labels: Fields): Record<string, string> | undefined {
  const texts = labels.keys().flatMap((key): [string, string][] => {
    const value = labels.raw(key);
    return typeof value === "string" ? [[key, value]] : [];
  });
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

function optionalIn(rule: Fields, key: string): Fields | undefined {
  return rule.has(key) && rule.raw(key) !== null ? rule.in(key) : undefined;
}

function durationOf(rule: Fields): string {
  if (rule.raw("for") === 0) return "0";
  const text = rule.text("for");
  if (text !== "" && !/^(?:0|(?:\d+(?:ms|[smhdwy]))+)$/.test(text)) rule.refuse("for", "is not a duration like 5m");
  return text;
}
