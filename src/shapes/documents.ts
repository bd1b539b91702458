import { Type, type Static, type TSchema } from "typebox";
import { oneOf, optional, text } from "./schema-parts.ts";
import type { DocumentName } from "./vocabulary.ts";

/* Front matter of the readiness documents. Unknown keys are allowed: a document may carry fields of its owner's. Values are
   what YAML 1.2 says: dates and durations are text, and a version or tier that looks like a number is one. */

const open = <P extends Record<string, TSchema>>(properties: P, description: string) => Type.Object(properties, { description });
const word = (description: string) =>
  Type.Unsafe<string | number>({ type: ["string", "number"], minLength: 1, maxLength: 400, description, "x-expects": "text" });
const amount = (description: string) => Type.Number({ minimum: 0, maximum: 1e15, description });
const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
const path = (description: string) => text(description, { "x-file": true });
const list = <T extends TSchema>(items: T, description: string) => Type.Array(items, { maxItems: 1000, description });
const texts = (description: string) => list(Type.String({ minLength: 1, maxLength: 400 }), description);
const day = (description: string) => Type.String({ format: "date", description });
const duration = (description: string) => Type.String({ format: "duration", description });
const time = (description: string) =>
  Type.Unsafe<string>({
    anyOf: [
      { type: "string", format: "date-time" },
      { type: "string", format: "date" },
    ],
    description,
    "x-expects": "a time such as 2026-09-07T10:00:00Z, or a date",
  });
const span = (description: string) => open({ from: time("Start."), to: time("End.") }, description);

const delegated = open(
  {
    criterion: text("Criterion that is answered."),
    answer: word("The answer."),
    name: text("Who answered."),
    title: optional(text("Position.")),
    date: day("When."),
    "recorded-by": text("Login of the person who wrote it down."),
  },
  "Answer of somebody without a GitHub account.",
);

const common = {
  status: Type.Unsafe<string>({
    type: "string",
    pattern: "^([Dd]raft|[Aa]pproved)$",
    description: "`draft` or `approved`.",
    "x-expects": "draft or approved",
  }),
  owner: text("Who stands by it: a login, a team or a name."),
  reviewed: day("Day of the last review."),
  "review-by": day("Day until which that review holds."),
  decision: optional(delegated),
};

const document = <P extends Record<string, TSchema>>(title: string, properties: P) =>
  Type.Object({ ...common, ...properties }, { title, description: `Front matter of ${title}.` });

const evaluationField = { model: text("Model, pinned."), evaluation: optional(path("Its evaluation result.")) };

const metric = open(
  {
    id: text("Id of the metric."),
    class: optional(text("`business`, or what else it is.")),
    formula: optional(text("How it is computed.")),
    unit: optional(word("Unit.")),
    direction: optional(oneOf(["up", "down"] as const, { description: "Which way is better." })),
    source: optional(text("Where the figures come from.")),
    baseline: optional(Type.Number({ description: "Value before exposure." })),
    window: optional(span("When the baseline was measured.")),
    n: optional(amount("Cases in the baseline.")),
    target: optional(Type.Number({ description: "Value aimed at." })),
    owner: optional(text("Who answers for it.")),
    guardrail: optional(Type.Boolean({ description: "Must not get worse." })),
  },
  "A metric.",
);

const integrationsField = list(
  open(
    {
      name: text("Name of the integrated system."),
      owner: optional(text("Who owns it.")),
      contractTest: optional(path("Contract test.")),
      auth: optional(text("How the call is authorised.")),
    },
    "An integration.",
  ),
  "Systems that this one depends on.",
);

export const documentSchemas = {
  "legal-privacy": document("legal-privacy.md", {
    "data-categories": texts("Categories of data, for example `personal`; `[]` where there are none."),
    regions: texts("Regions in which data is processed."),
    retention: duration("How long data is kept."),
    "legal-basis": text("Legal basis of the processing."),
    processors: texts("Vendors that process data; each has a vendor document."),
  }),
  architecture: Type.Object(
    {
      status: text("`approved`, or the status of a decision record: `accepted`."),
      owner: optional(common.owner),
      reviewed: optional(common.reviewed),
      "review-by": optional(common["review-by"]),
      decision: optional(
        Type.Unsafe<string | Static<typeof delegated>>({
          anyOf: [{ type: "string", minLength: 1, maxLength: 400 }, delegated],
          description: "`accepted`, or what was decided; or the answer of somebody without a GitHub account.",
          "x-expects": "text such as accepted",
        }),
      ),
    },
    { title: "architecture.md", description: "Front matter of architecture.md; decision records after MADR or Nygard are read too." },
  ),
  "model-selection": document("model-selection.md", {
    model: text("The chosen model, pinned."),
    candidates: list(open(evaluationField, "A candidate."), "Models that were compared."),
    "policy-clauses": list(
      open(
        {
          id: word("Clause of the security policy."),
          answer: word("`met`, or how far it is."),
          evidence: optional(text("Evidence, in words or as a path.")),
        },
        "A clause.",
      ),
      "Clauses of the security policy, each answered.",
    ),
    "shutdown-date": Type.Unsafe<string>({
      anyOf: [{ type: "string", format: "date" }, { const: "none" }],
      description: "Day on which the provider shuts the model down, or `none`.",
      "x-expects": "a date such as 2027-06-01, or none",
    }),
  }),
  "business-metrics": document("business-metrics.md", {
    metrics: list(metric, "Metrics; at least one of class `business`."),
    "exposure-from": day("First day on which users meet the system."),
  }),
  "pilot-data": document("pilot-data.md", {
    data: list(
      open(
        {
          path: optional(path("File of the data.")),
          digest: optional(text("Digest of the data, where it is not in the repository.")),
          source: oneOf(["production-sample", "replayed", "expert-written", "synthetic"] as const, { description: "Where it comes from." }),
          n: amount("Cases."),
          window: optional(span("When it was collected.")),
          sampling: optional(text("How it was drawn.")),
          labellers: optional(
            Type.Unsafe<string | number | string[]>({ type: ["string", "number", "array"], description: "Who labelled it." }),
          ),
        },
        "A set of evaluation data.",
      ),
      "Evaluation data.",
    ),
    thresholds: optional(
      list(
        open(
          {
            metric: text("Name of the metric."),
            "at-least": optional(Type.Number({ description: "Least value." })),
            "at-most": optional(Type.Number({ description: "Greatest value." })),
          },
          "A threshold.",
        ),
        "What the results must reach.",
      ),
    ),
  }),
  vendor: document("vendors/<name>.md", {
    vendor: text("Name of the vendor."),
    sla: open(
      {
        availability: amount("Promised availability, as a share."),
        tier: optional(word("Tier that is bought.")),
        "contract-until": optional(day("End of the contract.")),
      },
      "Service level.",
    ),
    dpa: open(
      {
        signed: day("Day of signature."),
        regions: texts("Regions in which data is processed."),
        retention: duration("How long the vendor keeps data."),
        "trains-on-our-data": Type.Boolean({ description: "Whether the vendor trains models on our data." }),
      },
      "Data processing agreement.",
    ),
    "rate-limits": open(
      { "requests-per-minute": amount("Requests a minute."), "tokens-per-minute": optional(amount("Tokens a minute.")) },
      "Quota that is granted.",
    ),
    pricing: open(
      {
        currency: text("Currency, for example EUR."),
        "unit-cost": open(
          {
            "1x": amount("At the expected peak."),
            "2x": optional(amount("At twice this.")),
            "5x": optional(amount("At five times this.")),
          },
          "Cost of one unit by load.",
        ),
        "pilot-estimate": amount("Cost of one unit that the pilot estimated."),
        "as-of": day("Day of the prices."),
        accepted: optional(Type.Unsafe<boolean | string>({ type: ["boolean", "string"], description: "A higher cost is accepted." })),
      },
      "Prices.",
    ),
    exit: open(
      {
        alternative: optional(text("Model to switch to.")),
        evaluation: optional(path("Its evaluation result.")),
        drill: optional(day("Day of the last switch drill.")),
      },
      "Way out: an evaluated alternative, or a drill.",
    ),
  }),
  observability: document("observability.md", {
    dashboards: optional(texts("Dashboards: addresses or files.")),
    "alert-test": open(
      { fired: time("When a test alert was fired."), acknowledged: time("When it was acknowledged."), by: optional(text("By whom.")) },
      "A test of the alert path.",
    ),
    budget: optional(
      open(
        {
          currency: text("Currency."),
          monthly: amount("Budget of a month."),
          "alert-at": list(amount("A share."), "Shares at which it alerts."),
        },
        "Budget with alerts.",
      ),
    ),
    tracing: optional(
      open(
        { model: Type.Boolean({ description: "Model on each call." }), tokens: Type.Boolean({ description: "Token counts." }) },
        "Tracing.",
      ),
    ),
  }),
  "human-review": document("human-review.md", {
    "high-stakes": list(open({ id: word("Id."), when: text("When a case is one.") }, "A predicate."), "Cases that a person reviews."),
    rota: open({ hours: word("Hours covered, for example `24x7`."), people: amount("People on it.") }, "Who reviews when."),
    capacity: open(
      {
        "volume-per-day": amount("Answers a day."),
        "review-rate": share("Share that is reviewed."),
        "minutes-each": amount("Minutes a review."),
        "staffed-hours-per-day": amount("Staffed hours a day."),
      },
      "Capacity.",
    ),
    drill: open(
      {
        date: day("Day of the drill."),
        cases: amount("Cases."),
        seeded: amount("Bad cases among them."),
        caught: amount("Bad cases that were caught."),
        "median-seconds": optional(amount("Median time of a review, seconds.")),
        participants: optional(texts("Who took part.")),
      },
      "The last review drill.",
    ),
  }),
  "output-logging": document("output-logging.md", {
    schema: optional(path("JSON Schema of a log line.")),
    sample: optional(path("Sample of the log, JSON lines.")),
    retention: duration("How long the log is kept."),
    store: open({ kind: text("Kind, for example `append-only`."), name: text("Name of the store.") }, "Where the log is kept."),
    completeness: open(
      {
        logged: amount("Requests in the log."),
        served: amount("Requests served."),
        window: optional(Type.Unsafe<unknown>({ type: ["string", "object"], description: "Time that was compared." })),
      },
      "How complete the log is.",
    ),
    fields: optional(
      Type.Unsafe<Record<string, string>>({
        type: "object",
        additionalProperties: { type: "string", minLength: 1, maxLength: 200 },
        description: "Names of the log's keys by our names, for example `user: uid`.",
      }),
    ),
  }),
  escalation: document("escalation.md", {
    severities: list(
      open(
        {
          id: word("Severity."),
          role: text("Who acts."),
          contact: text("How they are reached."),
          minutes: amount("Minutes until they act."),
        },
        "A severity.",
      ),
      "Severities.",
    ),
    "stop-switch": open(
      { name: text("What stops the system."), owner: text("Who may use it."), exercised: day("Day of the last exercise.") },
      "Stop switch.",
    ),
    "user-path": text("How a user reaches a person."),
    deactivation: Type.Unsafe<string | string[]>({
      anyOf: [
        { type: "array", minItems: 1, maxItems: 100, items: { type: "string", minLength: 1, maxLength: 4000 } },
        { type: "string", minLength: 1, maxLength: 4000 },
      ],
      description: "When the system is switched off.",
      "x-expects": "a list of conditions",
    }),
  }),
  "user-survey": document("user-survey.md", {
    question: text("The question."),
    scale: text("Scale of the answers, for example `1-5`."),
    asked: oneOf(["all", "random"] as const, { description: "Whom it was put to: all, or a random sample." }),
    cohort: open({ from: time("Start."), to: time("End."), rule: optional(text("Who belongs to it.")) }, "The cohort."),
    "threshold-set": day("Day on which the threshold was set."),
  }),
  support: document("support.md", {
    rota: texts("Logins of the people on the rota."),
    training: path("Training record."),
    "material-version": word("Version of the training material."),
    "released-version": word("Version that is released."),
    forecast: open(
      {
        "contacts-per-day": amount("Contacts a day."),
        "handle-minutes": amount("Minutes a contact."),
        "staffed-hours-per-day": amount("Staffed hours a day."),
      },
      "Forecast.",
    ),
  }),
  integrations: Type.Object(
    { integrations: integrationsField },
    { title: "integrations.md", description: "Front matter of integrations.md." },
  ),
  adoption: Type.Object(
    {
      adoption: open(
        {
          eligible: amount("People who could use the system."),
          "weekly-active": list(
            open({ week: word("Week, for example `2026-W40`."), users: amount("People.") }, "A week."),
            "Active people by week.",
          ),
          "workflow-change": optional(text("How work changes.")),
          training: optional(path("Training record.")),
        },
        "Adoption.",
      ),
    },
    { title: "adoption.md", description: "Front matter of adoption.md." },
  ),
} satisfies Record<DocumentName, TSchema>;

/** Front matter of each document, as it is when `validateDocument` finds nothing. */
export type DocumentFields = { [D in DocumentName]: Static<(typeof documentSchemas)[D]> };
