import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { comparePolicies } from "../../src/policy/compare-policies.ts";
import { fullPolicy, organizationPolicy, policyFrom, smallPolicy } from "./examples.ts";

const full = policyFrom(fullPolicy);
const at = "systems.support-assistant";

/** The full policy with one piece of text replaced. */
function changed(from: string, to: string) {
  if (!fullPolicy.includes(from)) throw new Error(`the example does not contain ${from}`);
  return policyFrom(fullPolicy.replace(from, to));
}

const paths = (from: string, to: string) => comparePolicies(full, changed(from, to)).map(({ path }) => path);
const reversed = (from: string, to: string) => comparePolicies(changed(from, to), full).map(({ path }) => path);

describe("comparePolicies", () => {
  it("finds nothing between equal policies", () => {
    expect(comparePolicies(full, full)).toEqual([]);
    expect(comparePolicies(full, policyFrom(`${fullPolicy}# a comment\n`))).toEqual([]);
  });

  it("counts a deleted policy and a deleted system", () => {
    expect(comparePolicies(full, null)).toMatchObject([{ path: "", to: null }]);
    expect(comparePolicies(full, policyFrom(smallPolicy))).toEqual([
      { path: at, from: "`support-assistant`", to: null, text: "`systems` no longer has `support-assistant`." },
    ]);
    expect(comparePolicies(policyFrom(smallPolicy), policyFrom(`${smallPolicy}  - { id: two, risk: low, models: [] }\n`))).toEqual([]);
  });

  it("says what changes", () => {
    expect(comparePolicies(full, changed("risk: high", "risk: low"))).toEqual([
      { path: `${at}.risk`, from: "`high`", to: "`low`", text: `\`${at}.risk\` changes from \`high\` to \`low\`.` },
    ]);
    expect(comparePolicies(full, changed("p95Ms: 1800, ", ""))).toEqual([
      {
        path: `${at}.criteria.load-test.thresholds.p95Ms`,
        from: "`1800`",
        to: null,
        text: `\`${at}.criteria.load-test.thresholds.p95Ms\` is no longer set; it was \`1800\`.`,
      },
    ]);
  });

  /* Each of these loosens in one direction and does not in the other. */
  it.each([
    ["risk", "risk: high", "risk: medium", "risk"],
    ["a threshold that is set", "p95Ms: 1800", "p95Ms: 2000", "criteria.load-test.thresholds.p95Ms"],
    ["a threshold looser than its default", "p95Ms: 1800", "p95Ms: 1800, multiple: 1.5", "criteria.load-test.thresholds.multiple"],
    ["a threshold in the other direction", "p95Ms: 1800", "p95Ms: 1800, errorRate: 0.5", "criteria.load-test.thresholds.errorRate"],
    ["a level", "p95Ms: 1800", "p95Ms: 1800, measurementLevel: E1", "criteria.load-test.thresholds.measurementLevel"],
    ["paths", 'paths: ["services/assistant/**", ', "paths: [", "paths"],
    ["relevant paths", 'relevantPaths: ["services/assistant/server/**"]', "relevantPaths: []", "relevantPaths"],
    ["the fingerprint", 'prompts: ["prompts/**"]', "prompts: []", "fingerprint.prompts"],
    ["the architecture", "retrieval: true", "retrieval: false", "architecture.retrieval"],
    ["the expected peak", "requestsPerSecond: 40", "requestsPerSecond: 30", "traffic.expectedPeak.requestsPerSecond"],
    ["tokens at the peak", ", tokensPerMinute: 900000", "", "traffic.expectedPeak.tokensPerMinute"],
    ["severities", "[critical, page, sev1]", "[critical, page]", "severities.critical"],
    ["branches", 'branches: ["release/**"]', "branches: []", "gates.infrastructure.branches"],
    ["environments", "environments: [production]", "environments: [prod-b]", "gates.rollout.environments"],
    ["enforcement", "enforcement: enforce", "enforcement: warn", "gates.governance.enforcement"],
    ["the day of enforcement", "enforceFrom: 2026-12-01", "enforceFrom: 2026-12-24", "gates.rollout.enforceFrom"],
    ["no day of enforcement", ", enforceFrom: 2026-12-01", "", "gates.rollout.enforceFrom"],
    ["the end of a waiver", "until: 2026-12-15", "until: 2027-01-15", "waivers.user-satisfaction.until"],
  ])("loosens: %s", (_, from, to, path) => {
    expect(paths(from, to)).toEqual([`${at}.${path}`]);
    if (path !== "gates.rollout.environments") expect(reversed(from, to)).toEqual([]);
  });

  /* Whichever way these change, somebody has to look. */
  it.each([
    ["a holder who is added", 'sre: ["@acme/sre"]', 'sre: ["@acme/sre", "@new"]', "roles.sre"],
    ["a role's holder who changes", 'product-owner: ["@octo-mia"]', 'product-owner: ["@octo-dev"]', "roles.product-owner"],
    ["the alert source", "alerts: prod-prometheus", "alerts: other", "sources.alerts"],
    ["a query", 'up{job="assistant"}', "vector(1)", "queries"],
    ["the share of a stage", "trafficPercent: 10", "trafficPercent: 20", "stages.production-canary.trafficPercent"],
    ["columns", "score: csat", "score: other", "criteria.user-satisfaction.columns"],
    ["a scale", 'scale: "1-5"', 'scale: "1-10"', "criteria.user-satisfaction.scale"],
    [
      "who approved a waiver",
      'role: product-owner, approvedBy: "@octo-mia"',
      'role: product-owner, approvedBy: "@octo-dev"',
      "waivers.user-satisfaction.approvedBy",
    ],
    [
      "another workflow",
      "workflow: .github/workflows/load-test.yml",
      "workflow: .github/workflows/other.yml",
      "criteria.load-test.evidence",
    ],
  ])("asks for a look at %s", (_, from, to, path) => {
    expect(paths(from, to)).toEqual([`${at}.${path}`]);
    expect(reversed(from, to)).toEqual([`${at}.${path}`]);
  });

  it.each([
    ["a waiver", "    waivers:\n", "    waivers:\n      - { criterion: load-test, until: 2026-12-15, reason: x }\n", "waivers.load-test"],
    ["stages", "    stages:\n", "    stages:\n      - { environment: staging, trafficPercent: 10 }\n", "stages.staging"],
    [
      "not applicable",
      "    notApplicable:\n",
      "    notApplicable:\n      - { criterion: load-test, reason: x }\n",
      "notApplicable.load-test",
    ],
  ])("counts what is added to %s", (_, from, to, path) => {
    expect(paths(from, to)).toEqual([`${at}.${path}`]);
    expect(reversed(from, to)).toEqual([]);
  });

  it("ranks evidence: an artifact over a check over a file", () => {
    const artifact = "{ artifact: { workflow: .github/workflows/load-test.yml, name: load-test } }";
    expect(comparePolicies(full, changed(artifact, "{ file: load.json }"))).toMatchObject([
      {
        path: `${at}.criteria.load-test.evidence`,
        text: expect.stringContaining("may now come from a file in the repository instead of a workflow's artifact"),
      },
    ]);
    expect(paths(artifact, "{ check: { app: ci, name: load } }")).toEqual([`${at}.criteria.load-test.evidence`]);
    expect(paths(artifact, `[${artifact}, { file: load.json }]`)).toEqual([`${at}.criteria.load-test.evidence`]);
    expect(paths(artifact, `[${artifact}, { artifact: { workflow: w, name: n } }]`)).toEqual([]);
    expect(reversed(artifact, "{ file: load.json }")).toEqual([]);
    expect(paths('file: "docs/readiness/evidence/user-satisfaction/*.csv"', "file: other.csv")).toEqual([]);
  });

  it("does not list again what follows from a lower risk, nor lets a higher risk hide a looser figure", () => {
    expect(paths("risk: high", "risk: low")).toEqual([`${at}.risk`]);
    const low = policyFrom(smallPolicy);
    const setting = (risk: string, minutes: number) =>
      policyFrom(`${smallPolicy.replace("low", risk)}    criteria: { load-test: { thresholds: { minutes: ${minutes} } } }\n`);
    expect(comparePolicies(low, setting("high", 10)).map(({ path }) => path)).toEqual([
      "systems.bot.criteria.load-test.thresholds.minutes",
    ]);
    expect(comparePolicies(setting("low", 30), policyFrom(smallPolicy.replace("low", "high")))).toEqual([]);
    expect(comparePolicies(setting("low", 30), low).map(({ path }) => path)).toEqual(["systems.bot.criteria.load-test.thresholds.minutes"]);
  });

  it("sees the defaults behind what is left out", () => {
    const small = policyFrom(smallPolicy);
    const withGates = (gates: string) => comparePolicies(small, policyFrom(`${smallPolicy}    gates: ${gates}\n`)).map(({ path }) => path);
    expect(withGates("{ governance: { enforcement: advisory } }")).toEqual(["systems.bot.gates.governance.enforcement"]);
    expect(withGates("{ governance: { enforcement: enforce } }")).toEqual([]);
    expect(withGates("{ rollout: { environments: [staging] } }")).toEqual(["systems.bot.gates.rollout.environments"]);
    expect(withGates("{ rollout: { environments: [PRODUCTION] } }")).toEqual([]);
    expect(withGates('{ infrastructure: { branches: ["**"], environments: [staging] } }')).toEqual([]);
    const scoped = policyFrom(`${smallPolicy}    paths: ["src/**"]\n`);
    expect(comparePolicies(small, scoped).map(({ path }) => path)).toEqual(["systems.bot.paths"]);
    expect(comparePolicies(scoped, small)).toEqual([]);
  });

  it.each([
    ["name: Support assistant", "name: Helper"],
    ["started: 2026-09-07", "started: 2026-10-07"],
    ["onHold: wait, waitDays: 7, ", ""],
    ["governance: 4", "governance: 6"],
    ['reason: "survey tool migration"', "reason: other"],
    ["model: gpt-4o-2024-11-20", "model: gpt-4o-2025-01-01"],
    ["documents: docs/readiness", "documents: docs/other"],
  ])("leaves alone: %s", (from, to) => {
    expect(paths(from, to)).toEqual([]);
  });

  it("asks for a look when sources and queries are set for the first time", () => {
    const added = policyFrom(`${smallPolicy}    sources: { alerts: prod }\n    queries: { coverage: up }\n`);
    expect(comparePolicies(policyFrom(smallPolicy), added).map(({ text }) => text)).toEqual([
      "`systems.bot.sources.alerts` changes from nothing to `prod`.",
      '`systems.bot.queries` changes from `{}` to `{"coverage":"up"}`.',
    ]);
  });

  it("compares what an organisation says", () => {
    const organization = policyFrom(organizationPolicy, "organization");
    const changes = (from: string, to: string) => {
      expect(organizationPolicy).toContain(from);
      return comparePolicies(organization, policyFrom(organizationPolicy.replace(from, to), "organization")).map(({ path }) => path);
    };
    expect(changes("risk: medium", "risk: low")).toEqual(["organization.floors.risk"]);
    expect(changes("0.05", "0.1")).toEqual(["organization.floors.criteria.guardrails.thresholds.attackSuccessUpper"]);
    expect(changes("0.05", "0.01")).toEqual([]);
    expect(changes('security: ["@acme/security"], ', "")).toEqual(["organization.roles.security"]);
    expect(changes(', "ai-*"', "")).toEqual(["organization.required.repositories"]);
    expect(changes("data-residency, ", "")).toEqual(["organization.securityPolicy.clauses"]);
    expect(changes("enforcement: warn", "enforcement: advisory")).toEqual(["organization.defaults.gates.governance.enforcement"]);
    expect(changes("readiness/vendors/openai.md", "readiness/vendors/other.md")).toEqual(["organization.inherit"]);
  });

  it("never finds a loosening in a policy that only repeats itself, whatever order its lists have", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["critical", "page", "sev1"], { minLength: 3 }),
        fc.shuffledSubarray(["@acme/security", "@octo-a"], { minLength: 2 }),
        (severities, holders) => {
          const write = (critical: string[], security: string[]) =>
            policyFrom(
              `${smallPolicy}    severities: { critical: [${critical.join(", ")}] }\n    roles: { security: ${JSON.stringify(security)} }\n`,
            );
          expect(comparePolicies(write(["critical", "page", "sev1"], ["@acme/security", "@octo-a"]), write(severities, holders))).toEqual(
            [],
          );
        },
      ),
    );
  });
});
