import { describe, expect, it } from "@jest/globals";
import { checkDocuments } from "../../../src/engine/check-documents.ts";
import { criteria } from "../../../src/engine/criteria/index.ts";
import { readEvidence } from "../../../src/evidence/read-evidence.ts";
import { validateDocument } from "../../../src/policy/validate-document.ts";
import { criterionIds, documentNames } from "../../../src/shapes/vocabulary.ts";
import { AT } from "../subject.ts";

describe("the list of criteria", () => {
  it("holds each criterion once, in the order of the gates", () => expect(criteria.map(({ id }) => id)).toEqual([...criterionIds]));

  it.each(criteria.map((criterion) => [criterion.id, criterion] as const))(
    "%s says what it asks, who supplies it and what to do",
    (_id, criterion) => {
      expect(criterion.asks.length).toBeGreaterThan(1);
      expect(criterion.suppliers.length).toBeGreaterThan(0);
      expect(criterion.remedy).toMatch(/\.$/);
      for (const ask of criterion.asks) expect(ask).toMatch(/^[A-Z"`0-9].*\.$/);
    },
  );
});

describe("the example of", () => {
  // What a criterion asks of the platform (deployments, alerts) is no file of evidence.
  const shown = criteria.filter(({ needs }) =>
    [needs.documents, needs.evidence, needs.optionalDocuments].some((names) => names !== undefined),
  );
  it.each(shown.map((criterion) => [criterion.id, criterion.example] as const))(
    "%s can be read and lacks nothing",
    (_id, { path, content }) => {
      const reading = readEvidence(new TextEncoder().encode(content));
      if (!reading.ok) throw new Error(reading.message);
      if (reading.kind !== "document") return;
      const base = path.slice(path.lastIndexOf("/") + 1, -".md".length);
      const name = path.includes("/vendors/") ? "vendor" : documentNames.find((known) => known === base);
      if (name === undefined) throw new Error(`${path} is no document`);
      const fieldProblems = validateDocument(name, reading.measurement.frontMatter);
      expect(fieldProblems).toEqual([]);
      expect(checkDocuments(name, [{ source: "file", path, digest: "sha256:00", reading, fieldProblems }], AT, 12).findings).toEqual([]);
    },
  );
});
