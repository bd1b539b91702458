import { createHash } from "node:crypto";

/**
 * One text for equal values, in the manner of RFC 8785: no white space, keys in the order of their UTF-16 units, absent
 * (undefined) keys left out. Throws on what JSON cannot say (NaN, infinities, functions).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`a ${typeof value} has no canonical form`);
  const parts = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
  return `{${parts.join(",")}}`;
}

/** `sha256:` of the canonical form: what a sign-off of a policy fragment binds to. */
export function fragmentDigest(value: unknown): string {
  return `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}
