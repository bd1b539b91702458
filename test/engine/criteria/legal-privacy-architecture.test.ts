import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/legal-privacy-architecture.ts";
import type { DocumentEvidence } from "../../../src/engine/types.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { change, document, judge, signed, subject } from "../subject.ts";

const fields = {
  "data-categories": ["personal"],
  regions: ["eu-west-1"],
  retention: "P90D",
  "legal-basis": "contract",
  processors: ["openai"],
};
const legal = (changed: Record<string, unknown> = {}, texts = {}) => document("legal-privacy", { ...fields, ...changed }, texts);
const architecture = (changed: Record<string, unknown> = { decision: "accepted" }, texts = {}) => document("architecture", changed, texts);
const vendor = (name = "openai", changed: Record<string, unknown> = {}) => document("vendor", { vendor: name, ...changed });
const all = [legal(), architecture(), vendor()];

interface Case {
  name: string;
  documents: DocumentEvidence[];
  state: State;
  says?: RegExp;
  risk?: Risk;
}

const table: Case[] = [
  {
    name: "everything there",
    documents: all,
    state: "met",
    says: /1 processor, each with a vendor record; architecture decision accepted/,
  },
  { name: "no documents", documents: [], state: "missing", says: /legal-privacy\.md is not there/ },
  { name: "no architecture record", documents: [legal(), vendor()], state: "missing", says: /architecture\.md is not there/ },
  {
    name: "a processor without a vendor record",
    documents: [legal({ processors: ["openai", "Initech"] }), architecture(), vendor()],
    state: "missing",
    says: /"initech" is a processor and has no vendor record/,
  },
  {
    name: "vendor record found by its field, case folded",
    documents: [legal({ processors: [" OpenAI "] }), architecture(), vendor("OPENAI")],
    state: "met",
  },
  { name: "no processor at all", documents: [legal({ processors: [] }), architecture()], state: "met", says: /0 processors/ },
  {
    name: "processors not a list",
    documents: [legal({ processors: "openai" }), architecture(), vendor()],
    state: "missing",
    says: /does not say who processes/,
  },
  {
    name: "a processor that is no text",
    documents: [legal({ processors: [{ name: "openai" }] }), architecture(), vendor()],
    state: "not-met",
    says: /not a name/,
  },
  {
    name: "no personal data, said with an empty list",
    documents: [legal({ "data-categories": [] }), architecture(), vendor()],
    state: "met",
  },
  { name: "no regions", documents: [legal({ regions: [] }), architecture(), vendor()], state: "missing", says: /regions/ },
  { name: "no legal basis", documents: [legal({ "legal-basis": " " }), architecture(), vendor()], state: "missing", says: /legal basis/ },
  {
    name: "retention that is no duration",
    documents: [legal({ retention: "forever" }), architecture(), vendor()],
    state: "missing",
    says: /how long/,
  },
  {
    name: "an empty section",
    documents: [legal({}, { "Data flow": "" }), architecture(), vendor()],
    state: "missing",
    says: /"Data flow" is not filled in/,
  },
  { name: "a draft", documents: [legal({ status: "draft" }), architecture(), vendor()], state: "not-met", says: /not approved/ },
  {
    name: "reviewed a year and a day ago",
    documents: [legal({ reviewed: "2025-11-22" }), architecture(), vendor()],
    state: "stale",
    says: /12 months/,
  },
  { name: "reviewed exactly a year ago", documents: [legal({ reviewed: "2025-11-23" }), architecture(), vendor()], state: "met" },
  { name: "review-by of yesterday", documents: [legal({ "review-by": "2026-11-22" }), architecture(), vendor()], state: "stale" },
  { name: "review-by of today", documents: [legal({ "review-by": "2026-11-23" }), architecture(), vendor()], state: "met" },
  { name: "the vendor record is a draft", documents: [legal(), architecture(), vendor("openai", { status: "draft" })], state: "not-met" },
  {
    name: "decision proposed",
    documents: [legal(), architecture({ decision: "proposed" }), vendor()],
    state: "not-met",
    says: /says "proposed"/,
  },
  { name: "no decision", documents: [legal(), architecture({}), vendor()], state: "missing", says: /whether the decision was accepted/ },
  { name: "status of a MADR record", documents: [legal(), architecture({ status: "accepted" }), vendor()], state: "met" },
  {
    name: "status of a Nygard record",
    documents: [legal(), architecture({}, { Status: "Accepted\n\n2026-09-01" }), vendor()],
    state: "met",
  },
  {
    name: "accepted, then superseded",
    documents: [legal(), architecture({ decision: "accepted" }, { Status: "Superseded by 9" }), vendor()],
    state: "not-met",
  },
  {
    name: "accepted and superseded in one line",
    documents: [legal(), architecture({ decision: "accepted, superseded by 9" }), vendor()],
    state: "not-met",
  },
  {
    name: "a decision that only begins like it",
    documents: [legal(), architecture({ decision: "acceptedish" }), vendor()],
    state: "not-met",
  },
  { name: "MADR's own headings", documents: [legal(), madr(), vendor()], state: "met" },
];

function madr(): DocumentEvidence {
  const record = architecture({ status: "accepted" }, { "Context and Problem Statement": "Words.", "Decision Outcome": "Words." });
  if (record.reading.ok && record.reading.kind === "document") {
    record.reading.measurement.sections = record.reading.measurement.sections.filter(
      ({ title }) => title !== "Context" && title !== "Decision",
    );
  }
  return record;
}

describe("legal-privacy-architecture", () => {
  it.each(table)("$state: $name", ({ documents, state, says, risk }) => {
    const report = judge(criterion, subject({ documents, ...(risk ? { risk } : {}) }));
    expect(report.state).toBe(state);
    if (says) expect([report.summary, ...report.findings].join("\n")).toMatch(says);
    if (state !== "met") expect(report.remedy?.summary).toBeTruthy();
  });

  it("asks both roles from medium risk up, each for its document", () => {
    const report = judge(criterion, subject({ risk: "medium", documents: all }));
    expect(report.state).toBe("needs-decision");
    expect(report.decisions.map(({ role }) => role)).toEqual(["legal-privacy", "architecture"]);
    expect(report.decision).toMatchObject({
      question: "Is the processing lawful and proportionate?",
      command: "/pilotgate sign-off legal-privacy-architecture",
      digest: legal().digest,
    });
  });

  it("is met when both signed this very content, and asks again when it changed", () => {
    const before = signed(criterion, subject({ risk: "medium", documents: all }));
    expect(judge(criterion, before)).toMatchObject({ state: "met", level: "E2" });
    const after = subject({
      risk: "medium",
      documents: [legal({ regions: ["us-east-1"] }), architecture(), vendor()],
      facts: before.facts,
    });
    expect(judge(criterion, after)).toMatchObject({ state: "needs-decision", decision: { role: "legal-privacy" } });
  });

  it("does not let the author clear it", () => {
    const on = signed(
      criterion,
      subject({
        risk: "medium",
        documents: all,
        facts: {
          lineage: [
            change("docs/readiness/legal-privacy.md", "2026-09-30T08:00:00Z", "octo-lea"),
            change("docs/readiness/legal-privacy.md", "2026-09-30T09:00:00Z", "Octo-Lou"),
            change("docs/readiness/legal-privacy.md", "2026-09-30T09:00:00Z", "octo-lea"),
          ],
        },
      }),
    );
    expect(judge(criterion, on).state).toBe("needs-decision");
  });

  it("notes a provider that is not among the processors", () => {
    const report = judge(criterion, subject({ documents: [legal({ processors: ["initech"] }), architecture(), vendor("initech")] }));
    expect(report.findings.join()).toMatch(/"openai", not listed/);
  });

  it("does not repeat what the field checks say", () => {
    const broken = {
      ...legal({ processors: undefined }),
      fieldProblems: [{ key: "processors", problem: "missing" as const, message: "`processors` is missing." }],
    };
    const report = judge(criterion, subject({ documents: [broken, architecture(), vendor()] }));
    expect(report.findings.filter((text) => /who processes/.test(text))).toHaveLength(0);
    expect(report).toMatchObject({ state: "missing", summary: "docs/readiness/legal-privacy.md: `processors` is missing." });
  });
});
