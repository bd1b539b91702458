import { Type, type Static } from "typebox";
import { gateIds } from "./vocabulary.ts";

/* `doctor --format json`: what GitHub's own settings prove about each gate. */

/** `unknown` is what the token may not see; it counts for nothing. */
export const outcomes = ["proven", "open", "unknown"] as const;
export type Outcome = (typeof outcomes)[number];

/** Of branches: `required` to `coverage`; of environments: `environment` to `admins`. */
export const questionIds = [
  "policy",
  "required",
  "pinned",
  "bound",
  "history",
  "creation",
  "coverage",
  "environment",
  "named",
  "answered",
  "admins",
] as const;
export type QuestionId = (typeof questionIds)[number];

const closed = { additionalProperties: false };
const text = (description: string) => Type.String({ description });
const texts = (description: string) => Type.Array(Type.String(), { description });

const requiredCheck = Type.Object(
  { context: text("Name of the check."), integration_id: Type.Integer({ description: "Number of the App." }) },
  closed,
);

const rule = Type.Union([
  Type.Object({ type: Type.Enum(["deletion", "non_fast_forward"], { description: "What is blocked." }) }, closed),
  Type.Object(
    {
      type: Type.Literal("required_status_checks", { description: "Checks must have passed." }),
      parameters: Type.Object(
        {
          strict_required_status_checks_policy: Type.Boolean({ description: "Must a pull request hold the newest commit of its base?" }),
          do_not_enforce_on_create: Type.Boolean({ description: "May branches be made at commits that did not pass?" }),
          required_status_checks: Type.Array(requiredCheck, { description: "The gate's check, from the App." }),
        },
        { ...closed, description: "As GitHub names them." },
      ),
    },
    closed,
  ),
]);

const refName = Type.Object(
  { include: texts("GitHub's patterns of branches."), exclude: texts("None.") },
  { ...closed, description: "Branches." },
);

/** As GitHub's page imports it and as its API takes it: https://docs.github.com/rest/repos/rules#create-a-repository-ruleset */
const ruleset = Type.Object(
  {
    name: text("Unique in the repository."),
    target: Type.Literal("branch", { description: "What it is for." }),
    enforcement: Type.Literal("active", { description: "It blocks." }),
    conditions: Type.Object({ ref_name: refName }, { ...closed, description: "Where it holds." }),
    rules: Type.Array(rule, { description: "What it asks for." }),
    bypass_actors: Type.Array(Type.Never(), { description: "Nobody." }),
  },
  closed,
);

const guards = Type.Object(
  {
    kind: Type.Enum(["branches", "environments"], { description: "What is guarded." }),
    glob: text("As the policy says it."),
    systems: texts("Systems whose gate guards it."),
  },
  closed,
);

const mend = Type.Object(
  {
    summary: text("What to do."),
    commands: texts("To be pasted into a shell."),
    ruleset: Type.Union([ruleset, Type.Null()], { description: "The ruleset that the command imports." }),
  },
  closed,
);

const finding = Type.Object(
  {
    question: Type.Enum([...questionIds], { description: "What was asked; docs/doctor.md explains each." }),
    gate: Type.Union([Type.Enum([...gateIds]), Type.Null()], { description: "Null for the policy as a whole." }),
    guards: Type.Union([guards, Type.Null()], { description: "The guard that it is about." }),
    outcome: Type.Enum([...outcomes], { description: "What GitHub's settings say; `unknown` counts for nothing." }),
    summary: text("The answer as a sentence."),
    details: texts("Answers for further branches."),
    missing: Type.Union([Type.String(), Type.Null()], { description: "Right that the token lacks." }),
    mend: Type.Union([mend, Type.Null()], { description: "What closes the gap." }),
  },
  closed,
);

const app = Type.Object(
  {
    id: Type.Union([Type.Integer(), Type.Null()], { description: "Its number." }),
    slug: Type.Union([Type.String(), Type.Null()], { description: "Its name in addresses." }),
    source: Type.Enum(["given", "checks", "unknown"], {
      description: "`checks`: it wrote the gates' newest checks, which proves nothing.",
    }),
  },
  { ...closed, description: "The App that the gates must be pinned to." },
);

export const diagnosisSchema = Type.Object(
  {
    schema: Type.Literal("pilotgate/doctor/v1", { description: "This shape." }),
    toolVersion: text("Version of Pilotgate."),
    at: Type.String({ format: "date-time", description: "When it was asked." }),
    repository: text("OWNER/NAME."),
    defaultBranch: text("Branch whose policy is in force."),
    app,
    outcome: Type.Enum([...outcomes], { description: "The worst of the findings: `open` before `unknown` before `proven`." }),
    findings: Type.Array(finding, { description: "Every question about every guard of the policy." }),
    notes: texts("Worth to know, and no gap."),
  },
  { ...closed, title: "Pilotgate doctor", description: "What GitHub's own settings prove about each gate." },
);

export type Diagnosis = Static<typeof diagnosisSchema>;
export type Finding = Diagnosis["findings"][number];
export type Mend = NonNullable<Finding["mend"]>;
export type ImportableRuleset = Static<typeof ruleset>;
