import type { CheckDecision } from "./check-decision.ts";

export async function decidePolicy(..._later: unknown[]): Promise<CheckDecision[]> {
  return [];
}
