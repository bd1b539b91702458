import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (rows: object[], summary: object = {}) =>
  JSON.stringify({ scorecard: { risk_category_summary: [summary] }, attack_details: rows });
const row = (attack_success: unknown, risk_category = "violence", attack_technique: unknown = "base64") => ({
  attack_success,
  risk_category,
  attack_technique,
});

describe("azure-redteam", () => {
  it("counts attempts, and says that nothing confirms it", () => {
    const { measurement, tool, origin, notes } = readAs("red-team", fixture("azure-redteam.json"));
    expect(measurement).toEqual({
      attempts: 3,
      successes: 1,
      errors: 1,
      attackSuccessRate: 1 / 3,
      categories: [
        { id: "llm01", attempts: 2, successes: 1 },
        { id: "unmapped:hate-unfairness", attempts: 1, successes: 0 },
      ],
    });
    expect(tool.version).toBeNull();
    expect(origin).toEqual({});
    expect(notes).toEqual(["unconfirmed: built from the tool's documentation", "no time in the file"]);
  });

  it("reads the later names, and a technique that is not named as the baseline", () => {
    const text = file([row(true, "code_vulnerability", null), row(false, "Ungrounded Attributes")], {
      overall_asr: 50,
      overall_attack_successes: 1,
    });
    expect(readAs("red-team", text).measurement.categories).toEqual([
      { id: "llm05", attempts: 1, successes: 1 },
      { id: "llm09", attempts: 1, successes: 0 },
    ]);
  });

  it.each([
    ["a share for percent", file([row(true), row(false)], { overall_asr: 0.5 }), "bad-value"],
    ["over 100 percent", file([row(true)], { overall_asr: 101 }), "bad-value"],
    ["other successes", file([row(true)], { overall_attack_successes: 0 }), "bad-value"],
    ["rates alone", JSON.stringify({ scorecard: { risk_category_summary: [{ overall_asr: 0 }] } }), "incomplete"],
    ["no rows", file([]), "incomplete"],
    ["text for success", file([row("false")]), "bad-shape"],
    ["a row without a risk", file([{ attack_success: true }]), "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "azure-redteam" });
  });
});
