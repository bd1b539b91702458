/* The part of JSON Schema (draft 2020-12) that this project's own schemas use. ajv validates; here stands what reads their notes. */

type JsonType = "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";

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
