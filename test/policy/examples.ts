import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { PolicyFile } from "../../src/shapes/policy.ts";

/** Every key that a repository's policy may have. */
export const fullPolicy = `# yaml-language-server: $schema=../schema/policy.schema.json
version: 1
systems:
  - id: support-assistant
    name: Support assistant
    risk: high
    started: 2026-09-07
    paths: ["services/assistant/**", "docs/readiness/**"]
    documents: docs/readiness
    relevantPaths: ["services/assistant/server/**"]
    architecture: { retrieval: true, tools: false, public: true }
    models:
      - { id: chat, provider: openai, model: gpt-4o-2024-11-20 }
    fingerprint: { prompts: ["prompts/**"], guardrails: ["guardrails/**"], retrieval: ["retrieval/config.yml"] }
    roles:
      product-owner: ["@octo-mia"]
      security: ["@acme/security"]
      legal-privacy: ["@acme/privacy"]
      architecture: ["@acme/architects"]
      sre: ["@acme/sre"]
      support-lead: ["@octo-sam"]
    traffic: { expectedPeak: { requestsPerSecond: 40, tokensPerMinute: 900000 } }
    integrations:
      - { name: crm, owner: "@acme/crm", contractTest: "tests/contract/crm.test.ts", auth: oidc }
    stages:
      - { environment: production-canary, trafficPercent: 10 }
    sources: { alerts: prod-prometheus, incidents: { issuesLabelled: "incident:critical" } }
    queries: { requests: 'sum(increase(http_requests_total{track="canary"}[5m]))', coverage: 'up{job="assistant"}' }
    severities: { critical: [critical, page, sev1] }
    gates:
      governance:     { branches: [main], enforcement: enforce }
      infrastructure: { branches: ["release/**"], environments: [staging, production-canary], onHold: reject }
      rollout:        { environments: [production], onHold: wait, waitDays: 7, enforcement: warn, enforceFrom: 2026-12-01 }
    criteria:
      load-test:
        evidence: { artifact: { workflow: .github/workflows/load-test.yml, name: load-test } }
        thresholds: { p95Ms: 1800, timeToFirstTokenP95Ms: 900 }
      guardrails:
        evidence:
          - { artifact: { workflow: .github/workflows/red-team.yml, name: red-team, file: "*.json" } }
          - { check: { app: github-actions, name: red-team, workflow: .github/workflows/red-team.yml } }
      user-satisfaction:
        evidence: { file: "docs/readiness/evidence/user-satisfaction/*.csv" }
        columns: { score: csat, at: answered_at, cohort: cohort }
        scale: "1-5"
        format: survey-csv
    notApplicable:
      - { criterion: vendor-terms, reason: "self-hosted weights, no vendor", role: legal-privacy, approvedBy: "@octo-lea" }
    waivers:
      - { criterion: user-satisfaction, until: 2026-12-15, reason: "survey tool migration", role: product-owner, approvedBy: "@octo-mia", requestedBy: "@octo-dev" }
    schedule: { governance: 4, infrastructure: 9, rollout: 13 }
    decisions: { remindAfterDays: 10 }
`;

export const organizationPolicy = `version: 1
organization:
  required: { repositories: ["*-assistant", "ai-*"] }
  roles: { security: ["@acme/security"], legal-privacy: ["@acme/privacy"] }
  floors: { risk: medium, criteria: { guardrails: { thresholds: { attackSuccessUpper: 0.05 } } } }
  defaults: { gates: { governance: { enforcement: warn, enforceFrom: 2027-01-15 } } }
  inherit:
    - { criterion: vendor-terms, file: readiness/vendors/openai.md }
  securityPolicy: { clauses: [data-residency, no-training-on-our-data, approved-provider] }
`;

export const smallPolicy = `version: 1
systems:
  - id: bot
    risk: low
    models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }]
`;

/** A policy that must be valid. */
export function policyFrom(text: string, scope: "repository" | "organization" = "repository"): PolicyFile {
  const parsed = parsePolicy(text, { file: "pilotgate.yml", scope });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return parsed.policy;
}
