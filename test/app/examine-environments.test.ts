import { describe, expect, it } from "@jest/globals";
import { examineEnvironments } from "../../src/app/doctor/examine-environments.ts";
import type { Observed } from "../../src/app/doctor/observe.ts";
import type { DeploymentRule, Seen } from "../../src/app/settings.ts";

const guard = { gate: "rollout" as const, kind: "environments" as const, glob: "production", systems: ["helper"] };
const environment = { name: "Production", adminsBypass: false, waitMinutes: 0, reviewers: [], preventSelfReview: false, branches: null };

function answered(rules: Seen<DeploymentRule[]>, appId: number | null = 4242) {
  const whole = <T>(value: T) => ({ seen: true as const, value });
  const observed: Observed = {
    defaultBranch: "main",
    branches: whole({ items: [], complete: true }),
    rulesets: whole({ items: [], complete: true }),
    onBranch: new Map(),
    environments: whole({ items: [environment], complete: true }),
    deploymentRules: new Map([["Production", rules]]),
    workflows: [],
    allWorkflows: true,
  };
  const place = { owner: "acme", name: "assistant", host: null, appId };
  const { findings } = examineEnvironments({ guard, observed, place, answersDeployments: true });
  return findings.find(({ question }) => question === "answered");
}

describe("the App's rule, for a version that answers it", () => {
  const rule = (appId: number, enabled = true) => ({ seen: true as const, value: [{ id: 3, appId, enabled }] });

  it.each<[string, Seen<DeploymentRule[]>, number | null, string]>([
    ["is on", rule(4242), 4242, "proven"],
    ["is off", rule(4242, false), 4242, "open"],
    ["is another App's", rule(77), 4242, "open"],
    ["may be the App's", rule(77), null, "unknown"],
    ["is not there", { seen: true, value: [] }, null, "open"],
    ["is not seen", { seen: false, missing: "Actions: read", byPlan: false }, 4242, "unknown"],
  ])("%s", (_, rules, appId, outcome) => {
    expect(answered(rules, appId)?.outcome).toBe(outcome);
  });

  it("is set by a command", () => {
    expect(answered(rule(77))?.mend?.commands).toEqual([
      "gh api --method POST repos/acme/assistant/environments/Production/deployment_protection_rules -F integration_id=4242",
    ]);
  });
});
