/** Scores by name, in the order in which the names were first met. */
export type Scores = Map<string, number[]>;

export function addScore(scores: Scores, name: string, score: number): void {
  const known = scores.get(name);
  if (known === undefined) scores.set(name, [score]);
  else known.push(score);
}

/** The mean of each, with the number of scores `n` that it is the mean of. */
export function meansOf(scores: Scores): { name: string; value: number; n: number }[] {
  return [...scores].map(([name, all]) => ({ name, value: all.reduce((sum, score) => sum + score, 0) / all.length, n: all.length }));
}
