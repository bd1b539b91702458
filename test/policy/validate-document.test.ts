import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { load } from "js-yaml";
import { unknownFields, validateDocument } from "../../src/policy/validate-document.ts";
import { documentDefinitions } from "../../src/shapes/document-definitions.ts";
import { documentNames, type DocumentName } from "../../src/shapes/vocabulary.ts";

const common = `status: approved
owner: "@octo-mia"
reviewed: 2026-10-01
review-by: 2027-04-01
`;

/** Front matter of each document with every field. */
const examples: Record<DocumentName, string> = {
  "legal-privacy": `${common}data-categories: [personal]\nregions: [eu-west-1]\nretention: P90D\nlegal-basis: contract\nprocessors: [openai]\n`,
  architecture: `${common}decision: accepted\n`,
  "model-selection": `${common}model: gpt-4o-2024-11-20
candidates:
  - { model: gpt-4o-2024-11-20, evaluation: docs/a.json }
  - { model: mistral-large-2411, evaluation: docs/b.json }
policy-clauses: [{ id: data-residency, answer: met, evidence: "region is pinned" }]
shutdown-date: 2027-06-01
`,
  "business-metrics": `${common}metrics:
  - { id: handle-time, class: business, formula: "sum / n", unit: minutes, direction: down, source: crm, baseline: 9.3, window: { from: 2026-08-01, to: 2026-09-01 }, n: 4120, target: 8.0, owner: "@octo-mia", guardrail: false }
exposure-from: 2026-11-02
`,
  "pilot-data": `${common}data:
  - { path: data/eval.jsonl, source: production-sample, n: 300, window: { from: 2026-08-01, to: 2026-09-01 }, sampling: random, labellers: [a, b] }
  - { digest: "sha256:1", source: synthetic, n: 20, labellers: 2 }
thresholds: [{ metric: accuracy, at-least: 0.9 }, { metric: toxicity, at-most: 0.01 }]
`,
  vendor: `${common}vendor: openai
sla: { availability: 0.999, tier: enterprise, contract-until: 2027-12-31 }
dpa: { signed: 2026-01-15, regions: [eu], retention: P30D, trains-on-our-data: false }
rate-limits: { requests-per-minute: 6000, tokens-per-minute: 2000000 }
pricing: { currency: EUR, unit-cost: { 1x: 0.01, 2x: 0.01, 5x: 0.008 }, pilot-estimate: 0.012, as-of: 2026-09-01 }
exit: { alternative: mistral-large-2411, evaluation: docs/b.json }
`,
  observability: `${common}dashboards: [https://example.com/d/1]
alert-test: { fired: 2026-11-01T10:00:00Z, acknowledged: 2026-11-01T10:04:00Z, by: octo-sam }
budget: { currency: EUR, monthly: 5000, alert-at: [0.5, 0.75, 0.9, 1] }
tracing: { model: true, tokens: true }
`,
  "human-review": `${common}high-stakes: [{ id: refund, when: "over 500 EUR" }]
rota: { hours: "24x7", people: 6 }
capacity: { volume-per-day: 4000, review-rate: 0.05, minutes-each: 3, staffed-hours-per-day: 16 }
drill: { date: 2026-10-20, cases: 60, seeded: 20, caught: 19, median-seconds: 95, participants: [octo-a] }
`,
  "output-logging": `${common}schema: logs/schema.json
sample: logs/sample.jsonl
retention: P12M
store: { kind: append-only, name: audit-bucket }
completeness: { logged: 99990, served: 100000, window: "2026-10" }
fields: { user: uid }
`,
  escalation: `${common}severities: [{ id: sev1, role: sre, contact: "pager: assistant-primary", minutes: 15 }, { id: 2, role: sre, contact: phone, minutes: 60 }]
stop-switch: { name: assistant.enabled, owner: "@acme/sre", exercised: 2026-10-01 }
user-path: "Type agent to reach a person."
deactivation: ["A sev1 stays open for an hour."]
`,
  "user-survey": `${common}question: "Did this help?"\nscale: "1-5"\nasked: all\ncohort: { from: 2026-11-01, to: 2026-11-10, rule: everybody }\nthreshold-set: 2026-10-01\n`,
  support: `${common}rota: [octo-a, octo-b]
training: docs/readiness/evidence/support-readiness/training.csv
material-version: 1.2
released-version: "1.2"
forecast: { contacts-per-day: 120, handle-minutes: 8, staffed-hours-per-day: 24 }
`,
  integrations: `integrations: [{ name: crm, owner: "@acme/crm", contractTest: tests/crm.test.ts, auth: oidc }]\n`,
  adoption: `adoption: { eligible: 300, weekly-active: [{ week: 2026-W40, users: 80 }], workflow-change: "Drafts come first.", training: docs/t.csv }\n`,
};

const frontMatter = (text: string) => load(text) as Record<string, unknown>;
const problemsOf = (name: DocumentName, from: string, to: string) => {
  expect(examples[name]).toContain(from);
  return validateDocument(name, frontMatter(examples[name].replace(from, to)));
};

describe("validateDocument", () => {
  it.each(documentNames)("accepts %s with every field, and knows them all", (name) => {
    expect(validateDocument(name, frontMatter(examples[name]))).toEqual([]);
    expect(unknownFields(name, frontMatter(examples[name]))).toEqual([]);
  });

  it.each(documentNames)("names each required field of %s that is missing", (name) => {
    const { required } = documentDefinitions[name];
    const expected = required.map((key) => ({ key, problem: "missing", message: `\`${key}\` is missing.` }));
    expect(validateDocument(name, {}).toSorted((a, b) => required.indexOf(a.key) - required.indexOf(b.key))).toEqual(expected);
  });

  it.each<[DocumentName, string, string]>([
    ["legal-privacy", "retention: P90D", "retention: P12M"],
    ["legal-privacy", "processors: [openai]", "processors: []"],
    ["legal-privacy", "status: approved", "status: Draft"],
    [
      "legal-privacy",
      "status: approved",
      "status: approved\nour-own-key: 1\ndecision: { criterion: legal-privacy-architecture, answer: yes, name: Lea, date: 2026-10-01, recorded-by: octo-mia }",
    ],
    ["architecture", "status: approved", "status: superseded by 12"],
    ["architecture", examples.architecture, "status: accepted\n"],
    ["model-selection", "shutdown-date: 2027-06-01", "shutdown-date: none"],
    ["observability", "fired: 2026-11-01T10:00:00Z", "fired: 2026-11-01"],
    ["escalation", 'deactivation: ["A sev1 stays open for an hour."]', "deactivation: When a sev1 stays open."],
    ["vendor", "exit: { alternative: mistral-large-2411, evaluation: docs/b.json }", "exit: { drill: 2026-09-01 }"],
    ["support", 'released-version: "1.2"', "released-version: 2"],
  ])("%s may say %s as %s", (name, from, to) => {
    expect(problemsOf(name, from, to)).toEqual([]);
  });

  it.each<[DocumentName, string, string, string, string]>([
    [
      "legal-privacy",
      "retention: P90D",
      "retention: 90 days",
      "retention",
      "`retention` must be an ISO 8601 duration such as P90D; it is `90 days`.",
    ],
    ["legal-privacy", "retention: P90D", "retention: 90", "retention", "`retention` must be text; put quotes around `90`."],
    ["legal-privacy", "regions: [eu-west-1]", "regions: eu-west-1", "regions", "`regions` must be a list; it is `eu-west-1`."],
    ["legal-privacy", "status: approved", "status: done", "status", "`status` must be draft or approved; it is `done`."],
    [
      "legal-privacy",
      "reviewed: 2026-10-01",
      "reviewed: October",
      "reviewed",
      "`reviewed` must be a date such as 2026-09-07; it is `October`.",
    ],
    [
      "model-selection",
      "shutdown-date: 2027-06-01",
      "shutdown-date: never",
      "shutdown-date",
      "`shutdown-date` must be a date such as 2027-06-01, or none; it is `never`.",
    ],
    ["vendor", "trains-on-our-data: false", "trains-on-our-data: no", "dpa", "`dpa.trains-on-our-data` must be true or false; it is `no`."],
    ["vendor", "signed: 2026-01-15, ", "", "dpa", "`dpa` needs `signed`."],
    [
      "pilot-data",
      "source: synthetic",
      "source: made-up",
      "data",
      "`data[1].source` must be production-sample, replayed, expert-written or synthetic; it is `made-up`.",
    ],
    ["business-metrics", "direction: down", "direction: lower", "metrics", "`metrics[0].direction` must be up or down; it is `lower`."],
    ["human-review", "review-rate: 0.05", "review-rate: 5", "capacity", "`capacity.review-rate` must be from 0 to 1; it is `5`."],
    [
      "observability",
      "fired: 2026-11-01T10:00:00Z",
      "fired: yesterday",
      "alert-test",
      "`alert-test.fired` must be a time such as 2026-09-07T10:00:00Z, or a date; it is `yesterday`.",
    ],
  ])("%s: refuses %s as %s", (name, from, to, key, message) => {
    expect(problemsOf(name, from, to)).toEqual([{ key, problem: "invalid", message }]);
  });

  it("counts an empty value as missing", () => {
    expect(problemsOf("legal-privacy", "retention: P90D", "retention:")).toEqual([
      { key: "retention", problem: "missing", message: "`retention` is empty." },
    ]);
  });

  it("lists keys that it does not know", () => {
    expect(unknownFields("legal-privacy", { retension: "P90D", __proto__: null, toString: 1, owner: "a" })).toEqual([
      "retension",
      "toString",
    ]);
  });

  it("survives anything", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...documentNames),
        fc.dictionary(fc.constantFrom("status", "owner", "metrics", "data", "dpa", "drill", "decision"), fc.jsonValue()),
        (name, fields) => {
          for (const { message } of validateDocument(name, fields)) expect(message.endsWith(".") || message.endsWith("?")).toBe(true);
        },
      ),
    );
  });
});

describe("documentDefinitions", () => {
  it("names files of fields that the schema knows as files", () => {
    expect(documentNames.flatMap((name) => documentDefinitions[name].files.map((path) => `${name} ${path}`))).toEqual([
      "model-selection candidates[].evaluation",
      "pilot-data data[].path",
      "vendor exit.evaluation",
      "output-logging schema",
      "output-logging sample",
      "support training",
      "integrations integrations[].contractTest",
      "adoption adoption.training",
    ]);
  });
});
