import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const own = fixture("argo-rollouts.yaml");
const rollout = (canary: string, more = "") =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\nspec: { strategy: { canary: ${canary} }${more} }\n`;
const analysis = (status: string) => `apiVersion: argoproj.io/v1alpha1\nkind: AnalysisRun\nmetadata: { name: a }\nstatus: ${status}\n`;
const first = (text: string) => readAs("traffic", text).measurement.resources[0];
const steps = (list: string, more = "") => first(rollout(`{ steps: ${list} }`, more))?.steps;

describe("argo-rollouts", () => {
  it("reads the plan in percent and seconds, what was observed, and the span of an analysis without its dry runs", () => {
    const { measurement, origin } = readAs("traffic", own);
    expect(measurement.resources).toEqual([
      {
        kind: "Rollout",
        name: "assistant",
        steps: [
          { percent: 5, pauseSeconds: 1800 },
          { percent: 10, waitsFor: "analysis", pauseSeconds: 72 * 3600 + 600 },
          { percent: 50, waitsFor: "promotion" },
        ],
        observed: { phase: "Paused", percent: 10, since: "2026-11-20T09:00:00Z" },
      },
      {
        kind: "AnalysisRun",
        name: "assistant-errors-2",
        observed: { phase: "Successful", from: "2026-11-20T09:00:00Z", to: "2026-11-23T08:00:01Z" },
      },
    ]);
    expect(origin).toEqual({ measuredAt: "2026-11-23T08:00:01Z" });
  });

  it("reads resources in a List, and as JSON", () => {
    const item = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata: { name: "a" }, spec: { strategy: { canary: {} } } };
    const text = JSON.stringify({ apiVersion: "v1", kind: "List", items: [item, { kind: "Service" }] });
    expect(readAs("traffic", text).measurement.resources).toEqual([{ kind: "Rollout", name: "a", steps: [] }]);
  });

  it.each([
    ["40s", 40],
    ['"90"', 90],
    ["90", 90],
    ["1h30m", 5400],
    ["1.5h", 5400],
    ["250ms", 0.25],
  ])("puts a pause of %s to seconds", (duration, seconds) => {
    expect(steps(`[{ setWeight: 10 }, { pause: { duration: ${duration} } }]`)).toEqual([{ percent: 10, pauseSeconds: seconds }]);
  });

  it.each(["{}", "", "{ duration: }"])("takes a pause of `%s` for one that lasts until somebody promotes", (pause) => {
    expect(steps(`[{ setWeight: 10 }, { pause: ${pause} }, { experiment: {} }]`)).toEqual([{ percent: 10, waitsFor: "promotion" }]);
  });

  it("keeps what lasts before any weight at no share, and leaves out what changes neither", () => {
    expect(steps("[{ setCanaryScale: { replicas: 1 } }, { pause: {} }, { setWeight: 100 }]")).toEqual([
      { percent: 0, waitsFor: "promotion" },
      { percent: 100 },
    ]);
  });

  it("puts weights of a whole other than 100 to percent, those that were observed too", () => {
    const text = rollout("{ trafficRouting: { maxTrafficWeight: 1000 }, steps: [{ setWeight: 100 }] }");
    expect(first(`${text}status: { canary: { weights: { canary: { weight: 105 } } } }\n`)).toMatchObject({
      steps: [{ percent: 10 }],
      observed: { percent: 10.5 },
    });
  });

  /* What Argo Rollouts itself comes to for 10 % without a router. */
  it.each([
    [10, "", 10],
    [5, "", 16.6666666667],
    [4, "", 20],
    [1, "", 50],
    [1, ", maxSurge: 0", 0],
    [5, ", maxSurge: 0%", 20],
    [15, "", 12.5],
    [0, "", 10],
  ])("of %i pods%s makes %d %", (pods, surge, percent) => {
    const text = rollout(`{ steps: [{ setWeight: 10 }]${surge} }`, `, replicas: ${pods}`);
    expect(first(text)?.steps).toEqual([{ percent: 10, podPercent: percent }]);
  });

  it("has no steps where a new version takes all at once", () => {
    const text = rollout("{}").replace("{ canary: {} }", "{ blueGreen: { activeService: a } }");
    expect(first(text)).toEqual({ kind: "Rollout", name: "a", steps: [] });
  });

  it.each([
    ["{}", undefined],
    ['{ phase: "" }', undefined],
    ["{ phase: Running }", { phase: "Running" }],
    ["{ phase: Failed, completedAt: 2026-11-20T10:00:00Z }", { phase: "Failed", since: "2026-11-20T10:00:00Z" }],
  ])("observes of an analysis with status %s no more than it says", (status, observed) => {
    expect(first(analysis(status))?.observed).toEqual(observed);
  });

  it.each([
    ["a weight over the whole", rollout("{ steps: [{ setWeight: 101 }] }"), "bad-value", "steps[0].setWeight"],
    ["a weight that is text", rollout('{ steps: [{ setWeight: "10" }] }'), "bad-shape", "steps[0].setWeight"],
    ["a pause without a unit that is none", rollout("{ steps: [{ pause: { duration: 3 days } }] }"), "bad-value", "72h"],
    ["a negative pause", rollout("{ steps: [{ pause: { duration: -1 } }] }"), "bad-value", "negative"],
    ["a rollout without a strategy", rollout("{}").replace("canary: {}", "x: 1"), "bad-shape", "spec.strategy.canary"],
    ["a time without a zone", analysis("{ phase: Failed, completedAt: 2026-11-20T10:00:00 }"), "bad-value", "completedAt"],
    ["a name of a template", rollout("{}").replace("name: a", 'name: "{{ .Release.Name }}"'), "bad-value", "helm template"],
    ["resources without number", `${rollout("{}")}---\n`.repeat(1001), "bad-value", "over 1000"],
    ["one bad resource of two", `${rollout("{}")}---\n${rollout("{ steps: 1 }")}`, "bad-shape", "resource 2.spec"],
  ])("refuses %s", (_name, text, code, part) => {
    expect(refusal(text)).toMatchObject({ code, format: "argo-rollouts", message: expect.stringContaining(part) });
  });

  it.each([
    rollout("{ steps: [{ setWeight: {{ .Values.weight }} }] }").replace("{ canary", "\n    canary"),
    `{{- if .Values.on }}\n${rollout("{}")}{{- end }}\n`,
    `${rollout("{}")}{{- include "x" . }}\n`,
    "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: {{ .Release.Name }}\n",
    'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: {{ include "x" . }}-canary\n',
  ])("says of a template that it must be rendered: %j", (text) => {
    expect(refusal(text)).toMatchObject({ code: "not-parseable", message: expect.stringContaining("helm template") });
  });
});
