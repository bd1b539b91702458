import type { Static } from "typebox";
import type { EvidenceSource } from "./criteria-schema.ts";
import type { policySchema } from "./policy-schema.ts";
import type { ThresholdOptions } from "./thresholds.ts";
import type { CriterionId, Enforcement, GateId, Role } from "./vocabulary.ts";

export type { EvidenceSource };

/** As written: nothing filled in. */
export type PolicyFile = Static<typeof policySchema>;
export type SystemFile = NonNullable<PolicyFile["systems"]>[number];
export type Organization = NonNullable<PolicyFile["organization"]>;

/** Stands for the repository's default branch in a guard. */
export const DEFAULT_BRANCH = "~DEFAULT_BRANCH";

/** Severity labels that count as critical where the policy names none. */
export const usualCritical: readonly string[] = ["critical", "page", "sev1", "p1"];

export interface Gate {
  branches: string[];
  environments: string[];
  enforcement: Enforcement;
  enforceFrom: string | null;
  onHold: "reject" | "wait";
  waitDays: number;
}

export type CriterionSettings = {
  [C in CriterionId]: {
    evidence: EvidenceSource[];
    format: string | null;
    thresholds: ThresholdOptions<C>;
    columns: Record<string, string>;
    scale: string | null;
  };
};

type Filled =
  | "name"
  | "paths"
  | "documents"
  | "relevantPaths"
  | "architecture"
  | "fingerprint"
  | "roles"
  | "integrations"
  | "stages"
  | "gates"
  | "criteria"
  | "notApplicable"
  | "waivers"
  | "schedule"
  | "severities"
  | "decisions";

/** One system with every default filled in: what the engine judges by. `evidence: []` in a criterion means "the default place". */
export interface System extends Omit<SystemFile, Filled> {
  name: string;
  paths: string[];
  documents: string;
  relevantPaths: string[];
  architecture: { retrieval: boolean; tools: boolean; public: boolean };
  fingerprint: { prompts: string[]; guardrails: string[]; retrieval: string[] };
  roles: Partial<Record<Role, string[]>>;
  integrations: NonNullable<SystemFile["integrations"]>;
  stages: NonNullable<SystemFile["stages"]>;
  severities: { critical: string[] };
  gates: Record<GateId, Gate>;
  criteria: CriterionSettings;
  notApplicable: NonNullable<SystemFile["notApplicable"]>;
  waivers: NonNullable<SystemFile["waivers"]>;
  schedule: Record<GateId, number>;
  decisions: { remindAfterDays: number };
}

/** A repository's policy with every default filled in. */
export interface Policy {
  version: 1;
  systems: System[];
}
