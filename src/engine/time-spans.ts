/** From and to, milliseconds since the epoch. */
export interface TimeSpan {
  from: number;
  to: number;
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
