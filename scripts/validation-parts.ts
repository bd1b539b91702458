import type { Json, JsonObject } from "./published-schema.ts";

type Schemas = Readonly<Record<string, JsonObject>>;

/* All that validation needs; what else a schema says is for readers and for the comparison of policies. */
const kept = new Set(
  (
    "type enum const required properties additionalProperties propertyNames minProperties maxProperties items minItems maxItems " +
    "minLength maxLength pattern format minimum maximum exclusiveMinimum anyOf x-expects"
  ).split(" "),
);
const passed = new Set(["$schema", "$id", "$defs", "title", "description", "default", "x-tighter", "x-key", "x-framework", "x-file"]);

/** The schemas without notes and references; with `inParts`, every piece with content of its own is a schema of its own, once. */
export function toParts(schemas: Schemas, inParts: boolean): Schemas {
  const names = new Map<string, string>();
  const parts: Record<string, JsonObject> = {};
  const toPart = (node: JsonObject): JsonObject => {
    const text = JSON.stringify(node);
    const name = names.get(text) ?? `part:${names.size}`;
    names.set(text, name);
    parts[name] = node;
    return { $ref: name };
  };
  const roots = Object.entries(schemas).map(([name, schema]): [string, JsonObject] => {
    const visit = (reference: Json): JsonObject => {
      const node = bare(reference, schema, visit);
      return inParts && isPart(node) ? toPart(node) : node;
    };
    return [name, bare(schema, schema, visit)];
  });
  return { ...parts, ...Object.fromEntries(roots) };
}

/** The node with its children visited. */
function bare(reference: Json, schema: JsonObject, visit: (node: Json) => JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(resolve(asObject(reference), schema))) {
    if (passed.has(key)) continue;
    if (!kept.has(key)) throw new Error(`validation does not know the keyword ${key}`);
    if (key === "properties")
      result[key] = Object.fromEntries(Object.entries(asObject(value)).map(([name, child]) => [name, visit(child)]));
    else if (key === "anyOf" && Array.isArray(value)) result[key] = value.map(visit);
    else if (key === "items" || (key === "additionalProperties" && typeof value === "object")) result[key] = visit(value);
    else result[key] = value;
  }
  return result;
}

function resolve(node: JsonObject, schema: JsonObject): JsonObject {
  const { $ref, ...rest } = node;
  if (typeof $ref !== "string") return node;
  if (Object.keys(rest).length > 0) throw new Error("a reference stands alone");
  return asObject(asObject(schema["$defs"] ?? {})[$ref.slice("#/$defs/".length)] ?? null);
}

/** Choices stay where they are: a message about a missing key lists them. */
function isPart({ enum: choices, const: only, ...rest }: JsonObject): boolean {
  return choices === undefined && only === undefined && Object.keys(rest).length > 1;
}

function asObject(value: Json): JsonObject {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("a piece of a schema is an object");
  return value;
}
