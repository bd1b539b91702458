import { Type, type Static } from "typebox";
import { figuresSchema } from "./figures.ts";
import {
  criterionIds,
  enforcements,
  factNames,
  findingStates,
  gateIds,
  levels,
  milestones,
  risks,
  roles,
  signalIds,
  states,
} from "./vocabulary.ts";

/* `check --format json`: equal input gives byte-equal output. */

const closed = { additionalProperties: false };
const text = (description: string) => Type.String({ description });
const texts = (description: string) => Type.Array(Type.String(), { description });
const day = (description: string) => Type.String({ format: "date", description });
const oneOf = <T extends string>(values: readonly T[], description: string) => Type.Enum([...values], { description });
const someOf = <T extends string>(values: readonly T[], description: string) => Type.Array(Type.Enum([...values]), { description });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const verdict = (description: string) => oneOf(["pass", "hold"] as const, description);

const decision = Type.Object(
  {
    role: oneOf(roles, "Who may answer."),
    question: text("What is asked."),
    command: text("Comment that answers it."),
    digest: nullable(Type.String(), "Digest of the declaration that the answer binds to; null for a second person's."),
  },
  closed,
);

const detail = Type.Object(
  {
    path: nullable(Type.String(), "File that it is about, where it is about one."),
    line: nullable(Type.Integer({ minimum: 1 }), "Line of it, where one is known."),
    state: oneOf(findingStates, "What it makes of the criterion by itself; a `note` only informs."),
    text: text("Where and what, in one sentence."),
    remedy: nullable(Type.String(), "What to do next; null for a note."),
    roles: someOf(roles, "Who can."),
  },
  closed,
);

const waiver = Type.Object(
  { until: text("Last day."), reason: text("Why."), approvedBy: nullable(Type.String(), "Who approved it.") },
  closed,
);

const remedy = Type.Object(
  {
    summary: text("What to do next, in one sentence."),
    roles: someOf(roles, "Who can."),
    paths: texts("Files that it is about."),
    docs: text("Page that explains the criterion, a path in this project."),
  },
  closed,
);

const evidence = Type.Object(
  {
    source: oneOf(["file", "artifact", "check", "policy", "facts"] as const, "Where it comes from."),
    path: text("Its path, or its name."),
    digest: nullable(Type.String(), "`sha256:` of its bytes, or of the policy's fragment; null where nothing was read."),
    format: nullable(Type.String(), "What it was read as; null where it could not be read."),
    level: nullable(Type.Enum([...levels]), "E1 to E4; null where it proves nothing by itself."),
  },
  closed,
);

const criterion = Type.Object(
  {
    id: oneOf(criterionIds, "Its id: file name, key of the policy and docs page."),
    title: text("What it asks, as a heading."),
    state: oneOf(states, "The worst of its findings."),
    level: nullable(Type.Enum([...levels]), "The weakest level of what it rests on; null where there is nothing."),
    summary: text("Why it is in that state, in one line, with the figures."),
    findings: texts("Everything else that was found, in words."),
    details: Type.Array(detail, {
      description: "Everything that was found, the summary's reason included, each with its own state and place.",
    }),
    deviations: texts("Where the policy asks for other figures than the framework's own."),
    waiver: nullable(waiver, "The exception that is in force."),
    decision: nullable(decision, "The first of `decisions`."),
    decisions: Type.Array(decision, { description: "Answers that are still open." }),
    unseen: someOf(factNames, "Facts that nobody gave, where these alone keep the criterion open; empty where anything else does."),
    remedy: nullable(remedy, "What to do first; null where the criterion passes."),
    evidence: Type.Array(evidence, { description: "Everything that was looked at." }),
    figures: Type.Optional(figuresSchema),
  },
  closed,
);

const hold = Type.Object(
  { role: oneOf(roles, "Role in which it was set."), by: text("Login."), at: text("When."), reason: text("Why.") },
  closed,
);

const question = Type.Object({ role: oneOf(roles, "Who is asked."), question: text("To think about; not judged.") }, closed);

const gate = Type.Object(
  {
    id: oneOf(gateIds, "Its id."),
    title: text("Its name."),
    verdict: verdict("`pass` where every criterion passes, it is entered, and nobody holds it."),
    enforcement: oneOf(enforcements, "How a hold acts at this instant."),
    enforceFrom: nullable(Type.String({ format: "date" }), "Day from which it blocks, as the policy says."),
    entry: oneOf(["open", "closed"] as const, "`closed` while an earlier gate that blocks holds."),
    blockedBy: someOf(gateIds, "Those earlier gates."),
    holds: Type.Array(hold, { description: "Holds that people set and did not lift." }),
    questions: Type.Array(question, { description: "Evaluation questions, from medium risk up." }),
    criteria: Type.Array(criterion, { description: "Its criteria, in their order." }),
  },
  closed,
);

const milestone = Type.Object(
  {
    id: oneOf(milestones, "A gate, or the broad release."),
    week: Type.Integer({ description: "Week by whose end it is due." }),
    date: day("Last day of that week."),
  },
  closed,
);

const schedule = Type.Object(
  { started: day("Day 1 of week 1."), milestones: Type.Array(milestone, { description: "What is due, in order." }) },
  closed,
);

const signal = Type.Object(
  { id: oneOf(signalIds, "The failure mode."), summary: text("What was seen."), remedy: text("What to do.") },
  closed,
);

const system = Type.Object(
  {
    id: text("Its id in the policy."),
    name: text("Its name."),
    risk: oneOf(risks, "Its risk."),
    verdict: verdict("The worst of its gates."),
    week: nullable(Type.Integer(), "Week of the plan; null where the policy declares no start."),
    due: nullable(Type.String(), "What is due next, in words."),
    schedule: nullable(schedule, "When each gate is due, and the broad release; null where the policy declares no start."),
    fingerprint: text("`sha256:` over models, prompts, guardrails and retrieval configuration."),
    gates: Type.Array(gate, { description: "All three gates." }),
    signals: Type.Array(signal, { description: "Early warnings; they never block." }),
  },
  closed,
);

export const reportSchema = Type.Object(
  {
    schema: Type.Literal("pilotgate/report/v1", { description: "This shape." }),
    toolVersion: text("Version of Pilotgate."),
    at: Type.String({ format: "date-time", description: "Instant at which it was judged, UTC." }),
    commit: nullable(Type.String(), "Commit that was judged; null for a folder that differs from its commit."),
    policyDigest: text("`sha256:` of the policy in canonical form."),
    facts: oneOf(["none", "file", "github"] as const, "Where the facts came from."),
    verdict: verdict("The worst of the systems."),
    systems: Type.Array(system, { description: "Every system that was judged." }),
  },
  { additionalProperties: false, title: "Pilotgate report", description: "The verdict on a commit, with every criterion of every gate." },
);

export type Report = Static<typeof reportSchema>;
export type SystemReport = Report["systems"][number];
export type GateReport = SystemReport["gates"][number];
export type CriterionReport = GateReport["criteria"][number];
export type Detail = Static<typeof detail>;
export type Decision = Static<typeof decision>;
