/** Public rankings that say nothing about one's own task. Names as people write them in prose; matched without case. */
const names = [
  "leaderboard",
  "lm ?arena",
  "chatbot arena",
  "lmsys",
  "artificial analysis",
  "helm",
  "mmlu(?:-pro)?",
  "gpqa",
  "big-?bench",
  "hellaswag",
  "arc-agi",
  "swe-?bench",
  "livebench",
  "mt-?bench",
  "alpaca ?eval",
  "humaneval",
  "gsm8k",
  "truthfulqa",
  "mteb",
];

const pattern = new RegExp(`(?<![\\p{L}\\d])(?:${names.join("|")})s?(?![\\p{L}\\d])`, "iu");

/** The first public ranking that a text names. */
export function namedLeaderboard(text: string): string | undefined {
  return pattern.exec(text)?.[0];
}
