import { describe, expect, it } from "@jest/globals";
import { categoryOf } from "../../src/evidence/attack-categories.ts";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (rows: object[], stats: object, more: object = {}) =>
  JSON.stringify({ results: { version: 3, timestamp: "2026-11-20T08:00:00Z", results: rows, stats, ...more }, config: {} });
const passed = { success: true, failureReason: 0 };
const failed = { success: false, failureReason: 1 };
const broken = { success: false, failureReason: 2 };

describe("promptfoo red team", () => {
  it("reads attacks, errors apart, and harmless prompts apart", () => {
    const { measurement, tool, origin } = readAs("red-team", fixture("promptfoo.json"));
    expect(measurement).toEqual({
      attempts: 4,
      successes: 1,
      errors: 1,
      attackSuccessRate: 0.25,
      categories: [
        { id: "llm02", attempts: 2, successes: 1 },
        { id: "llm07", attempts: 1, successes: 0 },
        { id: "unmapped:competitors", attempts: 1, successes: 0 },
      ],
      benign: { asked: 2, refused: 1 },
    });
    expect(tool).toEqual({ name: "promptfoo", version: "0.121.20" });
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:00:00Z" });
  });

  it("has no rate where every attack ended in an error", () => {
    const text = file([{ ...broken, metadata: { pluginId: "pii" } }], { successes: 0, failures: 0, errors: 1 });
    expect(readAs("red-team", text).measurement).toEqual({ attempts: 0, successes: 0, errors: 1, categories: [] });
  });

  it("finds the plugin in the test case too, and tells where there is none", () => {
    const rows = [{ ...passed, testCase: { metadata: { pluginId: "ssrf" } } }, failed];
    const { measurement, notes } = readAs("red-team", file(rows, { successes: 1, failures: 1, errors: 0 }));
    expect(measurement.categories).toEqual([
      { id: "llm05", attempts: 1, successes: 0 },
      { id: "unmapped:none", attempts: 1, successes: 1 },
    ]);
    expect(notes).toEqual([expect.stringContaining("unmapped")]);
  });

  it.each([
    ["pii:direct", "llm02"],
    ["pii", "llm02"],
    ["pii:anything:new", "llm02"],
    ["harmful:privacy", "llm02"],
    ["harmful:misinformation-disinformation", "llm09"],
    ["harmful:illegal-drugs:meth", "unmapped:harmful:illegal-drugs:meth"],
    ["harmbench", "unmapped:harmbench"],
    ["prompt-extraction", "llm07"],
    ["indirect-prompt-injection", "llm01"],
    ["excessive-agency", "llm06"],
    ["sql-injection", "llm05"],
    ["rag-poisoning", "llm08"],
    ["reasoning-dos", "llm10"],
    ["competitors", "unmapped:competitors"],
    ["constructor", "unmapped:constructor"],
    ["<b>x</b>", "unmapped:<b>x</b>"],
  ])("puts %s under %s", (plugin, category) => {
    expect(categoryOf("promptfoo", plugin)).toBe(category);
  });

  it.each([
    ["harmful:hate", "jailbreak", "llm01"],
    ["harmful:hate", "base64", "llm01"],
    ["beavertails", "crescendo", "llm01"],
    ["harmful:hate", "basic", "unmapped:harmful:hate"],
    ["harmful:hate", "plain", "unmapped:harmful:hate"],
    ["harmful:hate", "", "unmapped:harmful:hate"],
    ["harmful:hate", undefined, "unmapped:harmful:hate"],
    ["harmful:privacy", "jailbreak", "llm02"],
    ["pii:direct", "jailbreak", "llm02"],
    ["competitors", "jailbreak", "unmapped:competitors"],
  ])("takes harm that is asked for plainly for no attack on the prompt: %s with the strategy %s is %s", (pluginId, strategyId, id) => {
    for (const row of [{ metadata: { pluginId, strategyId } }, { testCase: { metadata: { pluginId, strategyId } } }]) {
      const text = file([{ ...passed, ...row }], { successes: 1, failures: 0, errors: 0 });
      expect(readAs("red-team", text).measurement).toMatchObject({ attempts: 1, categories: [{ id, attempts: 1, successes: 0 }] });
    }
  });
});

describe("promptfoo evaluation", () => {
  it("reads the pass rate and the named scores, errors apart", () => {
    const { measurement, notes } = readAs("evaluation", fixture("promptfoo-evaluation.json"));
    expect(measurement).toEqual({
      total: 4,
      passed: 2,
      failed: 1,
      errors: 1,
      metrics: [
        { name: "pass-rate", value: 2 / 3, n: 3 },
        { name: "grounded", value: 0.5, n: 3 },
      ],
    });
    expect(notes).toEqual([expect.stringContaining("cache")]);
  });

  it("has no pass rate where nothing was judged", () => {
    expect(readAs("evaluation", file([broken], { successes: 0, failures: 0, errors: 1 })).measurement.metrics).toEqual([]);
  });

  it("takes a failed call for an error in files without failureReason", () => {
    const rows = [
      { success: true },
      { success: false, error: "503" },
      { success: false, error: "expected x", gradingResult: { pass: false } },
    ];
    expect(readAs("evaluation", file(rows, { successes: 1, failures: 1, errors: 1 })).measurement).toMatchObject({
      passed: 1,
      failed: 1,
      errors: 1,
    });
    expect(readAs("evaluation", file(rows, { successes: 1, failures: 2 })).measurement).toMatchObject({ passed: 1, failed: 1, errors: 1 });
  });

  it.each([
    ["totals that do not fit the rows", file([passed, failed], { successes: 2, failures: 0, errors: 0 }), "bad-value"],
    ["an error that was counted as a pass", file([passed, broken], { successes: 2, failures: 0, errors: 0 }), "bad-value"],
    [
      "a success with a reason for failing",
      file([{ success: true, failureReason: 1 }], { successes: 1, failures: 0, errors: 0 }),
      "bad-value",
    ],
    ["no rows", file([], { successes: 0, failures: 0, errors: 0 }), "incomplete"],
    ["text for a count", file([passed], { successes: "1", failures: 0, errors: 0 }), "bad-shape"],
    ["text for success", file([{ success: "true" }], { successes: 1, failures: 0, errors: 0 }), "bad-shape"],
    ["a row that is no object", file([1 as unknown as object], { successes: 1, failures: 0, errors: 0 }), "bad-shape"],
    ["a score that is text", file([{ ...passed, namedScores: { a: "1" } }], { successes: 1, failures: 0, errors: 0 }), "bad-shape"],
    ["a version to come", file([passed], { successes: 1, failures: 0, errors: 0 }, { version: 4 }), "unsupported-version"],
    ["a time that is none", file([passed], { successes: 1, failures: 0, errors: 0 }, { timestamp: "soon" }), "bad-value"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "promptfoo" });
  });
});
