import type { PolicyFile } from "../shapes/policy.ts";
import type { ProblemCode } from "../shapes/problem.ts";
import type { Path } from "./validate.ts";

/** A problem before its place is known. */
export interface PolicyFinding {
  severity?: "warning";
  code: ProblemCode;
  message: string;
  path: Path;
}

/** A policy in which everything that does not fit the schema is left out, so that the other rules can speak at the same time. */
export type Loose<T> = T extends readonly (infer I)[]
  ? (Loose<I> | undefined)[]
  : T extends object
    ? { [K in keyof T]?: Loose<T[K]> | undefined }
    : T;

export type LoosePolicy = Loose<PolicyFile>;
export type LooseSystem = Loose<NonNullable<PolicyFile["systems"]>[number]>;
export type Scope = "repository" | "organization";
