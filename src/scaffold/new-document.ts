import { whyNotPinned } from "../engine/pinned-model.ts";
import { isSelfHosted } from "../engine/self-hosted.ts";
import { documentFields } from "../policy/document-fields.generated.js";
import { documentDefinitions } from "../shapes/document-definitions.ts";
import type { DocumentName } from "../shapes/vocabulary.ts";
import { documentPrompts } from "./document-prompts.ts";
import { yamlText } from "./yaml-text.ts";

/** A file to be written, by its path in the repository. */
export interface NewFile {
  path: string;
  text: string;
}

/** What a new file is about; a system of a resolved policy is one. */
export interface About {
  name: string;
  /** Folder of the readiness documents. */
  documents: string;
  models: readonly { id: string; provider: string; model: string }[];
}

/** What is known beyond that, for example from a survey of the repository. */
export interface Known {
  /** Whose record a `vendor` document is; without it the first vendor of the models. */
  vendor?: string;
  /** Front matter values. */
  values?: Readonly<Record<string, unknown>>;
  /** What was seen, as lines of Markdown, by the section that it may help to answer. */
  seen?: Readonly<Record<string, readonly string[]>>;
}

/**
 * A readiness document with everything that is known and a question for everything else: `check` counts each as missing and names its line.
 * Every field and section of the document is in it.
 */
export function newDocument(name: DocumentName, about: About, known: Known = {}): NewFile {
  const { file, title, sections } = documentDefinitions[name];
  const vendor = known.vendor ?? vendorsOf(about)[0];
  const values = { ...valuesOf(name, about, vendor), ...known.values };
  const subject = name === "vendor" ? (vendor ?? "") : about.name;
  return {
    path: `${about.documents}/${file.replace("<name>", fileName(vendor))}`,
    text: [
      "---",
      ...Object.keys(documentFields[name]).flatMap((key) => fieldLines(name, key, values)),
      "---",
      "",
      `# ${title}${subject === "" ? "" : `: ${plain(subject)}`}`,
      "",
      "<!-- Answer below each question and take the question away. `pilotgate check` names what is left. -->",
      ...sections.flatMap((section) => [
        "",
        `## ${section}`,
        "",
        `> **Question:** ${documentPrompts[name].questions[section] ?? ""}`,
        ...(known.seen?.[section] ?? []).map((line) => `> ${line}`),
      ]),
      "",
    ].join("\n"),
  };
}

/** Who serves the models, our own machines apart, in the policy's order. */
export function vendorsOf({ models }: Pick<About, "models">): string[] {
  return [...new Set(models.map(({ provider }) => provider))].filter((provider) => !isSelfHosted(provider));
}

function valuesOf(name: DocumentName, about: About, vendor: string | undefined): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if ("status" in documentFields[name]) values["status"] = name === "architecture" ? "proposed" : "draft";
  const [model] = about.models;
  if (name === "legal-privacy" && vendorsOf(about).length > 0) values["processors"] = vendorsOf(about);
  if (name === "model-selection" && model && whyNotPinned(model.model) === undefined) values["model"] = model.model;
  if (name === "vendor" && vendor !== undefined) values["vendor"] = vendor;
  return values;
}

function fieldLines(name: DocumentName, key: string, values: Readonly<Record<string, unknown>>): string[] {
  const meaning = documentFields[name][key] ?? "";
  if (Object.hasOwn(values, key)) return [`${key}: ${yamlText(values[key])} # ${meaning}`];
  const { examples, mayLack = [] } = documentPrompts[name];
  const example = examples[key];
  if (example === undefined) return [];
  const lines = typeof example === "string" ? [] : example.map((line) => `#  ${line}`);
  // A key without a value counts as missing, also where the document could do without it.
  if (mayLack.includes(key))
    return [typeof example === "string" ? `# ${key}: ${example} # ${meaning}` : `# ${key}: # ${meaning}`, ...lines];
  return [`${key}: # ${meaning} For example${typeof example === "string" ? ` ${example}` : ":"}`, ...lines];
}

function fileName(vendor = "name"): string {
  const name = vendor
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .slice(0, 60);
  return /^[a-z0-9]/.test(name) ? name : "name";
}

/** One line of Markdown that says no more than its letters. */
function plain(text: string): string {
  return text
    .replaceAll(/[^\p{L}\p{N} .,:()@/+-]+/gu, " ")
    .trim()
    .slice(0, 120);
}
