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
  if?: SchemaNode;
  then?: SchemaNode;
  else?: SchemaNode;
  anyOf?: SchemaNode[];
  default?: unknown;
  title?: string;
  description?: string;
  "x-tighter"?: "higher" | "lower" | "more" | "fewer" | "same";
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
  "items minItems maxItems minLength maxLength pattern format minimum maximum exclusiveMinimum if then else anyOf " +
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

/** The schema of the value one step below: a key of a mapping or an index of a list; undefined where there is none. */
export function childSchema(schema: Schema, parent: SchemaNode, value: unknown, step: string | number): SchemaNode | undefined {
  const node = resolveRef(schema, parent);
  if (node.if) {
    const branch = Array.isArray(value) === (node.if.type === "array") ? node.then : node.else;
    return branch && childSchema(schema, branch, value, step);
  }
  if (typeof step === "number") return node.items && resolveRef(schema, node.items);
  const property = node.properties && Object.hasOwn(node.properties, step) ? node.properties[step] : undefined;
  if (property) return resolveRef(schema, property);
  return typeof node.additionalProperties === "object" ? resolveRef(schema, node.additionalProperties) : undefined;
}
