import type { TSchema } from "typebox";
import { governanceDocuments } from "./governance-documents.ts";
import { infrastructureDocuments } from "./infrastructure-documents.ts";
import { rolloutDocuments } from "./rollout-documents.ts";
import type { DocumentName } from "./vocabulary.ts";

/** Shape of the front matter of each document. */
export const documentSchemas = {
  ...governanceDocuments,
  ...infrastructureDocuments,
  ...rolloutDocuments,
} satisfies Record<DocumentName, TSchema>;
