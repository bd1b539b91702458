import type { DocumentName } from "./vocabulary.ts";

export interface DocumentDefinition {
  /** Path below the documents folder; `vendors/<name>.md` stands for each vendor's. */
  file: string;
  title: string;
  /** Headings that must have text of their own. */
  sections: readonly string[];
  /** Other names under which a section is known, by its name here. */
  sectionAliases?: Readonly<Record<string, readonly string[]>>;
  /** Front matter keys that must be there. */
  required: readonly string[];
  /** Front matter fields that name files of the repository: `candidates[].evaluation`. */
  files: readonly string[];
}

const common = ["status", "owner", "reviewed", "review-by"] as const;

/** What each readiness document is; the front matter's own shape stands in `documents.ts`. */
export const documentDefinitions: Readonly<Record<DocumentName, DocumentDefinition>> = {
  "legal-privacy": {
    file: "legal-privacy.md",
    title: "Legal and privacy assessment",
    sections: ["Purpose", "Data flow", "Necessity and proportionality", "Risks and measures"],
    required: [...common, "data-categories", "regions", "retention", "legal-basis", "processors"],
    files: [],
  },
  architecture: {
    file: "architecture.md",
    title: "Architecture decision",
    sections: ["Context", "Decision", "Consequences"],
    sectionAliases: { Context: ["Context and Problem Statement"], Decision: ["Decision Outcome"] },
    // A decision record of another habit (MADR, Nygard) has a status and nothing else of ours.
    required: ["status"],
    files: [],
  },
  "model-selection": {
    file: "model-selection.md",
    title: "Model selection",
    sections: ["Choice", "Limits", "Fallback"],
    required: [...common, "model", "candidates", "policy-clauses", "shutdown-date"],
    files: ["candidates[].evaluation"],
  },
  "business-metrics": {
    file: "business-metrics.md",
    title: "Business metrics and baseline",
    sections: ["Why these"],
    required: [...common, "metrics", "exposure-from"],
    files: [],
  },
  "pilot-data": {
    file: "pilot-data.md",
    title: "Data card of the pilot",
    sections: ["Representative of whom"],
    required: [...common, "data"],
    files: ["data[].path"],
  },
  vendor: {
    file: "vendors/<name>.md",
    title: "Vendor terms",
    sections: ["Gaps"],
    required: [...common, "vendor", "sla", "dpa", "rate-limits", "pricing", "exit"],
    files: ["exit.evaluation"],
  },
  observability: {
    file: "observability.md",
    title: "Observability",
    sections: ["On call"],
    required: [...common, "alert-test"],
    files: [],
  },
  "human-review": {
    file: "human-review.md",
    title: "Human review",
    sections: ["Triggers", "Reviewers", "Authority and stop", "Time limits", "Records"],
    required: [...common, "high-stakes", "rota", "capacity", "drill"],
    files: [],
  },
  "output-logging": {
    file: "output-logging.md",
    title: "Output logging",
    sections: ["What is kept", "Who may read"],
    required: [...common, "retention", "store", "completeness"],
    files: ["schema", "sample"],
  },
  escalation: {
    file: "escalation.md",
    title: "Escalation",
    sections: ["Edge cases"],
    required: [...common, "severities", "stop-switch", "user-path", "deactivation"],
    files: [],
  },
  "user-survey": {
    file: "user-survey.md",
    title: "User survey",
    sections: ["Representative of whom"],
    required: [...common, "question", "scale", "asked", "cohort", "threshold-set"],
    files: [],
  },
  support: {
    file: "support.md",
    title: "Support readiness",
    sections: ["Runbooks", "Macros"],
    required: [...common, "rota", "training", "material-version", "released-version", "forecast"],
    files: ["training"],
  },
  integrations: {
    file: "integrations.md",
    title: "Integrations",
    sections: [],
    required: ["integrations"],
    files: ["integrations[].contractTest"],
  },
  adoption: { file: "adoption.md", title: "Adoption", sections: [], required: ["adoption"], files: ["adoption.training"] },
};
