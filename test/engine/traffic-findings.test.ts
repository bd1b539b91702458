import { describe, expect, it } from "@jest/globals";
import { trafficFindings } from "../../src/engine/traffic-findings.ts";
import type { Measured } from "../../src/engine/types.ts";
import type { TrafficObserved, TrafficResource, TrafficStep } from "../../src/shapes/running-system.ts";

const since = Date.parse("2026-11-20T09:00:00Z");
const file = (...resources: TrafficResource[]): Measured<"traffic"> => ({
  path: "rollout.yaml",
  digest: "sha256:00",
  format: "argo-rollouts",
  tool: { name: "argo-rollouts", version: null },
  measurement: { resources },
  origin: {},
  notes: [],
});
const rollout = (more: Partial<TrafficResource>): TrafficResource => ({ kind: "Rollout", name: "assistant", ...more });
const plan = (...steps: TrafficStep[]) => rollout({ steps });
const seen = (observed: TrafficObserved) => rollout({ steps: [{ percent: 10, waitsFor: "promotion" }], observed });
const analysis = (observed: TrafficObserved) => ({ kind: "AnalysisRun", name: "errors", observed });
const split = (...percents: number[]) => percents.map((percent, index) => ({ backend: `v${index}`, percent }));
const hours = (count: number) => count * 3600;
const findings = (resource: TrafficResource, began: number | undefined = since) =>
  trafficFindings([file(resource)], { percent: 10, hours: 72, since: began });

describe("what steers the traffic", () => {
  it.each<[string, TrafficResource, string, RegExp]>([
    ["a plan that waits at 10 %", plan({ percent: 10, waitsFor: "promotion" }), "note", /is a plan, and a plan proves nothing/],
    ["a plan that waits for an analysis", plan({ percent: 5 }, { percent: 12, waitsFor: "analysis" }), "note", /proves nothing/],
    ["a plan of exactly 72 h", plan({ percent: 8, pauseSeconds: hours(72) }, { percent: 50 }), "note", /proves nothing/],
    ["72 h in two steps", plan({ percent: 8, pauseSeconds: hours(36) }, { percent: 12, pauseSeconds: hours(36) }), "note", /proves/],
    [
      "72 h with a larger step between",
      plan({ percent: 8, pauseSeconds: hours(36) }, { percent: 20 }, { percent: 10, pauseSeconds: hours(36) }),
      "not-met",
      /holds 8 to 12 % for 36 h and then goes on by itself; 72 h are asked for/,
    ],
    ["15 s at 10 %", plan({ percent: 10, pauseSeconds: 15 }, { percent: 15 }), "not-met", /for 0\.0042 h and then goes on/],
    ["no pause at 10 %", plan({ percent: 10 }), "not-met", /for 0 h/],
    [
      "no step at 10 %",
      plan({ percent: 20, waitsFor: "promotion" }, { percent: 40 }),
      "not-met",
      /^Rollout "assistant" declares 20 % and 40 % of the traffic; 8 to 12 % is asked for\.$/,
    ],
    ["steps just beside it", plan({ percent: 7.9, waitsFor: "promotion" }, { percent: 12.1 }), "not-met", /7\.9 % and 12\.1 %/],
    [
      "10 % that pods make 50",
      plan({ percent: 10, podPercent: 50, waitsFor: "promotion" }),
      "not-met",
      /10 %, which whole pods make 50 %, of/,
    ],
    ["20 % that pods make 10", plan({ percent: 9, podPercent: 10, waitsFor: "promotion" }), "note", /proves nothing/],
    ["no steps", plan(), "not-met", /lets a new version take all the traffic at once/],
    [
      "a plan that is skipped",
      rollout({ steps: [{ percent: 10, waitsFor: "promotion" }], skipped: true }),
      "not-met",
      /skips its analysis/,
    ],
    ["9 and 1", rollout({ splits: [split(90, 10)] }), "note", /is a plan, and a plan proves nothing/],
    ["three backends", rollout({ splits: [split(80, 10, 10)] }), "note", /proves nothing/],
    ["7 and 3", rollout({ splits: [split(70, 30)] }), "not-met", /splits the traffic 70 % and 30 %; 8 to 12 % is asked for/],
    ["a canary of no weight", rollout({ splits: [split(100, 0)] }), "not-met", /100 % and 0 %/],
    ["one rule of two", rollout({ splits: [split(90, 10), split(50, 50)] }), "not-met", /50 % and 50 %/],
    ["a route to one backend", rollout({ splits: [split(100)] }), "note", /is no plan that splits the traffic/],
    [
      "a rollout that pauses",
      seen({ phase: "Paused", percent: 10 }),
      "note",
      /is "Paused" and takes 10 % of the traffic; the deployments are/,
    ],
    ["a rollout that says nothing", seen({}), "note", /says nothing of itself/],
    [
      "a rollout that was aborted",
      seen({ aborted: true, since: "2026-11-21T09:00:00Z" }),
      "not-met",
      /was aborted at 2026-11-21 09:00 UTC\./,
    ],
    ["one aborted at no known time", seen({ aborted: true }), "not-met", /was aborted\.$/],
    ["one aborted as the canary began", seen({ aborted: true, since: "2026-11-20T09:00:00Z" }), "not-met", /was aborted/],
    [
      "one aborted before the canary began",
      seen({ aborted: true, since: "2026-11-20T08:59:59Z" }),
      "note",
      /before the canary that is judged began/,
    ],
    ["a degraded one", seen({ phase: "Degraded" }), "not-met", /is "Degraded"/],
    [
      "an analysis that failed",
      analysis({ phase: "Failed", to: "2026-11-21T09:00:00Z" }),
      "not-met",
      /^AnalysisRun "errors" is "Failed" at/,
    ],
    ["an analysis that erred", analysis({ phase: "Error" }), "not-met", /is "Error"/],
    ["an analysis that is inconclusive", analysis({ phase: "Inconclusive" }), "inconclusive", /"Inconclusive"/],
    [
      "an analysis that succeeded",
      analysis({ phase: "Successful", from: "2026-11-20T09:00:00Z", to: "2026-11-23T09:00:00Z" }),
      "note",
      /is "Successful" and was measured over 72 h; the deployments are the evidence/,
    ],
    [
      "30 % after a day",
      seen({ phase: "Paused", percent: 30, since: "2026-11-21T09:00:00Z" }),
      "not-met",
      /took 30 % .*, 24 h after the canary began/,
    ],
    ["30 % after three days", seen({ phase: "Paused", percent: 30, since: "2026-11-23T09:00:00Z" }), "note", /takes 30 %/],
    ["30 % at no known time", seen({ percent: 30 }), "note", /takes 30 %/],
  ])("%s", (_name, resource, state, says) => {
    const found = findings(resource);
    expect(found.map((finding) => finding.state)).toEqual([state]);
    expect(found[0]).toMatchObject({ path: "rollout.yaml", text: expect.stringMatching(says) });
    if (state !== "note") expect(found[0]?.remedy).toMatch(/\.$/);
  });

  it("says all that speaks against the canary", () => {
    const texts = findings(rollout({ steps: [{ percent: 50 }], observed: { phase: "Degraded" } })).map(({ text }) => text);
    expect(texts).toEqual([expect.stringContaining("declares 50 %"), expect.stringContaining("Degraded")]);
  });

  it("takes a failure for one of this canary where none is known", () => {
    const failed = analysis({ phase: "Failed", to: "2020-01-01T00:00:00Z" });
    expect(trafficFindings([file(failed)], { percent: 10, hours: 72, since: undefined })).toMatchObject([{ state: "not-met" }]);
  });

  it("names the first few of many shares", () => {
    const steps = Array.from({ length: 5000 }, () => ({ percent: 50 }));
    expect(findings(rollout({ steps }))[0]?.text).toMatch(/50 % and 4994 more of the traffic/);
  });
});
