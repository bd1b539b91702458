import type { Percentiles } from "../shapes/measurements.ts";
import type { Risk } from "../shapes/vocabulary.ts";
import { figures, isAtMost } from "./limits.ts";
import { profiles } from "./profile.ts";
import type { Finding } from "./types.ts";
import { figure } from "./words.ts";

interface Asked {
  /** What is measured, for sentences: `p95`, `time to first token`. */
  name: string;
  /** Key of its threshold in the policy. */
  key: string;
  /** Greatest 95th percentile, milliseconds; absent where the policy sets none. */
  limit: number | undefined;
  risk: Risk;
  place: { path: string };
}

const atLeastP95 = ["p95", "p97_5", "p99", "max"] as const;
const belowP95 = ["p50", "p90"] as const;

/**
 * Is the 95th percentile within its threshold? A higher percentile within it proves that, and the finding says so; a lower one over
 * it disproves it. A lower one within proves nothing. Without a threshold the risk decides.
 */
export function judgeLatency(measured: Percentiles | undefined, { name, key, limit, risk, place }: Asked): Finding[] {
  const what = name === "p95" ? "p95" : `p95 of the ${name}`;
  if (limit === undefined) return unset(what, key, risk, place);
  const known = (at: keyof Percentiles) => {
    const value = measured?.[at];
    return value !== undefined && value >= 0 ? value : undefined;
  };
  const over = (at: keyof Percentiles): Finding => {
    const [value, accepted] = figures(known(at) ?? NaN, limit);
    const text =
      at === "p95"
        ? `${upper(what)} is ${value} ms; at most ${accepted} is accepted.`
        : `${upper(what)} is over ${accepted} ms: ${words(at)} is ${value} already.`;
    return { state: "not-met", ...place, text, remedy: `Make it faster under load, run the load test again and replace ${place.path}.` };
  };
  const p95 = known("p95");
  if (p95 !== undefined) return isAtMost(p95, limit) ? [] : [over("p95")];
  const slow = belowP95.find((at) => !isAtMost(known(at) ?? 0, limit));
  if (slow !== undefined) return [over(slow)];
  const proof = atLeastP95.find((at) => isAtMost(known(at) ?? NaN, limit));
  if (proof !== undefined) {
    return [
      {
        state: "note",
        ...place,
        text: `There is no ${what}; ${words(proof)} is ${figure(known(proof) ?? NaN)} ms, within ${figure(limit)}, which proves it.`,
      },
    ];
  }
  const higher = atLeastP95.some((at) => known(at) !== undefined);
  const text = higher
    ? `There is no ${what} in ${place.path}, and the higher percentiles are over ${figure(limit)} ms.`
    : `There is no ${what} in ${place.path}; at most ${figure(limit)} ms is accepted.`;
  return [
    {
      state: "inconclusive",
      ...place,
      text,
      remedy: `Let the tool report the 95th percentile of ${name === "p95" ? "the latency" : `the ${name}`} and replace ${place.path}.`,
    },
  ];
}

function unset(what: string, key: string, risk: Risk, place: { path: string }): Finding[] {
  const { unsetLatency } = profiles[risk];
  if (unsetLatency === "not-judged") return [];
  return [
    {
      state: unsetLatency === "hold" ? "not-met" : "note",
      ...place,
      text: `The policy sets no threshold for the ${what}${unsetLatency === "hold" ? ", and at high risk one is asked for" : ", so it is not judged"}.`,
      remedy: `Set \`criteria.load-test.thresholds.${key}\` in the policy, in milliseconds.`,
    },
  ];
}

function words(at: keyof Percentiles): string {
  return at === "max" ? "the maximum" : at.replace("_", ".");
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
