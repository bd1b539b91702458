import { describe, expect, it } from "@jest/globals";
import { passes, standingHolds, worstFinding, worstVerdict } from "../../src/engine/fold.ts";
import type { Finding, FindingState } from "../../src/engine/types.ts";
import type { Facts } from "../../src/shapes/facts.ts";
import { states } from "../../src/shapes/vocabulary.ts";
import { AT } from "./subject.ts";

const finding = (state: FindingState, text: string = state): Finding => ({ state, text });

describe("worstFinding", () => {
  it("takes the first state of the contract's order, the first of its kind", () => {
    const order: FindingState[] = ["needs-decision", "note", "inconclusive", "stale", "missing", "not-met"];
    for (let count = 1; count <= order.length; count += 1) {
      const expected = order.slice(0, count).findLast((state) => state !== "note");
      expect(worstFinding(order.slice(0, count).map((state) => finding(state)))?.state).toBe(expected);
    }
    expect(worstFinding([finding("stale", "one"), finding("stale", "two")])?.text).toBe("one");
  });

  it.each([[[]], [[finding("note")]]])("of %p is nothing", (findings) => expect(worstFinding(findings)).toBeUndefined());
});

it("passes what is met, waived or not applicable, and nothing else", () => {
  expect(states.filter((state) => passes({ state }))).toEqual(["not-applicable", "waived", "met"]);
});

it.each<[("pass" | "hold")[], "pass" | "hold"]>([
  [[], "hold"],
  [["pass"], "pass"],
  [["pass", "hold"], "hold"],
  [["pass", "pass"], "pass"],
])("folds %p to %s", (verdicts, expected) => expect(worstVerdict(verdicts.map((verdict) => ({ verdict })))).toBe(expected));

type Given = NonNullable<Facts["decisions"]>[number];
const decision = (verdict: "pass" | "hold", at: string, changed: Partial<Given> = {}): Given => ({
  gate: "rollout",
  verdict,
  role: "sre",
  by: "octo-sre",
  at,
  ...changed,
});
const holds = (decisions: Given[]) => standingHolds(decisions, "rollout", "assistant", AT).map(({ role, by }) => `${role} ${by}`);

describe("standingHolds", () => {
  const hold = decision("hold", "2026-11-20T09:00:00Z");
  it.each<[string, Given[], string[]]>([
    ["nobody decided", [], []],
    ["a hold", [hold], ["sre octo-sre"]],
    ["lifted by the same role", [hold, decision("pass", "2026-11-21T09:00:00Z", { by: "octo-rex" })], []],
    ["set again", [hold, decision("pass", "2026-11-21T09:00:00Z"), decision("hold", "2026-11-22T09:00:00Z")], ["sre octo-sre"]],
    ["another role cannot lift it", [hold, decision("pass", "2026-11-21T09:00:00Z", { role: "product-owner" })], ["sre octo-sre"]],
    [
      "two roles hold",
      [hold, decision("hold", "2026-11-20T09:00:00Z", { role: "product-owner", by: "octo-mia" })],
      ["product-owner octo-mia", "sre octo-sre"],
    ],
    ["another gate", [{ ...hold, gate: "governance" }], []],
    ["another system", [{ ...hold, system: "other" }], []],
    ["this system, lifted for all", [{ ...hold, system: "assistant" }, decision("pass", "2026-11-21T09:00:00Z")], []],
    ["hold and pass at one instant: the hold stands", [decision("pass", hold.at), hold], ["sre octo-sre"]],
    ["a pass that lies ahead lifts nothing", [hold, decision("pass", "2026-11-24T09:00:00Z")], ["sre octo-sre"]],
    ["a pass at an unreadable time lifts nothing", [hold, decision("pass", "later")], ["sre octo-sre"]],
    ["a hold at an unreadable time stands", [decision("hold", "once"), decision("pass", "2026-11-21T09:00:00Z")], ["sre octo-sre"]],
  ])("%s", (_name, decisions, expected) => {
    expect(holds(decisions)).toEqual(expected);
    expect(holds([...decisions].reverse())).toEqual(expected);
  });
});
