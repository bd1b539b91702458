import { distance } from "fastest-levenshtein";
import type { ProblemCode } from "../shapes/problem.ts";
import type { SchemaNode } from "./json-schema.ts";
import { quote } from "./quote.ts";
import type { Path, Violation } from "./validate.ts";

export interface Explained {
  code: ProblemCode;
  message: string;
}

/** Without the missing keys that only stand there misspelt: one mistake, one problem. */
export function withoutEchoes(violations: readonly Violation[]): Violation[] {
  const meant = new Set(
    violations
      .filter(({ kind }) => kind === "unknown-key")
      .map(({ path, key = "", node }) => JSON.stringify([path, nearestWord(key, Object.keys(node.properties ?? {}))])),
  );
  return violations.filter(({ kind, path, key }) => kind !== "missing-key" || !meant.has(JSON.stringify([path, key])));
}

/** One plain sentence: what is wrong with the value, what it must be, and the nearest valid word. */
export function explainViolation(violation: Violation, name = nameOf(violation.path)): Explained {
  const { kind, node, value, key = "" } = violation;
  switch (kind) {
    case "unknown-key":
      return { code: "unknown-key", message: unknownKey(key, Object.keys(node.properties ?? {})) };
    case "key-name":
      return { code: "unknown-key", message: `The key ${quote(key)} must begin with a small letter and consist of letters.` };
    case "missing-key":
      return { code: "missing-key", message: `${name} needs \`${key}\`${hint(violation.wanted)}.` };
    case "choice":
      return { code: "not-a-choice", message: `${name} must be ${choices(node)}; ${otherChoice(value, node)}` };
    case "type":
      return { code: "wrong-type", message: wrongType(name, value, node) };
    case "none-fits":
      return { code: "wrong-type", message: `${name} must be ${node["x-expects"] ?? "something else"}; it is ${shown(value)}.` };
    case "format":
      return {
        code: node.format === "duration" ? "bad-text" : "bad-date",
        message: `${name} must be ${formatText(node)}; it is ${shown(value)}.`,
      };
    case "pattern":
      return { code: "bad-text", message: `${name} must be ${node["x-expects"] ?? "written differently"}; it is ${shown(value)}.` };
    case "length":
      return { code: "bad-text", message: value === "" ? `${name} is empty.` : `${name} is longer than ${node.maxLength} characters.` };
    case "range":
      return { code: "out-of-range", message: `${name} must be ${rangeText(node)}; it is ${shown(value)}.` };
    case "item-count":
      return {
        code: "wrong-count",
        message:
          Array.isArray(value) && value.length === 0
            ? `${name} is an empty list; leave it out or fill it.`
            : `${name} has more than ${node.maxItems} entries.`,
      };
    case "key-count":
      return { code: "wrong-count", message: keyCount(name, value, node) };
  }
}

/** The last key on a path, with its index in a list: `branches[1]`. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "The file";
  if (typeof last === "string") return quote(last);
  const parent = path.at(-2);
  return typeof parent === "string" ? quote(`${parent}[${last}]`) : `Entry ${last + 1}`;
}

function unknownKey(key: string, known: readonly string[]): string {
  if (key === "<<") return "Merge keys (`<<`) are not part of YAML 1.2; write the keys out.";
  const near = nearestWord(key, known);
  if (near !== undefined) return `Unknown key ${quote(key)}, did you mean \`${near}\`?`;
  return `Unknown key ${quote(key)}; known here: ${list(
    known.map((word) => quote(word)),
    "and",
  )}.`;
}

/** The known word that a typing mistake away; undefined where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  const plain = word.toLowerCase().replace(/[-_ ]/g, "");
  const ranked = known.map((candidate) => ({ candidate, far: distance(plain, candidate.toLowerCase().replaceAll("-", "")) }));
  const best = ranked.reduce<(typeof ranked)[number] | undefined>(
    (nearest, one) => (nearest && nearest.far <= one.far ? nearest : one),
    undefined,
  );
  return best && best.far <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}

function otherChoice(value: unknown, node: SchemaNode): string {
  if (typeof value === "string" && typeof node.const === "number" && value === String(node.const))
    return `leave out the quotes around ${quote(value)}.`;
  const words = (node.enum ?? []).filter((choice) => typeof choice === "string");
  // Few choices are all in the sentence already.
  const near = typeof value === "string" && words.length > 6 ? nearestWord(value, words) : undefined;
  return `it is ${shown(value)}${near === undefined ? "." : `, did you mean \`${near}\`?`}`;
}

function choices(node: SchemaNode): string {
  if (node.const !== undefined) return String(node.const);
  const words = node.enum ?? [];
  return words.length > 16 ? "one of the known ids" : list(words.map(String), "or");
}

function list(words: readonly string[], word: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${word} ${words.at(-1)}`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return quote(value);
}

const typeNames = {
  object: "a mapping (`key: value`)",
  array: "a list",
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "empty",
} as const;

function wrongType(name: string, value: unknown, node: SchemaNode): string {
  const types = typeof node.type === "string" ? [node.type] : (node.type ?? []);
  const wanted =
    node["x-expects"] ??
    list(
      types.map((type) => typeNames[type]),
      "or",
    );
  const isNumeric = types.some((type) => type === "number" || type === "integer");
  if (isNumeric && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value))
    return `${name} must be ${wanted}; leave out the quotes around ${quote(value)}.`;
  if (types.includes("string") && (typeof value === "number" || typeof value === "boolean"))
    return `${name} must be ${wanted}; put quotes around ${quote(value)}.`;
  return `${name} must be ${wanted}; it is ${shown(value)}.`;
}

function formatText(node: SchemaNode): string {
  if (node.format === "date") return "a date such as 2026-09-07";
  if (node.format === "duration") return "an ISO 8601 duration such as P90D";
  return "a time such as 2026-09-07T10:00:00Z";
}

function rangeText({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  if (exclusiveMinimum !== undefined) return `greater than ${exclusiveMinimum}${maximum === undefined ? "" : ` and at most ${maximum}`}`;
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
}

function keyCount(name: string, value: unknown, node: SchemaNode): string {
  const known = list(
    Object.keys(node.properties ?? {}).map((key) => `\`${key}\``),
    "and",
  );
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return `${name} must name one of ${known}.`;
  return node.maxProperties === 1
    ? `${name} must name only one of ${known}; write a list for several.`
    : `${name} has more than ${node.maxProperties} keys.`;
}

function hint(node: SchemaNode | undefined): string {
  return node?.enum ? ` (${list(node.enum.map(String), "or")})` : "";
}
