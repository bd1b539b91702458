import type { Risk } from "../shapes/vocabulary.ts";
import type { SeenGlob, SeenModel, SeenOwner, SeenSdk, SeenTool, SeenWatch, SeenWorkflow } from "./survey-types.ts";

/** What people answered; what nobody answered stays a question in what is written. */
export interface Answers {
  name?: string;
  risk?: Risk;
  isPublic?: boolean;
  usesTools?: boolean;
  /** Requests a second. */
  peak?: number;
  /** `@login` or `@org/team`. */
  productOwner?: string;
}

/** Where nobody says how much is at stake: raising it later is free, lowering it takes an approval. */
export const usualRisk: Risk = "medium";

/** A system that is to be declared, with all that was seen of it. */
export interface NewSystem {
  id: string;
  name: string;
  risk: Risk;
  documents: string;
  /** Its files; null for all of the repository. */
  paths: string[] | null;
  models: (SeenModel & { id: string })[];
  /** Models that belong to no single service. */
  common: SeenModel[];
  sdks: SeenSdk[];
  globs: SeenGlob[];
  tools: SeenTool[];
  watches: SeenWatch[];
  workflows: SeenWorkflow[];
  owners: SeenOwner[];
  answers: Answers;
}
