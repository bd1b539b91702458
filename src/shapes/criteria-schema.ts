import { Type, type TSchema } from "typebox";
import { byKey, of, optional, text } from "./schema-parts.ts";
import { thresholdSchemas, type ThresholdOptions } from "./thresholds.ts";
import { criterionIds, type CriterionId } from "./vocabulary.ts";

/** Files at the judged commit, a workflow's artifact, or the conclusion of a check run. */
export type EvidenceSource =
  | { file: string }
  | { artifact: { workflow: string; name: string; file?: string } }
  | { check: { app: string; name: string; workflow?: string } };

/** What a policy says about one criterion. */
export interface CriterionFile<C extends CriterionId> {
  evidence?: EvidenceSource | EvidenceSource[];
  format?: string;
  thresholds?: ThresholdOptions<C>;
  columns?: Record<string, string>;
  scale?: string;
}
export type CriteriaFile = { [C in CriterionId]?: CriterionFile<C> };

const sourceSchema = of(
  {
    file: optional(text("Glob of files at the judged commit.")),
    artifact: optional(
      of(
        {
          workflow: text("Path of the workflow that uploads the artifact."),
          name: text("Name of the artifact."),
          file: optional(text("Glob of files inside the artifact.")),
        },
        { description: "An artifact of a workflow run at the judged commit." },
      ),
    ),
    check: optional(
      of(
        {
          app: text("Slug of the App that reports the check, for Actions `github-actions`."),
          name: text("Name of the check run."),
          workflow: optional(text("Path of the workflow, required for Actions.")),
        },
        { description: "Conclusion of a check run, never a number." },
      ),
    ),
  },
  { "x-def": "source", description: "One of `file`, `artifact` and `check`." },
);

const oneSource = { ...sourceSchema, minProperties: 1, maxProperties: 1 };
const evidenceSchema = {
  "x-def": "evidence",
  "x-tighter": "stronger",
  description: "Where to look instead of `<documents>/evidence/<criterion-id>/**`: one source or a list of them.",
  anyOf: [oneSource, { type: "array", minItems: 1, maxItems: 20, items: oneSource }],
  "x-expects": "a source (`file`, `artifact` or `check`) or a list of sources",
};

const columns = {
  type: "object",
  "x-def": "columns",
  "x-tighter": "same",
  description: "Names of columns (of k6: of counters) by what they mean, for example `score: csat` or `totalTokens: llm_tokens`.",
  maxProperties: 20,
  propertyNames: { pattern: "^[a-z][A-Za-z]*$" },
  additionalProperties: { type: "string", minLength: 1, maxLength: 200 },
};
const scale = text("Scale of the answers, for example `1-5`.", { "x-tighter": "same" });
const extras: Partial<Record<CriterionId, Record<string, TSchema>>> = {
  "load-test": { columns: optional(Type.Unsafe(columns)) },
  "user-satisfaction": { columns: optional(Type.Unsafe(columns)), scale: optional(scale) },
  "business-impact": { columns: optional(Type.Unsafe(columns)) },
  "support-readiness": { columns: optional(Type.Unsafe(columns)) },
};

const criterionSchema = (id: CriterionId): TSchema =>
  of({
    evidence: optional(Type.Unsafe(evidenceSchema)),
    format: optional(text("Format of the evidence, where its content fits several.", { "x-def": "format" })),
    thresholds: optional(thresholdSchemas[id]),
    ...extras[id],
  });

export const criteriaSchema = Type.Unsafe<CriteriaFile>(
  of(
    byKey(criterionIds, (id): TSchema => optional(criterionSchema(id))),
    { "x-def": "criteria", description: "Settings by criterion: evidence and thresholds, whose defaults scale with the risk." },
  ),
);
