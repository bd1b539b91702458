/** Closed codes of what can be wrong with a policy. */
export const problemCodes = [
  "too-large",
  "not-utf8",
  "empty",
  "not-yaml",
  "not-a-mapping",
  "several-documents",
  "too-deep",
  "too-many-aliases",
  "duplicate-key",
  "unknown-key",
  "missing-key",
  "wrong-type",
  "not-a-choice",
  "bad-date",
  "bad-text",
  "out-of-range",
  "wrong-count",
  "wrong-scope",
  "duplicate-system",
  "duplicate-criterion",
  "duplicate-stage",
  "non-negotiable",
  "enforce-from-without-effect",
  "wait-days-without-wait",
  "schedule-order",
  "bad-glob",
  "bad-path",
  "too-many-problems",
  "role-without-holder",
  "single-holder",
  "no-expected-peak",
  "shared-documents",
  "guards-nothing",
  "canary-guarded-by-rollout",
  "matches-nothing",
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** One thing that is wrong with a file, or worth a second look: where, what, how to mend it. */
export interface Problem {
  severity: "error" | "warning";
  code: ProblemCode;
  /** One or two sentences. Quotes the file at 40 characters at most, escaped. */
  message: string;
  file: string;
  /** Both count from 1, columns in UTF-16 units. */
  line: number;
  column: number;
  /** `systems[0].gates.rollout`. */
  path?: string;
}
