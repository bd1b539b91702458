import { readFileSync } from "node:fs";
import type { Io } from "../src/cli/io.ts";
import { pilotgate } from "../src/cli/pilotgate.ts";
import { resolveRef, type Schema, type SchemaNode } from "../src/policy/json-schema.ts";
import { fill } from "./fill.ts";

const NAME = "docs/reference.md";

/** The page with its generated blocks: the program's own help, and the keys of what it reads and writes as JSON. */
export async function generateReference(): Promise<string> {
  let page = readFileSync(new URL(`../${NAME}`, import.meta.url), "utf8");
  page = fill(page, "commands", await commands(), NAME);
  for (const schema of ["report", "doctor", "facts"]) page = fill(page, schema, keysOf(schema), NAME);
  return page;
}

/** What the program prints for `argv`, as on a wide terminal without colour. */
async function printed(argv: readonly string[]): Promise<string> {
  let out = "";
  const io: Io = {
    out: (text) => (out += text),
    err: () => undefined,
    cwd: "/",
    env: {},
    color: { out: false, err: false },
    width: 100,
    unicode: true,
    now: () => new Date(0),
  };
  await pilotgate(argv, io);
  return out.trimEnd();
}

async function commands(): Promise<string> {
  const [, listed = ""] = (await printed(["--help"])).split("\nCommands:\n");
  const names = (listed.split("\n\n")[0] ?? "").split("\n").flatMap((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? []);
  const parts = names.map(async (name) => `### \`${name}\`\n\n\`\`\`text\n${await printed([name, "--help"])}\n\`\`\`\n`);
  return `\n${(await Promise.all(parts)).join("\n")}`;
}

function keysOf(name: string): string {
  const schema = JSON.parse(readFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), "utf8")) as Schema;
  return `\n${tablesOf(schema, schema, "").join("\n\n")}\n`;
}

/** A mapping with more keys than this has a table of its own. */
const FEW = 4;

/** Tables of a mapping, its own first; small mappings in it stand in its own. */
function tablesOf(schema: Schema, node: SchemaNode, path: string): string[] {
  const large: [string, SchemaNode][] = [];
  const rowsOf = (one: SchemaNode, prefix: string): string[] =>
    Object.entries(one.properties ?? {}).flatMap(([name, child]) => {
      const value = resolveRef(schema, child);
      const key = `${prefix}${name}`;
      const meaning = child.description ?? value.description ?? "";
      const inside = insideOf(schema, value).map(([suffix, inner]): [string, SchemaNode] => [`${key}${suffix}`, inner]);
      const isLarge = ([, inner]: [string, SchemaNode]) => Object.keys(inner.properties ?? {}).length > FEW;
      large.push(...inside.filter(isLarge));
      return [
        `| \`${key}\` | ${typeOf(schema, value)} | ${meaning} |`,
        ...inside.filter((one) => !isLarge(one)).flatMap(([inner, mapping]) => rowsOf(mapping, `${inner}.`)),
      ];
    });
  const table = ["| key | type | meaning |", "| --- | --- | --- |", ...rowsOf(node, "")].join("\n");
  const own = path === "" ? table : `\`${path}\`:\n\n${table}`;
  return [own, ...large.flatMap(([key, inner]) => tablesOf(schema, inner, path === "" ? key : `${path}.${key}`))];
}

/** Mappings in a value, each with what stands between its key and theirs. */
function insideOf(schema: Schema, node: SchemaNode): [string, SchemaNode][] {
  const value = resolveRef(schema, node);
  if (value.items) return insideOf(schema, value.items).map(([suffix, inner]) => [`[]${suffix}`, inner]);
  if (value.anyOf) return value.anyOf.flatMap((choice) => insideOf(schema, choice));
  return value.properties ? [["", value]] : [];
}

function typeOf(schema: Schema, node: SchemaNode): string {
  const value = resolveRef(schema, node);
  if (value.const !== undefined) return `\`${String(value.const)}\``;
  if (value.enum) return value.enum.length > 9 ? "id" : value.enum.map((choice) => `\`${String(choice)}\``).join(" ");
  if (value.anyOf) return [...new Set(value.anyOf.map((choice) => typeOf(schema, choice)))].join(" or ");
  if (Array.isArray(value.type)) return value.type.map((type) => (type === "null" ? type : (value.format ?? nameOf(type)))).join(" or ");
  if (value.items) return isMapping(schema, value.items) ? "list" : `list of ${typeOf(schema, value.items)}`;
  return value.format ?? nameOf(value.type ?? "value");
}

const isMapping = (schema: Schema, node: SchemaNode) => insideOf(schema, node).length > 0;

const names: Record<string, string> = { string: "text", object: "mapping", boolean: "true or false" };
const nameOf = (type: string) => names[type] ?? type;
