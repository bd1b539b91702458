import type { Alerts } from "../shapes/measurements.ts";
import { alertFate, type KnownLabels } from "./alert-fate.ts";
import { listSome } from "./list-some.ts";
import type { Finding, Measured } from "./types.ts";
import { figure } from "./words.ts";

type Rule = NonNullable<Alerts["rules"]>[number];

/** Matchers and routes that are looked at for all rules and files together; more is no system of one team. */
const MAX_STEPS = 5_000_000;

/** Does each critical alert get to an integration, by every configuration of routes that is given? */
export function routingFindings(routings: readonly Measured<"alert-routing">[], critical: readonly Rule[]): Finding[] {
  let left = MAX_STEPS;
  return routings.flatMap(({ path, measurement }): Finding[] => {
    const steps = measurement.routes.reduce((sum, { matchers }) => sum + 1 + matchers.length, 0);
    left -= critical.length * steps;
    if (left < 0) {
      const text = `${path} and the critical alerts are too many to follow every alert.`;
      return [{ state: "inconclusive", path, text, remedy: "Keep the rules and routes of this system only." }];
    }
    const follow = alertFate(measurement);
    const fates = critical.map((rule) => ({ name: rule.name, fate: follow(labelsOf(rule)) }));
    const lost = fates.filter(({ fate }) => !fate.delivered).map(({ name }) => name);
    const unsure = fates.filter(({ fate }) => fate.delivered && fate.lost).map(({ name }) => name);
    const idle = measurement.receivers.filter(({ integrations }) => integrations.length === 0).map(({ name }) => name);
    return [...lostFindings(path, lost, idle), ...unsureFindings(path, unsure)];
  });
}

function lostFindings(path: string, lost: readonly string[], idle: readonly string[]): Finding[] {
  if (lost.length === 0) return [];
  const subject = lost.length === 1 ? "critical alert reaches" : "critical alerts reach";
  const text = `${figure(lost.length)} ${subject} nobody: ${listSome(lost)}. Without an integration in ${path}: ${listSome(idle)}.`;
  const remedy =
    "Give the receiver an integration (`pagerduty_configs`, `slack_configs`, `webhook_configs`), or route the alert to one that has it.";
  return [{ state: "not-met", path, text, remedy }];
}

function unsureFindings(path: string, unsure: readonly string[]): Finding[] {
  if (unsure.length === 0) return [];
  const text = `Whether ${listSome(unsure)} ${unsure.length === 1 ? "reaches" : "reach"} somebody depends on labels that the rules do not set, or on the time of day: ${path}.`;
  return [{ state: "note", path, text }];
}

/** What the rule itself sets; the value of a template is known only when the alert fires. */
function labelsOf({ name, severity, labels = {} }: Rule): KnownLabels {
  const all = { ...labels, ...(severity === null ? {} : { severity }), alertname: name };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !value.includes("{{")));
}
