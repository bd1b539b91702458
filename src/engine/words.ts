/* How figures read in findings: the same everywhere. */

/** At most three significant decimals, no trailing zeros: `61.2`, `0.0413`, `1 250`. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "unknown";
  if (Number.isInteger(value)) return Math.abs(value) >= 10_000 ? group(value) : String(value);
  const magnitude = Math.abs(value);
  const digits = magnitude >= 100 ? 1 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 4;
  return String(Number(value.toFixed(digits)));
}

function group(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, " ");
}

/** `97.5 %` of a share from 0 to 1. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(Math.abs(share) < 0.01 && share !== 0 ? 2 : 1))} %`;
}

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Text from a file, shortened to 60 characters and on one line, between quotation marks. Renderers escape it. */
export function quoted(value: string): string {
  const characters = [...value.slice(0, 400).replace(/\s+/g, " ").trim()];
  return `"${characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : characters.join("")}"`;
}
