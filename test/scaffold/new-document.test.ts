import { describe, expect, it } from "@jest/globals";
import { checkDocuments } from "../../src/engine/check-documents.ts";
import { parseYaml } from "../../src/evidence/yaml.ts";
import { readEvidence } from "../../src/evidence/read-evidence.ts";
import { unknownFields, validateDocument } from "../../src/policy/validate-document.ts";
import { documentPrompts } from "../../src/scaffold/document-prompts.ts";
import { newDocument, vendorsOf, type About, type Known } from "../../src/scaffold/new-document.ts";
import { documentDefinitions } from "../../src/shapes/document-definitions.ts";
import { documentSchemas } from "../../src/shapes/documents.ts";
import { documentNames, type DocumentName } from "../../src/shapes/vocabulary.ts";

const about: About = {
  name: "Support assistant",
  documents: "docs/readiness",
  models: [{ id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" }],
};

function readBack(name: DocumentName, known?: Known, of = about) {
  const { path, text } = newDocument(name, of, known);
  const reading = readEvidence(new TextEncoder().encode(text));
  if (!reading.ok || reading.kind !== "document") throw new Error(`${path} is no document`);
  const fieldProblems = validateDocument(name, reading.measurement.frontMatter);
  const file = { path, source: "file" as const, digest: "sha256:00", reading, fieldProblems };
  return { path, text, ...reading.measurement, findings: checkDocuments(name, [file], "2026-11-23T09:00:00Z", 12).findings, fieldProblems };
}

function exampleValues(name: DocumentName): Record<string, unknown> {
  const { examples } = documentPrompts[name];
  return Object.fromEntries(
    Object.entries(examples).map(([key, example]) => {
      const parsed = parseYaml(typeof example === "string" ? example : example.join("\n"));
      if (!parsed.ok) throw new Error(`${name} ${key}: ${parsed.message}`);
      return [key, parsed.value[0]];
    }),
  );
}

describe.each(documentNames)("%s", (name) => {
  const { required, sections } = documentDefinitions[name];
  const { examples, questions, mayLack = [] } = documentPrompts[name];

  it("has an example of every field that its schema knows, and no other", () => {
    const fields = Object.keys((documentSchemas[name] as { properties: object }).properties);
    const asked = fields.filter((key) => key !== "status" && (key !== "decision" || name === "architecture"));
    expect(Object.keys(examples).sort()).toEqual(asked.sort());
    expect(mayLack.filter((key) => required.includes(key))).toEqual([]);
  });

  it("has a question for every section of its definition, and no other", () => {
    expect(Object.keys(questions)).toEqual([...sections]);
  });

  it("has examples that fit its schema, every field of theirs included", () => {
    const values = { ...(required.includes("status") ? { status: "approved" } : {}), ...exampleValues(name) };
    expect(validateDocument(name, values)).toEqual([]);
    expect(unknownFields(name, values)).toEqual([]);
  });

  it("is read as a document in which each question counts as missing, with its line", () => {
    const { text, findings, sections: read, path } = readBack(name);
    const lines = text.split("\n");
    const missing = findings.filter(({ state }) => state === "missing");
    expect(read.map(({ title }) => title).slice(1)).toEqual([...sections]);
    for (const { line = 0 } of missing) expect(lines[line - 1]).toMatch(/^(?:[a-z-]+: # |> \*\*Question:\*\* )/);
    const owed = lines.filter((line) => /^[a-z-]+: # /.test(line) || line.startsWith("> **Question:**")).length;
    expect(missing).toHaveLength(owed);
    expect(findings.filter(({ state }) => state !== "missing").map(({ line }) => line)).toEqual(
      "status" in readBack(name).frontMatter ? [2] : [],
    );
    expect(path).toBe(`docs/readiness/${documentDefinitions[name].file.replace("<name>", "openai")}`);
  });

  it("has nothing missing once the examples stand where the questions stood", () => {
    const { text } = newDocument(name, about);
    const answered = text
      .replaceAll(/^([a-z-]+:) # .*? For example (.*)$/gm, "$1 $2")
      .replaceAll(/^([a-z-]+:) # .* For example:$/gm, "$1")
      .replaceAll(/^# ([a-z-]+:)/gm, "$1")
      .replaceAll(/^#( {2,}[-a-zA-Z])/gm, "$1")
      .replaceAll(/^> \*\*Question:.*$/gm, "An answer.");
    const reading = readEvidence(new TextEncoder().encode(answered));
    if (!reading.ok || reading.kind !== "document") throw new Error("is no document");
    const { frontMatter, sections: read } = reading.measurement;
    const { status, ...values } = frontMatter;
    expect(validateDocument(name, frontMatter)).toEqual([]);
    expect(read.slice(1).every((section) => section.text !== "" && section.unfilledLine === undefined)).toBe(true);
    expect(values).toEqual({ ...exampleValues(name), ...(name === "legal-privacy" ? { processors: ["openai"] } : {}) });
    expect(status).toBe(["integrations", "adoption"].includes(name) ? undefined : name === "architecture" ? "proposed" : "draft");
  });

  it("fits into an address with which GitHub opens a new file", () => {
    expect(encodeURIComponent(newDocument(name, about).text).length).toBeLessThan(6000);
  });
});

describe("what is known", () => {
  it("stands in the front matter", () => {
    expect(readBack("legal-privacy").frontMatter["processors"]).toEqual(["openai"]);
    expect(readBack("model-selection").frontMatter["model"]).toBe("gpt-4o-2024-11-20");
    expect(readBack("vendor").frontMatter["vendor"]).toBe("openai");
    expect(readBack("observability", { values: { dashboards: ["a b.json", "no"] } }).frontMatter["dashboards"]).toEqual(["a b.json", "no"]);
  });

  it("names no model that its vendor moves, and does not take our own machines for an answer", () => {
    const floating = { ...about, models: [{ id: "chat", provider: "self-hosted", model: "gpt-4o" }] };
    expect(readBack("model-selection", {}, floating).frontMatter["model"]).toBeNull();
    expect(readBack("legal-privacy", {}, floating).frontMatter["processors"]).toBeNull();
    expect(vendorsOf(floating)).toEqual([]);
    expect(newDocument("vendor", floating).path).toBe("docs/readiness/vendors/name.md");
  });

  it("is shown under the question and leaves it one", () => {
    const { text, findings } = readBack("architecture", { seen: { Context: ["- `openai` in `src/chat.ts`, line 3"] } });
    expect(text).toContain("> - `openai` in `src/chat.ts`, line 3\n");
    expect(findings.map(({ text: said }) => said)).toContainEqual(expect.stringContaining('the section "Context" is not filled in'));
  });

  it.each<[string, string]>([
    ["Mistral AI", "vendors/mistral-ai.md"],
    ["../../etc/passwd", "vendors/name.md"],
    [".hidden", "vendors/name.md"],
    ["amazon-bedrock", "vendors/amazon-bedrock.md"],
    ["", "vendors/name.md"],
    ["x".repeat(300), `vendors/${"x".repeat(60)}.md`],
  ])("makes of the vendor %j the file %s", (vendor, path) => {
    expect(newDocument("vendor", about, { vendor }).path).toBe(`docs/readiness/${path}`);
  });

  it.each(["a: b", "# c", "---", "line\nbreak", '"', "\u2028\u202E\u0007\u0085", "{x}", "- y", "yes", "1.10", "@octo", "'", "trailing "])(
    "keeps %j one text, in the front matter and out of the body",
    (vendor) => {
      const { frontMatter, sections, text } = readBack("vendor", { vendor });
      expect(frontMatter["vendor"]).toBe(vendor);
      expect(sections.map(({ title }) => title).slice(1)).toEqual(["Gaps"]);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028-\u202E]/);
    },
  );
});
