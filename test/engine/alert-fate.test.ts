import { describe, expect, it } from "@jest/globals";
import { alertFate, type KnownLabels } from "../../src/engine/alert-fate.ts";
import type { AlertMatcher, AlertRoute } from "../../src/shapes/running-system.ts";

const receivers = [
  { name: "pager", integrations: ["pagerduty"] },
  { name: "nobody", integrations: [] },
];
const matcher = (text: string): AlertMatcher => {
  const [, label = "", operator, value = ""] = /^(\w+)(=~|!~|!=|=)(.*)$/.exec(text) ?? [];
  return { label, operator: operator as AlertMatcher["operator"], value };
};
const route = (receiver: string, matchers: string[] = [], more: Partial<AlertRoute> = {}): AlertRoute => ({
  parent: 0,
  receiver,
  matchers: matchers.map(matcher),
  ...more,
});
const root = (receiver: string): AlertRoute => ({ receiver, matchers: [] });
const fate = (routes: AlertRoute[], labels: KnownLabels = { severity: "critical" }) => {
  const { delivered, lost } = alertFate({ receivers, root: routes[0]?.receiver ?? "", routes, inhibitRules: 0 })(labels);
  return delivered ? (lost ? "either" : "delivered") : lost ? "lost" : "nothing";
};

describe("the fate of an alert", () => {
  it.each<[string, AlertRoute[], string]>([
    ["is the root's where there is no other route", [root("pager")], "delivered"],
    ["is lost where the root's receiver has no integration", [root("nobody")], "lost"],
    ["is the first route's that takes it", [root("nobody"), route("pager", ["severity=critical"]), route("nobody")], "delivered"],
    ["is lost where the first that takes it goes nowhere", [root("pager"), route("nobody", ["severity=critical"]), route("pager")], "lost"],
    ["passes a route that does not take it", [root("pager"), route("nobody", ["severity=warning"])], "delivered"],
    ["goes on where the route continues", [root("nobody"), route("nobody", [], { continues: true }), route("pager")], "delivered"],
    ["is not the root's again after a route that continues", [root("pager"), route("nobody", [], { continues: true })], "lost"],
    [
      "is delivered where one of two receivers has one",
      [root("nobody"), route("pager", [], { continues: true }), route("nobody")],
      "delivered",
    ],
    ["is the child's", [root("pager"), route("pager"), route("nobody", ["severity=critical"], { parent: 1 })], "lost"],
    [
      "is the parent's where no child takes it",
      [root("nobody"), route("pager"), route("nobody", ["severity=page"], { parent: 1 })],
      "delivered",
    ],
    ["is open where a label is not known", [root("pager"), route("nobody", ["team=a"])], "either"],
    ["is not open where both ways lead to the same", [root("pager"), route("pager", ["team=a"])], "delivered"],
    ["is not open where a known label settles it", [root("pager"), route("nobody", ["team=a", "severity=page"])], "delivered"],
    ["is open after a route that continues", [root("nobody"), route("pager", ["team=a"], { continues: true })], "either"],
    ["is open at some times", [root("nobody"), route("pager", [], { timed: true })], "either"],
    ["is lost at a receiver that is not there", [root("somebody")], "lost"],
  ])("%s", (_name, routes, expected) => {
    expect(fate(routes)).toBe(expected);
  });

  it.each([
    ["severity=critical", "lost"],
    ["severity=Critical", "delivered"],
    ["severity!=critical", "delivered"],
    ["severity!=page", "lost"],
    ["severity=~critical|page", "lost"],
    ["severity=~crit", "delivered"],
    ["severity=~^(critical|page)$", "lost"],
    ["severity=~(?:critical)", "lost"],
    ["severity!~critical|page", "delivered"],
    ["severity!~warning", "lost"],
    ["severity=~.+", "lost"],
    ["severity=~crit.*", "either"],
    ["severity=~(a+)+$", "either"],
    ["team=~.*", "lost"],
    ["team!~.*", "delivered"],
    ["team=~.+", "either"],
    ["team=", "either"],
    ["constructor=a", "either"],
  ])("of a critical alert at a route for %s to nowhere is %s", (matchers, expected) => {
    expect(fate([root("pager"), route("nobody", [matchers])])).toBe(expected);
  });
});
