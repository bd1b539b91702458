import { criteria } from "../../src/engine/criteria/index.ts";
import type { DocumentEvidence, FileEvidence, Subject } from "../../src/engine/types.ts";
import type { Facts } from "../../src/shapes/facts.ts";
import type { CriterionId, Risk } from "../../src/shapes/vocabulary.ts";
import { AT, change, document, DOCUMENTS, measured, MODEL, signed, subject, type Parts } from "./subject.ts";

/* A system that is ready at all three gates, in pieces: so that tests can take pieces away, add some, and stir them. */

const OTHER = "mistral-large-2411";
const RUNBOOK = "docs/runbooks/errors.md";
const hoursAgo = (hours: number) => new Date(Date.parse(AT) - hours * 3_600_000).toISOString();
const daily = (name: string, centre: number) => ({
  name,
  points: 20,
  values: Array.from({ length: 20 }, (_, index) => ({
    at: new Date(Date.UTC(2026, 10, 2 + index)).toISOString(),
    value: centre + (index % 2) / 10,
  })),
});
const evaluation = (path: string, model: string) =>
  measured("evaluation", { total: 320, passed: 310, failed: 10, metrics: [] }, { model, data: "sha256:aa11" }, path);

export const readyDocuments = (): DocumentEvidence[] => [
  document("legal-privacy", {
    "data-categories": ["personal"],
    regions: ["eu-west-1"],
    retention: "P90D",
    "legal-basis": "contract",
    processors: ["openai"],
  }),
  document("architecture", { decision: "accepted" }),
  document("model-selection", {
    model: MODEL,
    candidates: [
      { model: MODEL, evaluation: "eval/a.json" },
      { model: OTHER, evaluation: "eval/b.json" },
    ],
    "policy-clauses": [{ id: "data-residency", answer: "met", evidence: "clause 4" }],
    "shutdown-date": "none",
  }),
  document("business-metrics", {
    metrics: [
      {
        id: "handle-time",
        class: "business",
        formula: "minutes",
        unit: "minutes",
        direction: "down",
        source: "tickets",
        baseline: 9.3,
        window: { from: "2026-09-01", to: "2026-09-30" },
        n: 4120,
        target: 8,
        owner: "@octo-mia",
      },
    ],
    "exposure-from": "2026-11-02",
  }),
  document("pilot-data", {
    data: [{ digest: "aa11", source: "production-sample", n: 320, sampling: "every 40th", labellers: "two people" }],
    thresholds: [{ metric: "pass-rate", "at-least": 0.85 }],
  }),
  document("vendor", {
    vendor: "openai",
    sla: { availability: 0.999, tier: "enterprise", "contract-until": "2027-12-31" },
    dpa: { signed: "2026-08-14", regions: ["eu-west-1"], retention: "P30D", "trains-on-our-data": false },
    "rate-limits": { "requests-per-minute": 6000, "tokens-per-minute": 2_000_000 },
    pricing: { currency: "EUR", "unit-cost": { "1x": 0.021, "2x": 0.02, "5x": 0.018 }, "pilot-estimate": 0.015, "as-of": "2026-10-01" },
    exit: { alternative: OTHER, evaluation: "eval/b.json" },
  }),
  document("observability", {
    dashboards: ["dashboards/assistant.json"],
    "alert-test": { fired: "2026-11-13T10:00:00Z", acknowledged: "2026-11-13T10:04:00Z", by: "@octo-sre" },
    budget: { currency: "EUR", monthly: 4000, "alert-at": [0.5, 1] },
    tracing: { model: true, tokens: true },
  }),
  document("human-review", {
    "high-stakes": [{ id: "refund", when: "the answer promises money back" }],
    rota: { hours: "24x7", people: 6 },
    capacity: { "volume-per-day": 2000, "review-rate": 0.05, "minutes-each": 4, "staffed-hours-per-day": 24 },
    drill: { date: "2026-11-02", cases: 60, seeded: 20, caught: 18, "median-seconds": 95, participants: ["@octo-mia"] },
  }),
  document("output-logging", {
    schema: "log.schema.json",
    retention: "P12M",
    store: { kind: "append-only", name: "audit" },
    completeness: { logged: 999, served: 1000, window: "2026-11-02/2026-11-09" },
  }),
  document("escalation", {
    severities: [{ id: "sev1", role: "sre", contact: "pager: assistant-primary", minutes: 15 }],
    "stop-switch": { name: "flag assistant-enabled", owner: "@octo-sre", exercised: "2026-10-20" },
    "user-path": "A button in every answer.",
    deactivation: ["an answer that harms somebody"],
  }),
  document("user-survey", {
    question: "Did it help?",
    scale: "1-5",
    asked: "random",
    cohort: { from: "2026-11-02", to: "2026-11-15", rule: "the canary" },
    "threshold-set": "2026-10-20",
  }),
  document(
    "support",
    {
      rota: ["@octo-sam"],
      training: "training.csv",
      "material-version": "1.4",
      "released-version": "1.4",
      forecast: { "contacts-per-day": 90, "handle-minutes": 6, "staffed-hours-per-day": 16 },
    },
    { Runbooks: `See ${RUNBOOK}.` },
  ),
];

const registry = () =>
  measured(
    "registry",
    {
      models: [
        {
          id: "chat-2",
          role: "chat",
          provider: "openai",
          version: MODEL,
          status: "live",
          owner: "@octo-mia",
          since: "2026-09-20",
          rollback: "chat-1",
        },
        {
          id: "chat-1",
          role: "chat",
          provider: "openai",
          version: "gpt-4o-2024-08-06",
          status: "retired",
          owner: "@octo-mia",
          since: "2026-07-01",
          until: "2026-09-20",
        },
      ],
    },
    {},
    `${DOCUMENTS}/model-registry.yml`,
  );

const schemaKeys = ["time", "request_id", "user", "model", "prompt_version", "input_ref", "output_ref", "guardrail"];

export const readyEvidence = (): [CriterionId, FileEvidence][] => [
  ["model-selection", registry()],
  ["pilot-performance", evaluation("pilot.json", MODEL)],
  ["model-registry", registry()],
  [
    "observability",
    measured("alerts", { rules: [{ name: "HighErrorRate", severity: "critical", for: "5m", runbookUrl: RUNBOOK }] }, {}, "rules.yml"),
  ],
  [
    "guardrails",
    measured(
      "red-team",
      {
        attempts: 160,
        successes: 0,
        errors: 0,
        categories: ["llm01", "llm02", "llm05", "llm07"].map((id) => ({ id, attempts: 40, successes: 0 })),
      },
      {},
      "red-team.json",
    ),
  ],
  [
    "load-test",
    measured(
      "load-test",
      {
        requests: 162_000,
        failed: 0,
        errorRate: 0,
        durationSeconds: 1800,
        ratePerSecond: 90,
        latencyMs: { mean: 420, p50: 400, p95: 800, max: 3000 },
        totalTokensPerSecond: 40_000,
      },
      {},
      "load.json",
    ),
  ],
  [
    "output-logging",
    measured("json-schema", { properties: [...schemaKeys, "reviewer", "outcome"], required: schemaKeys }, {}, "log.schema.json"),
  ],
  [
    "user-satisfaction",
    measured(
      "survey",
      { responses: 100, invited: 400, satisfied: 90, scale: "1-5", from: "2026-11-02T08:00:00Z", to: "2026-11-15T20:00:00Z" },
      {},
      "survey.csv",
    ),
  ],
  [
    "business-impact",
    measured("metric-series", { series: [daily("handle-time", 8.1)] }, { measuredAt: "2026-11-21T00:00:00Z" }, "daily.csv"),
  ],
  [
    "support-readiness",
    measured(
      "training",
      { records: [{ person: "octo-sam", material: "macros", version: "1.4", completed: "2026-11-12" }] },
      {},
      "training.csv",
    ),
  ],
];

export const readyReferenced = (): FileEvidence[] => [
  evaluation("eval/a.json", MODEL),
  evaluation("eval/b.json", OTHER),
  measured("json-schema", { properties: [...schemaKeys, "reviewer", "outcome"], required: schemaKeys }, {}, "log.schema.json"),
  measured(
    "training",
    { records: [{ person: "octo-sam", material: "macros", version: "1.4", completed: "2026-11-12" }] },
    {},
    "training.csv",
  ),
];

export const readyFacts = (): Facts => ({
  deployments: [
    { id: 1, environment: "production-canary", commit: "2e8b1c0d", statuses: [{ state: "success", at: "2026-11-02T08:00:00Z" }] },
    { id: 2, environment: "production-canary", commit: "3f9c2d1e", statuses: [{ state: "success", at: hoursAgo(80) }] },
  ],
  alerts: { from: hoursAgo(200), to: AT, coverage: [{ from: hoursAgo(200), to: AT }], alerts: [], silences: [] },
  requests: [{ environment: "production-canary", from: hoursAgo(80), to: AT, count: 20_000 }],
  lineage: [`${DOCUMENTS}/business-metrics.md`, `${DOCUMENTS}/pilot-data.md`, `${DOCUMENTS}/model-registry.yml`, "prompts/system.md"].map(
    (path) => change(path, "2026-10-01T08:00:00Z"),
  ),
});

/** Pieces of a subject; what a test leaves out is not there. */
export interface Pieces {
  documents: DocumentEvidence[];
  evidence: [CriterionId, FileEvidence][];
  referenced: FileEvidence[];
  facts: Facts;
}

export const readyPieces = (): Pieces => ({
  documents: readyDocuments(),
  evidence: readyEvidence(),
  referenced: readyReferenced(),
  facts: readyFacts(),
});

/** A subject of pieces. The approvals are those of the whole, so that what was taken away is not signed for either. */
export function assemble({ documents, evidence, referenced, facts }: Pieces, risk: Risk = "medium", more: Parts = {}): Subject {
  const byCriterion: Partial<Record<CriterionId, FileEvidence[]>> = {};
  for (const [id, file] of evidence) (byCriterion[id] ??= []).push(file);
  return subject({ risk, documents, evidence: byCriterion, referenced, exists: [RUNBOOK, "dashboards/assistant.json"], facts, ...more });
}

/** The ready subject, every decision answered. */
export function ready(risk: Risk = "medium"): Subject {
  return signed(criteria, assemble(readyPieces(), risk));
}
