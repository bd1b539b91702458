import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const canary = (spec: string, status = "{}") =>
  `apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: a }\nspec: ${spec}\nstatus: ${status}\n`;
const first = (text: string) => readAs("traffic", text).measurement.resources[0];
const percents = (analysis: string) => first(canary(`{ analysis: ${analysis} }`))?.steps?.map(({ percent }) => percent);

describe("flagger", () => {
  it("reads weights, each held for an interval, its gates and its status", () => {
    expect(readAs("traffic", fixture("flagger.yaml")).measurement.resources).toEqual([
      {
        kind: "Canary",
        name: "assistant",
        steps: [
          { percent: 10, pauseSeconds: 5400, waitsFor: "promotion" },
          { percent: 25, pauseSeconds: 5400, waitsFor: "promotion" },
          { percent: 50, pauseSeconds: 5400 },
        ],
        observed: { phase: "Progressing", percent: 10, since: "2026-11-20T09:00:00Z" },
      },
    ]);
  });

  it.each([
    ["{ stepWeight: 20, maxWeight: 60 }", [20, 40, 60]],
    ["{ stepWeight: 20, maxWeight: 50 }", [20, 40, 60]],
    ["{ stepWeight: 40 }", [40, 80, 100]],
    ["{ stepWeight: 50, stepWeights: [1, 2] }", [50, 100]],
    ["{ stepWeights: [1, 10.5] }", [1, 10.5]],
    ["{ iterations: 10, match: [] }", []],
  ])("reads the weights of %s", (analysis, expected) => {
    expect(percents(analysis)).toEqual(expected);
  });

  it.each([
    ["{ stepWeight: 50 }", 60],
    ["{ stepWeight: 50, interval: 1s }", 10],
    ["{ stepWeight: 50, interval: 72h }", 259_200],
  ])("holds a weight of %s for %d seconds", (analysis, seconds) => {
    expect(first(canary(`{ canaryAnalysis: ${analysis} }`))?.steps?.[0]).toEqual({ percent: 50, pauseSeconds: seconds });
  });

  it("waits at the last weight for the promotion", () => {
    const text = canary("{ analysis: { stepWeight: 50, maxWeight: 50, webhooks: [{ type: confirm-promotion }] } }");
    expect(first(text)?.steps).toEqual([{ percent: 50, pauseSeconds: 60, waitsFor: "promotion" }]);
  });

  it("shows that the analysis is skipped, or that there is none", () => {
    expect(first(canary("{ skipAnalysis: true, analysis: { stepWeight: 100 } }"))).toMatchObject({
      skipped: true,
      steps: [{ percent: 100 }],
    });
    expect(first(canary("{}"))).toEqual({ kind: "Canary", name: "a", steps: [], skipped: true });
    expect(first(canary("{ skipAnalysis: false, analysis: {} }"))).toEqual({ kind: "Canary", name: "a", steps: [] });
  });

  it.each([
    ["{}", undefined],
    ["{ phase: Failed, canaryWeight: 0 }", { phase: "Failed", percent: 0 }],
  ])("observes of the status %s no more than it says", (status, observed) => {
    expect(first(canary("{ analysis: {} }", status))?.observed).toEqual(observed);
  });

  it.each([
    ["half a step", canary("{ analysis: { stepWeight: 0.5 } }"), "bad-value", "stepWeight"],
    ["a step over the whole", canary("{ analysis: { stepWeight: 200 } }"), "bad-value", "stepWeight"],
    ["weights that are none", canary("{ analysis: { stepWeights: [10, 110] } }"), "bad-value", "stepWeights"],
    ["an interval that is none", canary("{ analysis: { interval: 1 day } }"), "bad-value", "interval"],
    ["a flag that is text", canary("{ skipAnalysis: 'yes', analysis: {} }"), "bad-shape", "skipAnalysis"],
    ["a weight over the whole observed", canary("{ analysis: {} }", "{ phase: Failed, canaryWeight: 101 }"), "bad-value", "canaryWeight"],
  ])("refuses %s", (_name, text, code, part) => {
    expect(refusal(text)).toMatchObject({ code, format: "flagger", message: expect.stringContaining(part) });
  });

  it("leaves a Canary of somebody else alone", () => {
    expect(refusal("apiVersion: example.org/v1\nkind: Canary\nspec: {}")).toMatchObject({ code: "unknown-format" });
  });
});
