import { Type, type TSchema } from "typebox";
import { optional, text } from "./schema-parts.ts";

/* Front matter of the readiness documents. Unknown keys are allowed: a document may carry fields of its owner's. Values are
   what YAML 1.2 says: dates and durations are text, and a version or tier that looks like a number is one. */

export const open = <P extends Record<string, TSchema>>(properties: P, description: string) => Type.Object(properties, { description });
export const word = (description: string) =>
  Type.Unsafe<string | number>({ type: ["string", "number"], minLength: 1, maxLength: 400, description, "x-expects": "text" });
export const amount = (description: string) => Type.Number({ minimum: 0, maximum: 1e15, description });
export const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
export const path = (description: string) => text(description, { "x-file": true });
export const list = <T extends TSchema>(items: T, description: string) => Type.Array(items, { maxItems: 1000, description });
export const texts = (description: string) => list(Type.String({ minLength: 1, maxLength: 400 }), description);
export const day = (description: string) => Type.String({ format: "date", description });
export const duration = (description: string) => Type.String({ format: "duration", description });
export const time = (description: string) =>
  Type.Unsafe<string>({
    anyOf: [
      { type: "string", format: "date-time" },
      { type: "string", format: "date" },
    ],
    description,
    "x-expects": "a time such as 2026-09-07T10:00:00Z, or a date",
  });
export const span = (description: string) => open({ from: time("Start."), to: time("End.") }, description);

export const delegated = open(
  {
    criterion: text("Criterion that is answered."),
    answer: word("The answer."),
    name: text("Who answered."),
    title: optional(text("Position.")),
    date: day("When."),
    "recorded-by": text("Login of the person who wrote it down."),
  },
  "Answer of somebody without a GitHub account.",
);

export const common = {
  status: Type.Unsafe<string>({
    type: "string",
    pattern: "^([Dd]raft|[Aa]pproved)$",
    description: "`draft` or `approved`.",
    "x-expects": "draft or approved",
  }),
  owner: text("Who stands by it: a login, a team or a name."),
  reviewed: day("Day of the last review."),
  "review-by": day("Day until which that review holds."),
  decision: optional(delegated),
};

export const document = <P extends Record<string, TSchema>>(title: string, properties: P) =>
  Type.Object({ ...common, ...properties }, { title, description: `Front matter of ${title}.` });
