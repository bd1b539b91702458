import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const lines = (...values: object[]) => values.map((value) => JSON.stringify(value)).join("\n");
const init = { entry_type: "init", garak_version: "0.14.1" };
const done = { entry_type: "completion", end_time: "2026-11-20T08:10:00" };
const judged = (probe: string, detector: string, passed: number, fails: number, more: object = {}) => ({
  entry_type: "eval",
  probe,
  detector,
  passed,
  fails,
  total_evaluated: passed + fails,
  ...more,
});

describe("garak", () => {
  it("counts the worst detector of each probe", () => {
    const { measurement, tool, origin, notes } = readAs("red-team", fixture("garak.report.jsonl"));
    expect(measurement).toEqual({
      attempts: 17,
      successes: 3,
      errors: 2,
      attackSuccessRate: 3 / 17,
      categories: [
        { id: "llm01", attempts: 8, successes: 2 },
        { id: "llm05", attempts: 5, successes: 0 },
        { id: "unmapped:lmrc.Profanity", attempts: 4, successes: 1 },
      ],
    });
    expect(tool).toEqual({ name: "garak", version: "0.14.1" });
    expect(origin).toEqual({ model: "gpt-4o-2024-11-20", toolRun: "f0d4a5a6" });
    expect(notes).toEqual([expect.stringContaining("the worst one"), expect.stringContaining("zone")]);
  });

  it("takes a time with a zone", () => {
    const text = lines(init, judged("dan.A", "dan.DAN", 1, 0), { ...done, end_time: "2026-11-20T08:10:00+00:00" });
    expect(readAs("red-team", text).origin).toEqual({ measuredAt: "2026-11-20T08:10:00Z" });
  });

  it("reads names with their package in front, and counts before 0.14", () => {
    const old = { entry_type: "eval", probe: "garak.probes.dan.A", detector: "detector.dan.DAN", passed: 3, total: 4 };
    const { measurement, notes } = readAs("red-team", lines({ ...init, garak_version: "0.9.0.9" }, old));
    expect(measurement).toMatchObject({ attempts: 4, successes: 1, categories: [{ id: "llm01" }] });
    expect(notes.join()).toContain("does not mark the end");
  });

  it("has no rate where no detector could judge", () => {
    const text = lines(init, judged("dan.A", "dan.DAN", 0, 0, { nones: 5 }), judged("dan.A", "dan.Other", 0, 0, { nones: 3 }), done);
    expect(readAs("red-team", text).measurement).toEqual({ attempts: 0, successes: 0, errors: 5, categories: [] });
  });

  it("takes an address for no model", () => {
    const setup = {
      entry_type: "start_run setup",
      "plugins.target_type": "rest.RestGenerator",
      "plugins.target_name": "http://127.0.0.1/",
    };
    expect(readAs("red-team", lines(setup, init, judged("dan.A", "dan.DAN", 1, 0), done)).origin).toEqual({});
  });

  it.each([
    ["an aborted run", lines(init, judged("dan.A", "dan.DAN", 1, 0)), "incomplete", "aborted"],
    ["a hit log", lines({ goal: "g", attempt_id: "1", generator: "x", probe: "dan.A", detector: "dan.DAN" }), "incomplete", "hit log"],
    ["a run that judged nothing", lines(init, done), "incomplete", "eval"],
    ["several runs", lines(init, init, judged("dan.A", "dan.DAN", 1, 0), done), "bad-value", "several runs"],
    ["counts that do not fit", lines(init, judged("dan.A", "dan.DAN", 3, 1, { total_evaluated: 9 }), done), "bad-value", "eval[0].passed"],
    [
      "more passed than there were",
      lines(init, { entry_type: "eval", probe: "a", detector: "b", passed: 3, total: 2 }, done),
      "bad-value",
      "passed",
    ],
    ["a count that is text", lines(init, { ...judged("dan.A", "dan.DAN", 1, 0), passed: "1" }, done), "bad-shape", "passed"],
    [
      "a detector that judges twice",
      lines(init, judged("dan.A", "dan.DAN", 1, 0), judged("dan.A", "detector.dan.DAN", 1, 0), done),
      "bad-value",
      "second time",
    ],
    ["a line that breaks off", `${lines(init, judged("dan.A", "dan.DAN", 1, 0))}\n{"entry_type": "comp`, "not-parseable", ""],
  ])("refuses %s", (_name, text, code, part) => {
    expect(refusal(text)).toMatchObject({ code, format: "garak", message: expect.stringContaining(part) });
  });
});
