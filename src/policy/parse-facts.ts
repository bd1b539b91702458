import type { Facts } from "../shapes/facts.ts";
import type { ProblemCode } from "../shapes/problem.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { explainViolation, withoutEchoes } from "./explain-violation.ts";
import { validators } from "./facts-validator.generated.js";
import { isObject } from "./json-schema.ts";
import { pathText } from "./problem-writer.ts";
import { quote } from "./quote.ts";
import { validate } from "./validate.ts";

/** One thing that is wrong with a file of facts. */
export interface FactsProblem {
  code: ProblemCode | "not-json";
  /** One sentence. */
  message: string;
  /** `deployments[0].statuses`; empty for the file as a whole. */
  path: string;
}

export type ParsedFacts = { ok: true; facts: Facts } | { ok: false; problems: FactsProblem[] };

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_VALUES = 1_000_000;
const MAX_PROBLEMS = 100;

/** Facts, or what is wrong with them. Takes at most 32 MiB of JSON and a million values; never throws. */
export function parseFacts(text: string): ParsedFacts {
  if (text.length > MAX_BYTES) return refused("too-large", "The facts are larger than 32 MiB.");
  if (text.trim() === "") return refused("empty", "The facts are empty; at least `{}` is expected.");
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's message quotes the file, so it is not passed on.
    return refused("not-json", "The facts are not valid JSON.");
  }
  if (!isObject(value)) return refused("not-a-mapping", "The facts must be a JSON object.");
  if (!hasAtMost(MAX_VALUES, value)) return refused("too-large", "The facts have more than a million values.");
  const violations = withoutEchoes(validate(validators.facts, value));
  if (violations.length === 0) return { ok: true, facts: value as Facts }; // it fits the schema of that type
  const problems = violations.slice(0, MAX_PROBLEMS).map((violation): FactsProblem => {
    const path = pathText(violation.path);
    const { code, message } = explainViolation(violation, path === "" ? "The file" : quote(path, 120));
    return { code, message, path };
  });
  const more = violations.length - problems.length;
  if (more > 0) problems.push({ code: "too-many-problems", message: `At least ${more} more problems are not shown.`, path: "" });
  return { ok: false, problems };
}

/** The same for bytes, which must be UTF-8. */
export function parseFactsBytes(bytes: Uint8Array): ParsedFacts {
  if (bytes.byteLength > MAX_BYTES) return refused("too-large", "The facts are larger than 32 MiB.");
  const text = decodeUtf8(bytes);
  return text === undefined ? refused("not-utf8", "The facts are not UTF-8 text.") : parseFacts(text);
}

function refused(code: FactsProblem["code"], message: string): ParsedFacts {
  return { ok: false, problems: [{ code, message, path: "" }] };
}

/** Each value may be several mistakes, and all of them are held at once. */
function hasAtMost(max: number, root: unknown): boolean {
  const open = [root];
  let left = max;
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
    left -= inner.length;
    if (left < 0) return false;
    for (const one of inner) open.push(one);
  }
  return true;
}
