import { existsSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { criteria } from "../../src/engine/criteria/index.ts";
import { readEvidence } from "../../src/evidence/read-evidence.ts";
import { evidenceGuides, toolGuides, type MeasuredCriterion } from "../../src/scaffold/evidence-guides.ts";
import { newEvidence } from "../../src/scaffold/new-evidence.ts";
import { newFile } from "../../src/scaffold/new-file.ts";
import { newRegistry } from "../../src/scaffold/new-registry.ts";
import { criterionIds, risks } from "../../src/shapes/vocabulary.ts";

const about = {
  name: "Support assistant",
  documents: "docs/readiness",
  risk: "medium" as const,
  models: [{ id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" }],
};
const read = (text: string) => readEvidence(new TextEncoder().encode(text));

describe("a file that is missing at", () => {
  it.each<[string, string]>([
    ["docs/readiness/legal-privacy.md", "# Legal and privacy assessment: Support assistant"],
    ["docs/readiness/vendors/mistral.md", "vendor: mistral #"],
    ["docs/readiness/vendors/<name>.md", "vendor: openai #"],
    ["docs/readiness/vendors/", "vendor: openai #"],
    ["docs/readiness/model-registry.yaml", "version: gpt-4o-2024-11-20"],
    ["docs/readiness/evidence/load-test/", "2 times the expected peak of the policy for at least 30 minutes"],
    ["docs/readiness/evidence/guardrails/**", "At least 150 judged attacks"],
    ["docs/readiness/evidence/load-test/k6.json.evidence.yml", "model: gpt-4o-2024-11-20"],
  ])("%s begins with %j", (path, text) => {
    expect(newFile(path, about)?.text).toContain(text);
  });

  it.each([
    "docs/readiness/other.md",
    "docs/readiness/vendors/a/b.md",
    "docs/readiness/evidence/canary-stability/",
    "docs/readiness/evidence/constructor/",
    "src/a.ts",
    "docs/readinessx/escalation.md",
    "",
  ])("%j begins with nothing", (path) => expect(newFile(path, about)).toBeUndefined());

  it("has the path that was asked for, or of a folder the path of its README", () => {
    for (const path of ["docs/readiness/vendors/x.md", "docs/readiness/model-registry.yaml", "a.json.evidence.yml"])
      expect(newFile(path, about)?.path).toBe(path);
    expect(newFile("docs/readiness/evidence/guardrails/", about)?.path).toBe("docs/readiness/evidence/guardrails/README.md");
  });

  it.each(criteria.flatMap(({ id, places }) => places.map((place) => [id, place] as const)))("%s, %s begins with something", (_, place) => {
    expect(newFile(`docs/readiness/${place}`, about)).toBeDefined();
  });
});

describe("the model registry", () => {
  it("is read as one, with what is known and nothing else", () => {
    const reading = read(newRegistry(about).text);
    expect(reading).toMatchObject({
      format: "model-registry",
      measurement: { models: [{ id: "chat-1", role: "chat", provider: "openai", version: "gpt-4o-2024-11-20" }] },
    });
  });

  it("is one entry when the examples are taken in", () => {
    const text = newRegistry(about).text.replaceAll(/^ {4}# (\w+: [^#\n]*)(#.*)?$/gm, "    $1");
    expect(read(text)).toMatchObject({
      measurement: { models: [{ status: "live", since: "2026-09-20", owner: "@octo-mia", rollback: "chat-0" }] },
    });
  });

  it("is empty without a model, and asks", () => {
    const { text } = newRegistry({ ...about, models: [] });
    expect(read(text)).toMatchObject({ format: "model-registry", measurement: { models: [] } });
    expect(text).toContain("Question: which models answer users?");
  });
});

describe("a sidecar", () => {
  it("does not count until its lines have values", () => {
    const { text = "" } = newFile("a.json.evidence.yml", about) ?? {};
    expect(read(text)).toMatchObject({ ok: false, code: "bad-shape" });
    const filled = text.replace(/^commit:.*/m, "commit: 3f9c2d1e").replace(/^measured-at:.*/m, "measured-at: 2026-11-12T10:00:00Z");
    expect(read(filled)).toMatchObject({ format: "evidence-sidecar", measurement: { model: "gpt-4o-2024-11-20" } });
  });
});

describe("the README of a folder of evidence", () => {
  const ids = Object.keys(evidenceGuides) as MeasuredCriterion[];

  it("exists for every criterion that needs evidence of its own", () => {
    const needing = criteria.filter(
      ({ needs, id }) => (needs.evidence ?? []).length > 0 && id !== "model-registry" && id !== "canary-stability",
    );
    expect(ids).toEqual(expect.arrayContaining(needing.map(({ id }) => id)));
    expect(criterionIds).toEqual(expect.arrayContaining(ids));
  });

  it.each(ids.flatMap((id) => risks.map((risk) => [id, risk] as const)))("%s at %s risk says all its figures", (id, risk) => {
    const { text, path } = newEvidence(id, about, risk);
    expect(text).not.toMatch(/undefined|NaN|null|\[object/);
    expect(path).toBe(`docs/readiness/evidence/${id}/README.md`);
  });

  it("holds the command for the script that was found, and the one for its origin", () => {
    const { text } = newEvidence("load-test", about, "high", { tools: [{ tool: "k6", path: "load/chat.js", line: 1 }] });
    expect(text).toContain("With k6, `load/chat.js`, line 1");
    expect(text).toContain("    k6 run --summary-export=docs/readiness/evidence/load-test/k6.json load/chat.js\n");
    expect(text).toContain("'gpt-4o-2024-11-20' > docs/readiness/evidence/load-test/k6.json.evidence.yml\n");
    expect(text).toContain("at least 60 minutes, with at most 0.1 % failed");
  });

  it.each(["a b.js", "$(rm -rf ~).js", "-e.js", "../x.js", "a;b.js", "a\nb.js", "`x`.js", "x/-rf/y.js"])(
    "does not put %j into a command",
    (path) => {
      const { text } = newEvidence("load-test", about, "low", { tools: [{ tool: "k6", path }] });
      expect(text).toContain("k6.json SCRIPT\n");
      expect(text).not.toContain(path);
    },
  );

  it("does not put the name of a model into a command that could end it", () => {
    const models = [{ id: "chat", provider: "x", model: "a' ; rm -rf ~ '" }];
    expect(newEvidence("load-test", { ...about, models }, "low").text).toContain("'MODEL' >");
  });

  it.each(Object.entries(toolGuides))("names a page that is there: %s", (_, { page }) => {
    expect(existsSync(new URL(`../../docs/evidence/${page}.md`, import.meta.url))).toBe(true);
  });

  it("heads tables that the readers know", () => {
    const rows: Partial<Record<MeasuredCriterion, string>> = {
      "user-satisfaction": "1,2026-11-02T08:00:00Z,5,canary",
      "business-impact": "2026-11-02,handle-time,8.1,minutes",
      "support-readiness": "octo-mia,basics,2026.11,2026-11-01,0.9",
    };
    const kinds = ids.flatMap((id) => {
      const { table } = evidenceGuides[id];
      const reading = table === undefined ? undefined : read(`${table.columns}\n${rows[id]}\n`);
      return reading?.ok === true ? [reading.kind] : [];
    });
    expect(kinds).toEqual(["survey", "metric-series", "training"]);
  });
});
