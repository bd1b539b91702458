import { Type } from "typebox";
import { criteriaSchema } from "./criteria-schema.ts";
import { byKey, date, globs, holder, of, oneOf, optional, text } from "./schema-parts.ts";
import { criterionIds, enforcements, gateIds, risks, roles } from "./vocabulary.ts";

/* One GenAI use case as a policy declares it: keys, types, defaults and texts, once. */

export const riskSchema = oneOf(risks, {
  description: "Scales depth, sample sizes, approvers and freshness; never the framework's own numbers.",
  "x-def": "risk",
  "x-tighter": "higher",
});

export const criterionSchema = oneOf(criterionIds, { description: "Id of a criterion.", "x-def": "criterion" });

const holders = Type.Array(holder("A GitHub user (`@login`) or team (`@org/team`)."), {
  minItems: 1,
  maxItems: 100,
  description: "Who may answer in this role.",
  "x-def": "holders",
  "x-tighter": "same",
});

export const rolesSchema = of(
  byKey(roles, () => optional(holders)),
  { description: "Who may decide: GitHub users or teams by role.", "x-def": "roles" },
);

const gateSchema = of(
  {
    branches: optional(globs("Branches that the gate guards, as globs; `~DEFAULT_BRANCH` is the default branch.", { "x-tighter": "more" })),
    environments: optional(globs("Environments that the gate guards, as globs; compared without case.", { "x-tighter": "more" })),
    enforcement: optional(
      oneOf(enforcements, {
        description: "How a hold acts: `advisory` (neutral check), `warn` (also a comment and a countdown), `enforce` (blocks).",
        default: "enforce",
        "x-tighter": "higher",
      }),
    ),
    enforceFrom: optional(date("Day (UTC) from which the gate is enforced.", { "x-tighter": "lower" })),
    onHold: optional(
      oneOf(["reject", "wait"] as const, { description: "Answer to a waiting deployment while the gate holds.", default: "reject" }),
    ),
    waitDays: optional(
      Type.Number({ minimum: 0, maximum: 30, default: 7, description: "Days that a deployment waits before it is rejected." }),
    ),
  },
  {
    "x-def": "gate",
    description:
      "Without branches and environments: governance guards the default branch, infrastructure `release/**` and `staging`, rollout `production`.",
  },
);

export const gatesSchema = of(
  byKey(gateIds, () => optional(gateSchema)),
  { "x-def": "gates", description: "What each gate guards and how it is enforced." },
);

const peakSchema = of(
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
);

const flag = (description: string) => optional(Type.Boolean({ default: false, description, "x-tighter": "higher" }));

const exception = {
  reason: text("Why."),
  role: optional(oneOf(roles, { description: "Role that approved it.", "x-def": "approvingRole", "x-tighter": "same" })),
  approvedBy: optional(Type.Unsafe<string>({ ...holder("Who approved it."), "x-tighter": "same" })),
};

export const systemSchema = of({
  id: Type.String({
    pattern: "^[a-z0-9-]+$",
    maxLength: 64,
    description: "Id of the system, unique in the policy.",
    "x-expects": "small letters, digits and hyphens",
  }),
  name: optional(text("Name shown to people. Default: the id.")),
  risk: riskSchema,
  started: optional(date("Day 1 of week 1.")),
  paths: optional(globs("Files that belong to the system.", { default: ["**"], minItems: 1, "x-tighter": "more" })),
  documents: optional(
    text("Folder of the readiness documents. Default `docs/readiness`, with several systems `docs/readiness/<system-id>`."),
  ),
  relevantPaths: optional(
    globs("A change here also voids measurements; by default only a change of the fingerprint does.", { default: [], "x-tighter": "more" }),
  ),
  architecture: optional(
    of(
      {
        retrieval: flag("Answers from retrieved documents."),
        tools: flag("Calls tools or acts on other systems."),
        public: flag("Reachable without sign-in."),
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
        prompts: optional(globs("Files of prompts.", { default: [], "x-tighter": "more" })),
        guardrails: optional(globs("Files of guardrail configuration.", { default: [], "x-tighter": "more" })),
        retrieval: optional(globs("Files of retrieval configuration.", { default: [], "x-tighter": "more" })),
      },
      { description: "Files that, with the models, identify what was measured." },
    ),
  ),
  roles: optional(rolesSchema),
  traffic: optional(
    of(
      {
        expectedPeak: optional(peakSchema),
        regions: optional(
          Type.Array(text("Name of a region, as the sidecars of load tests write it."), {
            maxItems: 50,
            description: "Regions that a load test must cover at one time.",
            "x-tighter": "more",
          }),
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
        trafficPercent: Type.Number({
          exclusiveMinimum: 0,
          maximum: 100,
          description: "Share of the traffic that it takes, percent.",
          "x-tighter": "same",
        }),
      }),
      { maxItems: 20, description: "How the traffic share is known.", "x-key": "environment", "x-tighter": "fewer" },
    ),
  ),
  sources: optional(
    of(
      {
        alerts: optional(text("Name of the operator's alert source.", { "x-tighter": "same" })),
        incidents: optional(
          of(
            { issuesLabelled: text("Label of the issues that record incidents.", { "x-tighter": "same" }) },
            { description: "Where incidents are recorded." },
          ),
        ),
      },
      { description: "Names of the operator's sources." },
    ),
  ),
  queries: optional(
    Type.Unsafe<Record<string, string>>({
      type: "object",
      propertyNames: { pattern: "^[a-z][A-Za-z]*$" },
      additionalProperties: { type: "string", minLength: 1, maxLength: 2000 },
      maxProperties: 20,
      description: "Queries to the sources, by what they count.",
      "x-tighter": "same",
    }),
  ),
  severities: optional(
    of(
      {
        critical: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
          minItems: 1,
          maxItems: 50,
          default: ["critical", "page", "sev1", "p1"],
          description: "Severity labels that count as critical.",
          "x-tighter": "more",
        }),
      },
      { description: "How severe an alert is." },
    ),
  ),
  gates: optional(gatesSchema),
  criteria: optional(criteriaSchema),
  notApplicable: optional(
    Type.Array(of({ criterion: criterionSchema, ...exception }), {
      maxItems: 16,
      description: "Criteria that do not apply, each approved.",
      "x-key": "criterion",
      "x-tighter": "fewer",
    }),
  ),
  waivers: optional(
    Type.Array(
      of({
        criterion: criterionSchema,
        until: date("Last day of the waiver.", { "x-tighter": "lower" }),
        ...exception,
        requestedBy: optional(holder("Who asked for it.")),
      }),
      { maxItems: 32, description: "Dated exceptions.", "x-key": "criterion", "x-tighter": "fewer" },
    ),
  ),
  schedule: optional(
    of(
      byKey(gateIds, (id) => optional(Type.Integer({ minimum: 1, maximum: 104, description: `Week by whose end the ${id} gate is due.` }))),
      { description: "Due weeks of the gates. Default 4, 9 and 13." },
    ),
  ),
  decisions: optional(
    of(
      {
        remindAfterDays: optional(
          Type.Integer({ minimum: 1, maximum: 365, default: 10, description: "Working days after which an open decision is reminded." }),
        ),
      },
      { description: "Open decisions." },
    ),
  ),
});
