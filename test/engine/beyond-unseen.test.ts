import { describe, expect, it } from "@jest/globals";
import { beyondUnseen } from "../../src/engine/beyond-unseen.ts";
import { evaluate } from "../../src/engine/evaluate.ts";
import { passes } from "../../src/engine/fold.ts";
import type { Subject } from "../../src/engine/types.ts";
import type { Report } from "../../src/shapes/report.ts";
import type { CriterionId, Risk } from "../../src/shapes/vocabulary.ts";
import { assemble, ready, readyPieces } from "./ready-subject.ts";

const judge = (subject: Subject) => evaluate(subject, "0");
const withoutFacts = (subject: Subject): Subject => ({ ...subject, facts: null, factsSource: "none" });
const criteriaOf = ({ systems }: Report) => systems.flatMap(({ gates }) => gates.flatMap(({ criteria }) => criteria));
const unseenOf = (report: Report, id: CriterionId) => criteriaOf(report).find((criterion) => criterion.id === id)?.unseen;

describe("facts that nobody gave", () => {
  it.each<Risk>(["low", "medium"])("are all that is wanting of a ready system at %s risk", (risk) => {
    const blind = judge(withoutFacts(ready(risk)));
    for (const { id, state, unseen } of criteriaOf(blind)) expect([id, unseen.length === 0]).toEqual([id, state === "met"]);
    expect(blind.verdict).toBe("hold");
    expect(beyondUnseen(blind).verdict).toBe("pass");
  });

  it.each<[CriterionId, Risk, string[]]>([
    ["business-baseline", "low", []],
    ["business-baseline", "medium", ["approvals"]],
    ["business-baseline", "high", ["approvals", "lineage"]],
    ["canary-stability", "low", ["deployments", "alerts", "requests"]],
    ["model-registry", "high", ["approvals", "lineage"]],
  ])("%s at %s risk: %j", (id, risk, facts) => {
    expect(unseenOf(judge(withoutFacts(ready(risk))), id)).toEqual(facts);
  });

  it("are no excuse where anything else is wanting", () => {
    const pieces = readyPieces();
    const documents = pieces.documents.filter(({ path }) => !path.endsWith("business-metrics.md"));
    const blind = judge(withoutFacts(assemble({ ...pieces, documents }, "high")));
    expect(unseenOf(blind, "business-baseline")).toEqual([]);
    const { systems, verdict } = beyondUnseen(blind);
    expect(verdict).toBe("hold");
    expect(systems[0]?.gates.map((gate) => [gate.id, gate.verdict, gate.entry])).toEqual([
      ["governance", "hold", "open"],
      ["infrastructure", "hold", "closed"],
      ["rollout", "hold", "closed"],
    ]);
  });

  it("are none where facts were given, whatever they say", () => {
    const subject = ready("medium");
    const refused = judge({ ...subject, facts: { ...subject.facts, approvals: [] } });
    expect(criteriaOf(refused).some(({ state }) => state === "needs-decision")).toBe(true);
    expect(criteriaOf(refused).flatMap(({ unseen }) => unseen)).toEqual([]);
  });

  it("keep a hold that somebody set", () => {
    const subject = ready("low");
    const hold = {
      gate: "governance" as const,
      verdict: "hold" as const,
      role: "security" as const,
      by: "octo-sec",
      at: "2026-11-20T09:00:00Z",
    };
    expect(beyondUnseen(judge({ ...subject, facts: { ...subject.facts, decisions: [hold] } })).verdict).toBe("hold");
  });
});

/* What no facts could mend is never called unseen: taking any piece away, a criterion that is open for another reason stays open with the facts. */
describe.each<Risk>(["low", "medium", "high"])("at %s risk", (risk) => {
  const whole = readyPieces();
  const facts = ready(risk).facts;
  const fewer = [
    ...whole.documents.map((gone) => ({ ...whole, documents: whole.documents.filter((one) => one !== gone) })),
    ...whole.evidence.map((gone) => ({ ...whole, evidence: whole.evidence.filter((one) => one !== gone) })),
    ...whole.referenced.map((gone) => ({ ...whole, referenced: whole.referenced.filter((one) => one !== gone) })),
  ];
  it.each(fewer.map((pieces, index) => ({ index, pieces })))("without piece $index facts mend only what is unseen", ({ pieces }) => {
    const subject = { ...assemble(pieces, risk), facts };
    const seen = new Map(criteriaOf(judge(subject)).map((criterion) => [criterion.id, passes(criterion)]));
    for (const { id, state, unseen } of criteriaOf(judge(withoutFacts(subject))))
      if (seen.get(id)) expect([id, state === "met" || unseen.length > 0]).toEqual([id, true]);
  });
});
