import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const run = (metrics: unknown, info: object = {}) =>
  JSON.stringify({ run: { info: { run_id: "a", status: "FINISHED", end_time: 1795161600000, ...info }, data: { metrics } } });

describe("mlflow-run", () => {
  it("reads the answer of the server", () => {
    const { measurement, origin, notes } = readAs("evaluation", fixture("mlflow-run.json"));
    expect(measurement).toEqual({
      metrics: [
        { name: "exact_match", value: 0.75 },
        { name: "token_f1", value: 0.5 },
      ],
    });
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:00:00.250Z", commit: "3f9c2d1e5a7b4c6d8e9f0a1b2c3d4e5f6a7b8c9d" });
    expect(notes[0]).toContain("unconfirmed");
  });

  it("reads what the command line prints", () => {
    const data = { metrics: { a: -1.5 }, params: {}, tags: { "mlflow.source.git.commit": "main" } };
    const text = JSON.stringify({ info: { run_id: "a", status: "FINISHED", end_time: null }, data });
    expect(readAs("evaluation", text)).toMatchObject({ measurement: { metrics: [{ name: "a", value: -1.5 }] }, origin: {} });
  });

  it("takes the last step, and leaves out what is not finite", () => {
    const text = run([
      { key: "a", value: 2, step: 1 },
      { key: "a", value: 1, step: 0 },
      { key: "b", value: "NaN" },
    ]);
    const { measurement, notes } = readAs("evaluation", text);
    expect(measurement.metrics).toEqual([{ name: "a", value: 2 }]);
    expect(notes).toContainEqual(expect.stringContaining("not finite"));
  });

  it.each([
    ["a run that failed", run([{ key: "a", value: 1 }], { status: "FAILED" }), "incomplete"],
    ["a run without metrics", run([]), "incomplete"],
    ["a value that is text", run([{ key: "a", value: "1" }]), "bad-shape"],
    ["a time beyond all time", run([{ key: "a", value: 1 }], { end_time: 1e18 }), "bad-value"],
    ["a time that is text", run([{ key: "a", value: 1 }], { end_time: "soon" }), "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "mlflow-run" });
  });
});
