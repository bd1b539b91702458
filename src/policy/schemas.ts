import type { Schema } from "./json-schema.ts";
import { factsSchemaText, policySchemaText } from "./schemas.generated.js";

/** The published schemas as the program holds them: text that `npm run generate` writes, parsed when first asked for. */
const once = (text: string): (() => Schema) => {
  let schema: Schema | undefined;
  return () => (schema ??= JSON.parse(text) as Schema); // our own text, written by scripts/generate.ts
};

export const policySchema = once(policySchemaText);
export const factsSchema = once(factsSchemaText);
