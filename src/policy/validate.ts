import { formats } from "./formats.ts";
import { branchFor, hasType, isObject, resolveRef, type Schema, type SchemaNode } from "./json-schema.ts";

export type Path = readonly (string | number)[];

export type ViolationKind =
  | "type"
  | "choice"
  | "missing-key"
  | "unknown-key"
  | "key-name"
  | "key-count"
  | "item-count"
  | "length"
  | "pattern"
  | "format"
  | "range"
  | "none-fits";

/** One place at which a value does not fit its schema. `key` is the unknown or missing key of the mapping at `path`. */
export interface Violation {
  kind: ViolationKind;
  path: Path;
  node: SchemaNode;
  value: unknown;
  key?: string;
  /** Schema of the missing key's value. */
  wanted?: SchemaNode;
}

type Report = (violation: Violation) => void;

/** More than this is not collected: nobody reads it, and hostile input must not fill the memory. */
const limit = 1000;

/**
 * Every place at which `value` does not fit, at most 1000 of them. A walk over the schema instead of compiled code: the
 * schemas are small and a few files are read at each start, so loading generated code would take longer than checking.
 */
export function validate(schema: Schema, value: unknown): Violation[] {
  const violations: Violation[] = [];
  visit(schema, schema, value, [], (violation) => {
    if (violations.length < limit) violations.push(violation);
  });
  return violations;
}

function visit(schema: Schema, reference: SchemaNode, value: unknown, path: Path, report: Report): void {
  const node = resolveRef(schema, reference);
  const at = (kind: ViolationKind, key?: string) => report({ kind, path, node, value, ...(key === undefined ? {} : { key }) });
  if (node.anyOf) {
    if (node.anyOf.some((branch) => fits(schema, branch, value))) return;
    const meant = branchFor(schema, node.anyOf, value);
    return meant ? visit(schema, meant, value, path, report) : at("none-fits");
  }
  if (node.const !== undefined && value !== node.const) return at("choice");
  if (node.enum && !node.enum.some((choice) => choice === value)) return at("choice");
  if (node.type !== undefined && !hasType(value, node.type)) return at("type");
  if (typeof value === "string") visitString(node, value, at);
  else if (typeof value === "number") visitNumber(node, value, at);
  else if (Array.isArray(value)) visitArray(schema, node, value, path, at, report);
  else if (isObject(value)) visitObject(schema, node, value, path, at, report);
}

function fits(schema: Schema, node: SchemaNode, value: unknown): boolean {
  let violated = false;
  visit(schema, node, value, [], () => {
    violated = true;
  });
  return !violated;
}

type At = (kind: ViolationKind, key?: string) => void;

const patterns = new Map<string, RegExp>();

function matches(pattern: string, value: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(pattern, "u");
  patterns.set(pattern, known);
  return known.test(value);
}

function visitString(node: SchemaNode, value: string, at: At): void {
  if (value.length < (node.minLength ?? 0) || value.length > (node.maxLength ?? Infinity)) return at("length");
  if (node.pattern !== undefined && !matches(node.pattern, value)) return at("pattern");
  if (node.format !== undefined && !isOfFormat(node.format, value)) return at("format");
}

function isOfFormat(format: string, value: string): boolean {
  if (format === "date" || format === "date-time" || format === "duration") return formats[format](value);
  throw new Error("a schema names a format that is not known");
}

function visitNumber(node: SchemaNode, value: number, at: At): void {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = node;
  if (value < minimum || value > maximum || value <= exclusiveMinimum) at("range");
}

function visitArray(schema: Schema, node: SchemaNode, value: unknown[], path: Path, at: At, report: Report): void {
  if (value.length < (node.minItems ?? 0) || value.length > (node.maxItems ?? Infinity)) at("item-count");
  const { items } = node;
  if (items) value.forEach((item, index) => visit(schema, items, item, [...path, index], report));
}

function visitObject(schema: Schema, node: SchemaNode, value: Record<string, unknown>, path: Path, at: At, report: Report): void {
  const keys = Object.keys(value);
  for (const key of node.required ?? []) {
    const wanted = resolveRef(schema, node.properties?.[key] ?? {});
    if (!Object.hasOwn(value, key)) report({ kind: "missing-key", path, node, value, key, wanted });
  }
  if (keys.length < (node.minProperties ?? 0) || keys.length > (node.maxProperties ?? Infinity)) at("key-count");
  for (const key of keys) {
    if (node.propertyNames && !fits(schema, node.propertyNames, key)) at("key-name", key);
    const property = node.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : node.additionalProperties;
    if (property === false) at("unknown-key", key);
    else if (typeof property === "object") visit(schema, property, value[key], [...path, key], report);
  }
}
