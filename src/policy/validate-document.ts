import type { FieldProblem } from "../engine/types.ts";
import type { DocumentName } from "../shapes/vocabulary.ts";
import { documentFields } from "./document-fields.generated.js";
import { validators } from "./document-validators.generated.js";
import { explainViolation } from "./explain-violation.ts";
import { pathText } from "./problem-writer.ts";
import { quote } from "./quote.ts";
import { validate, type Violation } from "./validate.ts";

/** Checks front matter against the document's schema; keys that the schema does not know are fine. */
export function validateDocument(name: DocumentName, frontMatter: Readonly<Record<string, unknown>>): FieldProblem[] {
  return validate(validators[name], frontMatter).map((violation) => toFieldProblem(violation, frontMatter));
}

/** Front matter keys of which the schema knows nothing: harmless, or misspelt. */
export function unknownFields(name: DocumentName, frontMatter: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(frontMatter).filter((key) => !Object.hasOwn(documentFields[name], key));
}

function toFieldProblem(violation: Violation, frontMatter: Readonly<Record<string, unknown>>): FieldProblem {
  const key = String(violation.path[0] ?? violation.key ?? "");
  const isMissing = violation.path.length === 0 && violation.kind === "missing-key";
  if (isMissing) return { key, problem: "missing", message: `\`${key}\` is missing.` };
  if (violation.path.length === 1 && frontMatter[key] === null) return { key, problem: "missing", message: `\`${key}\` is empty.` };
  return { key, problem: "invalid", message: explainViolation(violation, quote(pathText(violation.path))).message };
}
