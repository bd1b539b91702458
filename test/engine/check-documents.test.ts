import { describe, expect, it } from "@jest/globals";
import { checkDocuments } from "../../src/engine/check-documents.ts";
import type { DocumentEvidence } from "../../src/engine/types.ts";
import type { Section } from "../../src/shapes/measurements.ts";
import { AT, document, measured } from "./subject.ts";

const good = document("business-metrics", {});
const check = (file: DocumentEvidence, months = 12) => checkDocuments("business-metrics", [file], AT, months).findings;
const withSections = (sections: Section[]): DocumentEvidence => {
  const file = document("business-metrics", {});
  if (file.reading.ok && file.reading.kind === "document") file.reading.measurement.sections = sections;
  return file;
};
const section = (changed: Partial<Section>): Section => ({ title: "Why these", line: 20, text: "Words.", ...changed });

interface Case {
  name: string;
  file: DocumentEvidence;
  months?: number;
  found: [string, RegExp][];
}

const table: Case[] = [
  { name: "nothing wrong", file: good, found: [] },
  {
    name: "unreadable",
    file: { ...good, reading: { ok: false, code: "not-parseable", message: "the front matter is not closed.", line: 3 } },
    found: [["missing", /cannot be read: the front matter is not closed/]],
  },
  {
    name: "of no known kind",
    file: { ...good, reading: { ok: false, code: "unknown-format", message: "No format is recognised. Readable are: many." } },
    found: [["missing", /is not a document with front matter\.$/]],
  },
  {
    name: "of another kind",
    file: { ...measured("evaluation", { metrics: [] }), fieldProblems: [] },
    found: [["missing", /is not a document with front matter/]],
  },
  {
    name: "a field absent",
    file: { ...good, fieldProblems: [{ key: "metrics", problem: "missing", message: "`metrics` is missing." }] },
    found: [["missing", /`metrics` is missing/]],
  },
  {
    name: "a field wrong",
    file: { ...good, fieldProblems: [{ key: "owner", problem: "invalid", message: "`owner` must be text." }] },
    found: [["not-met", /`owner` must be text/]],
  },
  { name: "a draft", file: document("business-metrics", { status: "draft" }), found: [["not-met", /is not approved/]] },
  { name: "approved with a capital", file: document("business-metrics", { status: "Approved" }), found: [] },
  {
    name: "accepted is for decision records alone",
    file: document("business-metrics", { status: "accepted" }),
    found: [["not-met", /is not approved/]],
  },
  {
    name: "no status, though no field check said so",
    file: document("business-metrics", { status: undefined }),
    found: [["not-met", /is not approved/]],
  },
  {
    name: "no status, said by the field checks",
    file: {
      ...document("business-metrics", { status: undefined }),
      fieldProblems: [{ key: "status", problem: "missing", message: "`status` is missing." }],
    },
    found: [["missing", /`status` is missing/]],
  },
  { name: "review due today", file: document("business-metrics", { "review-by": "2026-11-23" }), found: [] },
  {
    name: "review due yesterday",
    file: document("business-metrics", { "review-by": "2026-11-22" }),
    found: [["stale", /to be reviewed by 2026-11-22/]],
  },
  { name: "reviewed six months ago to the day", file: document("business-metrics", { reviewed: "2026-05-23" }), months: 6, found: [] },
  {
    name: "reviewed a day more than six months ago",
    file: document("business-metrics", { reviewed: "2026-05-22" }),
    months: 6,
    found: [["stale", /more than 6 months ago/]],
  },
  {
    name: "reviewed long ago, and age is not asked",
    file: document("business-metrics", { reviewed: "2001-01-01" }),
    months: Infinity,
    found: [],
  },
  { name: "reviewed today", file: document("business-metrics", { reviewed: "2026-11-23" }), found: [] },
  { name: "reviewed tomorrow", file: document("business-metrics", { reviewed: "2026-11-24" }), found: [["not-met", /which lies ahead/]] },
  { name: "no section", file: withSections([]), found: [["missing", /has no section "Why these"/]] },
  {
    name: "an empty section",
    file: withSections([section({ text: "" })]),
    found: [["missing", /line 20: the section "Why these" is not filled in/]],
  },
  {
    name: "the template's prompt, with its line",
    file: withSections([section({ text: "", unfilledLine: 22 })]),
    found: [["missing", /line 22: the section "Why these" is not filled in/]],
  },
  {
    name: "own words and a mark that more is owed",
    file: withSections([section({ unfilledLine: 24 })]),
    found: [["missing", /line 24: .* still holds a mark/]],
  },
  { name: "a heading with number, case and colon", file: withSections([section({ title: "2.1 WHY  these:" })]), found: [] },
  {
    name: "a heading that only begins alike",
    file: withSections([section({ title: "Why these not" })]),
    found: [["missing", /has no section/]],
  },
];

describe("checkDocuments", () => {
  it.each(table)("$name", ({ file, months, found }) => {
    const findings = check(file, months);
    expect(findings.map(({ state }) => state)).toEqual(found.map(([state]) => state));
    for (const [index, [, text]] of found.entries()) expect(findings[index]?.text).toMatch(text);
    for (const finding of findings) expect(finding).toMatchObject({ path: file.path, remedy: expect.stringMatching(/\.$/) });
  });

  it("names the line of the key that is meant", () => {
    expect(check(document("business-metrics", { status: "draft" }))[0]).toMatchObject({ line: 2 });
  });

  it("keeps a document that parsed, whatever else is wrong", () => {
    expect(checkDocuments("business-metrics", [document("business-metrics", { status: "draft" })], AT, 12).readable).toHaveLength(1);
  });

  it("knows the headings of a MADR record", () => {
    const record = document(
      "architecture",
      { status: "accepted", decision: undefined },
      { "Context and Problem Statement": "Words.", "Decision Outcome": "Words." },
    );
    if (record.reading.ok && record.reading.kind === "document")
      record.reading.measurement.sections = record.reading.measurement.sections.filter(
        ({ title }) => !["Context", "Decision"].includes(title),
      );
    expect(checkDocuments("architecture", [record], AT, 12).findings).toEqual([]);
  });
});
