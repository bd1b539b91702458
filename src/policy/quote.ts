const longest = 40;

/** A short piece of foreign text in backticks: at most 40 characters, no control characters, line breaks, direction marks or backticks. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const short = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return `\`${short.replace(/[\p{C}\p{Zl}\p{Zp}`]/gu, "?")}\``;
}
