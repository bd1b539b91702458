import { Type } from "typebox";
import { amount, day, document, list, open, path, texts, time, word } from "./document-parts.ts";
import { oneOf, optional, text } from "./schema-parts.ts";

/* Documents of the rollout gate, and those that only signals read. */

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

export const rolloutDocuments = {
  "user-survey": document("user-survey.md", {
    question: text("The question."),
    scale: text("Scale of the answers, for example `1-5`."),
    asked: oneOf(["all", "random"] as const, { description: "Whom it was put to: all, or a random sample." }),
    cohort: open(
      {
        from: time("Start."),
        to: time("End."),
        rule: optional(text("Who belongs to it.")),
        name: optional(text("What the answers of those who belong to it are marked with; by default all answers are theirs.")),
      },
      "The cohort.",
    ),
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
};
