import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { documentSchemas } from "../src/shapes/documents.ts";
import { factsSchema } from "../src/shapes/facts.ts";
import { policySchema } from "../src/shapes/policy-schema.ts";
import { reportSchema } from "../src/shapes/report.ts";
import { policyReference } from "./policy-reference.ts";
import { toPublished, toText, type JsonObject } from "./published-schema.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Content of every file that derives from the schemas, by path relative to the project. */
export function generatedFiles(): Record<string, string> {
  const policy = toPublished(policySchema, "policy");
  const facts = toPublished(factsSchema, "facts");
  const report = toPublished(reportSchema, "report");
  const texts = { policySchemaText: policy, factsSchemaText: facts };
  const documents = Object.entries(documentSchemas).map(([name, schema]): [string, JsonObject] => [
    name,
    toPublished(schema, `document:${name}`),
  ]);
  const documentTexts = Object.fromEntries(documents.map(([name, schema]) => [name, JSON.stringify(schema)]));
  return {
    ...Object.fromEntries(documents.map(([name, schema]) => [`schema/documents/${name}.schema.json`, toText(schema)])),
    "src/policy/document-schemas.generated.js": `export const documentSchemaTexts = ${JSON.stringify(documentTexts, null, 2)};\n`,
    "src/policy/document-schemas.generated.d.ts": "export const documentSchemaTexts: Record<string, string>;\n",
    "docs/policy.md": policyReference(policy),
    "schema/policy.schema.json": toText(policy),
    "schema/facts.schema.json": toText(facts),
    "schema/report.schema.json": toText(report),
    "src/policy/schemas.generated.js": lines(texts, (name, schema) => `export const ${name} = ${JSON.stringify(JSON.stringify(schema))};`),
    "src/policy/schemas.generated.d.ts": lines(texts, (name) => `export const ${name}: string;`),
  };
}

/** Writes schemas, their texts for the program, and the reference page; files that are already so stay untouched. */
export async function generate(): Promise<void> {
  for (const [path, content] of Object.entries(generatedFiles())) {
    const file = join(root, path);
    if ((await readFile(file, "utf8").catch(() => null)) === content) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

function lines<T extends object>(entries: Record<string, T>, line: (name: string, value: T) => string): string {
  return Object.entries(entries)
    .map(([name, value]) => `${line(name, value)}\n`)
    .join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
