import type { Schema } from "./json-schema.ts";
import { policySchemaText } from "./schemas.generated.js";

let schema: Schema | undefined;

/** The published schema of the policy, with its notes; parsed when first asked for. */
export function policySchema(): Schema {
  return (schema ??= JSON.parse(policySchemaText) as Schema); // our own text, written by scripts/generate.ts
}
