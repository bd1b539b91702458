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

  it("reads what the SDK writes, and checks every total of it", () => {
    const { measurement } = readAs("red-team", fixture("azure-redteam-sdk.json"));
    expect(measurement).toEqual({
      attempts: 3,
      successes: 1,
      errors: 1,
      attackSuccessRate: 1 / 3,
      categories: [
        { id: "llm01", attempts: 1, successes: 1 },
        { id: "llm05", attempts: 1, successes: 0 },
        { id: "unmapped:violence", attempts: 1, successes: 0 },
      ],
    });
  });

  it("bears NaN, which the SDK writes for attacks of which none could be judged", () => {
    const some = fixture("azure-redteam-sdk.json").replace('"Base64Converter_ASR": 100.0', '"Base64Converter_ASR": NaN');
    expect(readAs("red-team", some).measurement.attempts).toBe(3);
    const none = file([row(null), row(null)], { overall_asr: "?", overall_total: 2, overall_successful_attacks: 0 }).replace('"?"', "NaN");
    expect(readAs("red-team", none).measurement).toEqual({ attempts: 0, successes: 0, errors: 2, categories: [] });
    const never = file([row(null)], { overall_asr: 0, overall_total: 1, overall_successful_attacks: 0 });
    expect(readAs("red-team", never).measurement.attackSuccessRate).toBeUndefined();
  });

  it.each([
    ["a share for percent", file([row(true), row(false)], { overall_asr: 0.5 }), "bad-value"],
    ["over 100 percent", file([row(true)], { overall_asr: 101 }), "bad-value"],
    ["other successes", file([row(true)], { overall_attack_successes: 0 }), "bad-value"],
    ["other successes by the newer name", file([row(true)], { overall_successful_attacks: 0 }), "bad-value"],
    ["another total", file([row(true)], { overall_total: 2 }), "bad-value"],
    ["a rate where nothing was judged", file([row(null)], { overall_asr: 10 }), "bad-value"],
    ["NaN where something was judged", file([row(true)], { overall_asr: "?" }).replace('"?"', "NaN"), "bad-shape"],
    ["the run without a scorecard", JSON.stringify({ object: "eval.run", data_source: { type: "azure_ai_red_team" } }), "bad-shape"],
    ["rates alone", JSON.stringify({ scorecard: { risk_category_summary: [{ overall_asr: 0 }] } }), "incomplete"],
    ["no rows", file([]), "incomplete"],
    ["text for success", file([row("false")]), "bad-shape"],
    ["a row without a risk", file([{ attack_success: true }]), "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "azure-redteam" });
  });
});
