/* Nothing that opens a door may reach a log, whatever object or message it hides in: the written line itself is cleaned. */

const patterns: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, "[private key]"],
  // GitHub tokens, the staged format `ghs_APPID_JWT` included, and fine-grained ones.
  [/\bgh[a-z]_[A-Za-z0-9_.-]+/g, "[token]"],
  [/\bgithub_pat_[A-Za-z0-9_]+/g, "[token]"],
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, "[jwt]"],
  [/((?:proxy-)?authorization\\?["']?\s*[:=]\s*\\?["']?)(?:(?:bearer|token|basic)\s+)?[^\s"'\\,}]+/gi, "$1[hidden]"],
  [/\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi, "$1[hidden]"],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*:)[^\s@"']+@/gi, "$1[hidden]@"],
];

/** `text` without tokens, keys, authorization headers and passwords in URLs; `secrets` are hidden literally as well. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 8) clean = clean.replaceAll(secret, "[hidden]");
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}
