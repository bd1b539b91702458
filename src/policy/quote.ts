const longest = 40;

/** A short piece of foreign text in backticks: cut off, without control characters, line breaks, direction marks or backticks. */
export function quote(value: unknown, length = longest): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const short = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return `\`${short.replace(/[\p{C}\p{Zl}\p{Zp}`]/gu, "?")}\``;
}
