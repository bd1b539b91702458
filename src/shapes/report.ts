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
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <T extends string>(values: readonly T[]) => Type.Enum([...values]);
const verdict = oneOf(["pass", "hold"] as const);

const decision = Type.Object(
  {
    role: oneOf(roles),
    question: Type.String(),
    command: Type.String(),
    digest: nullable(Type.String({ description: "Digest of the declaration that the answer binds to." })),
  },
  closed,
);

const detail = Type.Object(
  {
    path: nullable(Type.String({ description: "File that it is about, where it is about one." })),
    line: nullable(Type.Integer({ minimum: 1 })),
    state: oneOf(findingStates),
    text: Type.String(),
    remedy: nullable(Type.String({ description: "What to do next; null for a note." })),
    roles: Type.Array(oneOf(roles)),
  },
  closed,
);

const criterion = Type.Object(
  {
    id: oneOf(criterionIds),
    title: Type.String(),
    state: oneOf(states),
    level: nullable(oneOf(levels)),
    summary: Type.String(),
    findings: Type.Array(Type.String()),
    details: Type.Array(detail, {
      description: "Everything that was found, the summary's reason included, each with its own state and place.",
    }),
    deviations: Type.Array(Type.String()),
    waiver: nullable(Type.Object({ until: Type.String(), reason: Type.String(), approvedBy: nullable(Type.String()) }, closed)),
    decision: nullable(decision),
    decisions: Type.Array(decision),
    unseen: Type.Array(oneOf(factNames), {
      description: "Facts that nobody gave, where these alone keep the criterion open; empty where anything else does.",
    }),
    remedy: nullable(
      Type.Object(
        { summary: Type.String(), roles: Type.Array(oneOf(roles)), paths: Type.Array(Type.String()), docs: Type.String() },
        closed,
      ),
    ),
    evidence: Type.Array(
      Type.Object(
        {
          source: oneOf(["file", "artifact", "check", "policy", "facts"] as const),
          path: Type.String(),
          digest: nullable(Type.String()),
          format: nullable(Type.String()),
          level: nullable(oneOf(levels)),
        },
        closed,
      ),
    ),
    figures: Type.Optional(figuresSchema),
  },
  closed,
);

const gate = Type.Object(
  {
    id: oneOf(gateIds),
    title: Type.String(),
    verdict,
    enforcement: oneOf(enforcements),
    enforceFrom: nullable(Type.String({ format: "date" })),
    entry: oneOf(["open", "closed"] as const),
    blockedBy: Type.Array(oneOf(gateIds)),
    holds: Type.Array(Type.Object({ role: oneOf(roles), by: Type.String(), at: Type.String(), reason: Type.String() }, closed)),
    questions: Type.Array(Type.Object({ role: oneOf(roles), question: Type.String() }, closed)),
    criteria: Type.Array(criterion),
  },
  closed,
);

const schedule = Type.Object(
  {
    started: Type.String({ format: "date" }),
    milestones: Type.Array(
      Type.Object(
        { id: oneOf(milestones), week: Type.Integer(), date: Type.String({ format: "date", description: "Last day of that week." }) },
        closed,
      ),
    ),
  },
  { ...closed, description: "When each gate is due, and the broad release; null where the policy declares no start." },
);

const system = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    risk: oneOf(risks),
    verdict,
    week: nullable(Type.Integer()),
    due: nullable(Type.String()),
    schedule: nullable(schedule),
    fingerprint: Type.String(),
    gates: Type.Array(gate),
    signals: Type.Array(Type.Object({ id: oneOf(signalIds), summary: Type.String(), remedy: Type.String() }, closed)),
  },
  closed,
);

export const reportSchema = Type.Object(
  {
    schema: Type.Literal("pilotgate/report/v1"),
    toolVersion: Type.String(),
    at: Type.String({ format: "date-time" }),
    commit: nullable(Type.String()),
    policyDigest: Type.String(),
    facts: oneOf(["none", "file", "github"] as const),
    verdict,
    systems: Type.Array(system),
  },
  { additionalProperties: false, title: "Pilotgate report", description: "The verdict on a commit, with every criterion of every gate." },
);

export type Report = Static<typeof reportSchema>;
export type SystemReport = Report["systems"][number];
export type GateReport = SystemReport["gates"][number];
export type CriterionReport = GateReport["criteria"][number];
export type Detail = Static<typeof detail>;
export type Decision = Static<typeof decision>;
