import type { DocumentName } from "../shapes/vocabulary.ts";

export interface DocumentPrompts {
  /** An example of each front matter field, as YAML: on one line, or the lines of a list that stand below the key. */
  examples: Readonly<Record<string, string | readonly string[]>>;
  /** Fields that a document may do without. */
  mayLack?: readonly string[];
  /** What each section is to answer. */
  questions: Readonly<Record<string, string>>;
}

const common = { owner: '"@octo-mia"', reviewed: "2026-10-01", "review-by": "2027-04-01" };

/** What a new document asks for; what a field means is told by its schema, which fields and sections there are by its definition. */
export const documentPrompts: Readonly<Record<DocumentName, DocumentPrompts>> = {
  "legal-privacy": {
    examples: {
      ...common,
      "data-categories": "[personal]",
      regions: "[eu-west-1]",
      retention: "P90D",
      "legal-basis": "contract",
      processors: "[openai]",
    },
    questions: {
      Purpose: "What is the system for, and whom does it serve?",
      "Data flow": "Which data goes from where to where, to which vendor and region, and what is removed on the way?",
      "Necessity and proportionality": "Why is each category of data needed, and what is left out?",
      "Risks and measures": "What can go wrong for the people in the data, and what is done against each?",
    },
  },
  architecture: {
    examples: { ...common, decision: "accepted" },
    questions: {
      Context: "Which problem does the design solve, and what limits the choice?",
      Decision: "What was decided, and which alternatives were turned down, for which reasons?",
      Consequences: "What becomes easier, what becomes harder, and what has to follow?",
    },
  },
  "model-selection": {
    examples: {
      ...common,
      model: "gpt-4o-2024-11-20",
      candidates: [
        "- { model: gpt-4o-2024-11-20, evaluation: docs/readiness/evidence/model-selection/a.json }",
        "- { model: mistral-large-2411, evaluation: docs/readiness/evidence/model-selection/b.json }",
      ],
      "policy-clauses": ["- { id: data-residency, answer: met, evidence: docs/readiness/vendors/openai.md }"],
      "shutdown-date": "2027-06-01",
    },
    questions: {
      Choice: "Why this model, measured on cases of your own and not on a public leaderboard?",
      Limits: "What can it not do, and what is it not asked to do?",
      Fallback: "What does the user see when it does not answer, and what takes its place when it is shut down?",
    },
  },
  "business-metrics": {
    examples: {
      ...common,
      metrics: [
        "- id: handle-time",
        "  class: business",
        "  formula: minutes from first contact to close, mean of the day",
        "  unit: minutes",
        "  direction: down",
        "  source: service desk, report 7",
        "  baseline: 9.4",
        "  window: { from: 2026-09-07, to: 2026-10-04 }",
        "  n: 4120",
        "  target: 8.5",
        '  owner: "@octo-mia"',
        "  guardrail: false",
      ],
      "exposure-from": "2026-11-02",
    },
    questions: { "Why these": "Why do these metrics tell whether it is worth going on, and which must not get worse?" },
  },
  "pilot-data": {
    examples: {
      ...common,
      data: [
        "- path: docs/readiness/data/questions.csv",
        "  source: production-sample",
        "  n: 300",
        "  window: { from: 2026-10-01, to: 2026-10-14 }",
        "  sampling: every 80th closed contact",
        "  labellers: two support agents, a third where they differed",
      ],
      thresholds: "[{ metric: pass-rate, at-least: 0.9 }]",
      strata: "[{ name: German, n: 120 }, { name: English, n: 180 }]",
    },
    mayLack: ["thresholds", "strata"],
    questions: { "Representative of whom": "Whose cases are these, how were they drawn, and who is missing?" },
  },
  vendor: {
    examples: {
      ...common,
      vendor: "openai",
      sla: "{ availability: 0.999, tier: enterprise, contract-until: 2027-12-31 }",
      dpa: "{ signed: 2026-08-14, regions: [eu-west-1], retention: P30D, trains-on-our-data: false }",
      "rate-limits": "{ requests-per-minute: 6000, tokens-per-minute: 2000000 }",
      pricing: "{ currency: EUR, unit-cost: { 1x: 0.021, 2x: 0.020, 5x: 0.018 }, pilot-estimate: 0.015, as-of: 2026-10-01 }",
      exit: "{ alternative: mistral-large-2411, evaluation: docs/readiness/evidence/model-selection/b.json }",
    },
    questions: { Gaps: "What do these terms not cover that production needs, and what makes up for it?" },
  },
  observability: {
    examples: {
      ...common,
      "alert-test": '{ fired: "2026-11-10T09:00:00Z", acknowledged: "2026-11-10T09:04:00Z", by: "@octo-sam" }',
      dashboards: "[docs/readiness/evidence/observability/dashboard.json]",
      budget: "{ currency: EUR, monthly: 3000, alert-at: [0.5, 0.75, 0.9, 1] }",
      tracing: "{ model: true, tokens: true }",
    },
    mayLack: ["dashboards", "budget", "tracing"],
    questions: { "On call": "Who is woken by which alerts at which hours, and what do they do first?" },
  },
  "human-review": {
    examples: {
      ...common,
      "high-stakes": ["- { id: refund, when: the answer promises money }"],
      rota: '{ hours: "24x7", people: 6 }',
      capacity: "{ volume-per-day: 900, review-rate: 0.05, minutes-each: 4, staffed-hours-per-day: 8 }",
      drill: "{ date: 2026-11-05, cases: 40, seeded: 10, caught: 9, median-seconds: 140, participants: [octo-sam, octo-kim] }",
    },
    questions: {
      Triggers: "Which answers wait for a person, and what notices them?",
      Reviewers: "Who reviews, and what were they trained on?",
      "Authority and stop": "What may a reviewer change, withhold or stop without asking anybody?",
      "Time limits": "How long may a case wait, and what does the user see after that?",
      Records: "What is recorded of each review, and where?",
    },
  },
  "output-logging": {
    examples: {
      ...common,
      schema: "docs/readiness/evidence/output-logging/schema.json",
      sample: "docs/readiness/evidence/output-logging/sample.jsonl",
      retention: "P12M",
      store: "{ kind: append-only, name: audit bucket with object lock }",
      completeness: '{ logged: 128402, served: 128431, window: "2026-11-16/2026-11-22" }',
      fields: "{ user: uid }",
    },
    mayLack: ["schema", "sample", "fields"],
    questions: {
      "What is kept": "Which fields are kept of every answer, and where do the texts themselves stand?",
      "Who may read": "Who may read the log, for which reasons, and who sees that they did?",
    },
  },
  escalation: {
    examples: {
      ...common,
      severities: ['- { id: sev1, role: platform on-call, contact: "pager: assistant-primary", minutes: 15 }'],
      "stop-switch": '{ name: assistant-enabled flag, owner: "@octo-kim", exercised: 2026-11-10 }',
      "user-path": "Every answer carries a way to a person.",
      deactivation: ["- more than 10 % failed answers for 10 minutes"],
    },
    questions: { "Edge cases": "Which cases go to somebody else than the table says, for example threats, minors or the press?" },
  },
  "user-survey": {
    examples: {
      ...common,
      question: "How satisfied are you with the answer?",
      scale: '"1-5"',
      asked: "all",
      cohort: "{ from: 2026-11-16, to: 2026-11-22, rule: customers answered by the canary }",
      "threshold-set": "2026-11-10",
    },
    questions: { "Representative of whom": "Who was asked, who was not, and do their answers stand for the users to come?" },
  },
  support: {
    examples: {
      ...common,
      rota: "[octo-sam, octo-kim]",
      training: "docs/readiness/evidence/support-readiness/training.csv",
      "material-version": '"2026.11"',
      "released-version": '"2026.11"',
      forecast: "{ contacts-per-day: 160, handle-minutes: 9, staffed-hours-per-day: 40 }",
    },
    questions: {
      Runbooks: "Which runbook helps in which case? Link each of them.",
      Macros: "Which prepared answers does support have for users of the system?",
    },
  },
  integrations: {
    examples: { integrations: ['- { name: crm, owner: "@acme/crm", contractTest: tests/contract/crm.test.ts, auth: oidc }'] },
    questions: {},
  },
  adoption: {
    examples: {
      adoption:
        "{ eligible: 120, weekly-active: [{ week: 2026-W40, users: 38 }], workflow-change: agents send drafts, training: docs/readiness/evidence/support-readiness/training.csv }",
    },
    questions: {},
  },
};
