import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (results: object, more: object = {}) => JSON.stringify({ results, versions: {}, "n-shot": {}, ...more });

describe("lm-evaluation-harness", () => {
  it("reads figures by task, with the samples that they rest on", () => {
    const { measurement, tool, origin } = readAs("evaluation", fixture("lm-evaluation-harness.json"));
    expect(measurement).toEqual({
      metrics: [
        { name: "acc", value: 0.85, n: 40, task: "support" },
        { name: "exact_match,strict-match", value: 0.5, n: 40, task: "support" },
        { name: "acc", value: 0.75, task: "tone" },
      ],
    });
    expect(tool).toEqual({ name: "lm-evaluation-harness", version: "0.4.13" });
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:00:00.250Z", model: "gpt-4o-2024-11-20" });
  });

  it("names no model of a run without one", () => {
    const text = file({ a: { "acc,none": 1 } }, { config: { model: "dummy", limit: null }, model_name: "x" });
    expect(readAs("evaluation", text)).toMatchObject({ origin: {}, notes: [] });
  });

  it("notes a run on a part of the data", () => {
    const text = file({ a: { "acc,none": 1 } }, { config: { limit: 40 } });
    expect(readAs("evaluation", text).notes).toEqual([expect.stringContaining("limit")]);
  });

  it.each([
    ["an old file", file({ a: { acc: 0.5 } }), "incomplete"],
    ["a figure that is text", file({ a: { "acc,none": "0.5" } }), "bad-shape"],
    ["a task that is none", file({ a: 1 }), "bad-shape"],
    ["a time beyond all time", file({ a: { "acc,none": 1 } }, { date: 1e18 }), "bad-value"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "lm-evaluation-harness" });
  });
});
