/* The part of JSON Schema (draft 2020-12) that this project's own schemas use. A test compares its verdicts with ajv's. */

export type JsonType = "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";

export interface SchemaNode {
  $ref?: string;
  type?: JsonType | JsonType[];
  enum?: (string | number)[];
  const?: string | number | boolean;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: boolean | SchemaNode;
  propertyNames?: SchemaNode;
  minProperties?: number;
  maxProperties?: number;
  items?: SchemaNode;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  anyOf?: SchemaNode[];
  default?: unknown;
  title?: string;
  description?: string;
  "x-tighter"?: "higher" | "lower" | "more" | "fewer" | "stronger" | "same";
  "x-expects"?: string;
  "x-key"?: string;
  "x-framework"?: number;
  "x-file"?: boolean;
}

export interface Schema extends SchemaNode {
  $schema?: string;
  $id?: string;
  $defs?: Record<string, SchemaNode>;
}

export const supportedKeywords: readonly string[] = (
  "$schema $id $defs $ref type enum const properties required additionalProperties propertyNames minProperties maxProperties " +
  "items minItems maxItems minLength maxLength pattern format minimum maximum exclusiveMinimum anyOf " +
  "default title description x-tighter x-expects x-key x-framework x-file"
).split(" ");

/** The piece that a reference names, or the node itself. Our schemas refer to their own `$defs` only. */
export function resolveRef(schema: Schema, node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const found = schema.$defs?.[node.$ref.slice("#/$defs/".length)];
  if (found === undefined) throw new Error("a schema refers to a piece that it does not have");
  return found;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where a schema offers several shapes: the one of the value's own type, if exactly one has it. */
export function branchFor(schema: Schema, branches: readonly SchemaNode[], value: unknown): SchemaNode | undefined {
  const fitting = branches.map((branch) => resolveRef(schema, branch)).filter(({ type }) => type === undefined || hasType(value, type));
  return fitting.length === 1 ? fitting[0] : undefined;
}

export function hasType(value: unknown, type: JsonType | JsonType[]): boolean {
  return typeof type === "string" ? isOfType(value, type) : type.some((one) => isOfType(value, one));
}

function isOfType(value: unknown, type: JsonType): boolean {
  if (type === "object") return isObject(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return Number.isFinite(value);
  return typeof value === type;
}
