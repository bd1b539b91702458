/** The closed vocabulary of the framework. Every list here is the only one of its kind; schemas, help, docs and tests derive from it. */

export const risks = ["low", "medium", "high"] as const;
export type Risk = (typeof risks)[number];

export const gateIds = ["governance", "infrastructure", "rollout"] as const;
export type GateId = (typeof gateIds)[number];

export const criterionIds = [
  "legal-privacy-architecture",
  "model-selection",
  "business-baseline",
  "pilot-performance",
  "model-registry",
  "vendor-terms",
  "observability",
  "guardrails",
  "human-review",
  "load-test",
  "output-logging",
  "escalation",
  "canary-stability",
  "user-satisfaction",
  "business-impact",
  "support-readiness",
] as const;
export type CriterionId = (typeof criterionIds)[number];

/** No risk level, waiver or not-applicable removes these. */
export const nonNegotiable = ["model-registry", "output-logging", "escalation", "human-review"] as const;

export const signalIds = ["demo-trap", "governance-ambush", "metric-mismatch", "integration-reality-shock", "adoption-vacuum"] as const;
export type SignalId = (typeof signalIds)[number];

export const roles = ["product-owner", "security", "legal-privacy", "architecture", "sre", "support-lead"] as const;
export type Role = (typeof roles)[number];

export const enforcements = ["advisory", "warn", "enforce"] as const;
export type Enforcement = (typeof enforcements)[number];

/** Of a criterion; the first that applies, in this order. */
export const states = ["not-applicable", "waived", "not-met", "missing", "stale", "inconclusive", "needs-decision", "met"] as const;
export type State = (typeof states)[number];

/** Of one thing that was found; `note` only informs. */
export const findingStates = ["not-met", "missing", "stale", "inconclusive", "needs-decision", "note"] as const;
export type FindingState = (typeof findingStates)[number];

/** What the weeks of a pilot lead up to. */
export const milestones = [...gateIds, "broad-release"] as const;
export type Milestone = (typeof milestones)[number];

/** What only GitHub or a running canary can tell: the keys of `--facts` that criteria look at. */
export const factNames = ["approvals", "decisions", "deployments", "alerts", "requests", "checks", "lineage"] as const;

/** E1 a file, E2 approved on this content, E3 an allowed workflow's artifact, E4 attested. */
export const levels = ["E1", "E2", "E3", "E4"] as const;
export type Level = (typeof levels)[number];

/** Every kind of measurement that a reader can produce. */
export const kinds = [
  "load-test",
  "red-team",
  "evaluation",
  "tests",
  "alerts",
  "alert-routing",
  "survey",
  "metric-series",
  "registry",
  "training",
  "log",
  "slo",
  "dashboard",
  "telemetry",
  "budget",
  "traffic",
  "document",
  "sidecar",
  "json-schema",
] as const;
export type Kind = (typeof kinds)[number];

/** Risks of the OWASP Top 10 for LLM applications, 2025: what an attack is sorted under. https://genai.owasp.org/llm-top-10/ */
export const owaspRisks = {
  llm01: "prompt injection",
  llm02: "sensitive information disclosure",
  llm03: "supply chain",
  llm04: "data and model poisoning",
  llm05: "improper output handling",
  llm06: "excessive agency",
  llm07: "system prompt leakage",
  llm08: "vector and embedding weaknesses",
  llm09: "misinformation",
  llm10: "unbounded consumption",
} as const;
export type OwaspRisk = keyof typeof owaspRisks;

/** Documents by the base name of their file in the documents folder; `vendor` stands for `vendors/<name>.md`. */
export const documentNames = [
  "legal-privacy",
  "architecture",
  "model-selection",
  "business-metrics",
  "pilot-data",
  "vendor",
  "observability",
  "human-review",
  "output-logging",
  "escalation",
  "user-survey",
  "support",
  "integrations",
  "adoption",
] as const;
export type DocumentName = (typeof documentNames)[number];

export const gateTitles: Record<GateId, string> = {
  governance: "Governance and Architecture Clearance",
  infrastructure: "Production Infrastructure Readiness",
  rollout: "Staged Deployment Validation",
};
