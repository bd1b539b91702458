/** From and to, milliseconds since the epoch. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** Parts of a window that no span covers, in their order. What is no span covers nothing. */
export function gapsIn(spans: readonly TimeSpan[], { from, to }: TimeSpan): TimeSpan[] {
  const gaps: TimeSpan[] = [];
  let reached = from;
  for (const span of spans.filter((one) => one.to > one.from).sort((a, b) => a.from - b.from)) {
    if (span.from >= to) break;
    if (span.from > reached) gaps.push({ from: reached, to: span.from });
    reached = Math.max(reached, span.to);
  }
  return reached < to ? [...gaps, { from: reached, to }] : gaps;
}

/** Milliseconds of a window that spans cover; overlaps count once, what is no span counts nothing. */
export function coveredMs(spans: readonly TimeSpan[], { from, to }: TimeSpan): number {
  let covered = 0;
  let reached = from;
  for (const span of spans.filter((one) => one.to > one.from).sort((a, b) => a.from - b.from)) {
    const end = Math.min(span.to, to);
    const start = Math.max(span.from, reached);
    if (end <= start) continue;
    covered += end - start;
    reached = end;
  }
  return covered;
}
