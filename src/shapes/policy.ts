import { Type, type Static, type TSchema } from "typebox";
import { thresholdSchemas, type ThresholdOptions } from "./thresholds.ts";
import {
  criterionIds,
  enforcements,
  gateIds,
  risks,
  roles,
  type CriterionId,
  type Enforcement,
  type GateId,
  type Role,
} from "./vocabulary.ts";

/* Keys, types, defaults and texts of the policy file, once: validation, TypeScript types, the published JSON Schema and the
   reference page derive from what stands here. `x-tighter` says as data which direction of a value is stricter. */

type Options = Record<string, unknown>;
const of = <P extends Record<string, TSchema>>(properties: P, options: Options = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });
const byKey = <K extends string, T extends TSchema>(keys: readonly K[], make: (key: K) => T) =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as { [P in K]: T };
const oneOf = <T extends string>(values: readonly T[], options: Options = {}) => Type.Enum([...values], options);
const text = (description: string) => Type.String({ minLength: 1, maxLength: 4000, description });
const optional = Type.Optional;
const glob = Type.String({ minLength: 1, maxLength: 512 });
const globs = (description: string, options: Options = {}) => Type.Array(glob, { maxItems: 200, description, ...options });
const date = (description: string) => Type.String({ format: "date", description });
const holder = Type.String({
  pattern: "^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?$",
  maxLength: 140,
  description: "A GitHub user (`@login`) or team (`@org/team`).",
});

const rolesSchema = of(
  byKey(roles, (role) => optional(Type.Array(holder, { minItems: 1, maxItems: 100, description: `Who may answer as ${role}.` }))),
  { description: "Who may decide. GitHub users or teams by role." },
);

const fileSource = of({ file: text("Glob of files at the judged commit.") });
const artifactSource = of({
  artifact: of({
    workflow: text("Path of the workflow that uploads the artifact."),
    name: text("Name of the artifact."),
    file: optional(text("Glob of files inside the artifact.")),
  }),
});
const checkSource = of({
  check: of({
    app: text("Slug of the App that reports the check, for Actions `github-actions`."),
    name: text("Name of the check run."),
    workflow: optional(text("Path of the workflow, required for Actions.")),
  }),
});
const sourceSchema = Type.Union([fileSource, artifactSource, checkSource], {
  description: "Where the evidence comes from: `file`, `artifact` or `check`.",
});

const criterionSchema = <C extends CriterionId>(id: C, extra: Record<string, TSchema> = {}) =>
  of(
    {
      evidence: optional(
        Type.Union([sourceSchema, Type.Array(sourceSchema, { minItems: 1, maxItems: 20 })], {
          description: "Where to look instead of `<documents>/evidence/" + id + "/**`.",
        }),
      ),
      format: optional(text("Format of the evidence, where its content fits several.")),
      thresholds: optional(thresholdSchemas[id]),
      ...extra,
    },
    { description: `Settings of the criterion ${id}.` },
  );

const columns = optional(
  Type.Record(Type.String({ pattern: "^[a-z][A-Za-z]*$" }), Type.String({ minLength: 1, maxLength: 200 }), {
    description: "Column names of the CSV file by what they mean, for example `score: csat`.",
    maxProperties: 20,
  }),
);
const scale = optional(text("Scale of the answers, for example `1-5`."));
const extras: Partial<Record<CriterionId, Record<string, TSchema>>> = {
  "user-satisfaction": { columns, scale },
  "business-impact": { columns },
  "support-readiness": { columns },
};

const criteriaSchema = of(
  byKey(criterionIds, (id): TSchema => optional(criterionSchema(id, extras[id]))),
  { description: "Settings by criterion: evidence and thresholds." },
);

const gateSchema = of({
  branches: optional(globs("Branches that the gate guards, as globs.")),
  environments: optional(globs("Environments that the gate guards, as globs; compared without case.")),
  enforcement: optional(
    oneOf(enforcements, {
      description: "How a hold acts: `advisory` (neutral check), `warn` (also a comment and a countdown), `enforce` (blocks).",
      "x-tighter": "higher",
    }),
  ),
  enforceFrom: optional(date("Day (UTC) from which the gate is enforced.")),
  onHold: optional(oneOf(["reject", "wait"] as const, { description: "Answer to a waiting deployment while the gate holds." })),
  waitDays: optional(Type.Number({ minimum: 0, maximum: 30, description: "Days that a deployment waits before it is rejected." })),
});
const gatesSchema = of(
  byKey(gateIds, () => optional(gateSchema)),
  { description: "What each gate guards and how it is enforced." },
);

const systemSchema = of({
  id: Type.String({ pattern: "^[a-z0-9-]+$", maxLength: 64, description: "Id of the system, unique in the policy." }),
  name: optional(text("Name shown to people.")),
  risk: oneOf(risks, {
    description: "Scales depth, sample sizes, approvers and freshness; never the framework's own numbers.",
    "x-tighter": "higher",
  }),
  started: optional(date("Day 1 of week 1.")),
  paths: optional(globs("Files that belong to the system.", { default: ["**"], minItems: 1 })),
  documents: optional(
    text("Folder of the readiness documents. Default `docs/readiness`, with several systems `docs/readiness/<system-id>`."),
  ),
  relevantPaths: optional(globs("A change here also voids measurements; by default only a change of the fingerprint does.")),
  architecture: optional(
    of(
      {
        retrieval: optional(Type.Boolean({ default: false, description: "Answers from retrieved documents." })),
        tools: optional(Type.Boolean({ default: false, description: "Calls tools or acts on other systems." })),
        public: optional(Type.Boolean({ default: false, description: "Reachable without sign-in." })),
      },
      { description: "Decides which attack categories are required." },
    ),
  ),
  models: Type.Array(
    of({
      id: text("Role of use, for example `chat`."),
      provider: text("Who serves the model."),
      model: text("Pinned version of the model."),
    }),
    { maxItems: 50, description: "Everything that answers for a user; with prompts and guardrails it makes the fingerprint." },
  ),
  fingerprint: optional(
    of(
      {
        prompts: optional(globs("Files of prompts.")),
        guardrails: optional(globs("Files of guardrail configuration.")),
        retrieval: optional(globs("Files of retrieval configuration.")),
      },
      { description: "Files that, with the models, identify what was measured." },
    ),
  ),
  roles: optional(rolesSchema),
  traffic: optional(
    of(
      {
        expectedPeak: optional(
          of(
            {
              requestsPerSecond: Type.Number({
                exclusiveMinimum: 0,
                maximum: 1e9,
                description: "Requests a second at the expected peak.",
                "x-tighter": "higher",
              }),
              tokensPerMinute: optional(
                Type.Number({
                  exclusiveMinimum: 0,
                  maximum: 1e12,
                  description: "Tokens a minute at the expected peak, input and output.",
                  "x-tighter": "higher",
                }),
              ),
            },
            { description: "The expected peak; load is proven at twice this." },
          ),
        ),
      },
      { description: "Traffic that the product owner vouches for." },
    ),
  ),
  integrations: optional(
    Type.Array(
      of({
        name: text("Name of the integrated system."),
        owner: optional(text("Who owns it.")),
        contractTest: optional(text("Path of the contract test.")),
        auth: optional(text("How the call is authorised.")),
      }),
      { maxItems: 100, description: "Systems that this one depends on." },
    ),
  ),
  stages: optional(
    Type.Array(
      of({
        environment: text("Name of the environment."),
        trafficPercent: Type.Number({ exclusiveMinimum: 0, maximum: 100, description: "Share of the traffic that it takes, percent." }),
      }),
      { maxItems: 20, description: "How the traffic share is known." },
    ),
  ),
  sources: optional(
    of(
      {
        alerts: optional(text("Name of the operator's alert source.")),
        incidents: optional(of({ issuesLabelled: text("Label of the issues that record incidents.") })),
      },
      { description: "Names of the operator's sources." },
    ),
  ),
  queries: optional(
    Type.Record(Type.String({ pattern: "^[a-z][A-Za-z]*$" }), Type.String({ minLength: 1, maxLength: 2000 }), {
      maxProperties: 20,
      description: "Queries to the sources, by what they count.",
    }),
  ),
  severities: optional(
    of({
      critical: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
        minItems: 1,
        maxItems: 50,
        description: "Severity labels that count as critical.",
        "x-tighter": "higher",
      }),
    }),
  ),
  gates: optional(gatesSchema),
  criteria: optional(criteriaSchema),
  notApplicable: optional(
    Type.Array(
      of({
        criterion: oneOf(criterionIds, { description: "Criterion that does not apply." }),
        reason: text("Why it does not apply."),
        role: optional(oneOf(roles, { description: "Role that approved it." })),
        approvedBy: optional(holder),
      }),
      { maxItems: 16, description: "Criteria that do not apply, each approved." },
    ),
  ),
  waivers: optional(
    Type.Array(
      of({
        criterion: oneOf(criterionIds, { description: "Criterion that is waived." }),
        until: date("Last day of the waiver."),
        reason: text("Why it is waived."),
        role: optional(oneOf(roles, { description: "Role that approved it." })),
        approvedBy: optional(holder),
        requestedBy: optional(holder),
      }),
      { maxItems: 32, description: "Dated exceptions." },
    ),
  ),
  schedule: optional(
    of(
      byKey(gateIds, (id) => optional(Type.Integer({ minimum: 1, maximum: 104, description: `Week by whose end the ${id} gate is due.` }))),
      { description: "Due weeks of the gates. Default 4, 9 and 13." },
    ),
  ),
  decisions: optional(
    of({
      remindAfterDays: optional(
        Type.Integer({ minimum: 1, maximum: 365, default: 10, description: "Working days after which an open decision is reminded." }),
      ),
    }),
  ),
});

const organizationSchema = of({
  required: optional(of({ repositories: globs("Repositories that must have a policy.") })),
  roles: optional(rolesSchema),
  floors: optional(
    of({ risk: optional(oneOf(risks)), criteria: optional(criteriaSchema) }, { description: "What no repository may go below." }),
  ),
  defaults: optional(
    of({ gates: optional(gatesSchema), criteria: optional(criteriaSchema) }, { description: "Used where a repository says nothing." }),
  ),
  inherit: optional(
    Type.Array(of({ criterion: oneOf(criterionIds), file: text("Path of the document in the organisation's `.github` repository.") }), {
      maxItems: 100,
      description: "Evidence written once for all repositories.",
    }),
  ),
  securityPolicy: optional(
    of({
      clauses: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        maxItems: 200,
        description: "Clauses that every model choice answers.",
      }),
    }),
  ),
});

/** The whole policy file; a repository's has `systems`, an organisation's `organization`. */
export const policySchema = Type.Object(
  {
    version: Type.Literal(1, { description: "Version of the policy format." }),
    systems: optional(Type.Array(systemSchema, { minItems: 1, maxItems: 50, description: "GenAI use cases in this repository." })),
    organization: optional(organizationSchema),
  },
  {
    additionalProperties: false,
    title: "Pilotgate policy",
    description: "`.github/pilotgate.yml`: systems, what guards them and who decides.",
  },
);

/** As written: nothing filled in. */
export type PolicyFile = Static<typeof policySchema>;
export type SystemFile = NonNullable<PolicyFile["systems"]>[number];
export type Organization = NonNullable<PolicyFile["organization"]>;
export type EvidenceSource = Static<typeof fileSource> | Static<typeof artifactSource> | Static<typeof checkSource>;

/** Stands for the repository's default branch in a guard. */
export const DEFAULT_BRANCH = "~DEFAULT_BRANCH";

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
  | "severities";

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
}

export interface Policy {
  version: 1;
  systems: System[];
}
