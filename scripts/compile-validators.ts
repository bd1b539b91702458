import { fileURLToPath } from "node:url";
import { _, Ajv2020, type CodeKeywordDefinition } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import items2020 from "ajv/dist/vocabularies/applicator/items2020.js";
import { buildSync } from "esbuild";
import { formats } from "../src/policy/formats.ts";
import type { JsonObject } from "./published-schema.ts";
import { toParts } from "./validation-parts.ts";

/**
 * Code of one module whose export `validators` holds a validator for each schema, by name. It needs nothing else at run time.
 * `inParts` makes a function of every piece, so that only what a file uses is compiled when it is first checked; not for
 * schemas with very long lists, because the functions join their lists of errors entry by entry.
 */
export function compileValidators(schemas: Readonly<Record<string, JsonObject>>, { inParts }: { inParts: boolean }): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    messages: false,
    strict: true,
    allowUnionTypes: true,
    inlineRefs: false,
    loopRequired: 1,
    formats,
    code: { source: true, esm: true, formats: _`require("./formats.ts").formats` },
  });
  ajv.addVocabulary(["x-expects"]);
  ajv.removeKeyword("items").addKeyword(boundedItems);
  for (const [name, schema] of Object.entries(toParts(schemas, inParts))) ajv.addSchema(schema, name);
  const names = Object.keys(schemas).map((name, index): [string, string] => [`validator${index}`, name]);
  const code = standalone.default(ajv, Object.fromEntries(names)).replaceAll("export const validator", "const validator");
  return bundle(`${code}\nexport const validators = {${names.map(([symbol, name]) => `${JSON.stringify(name)}: ${symbol}`).join()}};`);
}

/** `items` that looks at no entry of a list that is too long: the list is one mistake, and its entries may be many. */
const boundedItems: CodeKeywordDefinition = {
  ...items2020.default,
  code(cxt) {
    const max: unknown = cxt.parentSchema["maxItems"];
    if (typeof max === "number") cxt.gen.if(_`${cxt.data}.length <= ${max}`, () => items2020.default.code(cxt));
    else items2020.default.code(cxt);
  },
};

/** The same module with the formats and the pieces of ajv that it uses inside. */
function bundle(contents: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL("../src/policy", import.meta.url)), loader: "js" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    minify: true,
    legalComments: "none",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
