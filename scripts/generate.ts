import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { criteria } from "../src/engine/criteria/index.ts";
import { diagnosisSchema } from "../src/shapes/diagnosis.ts";
import { documentSchemas } from "../src/shapes/documents.ts";
import { factsSchema } from "../src/shapes/facts.ts";
import { policySchema } from "../src/shapes/policy-schema.ts";
import { reportSchema } from "../src/shapes/report.ts";
import { compileValidators } from "./compile-validators.ts";
import { policyReference } from "./policy-reference.ts";
import { toPublished, toText, type JsonObject } from "./published-schema.ts";
import { publishedTypes } from "./published-types.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

type Files = Record<string, string>;

const documentName = 'import("../shapes/vocabulary.ts").DocumentName';

/** Content of every file that derives from the schemas, by path relative to the project. */
export function generatedFiles(): Files {
  const policy = withTitles(toPublished(policySchema, "policy"));
  const facts = toPublished(factsSchema, "facts");
  const report = toPublished(reportSchema, "report");
  const documents = Object.fromEntries(
    Object.entries(documentSchemas).map(([name, schema]) => [name, toPublished(schema, `document:${name}`)]),
  );
  const fields = Object.fromEntries(Object.entries(documents).map(([name, { properties }]) => [name, descriptions(properties)]));
  return {
    "docs/policy.md": policyReference(policy),
    "schema/policy.schema.json": toText(policy),
    "schema/facts.schema.json": toText(facts),
    "schema/report.schema.json": toText(report),
    "schema/doctor.schema.json": toText(toPublished(diagnosisSchema, "doctor")),
    ...Object.fromEntries(Object.entries(documents).map(([name, schema]) => [`schema/documents/${name}.schema.json`, toText(schema)])),
    "types/index.d.ts": publishedTypes({ policy, facts, report, documents }),
    ...constant("schemas", "policySchemaText", JSON.stringify(policy), "string"),
    ...constant("document-fields", "documentFields", fields, `Record<${documentName}, Readonly<Record<string, string>>>`),
    // Each reader loads only what it checks by.
    ...validators("policy-validator", { policy }, '"policy"', { inParts: true }),
    ...validators("facts-validator", { facts }, '"facts"', { inParts: false }),
    ...validators("report-validator", { report }, '"report"', { inParts: false }),
    ...validators("document-validators", documents, documentName, { inParts: true }),
  };
}

/** Each criterion's key is described by the criterion's own title: that is what an editor shows. */
function withTitles(policy: JsonObject): JsonObject {
  const known = (policy["$defs"] as { criteria: { properties: Record<string, JsonObject> } }).criteria.properties; // of a schema of ours
  const properties = Object.fromEntries(
    criteria.map(({ id, title }) => [id, { description: `${title}. More: \`pilotgate explain ${id}\`.`, ...known[id] }]),
  );
  const definitions = policy["$defs"] as { criteria: JsonObject };
  return { ...policy, $defs: { ...definitions, criteria: { ...definitions.criteria, properties } } };
}

function descriptions(properties: JsonObject[string] = {}): Record<string, string> {
  const entries = Object.entries(properties as Record<string, { description?: string }>); // of a schema of ours
  return Object.fromEntries(entries.map(([key, { description = "" }]) => [key, description]));
}

function constant(file: string, name: string, value: unknown, type: string): Files {
  return {
    [`src/policy/${file}.generated.js`]: `export const ${name} = ${JSON.stringify(value)};\n`,
    [`src/policy/${file}.generated.d.ts`]: `export const ${name}: ${type};\n`,
  };
}

function validators(file: string, schemas: Record<string, JsonObject>, keys: string, options: { inParts: boolean }): Files {
  return {
    [`src/policy/${file}.generated.js`]: compileValidators(schemas, options),
    [`src/policy/${file}.generated.d.ts`]: `export const validators: Record<${keys}, import("./validate.ts").Validator>;\n`,
  };
}

/** Writes schemas, what the program holds of them, and the reference page; files that are already so stay untouched. */
export async function generate(): Promise<void> {
  for (const [path, content] of Object.entries(generatedFiles())) {
    const file = join(root, path);
    if ((await readFile(file, "utf8").catch(() => null)) === content) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
