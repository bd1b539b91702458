import { Type } from "typebox";
import { amount, day, document, duration, list, open, path, share, texts, time, word } from "./document-parts.ts";
import { optional, text } from "./schema-parts.ts";

/* Documents of the infrastructure gate. */

export const infrastructureDocuments = {
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
};
