import type { Facts } from "../shapes/facts.ts";
import type { TimeSpan } from "./time-spans.ts";
import { toMs } from "./time.ts";

interface Served {
  count: number;
  /** Spans that reach beyond the window, overlap another or hold no count. */
  leftOut: number;
}

/** Requests that an environment served in a window. Only spans that lie wholly in it count, and no instant counts twice. */
export function servedRequests(facts: NonNullable<Facts["requests"]>, environment: string, window: TimeSpan): Served {
  const wanted = environment.trim().toLowerCase();
  const near = facts
    .filter((span) => span.environment.trim().toLowerCase() === wanted)
    .map(({ from, to, count }) => ({ from: toMs(from), to: toMs(to), count }))
    .filter(({ from, to }) => !(to <= window.from) && !(from >= window.to));
  const inside = near.filter(
    ({ from, to, count }) => from >= window.from && to <= window.to && to > from && count >= 0 && count < Infinity,
  );
  // Of one span told twice the smaller count stands; of overlapping ones the longest from the same start.
  inside.sort((a, b) => a.from - b.from || b.to - a.to || a.count - b.count);
  const served: Served = { count: 0, leftOut: near.length - inside.length };
  let reached = window.from;
  for (const { from, to, count } of inside) {
    if (from < reached) {
      served.leftOut += 1;
      continue;
    }
    served.count += count;
    reached = to;
  }
  return served;
}
