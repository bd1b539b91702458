import type { CriterionId } from "../shapes/vocabulary.ts";
import type { AnyCriterion, Criterion, Needs } from "./types.ts";

/**
 * A criterion declares what it needs; the type of its input holds that and nothing else, so it cannot read more.
 * The list forgets the needs again: `evaluate` builds every input from the declaration.
 */
export function defineCriterion<C extends CriterionId, const N extends Needs>(criterion: Criterion<C, N>): AnyCriterion {
  return criterion as unknown as AnyCriterion; // the one place where a criterion's own input type is widened
}
