import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (results: object, more: object = {}) => JSON.stringify({ results, versions: {}, "n-shot": {}, ...more });

const unknownCases = "on how many answers each metric rests is not in the file";
const noTime = "no time in the file";

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
    expect(readAs("evaluation", text)).toMatchObject({ origin: {}, notes: [unknownCases, noTime] });
  });

  it.each([
    ["a limit", { config: { limit: 40 }, date: 1795161600 }, "limit"],
    ["fewer samples than there are", { "n-samples": { a: { original: 400, effective: 40 } }, date: 1795161600 }, "limit"],
  ])("notes a run on a part of the data: %s", (_name, more, part) => {
    expect(readAs("evaluation", file({ a: { "acc,none": 1 } }, more)).notes).toContainEqual(expect.stringContaining(part));
  });

  it("reads files of version 0.3 and below, whose keys are metrics alone", () => {
    const { measurement, origin, notes } = readAs("evaluation", fixture("lm-evaluation-harness-plain.json"));
    expect(measurement).toEqual({
      metrics: [
        { name: "acc", value: 0.85, task: "support" },
        { name: "acc_norm", value: 0.8, task: "support" },
        { name: "em", value: 0.5, task: "tone" },
        { name: "f1", value: 0.75, task: "tone" },
      ],
    });
    expect(origin).toEqual({});
    expect(notes).toEqual([unknownCases, noTime]);
  });

  it("bears an error of estimation that is text", () => {
    const text = file({ a: { alias: "a", "acc,none": 0.5, "acc_stderr,none": "N/A" } });
    expect(readAs("evaluation", text).measurement.metrics).toEqual([{ name: "acc", value: 0.5, task: "a" }]);
  });

  it.each([
    ["plain keys in a new file", file({ a: { alias: "a", sample_len: 40 } }), "incomplete"],
    ["a figure that is text in an old file", JSON.stringify({ results: { a: { acc: "0.5" } }, versions: {}, config: {} }), "bad-shape"],
    ["a figure that is text", file({ a: { "acc,none": "0.5" } }), "bad-shape"],
    ["a task that is none", file({ a: 1 }), "bad-shape"],
    ["a time beyond all time", file({ a: { "acc,none": 1 } }, { date: 1e18 }), "bad-value"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "lm-evaluation-harness" });
  });
});
