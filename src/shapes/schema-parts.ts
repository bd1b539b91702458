import { Type, type Static, type TSchema } from "typebox";

/* Pieces that the schemas share. `x-def` names a piece that stands in several places: the published schema holds it once.
   `x-expects` says in words what a value must look like. `x-tighter` says which direction of a value is stricter. */

/**
 * - `higher`, `lower`: of a number, a date or a list of choices in their order;
 * - `more`, `fewer`: of a list: an entry taken away (or added) loosens;
 * - `stronger`: of evidence: a weaker kind of source loosens;
 * - `same`: every change loosens.
 */
export type Tighter = "higher" | "lower" | "more" | "fewer" | "stronger" | "same";

export interface Notes {
  description?: string;
  default?: unknown;
  minItems?: number;
  maxItems?: number;
  "x-def"?: string;
  "x-expects"?: string;
  "x-tighter"?: Tighter;
  /** Key that tells the entries of a list apart. */
  "x-key"?: string;
  /** The text names a file of the repository. */
  "x-file"?: boolean;
}

export const optional = Type.Optional;

export const of = <P extends Record<string, TSchema>>(properties: P, notes: Notes = {}) =>
  Type.Object(properties, { additionalProperties: false, ...notes });

export const byKey = <K extends string, T extends TSchema>(keys: readonly K[], make: (key: K) => T) =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as { [P in K]: T };

export const oneOf = <T extends string>(values: readonly T[], notes: Notes = {}) => Type.Enum<T[]>([...values], { ...notes });

export const text = (description: string, notes: Notes = {}) => Type.String({ minLength: 1, maxLength: 4000, description, ...notes });

export const date = (description: string, notes: Notes = {}) => Type.String({ format: "date", description, ...notes });

export const instant = (description: string) => Type.String({ format: "date-time", description });

/** The schema's value or null. */
export const nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, "null"] });

const glob = Type.String({ minLength: 1, maxLength: 512, "x-def": "glob", description: "A glob: `*`, `**`, `?`, `[abc]`, `{a,b}`." });

export const globs = (description: string, notes: Notes = {}) => Type.Array(glob, { maxItems: 200, description, ...notes });

export const holder = (description: string) =>
  Type.String({
    pattern: "^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?$",
    maxLength: 140,
    description,
    "x-expects": "a GitHub user (`@login`) or team (`@org/team`)",
  });
