import type { JsonSchemaFile, LogSample } from "../shapes/measurements.ts";
import { recordField, textField } from "./fields.ts";
import { listSome } from "./list-some.ts";
import type { Finding, ReadDocument } from "./types.ts";
import { figure, list, plural } from "./words.ts";

/** Keys of every log line. Reviewer and outcome are known for reviewed answers only: one line with them, or a place in the schema, is enough. */
const always = ["time", "request_id", "user", "model", "prompt_version", "input_ref", "output_ref", "guardrail"] as const;
const reviewed = ["reviewer", "outcome"] as const;

export interface LogSchema {
  path: string;
  measurement: JsonSchemaFile;
}

export interface LogLines {
  path: string;
  measurement: LogSample;
}

type Names = (key: string) => string[];

/** Do schema and sample of the log hold every required key, and does the sample fit the schema? Each that is there is judged. */
export function describesLog(
  document: ReadDocument,
  schemas: readonly LogSchema[],
  samples: readonly LogLines[],
): { words: string; findings: Finding[] } {
  const names = namesOf(document);
  const lines = samples.reduce((all, { measurement }) => all + measurement.lines, 0);
  const seen = [...(schemas.length > 0 ? ["a schema"] : []), ...(samples.length > 0 ? [`a sample of ${plural(lines, "line")}`] : [])];
  return {
    words: `log described by ${list(seen)}`,
    findings: [
      ...schemas.flatMap((schema) => schemaFindings(schema, names)),
      ...samples.flatMap((sample) => sampleFindings(sample, names)),
      ...reviewFindings(document, schemas, samples, names),
      ...samples.flatMap((sample) => fitFindings(sample, schemas, names)),
    ],
  };
}

/** A key's own name in the log (`fields` of the document), beside the canonical one. */
function namesOf(document: ReadDocument): Names {
  const fields = recordField(document.frontMatter, "fields") ?? {};
  return (key) => {
    const own = Object.hasOwn(fields, key) ? textField(fields, key) : undefined;
    return own === undefined ? [key] : [own, key];
  };
}

/** A name with dots leads into objects; the schema's reader sees the outermost property only. */
function knows(properties: ReadonlySet<string>, name: string): boolean {
  return properties.has(name) || properties.has(outermost(name));
}

function outermost(name: string): string {
  return name.split(".")[0] ?? name;
}

function schemaFindings({ path, measurement }: LogSchema, names: Names): Finding[] {
  const required = new Set(measurement.required);
  const properties = new Set(measurement.properties);
  const absent = always.filter((key) => !names(key).some((name) => knows(properties, name) || knows(required, name)));
  const loose = always.filter((key) => !absent.includes(key) && !names(key).some((name) => knows(required, name)));
  return [
    ...lacking(
      path,
      absent,
      "The schema does not know",
      `Log these keys and add them to ${path}, or map their own names under \`fields\`.`,
    ),
    ...lacking(path, loose, "The schema does not require", `Add these keys to \`required\` in ${path}.`),
  ];
}

function lacking(path: string, keys: readonly string[], what: string, remedy: string): Finding[] {
  return keys.length === 0 ? [] : [{ state: "not-met", path, text: `${what} ${list(keys)}: ${path}.`, remedy }];
}

/** In how many lines a key has a value; under its canonical name as the reader counts, or its own. */
function filled({ measurement }: LogLines, key: string, names: Names): number {
  return Math.max(...[key, ...names(key)].map((name) => ownCount(measurement.keys, name)));
}

function sampleFindings(sample: LogLines, names: Names): Finding[] {
  const { path, measurement } = sample;
  if (!(measurement.lines > 0))
    return [{ state: "missing", path, text: `${path} holds no line.`, remedy: `Put some real lines of the log into ${path}.` }];
  const absent = always.filter((key) => !(filled(sample, key, names) >= measurement.lines));
  if (absent.length === 0) return [];
  const words = absent.map((key) => `${key} (${figure(filled(sample, key, names))} of ${figure(measurement.lines)})`);
  return [
    {
      state: "not-met",
      path,
      text: `Not every line of ${path} has ${list(words)}.`,
      remedy: "Log these keys with every answer, or map their own names under `fields`.",
    },
  ];
}

function reviewFindings(document: ReadDocument, schemas: readonly LogSchema[], samples: readonly LogLines[], names: Names): Finding[] {
  const properties = new Set(schemas.flatMap(({ measurement }) => [...measurement.properties, ...measurement.required]));
  const inSchema = (key: string) => names(key).some((name) => knows(properties, name));
  const absent = reviewed.filter((key) => !inSchema(key) && !samples.some((sample) => filled(sample, key, names) > 0));
  if (absent.length === 0) return [];
  const path = schemas[0]?.path ?? samples[0]?.path ?? document.path;
  return lacking(path, absent, "Neither schema nor sample knows", "Log the reviewer and the outcome of each reviewed answer.");
}

/** In how many lines a key stands that a schema requires, be its value `null`. The reader counts mapped keys under our name. */
function standing({ measurement }: LogLines, required: string, names: Names): number {
  const mapped = [...always, ...reviewed].filter((key) => names(key).includes(required));
  const counted = [required, ...mapped].flatMap((name) => [ownCount(measurement.present, name), ownCount(measurement.keys, name)]);
  return Math.max(...counted);
}

function ownCount(counts: Readonly<Record<string, number>> | undefined, name: string): number {
  return counts !== undefined && Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
}

/** Further keys that the schema requires and some line of the sample lacks: one of the two does not describe the log. */
function fitFindings(sample: LogLines, schemas: readonly LogSchema[], names: Names): Finding[] {
  const { path, measurement } = sample;
  const judged = new Set(always.flatMap((key) => names(key).flatMap((name) => [name, outermost(name)])));
  return schemas.flatMap((schema) => {
    const further = schema.measurement.required.filter((name) => !judged.has(name));
    const absent = further.filter((name) => !(standing(sample, name, names) >= measurement.lines));
    if (absent.length === 0) return [];
    const text = `The sample does not validate against the schema: not every line of ${path} has ${listSome(absent)}, which ${schema.path} requires.`;
    const remedy = `Take the sample from the log as it is, or correct \`required\` in ${schema.path}.`;
    return [{ state: "not-met" as const, path, text, remedy }];
  });
}
