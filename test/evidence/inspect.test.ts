import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const log = JSON.parse(fixture("inspect.json")) as Record<string, object>;
const changed = (more: object) => JSON.stringify({ ...log, ...more });

describe("inspect", () => {
  it("reads metrics with the samples that were scored", () => {
    const { measurement, tool, origin, notes } = readAs("evaluation", fixture("inspect.json"));
    expect(measurement).toEqual({
      total: 40,
      errors: 2,
      metrics: [
        { name: "match/accuracy", value: 0.75, n: 38, task: "support" },
        { name: "judge/mean", value: 0.9, n: 36, task: "support" },
      ],
    });
    expect(tool).toEqual({ name: "inspect", version: "0.3.95" });
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:10:00Z", model: "openai/gpt-4o-2024-11-20" });
    expect(notes).toEqual([expect.stringContaining("limit")]);
  });

  it("has no metrics where no sample was completed, and then no zeros", () => {
    const results = { total_samples: 3, completed_samples: 0, scores: [{ name: "match", metrics: { accuracy: { value: 0 } } }] };
    expect(readAs("evaluation", changed({ results })).measurement).toEqual({ total: 3, errors: 3, metrics: [] });
  });

  it.each([
    ["a cancelled run", changed({ status: "cancelled" }), "incomplete"],
    ["a run that goes on", changed({ status: "started" }), "incomplete"],
    ["a log that was voided", changed({ invalidated: true }), "incomplete"],
    ["a run without results", changed({ results: null }), "bad-shape"],
    ["no sample", changed({ results: { total_samples: 0, completed_samples: 0, scores: [] } }), "incomplete"],
    ["more completed than there are", changed({ results: { total_samples: 1, completed_samples: 2, scores: [] } }), "bad-value"],
    ["a version to come of another shape", changed({ version: 3, results: {} }), "unsupported-version"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "inspect" });
  });

  it("reads a version to come whose shape fits, and says so", () => {
    const { notes } = readAs("evaluation", changed({ version: 3 }));
    expect(notes[0]).toBe("Version 3 of Inspect's log is newer than those that are known (1 and 2 are); its shape fits");
  });
});
