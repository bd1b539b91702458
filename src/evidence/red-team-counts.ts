import type { AttackCategory, RedTeam } from "../shapes/measurements.ts";
import { present } from "./fields.ts";

export interface Judged {
  category: AttackCategory;
  attempts: number;
  /** Attempts in which the attack worked. */
  successes: number;
}

/** Totals and categories of judged attempts; no rate where nothing was judged. */
export function toRedTeam(judged: readonly Judged[], errors: number): RedTeam {
  const byCategory = new Map<AttackCategory, { attempts: number; successes: number }>();
  for (const { category, attempts, successes } of judged) {
    const counts = byCategory.get(category) ?? { attempts: 0, successes: 0 };
    byCategory.set(category, { attempts: counts.attempts + attempts, successes: counts.successes + successes });
  }
  const attempts = judged.reduce((sum, one) => sum + one.attempts, 0);
  const successes = judged.reduce((sum, one) => sum + one.successes, 0);
  return present({
    attempts,
    successes,
    errors,
    attackSuccessRate: attempts === 0 ? undefined : successes / attempts,
    categories: [...byCategory].map(([id, counts]) => ({ id, ...counts })).sort((one, other) => (one.id < other.id ? -1 : 1)),
  });
}
