import { Type, type Static } from "typebox";
import { amount, common, day, delegated, document, duration, list, open, path, span, texts, word } from "./document-parts.ts";
import { oneOf, optional, text } from "./schema-parts.ts";

/* Documents of the governance gate. */

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

export const governanceDocuments = {
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
    strata: optional(
      list(
        open({ name: text("Name, as results give it."), n: amount("Cases in it.") }, "A stratum."),
        "Groups of cases of which each must reach the thresholds; none by default.",
      ),
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
};
