import { describe, expect, it } from "@jest/globals";
import { judgeApprovals } from "../../src/engine/approvals.ts";
import businessBaseline from "../../src/engine/criteria/business-baseline.ts";
import legalPrivacyArchitecture from "../../src/engine/criteria/legal-privacy-architecture.ts";
import loadTest from "../../src/engine/criteria/load-test.ts";
import type { AnyCriterion, Subject } from "../../src/engine/types.ts";
import type { Approval, Facts } from "../../src/shapes/facts.ts";
import type { Risk } from "../../src/shapes/vocabulary.ts";
import { AT, change, digestOf, document, subject, system } from "./subject.ts";

const PATH = "docs/readiness/business-metrics.md";
const declaration = document("business-metrics", {});
const approval = (changed: Partial<Approval> = {}): Approval => ({
  criterion: "business-baseline",
  role: "product-owner",
  by: "octo-mia",
  at: "2026-11-01T09:00:00Z",
  digest: declaration.digest,
  source: "sign-off",
  ...changed,
});

function outcome(criterion: AnyCriterion, on: Subject, asked = true) {
  const [only] = on.policy.systems;
  const [evidence] = on.evidence;
  if (!only || !evidence) throw new Error("a subject holds one system");
  return judgeApprovals(criterion, only, evidence, on, asked);
}

interface Case {
  name: string;
  given: Approval[];
  risk?: Risk;
  lineage?: Facts["lineage"];
  asked?: boolean;
  open: number;
  level: "E1" | "E2";
}

const { digest: _digest, ...unbound } = approval();
const table: Case[] = [
  { name: "nobody", given: [], open: 1, level: "E1" },
  { name: "the right role on this content", given: [approval()], open: 0, level: "E2" },
  { name: "another role", given: [approval({ role: "security" })], open: 1, level: "E1" },
  { name: "another criterion", given: [approval({ criterion: "business-impact" })], open: 1, level: "E1" },
  { name: "another content", given: [approval({ digest: digestOf("before") })], open: 1, level: "E1" },
  { name: "no content", given: [unbound], open: 1, level: "E1" },
  { name: "this system by name", given: [approval({ system: "assistant" })], open: 0, level: "E2" },
  { name: "another system", given: [approval({ system: "search" })], open: 1, level: "E1" },
  { name: "at the instant of the judgement", given: [approval({ at: AT })], open: 0, level: "E2" },
  { name: "after it", given: [approval({ at: "2026-11-23T09:00:01Z" })], open: 1, level: "E1" },
  { name: "at no time", given: [approval({ at: "once" })], open: 1, level: "E1" },
  { name: "the author", given: [approval()], lineage: [change(PATH, "2026-10-01T09:00:00Z", "Octo-Mia")], open: 1, level: "E1" },
  {
    name: "the author with an at sign",
    given: [approval({ by: "@octo-mia" })],
    lineage: [change(PATH, "2026-10-01T09:00:00Z", "octo-mia")],
    open: 1,
    level: "E1",
  },
  {
    name: "the author of an earlier content",
    given: [approval()],
    lineage: [change(PATH, "2026-10-02T09:00:00Z", "octo-dev"), change(PATH, "2026-10-01T09:00:00Z", "octo-mia")],
    open: 0,
    level: "E2",
  },
  {
    name: "who committed the same content before",
    given: [approval()],
    lineage: [
      { ...change(PATH, "2026-10-02T09:00:00Z", "octo-dev"), blob: "b1" },
      { ...change(PATH, "2026-10-01T09:00:00Z", "octo-mia"), blob: "b1" },
    ],
    open: 1,
    level: "E1",
  },
  {
    name: "who committed another content before",
    given: [approval()],
    lineage: [
      { ...change(PATH, "2026-10-02T09:00:00Z", "octo-dev"), blob: "b2" },
      { ...change(PATH, "2026-10-01T09:00:00Z", "octo-mia"), blob: "b1" },
    ],
    open: 0,
    level: "E2",
  },
  { name: "delegated in another case at high risk", given: [approval({ source: " Delegated" })], risk: "high", open: 1, level: "E1" },
  {
    name: "one of two authors at one instant",
    given: [approval()],
    lineage: [change(PATH, "2026-10-01T09:00:00Z", "octo-dev"), change(PATH, "2026-10-01T09:00:00Z", "octo-mia")],
    open: 1,
    level: "E1",
  },
  {
    name: "the author at no time",
    given: [approval()],
    lineage: [change(PATH, "2026-10-01T09:00:00Z", "octo-dev"), change(PATH, "once", "octo-mia")],
    open: 1,
    level: "E1",
  },
  {
    name: "the author of another file",
    given: [approval()],
    lineage: [change("README.md", "2026-10-01T09:00:00Z", "octo-mia")],
    open: 0,
    level: "E2",
  },
  { name: "a bot", given: [approval({ by: "helper[bot]" })], open: 1, level: "E1" },
  { name: "a bot in capitals", given: [approval({ by: "Helper[BOT] " })], open: 1, level: "E1" },
  { name: "delegated at medium risk", given: [approval({ source: "delegated" })], open: 0, level: "E2" },
  {
    name: "delegated at high risk",
    given: [approval({ source: "delegated" }), approval({ by: "octo-max", source: "delegated" })],
    risk: "high",
    open: 1,
    level: "E1",
  },
  { name: "one person at high risk", given: [approval()], risk: "high", open: 1, level: "E2" },
  {
    name: "one person twice at high risk",
    given: [approval(), approval({ by: "Octo-Mia", role: "security" })],
    risk: "high",
    open: 1,
    level: "E2",
  },
  {
    name: "two people at high risk",
    given: [approval(), approval({ by: "octo-sec", role: "security" })],
    risk: "high",
    open: 0,
    level: "E2",
  },
  {
    name: "a second person whose role decides nothing here",
    given: [approval(), approval({ by: "octo-sam", role: "support-lead" })],
    risk: "high",
    open: 1,
    level: "E2",
  },
  {
    name: "a second person on another content",
    given: [approval(), approval({ by: "octo-sec", role: "security", digest: digestOf("before") })],
    risk: "high",
    open: 1,
    level: "E2",
  },
  { name: "nobody, and nobody is asked", given: [], risk: "low", asked: false, open: 0, level: "E1" },
  { name: "somebody, though nobody is asked", given: [approval()], risk: "low", asked: false, open: 0, level: "E2" },
];

describe("judgeApprovals", () => {
  it.each(table)("$name: $open open, $level", ({ given, risk = "medium", lineage, asked, open, level }) => {
    for (const approvals of [given, [...given].reverse()]) {
      const on = subject({ risk, documents: [declaration], facts: { approvals, ...(lineage ? { lineage } : {}) } });
      const judged = outcome(businessBaseline, on, asked);
      expect(judged.open).toHaveLength(open);
      expect(judged.findings).toHaveLength(open);
      expect(judged.level).toBe(level);
    }
  });

  it("asks nothing of a declaration that is not there: nobody can sign it", () => {
    expect(outcome(businessBaseline, subject({ risk: "medium" }))).toEqual({ findings: [], open: [], level: undefined });
  });

  it("needs every declaration signed, each by its role", () => {
    const documents = [document("legal-privacy", {}), document("architecture", {})];
    const signed = approval({
      criterion: "legal-privacy-architecture",
      role: "legal-privacy",
      by: "octo-lea",
      digest: documents[0]?.digest ?? "",
    });
    const judged = outcome(legalPrivacyArchitecture, subject({ risk: "medium", documents, facts: { approvals: [signed] } }));
    expect(judged.open.map(({ role }) => role)).toEqual(["architecture"]);
    expect(judged.level).toBe("E1");
  });

  it("binds a decision on the policy to its fragment", () => {
    const on = subject({ risk: "medium" });
    expect(outcome(loadTest, on).open).toMatchObject([{ role: "product-owner", digest: digestOf(system().traffic) }]);
    const other = subject({
      risk: "medium",
      system: { traffic: { expectedPeak: { requestsPerSecond: 80 } } },
      facts: { approvals: [approval({ criterion: "load-test", digest: digestOf(system().traffic) })] },
    });
    expect(outcome(loadTest, other).open).toHaveLength(1);
  });
});
