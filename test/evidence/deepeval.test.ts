import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (cases: object[], more: object = {}) => JSON.stringify({ testRunData: { testCases: cases, ...more } });

describe("deepeval", () => {
  it("counts cases by success, broken ones apart, and gives means of what was scored", () => {
    const { measurement, origin, notes } = readAs("evaluation", fixture("deepeval.json"));
    expect(measurement).toEqual({
      total: 3,
      passed: 1,
      failed: 1,
      errors: 1,
      metrics: [
        { name: "Faithfulness", value: 0.7, n: 2 },
        { name: "Bias", value: expect.closeTo(0.15, 12), n: 2 },
      ],
    });
    expect(origin).toEqual({});
    expect(notes).toEqual(["no time in the file"]);
  });

  it("reads the cached file, conversations and times", () => {
    const trace = (endTime: string) => ({ success: true, metricsData: null, trace: { endTime } });
    const text = file([trace("2026-11-20T08:00:00Z")], { conversationalTestCases: [trace("2026-11-20T09:00:00.5Z")] });
    expect(readAs("evaluation", text)).toMatchObject({
      measurement: { total: 2, passed: 2, metrics: [] },
      origin: { measuredAt: "2026-11-20T09:00:00.500Z" },
    });
  });

  it.each([
    ["totals that do not fit", file([{ success: true }], { testPassed: 2 }), "bad-value"],
    ["failures that do not fit", file([{ success: true }], { testFailed: 1 }), "bad-value"],
    ["success beside a metric without", file([{ success: true, metricsData: [{ name: "a", success: false, score: 0 }] }]), "bad-value"],
    ["text for success", file([{ success: "true" }]), "bad-shape"],
    ["text for a score", file([{ success: true, metricsData: [{ name: "a", success: true, score: "1" }] }]), "bad-shape"],
    ["no case", file([]), "incomplete"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "deepeval" });
  });
});
