import type { PortError } from "../app/ports.ts";

/** Why GitHub refused, as far as it says so. Nothing of its text is passed on. */
export interface Refusal {
  /** Right that the call takes, such as `Administration: read`. */
  permissions: string | null;
  /** `plan`: the repository's plan has not what was asked for. `absent`: there is no such setting. */
  reason: "plan" | "absent" | null;
}

const nothing: Refusal = { permissions: null, reason: null };
const told = new WeakMap<Error, Refusal>();

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `administration=read,contents=read; issues=read` in words; null for anything else. https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function toRights(header: unknown): string | null {
  if (typeof header !== "string" || header.length > 300 || !/^[a-z_=,; ]+$/.test(header)) return null;
  const alternatives = header.split(";").map((one) =>
    one
      .split(",")
      .map((right) => right.trim().split("="))
      .filter(([name = "", level = ""]) => name !== "" && level !== "")
      .map(([name = "", level = ""]) => `${capitalised(name.replaceAll("_", " "))}: ${level}`)
      .join(", and "),
  );
  return alternatives.filter((one) => one !== "").join("; or ") || null;
}

function reasonOf(message: unknown): Refusal["reason"] {
  if (typeof message !== "string") return null;
  if (message.startsWith("Upgrade to GitHub")) return "plan";
  return /^Branch not (?:protected|found)/.test(message) ? "absent" : null;
}

/** `response` as Octokit's errors carry it. Returns the same error, which from now on knows what GitHub's answer said. */
export function withRefusal(error: PortError, response: unknown): PortError {
  const { headers, data } = (response ?? {}) as { headers?: Record<string, unknown>; data?: { message?: unknown } | null };
  told.set(error, { permissions: toRights(headers?.["x-accepted-github-permissions"]), reason: reasonOf(data?.message) });
  return error;
}

export const refusalOf = (error: Error): Refusal => told.get(error) ?? nothing;
