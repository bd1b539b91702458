import { isDeepStrictEqual } from "node:util";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The JSON Schema (draft 2020-12) as it is published: every piece marked `x-def` stands once, under `$defs`. */
export function toPublished(schema: object, name: string): JsonObject {
  const definitions: JsonObject = {};
  const body = hoist(JSON.parse(JSON.stringify(schema)) as Json, definitions);
  if (body === null || typeof body !== "object" || Array.isArray(body)) throw new Error("a schema is an object");
  const named = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:pilotgate:schema:${name}`,
    ...body,
    ...(Object.keys(named).length === 0 ? {} : { $defs: named }),
  };
}

function hoist(node: Json, definitions: JsonObject): Json {
  if (Array.isArray(node)) return node.map((item) => hoist(item, definitions));
  if (node === null || typeof node !== "object") return node;
  const { "x-def": name, ...rest } = node;
  const body: JsonObject = {};
  for (const [key, value] of Object.entries(rest)) body[key] = hoist(value, definitions);
  if (typeof name !== "string") return body;
  const known = definitions[name];
  if (known !== undefined && !isDeepStrictEqual(known, body)) throw new Error(`two different pieces are called ${name}`);
  definitions[name] = body;
  return { $ref: `#/$defs/${name}` };
}

/** JSON text in which what fits into 140 columns stands on one line. */
export function toText(schema: JsonObject): string {
  return `${layOut(schema, "")}\n`;
}

function layOut(value: Json, indent: string): string {
  const flat = inline(value);
  if (flat.length + indent.length <= 140 || value === null || typeof value !== "object") return flat;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => `${deeper}${layOut(item, deeper)}`)
    : Object.entries(value).map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${layOut(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

function inline(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  const parts = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
