import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (results: object[], run: object = {}, more: object = {}) =>
  JSON.stringify({
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "s", rules: [] } }, invocations: [{ executionSuccessful: true }], results, ...run }],
    ...more,
  });

describe("sarif", () => {
  it("counts findings that are not suppressed", () => {
    const { measurement, tool, origin, notes } = readAs("tests", fixture("sarif.json"));
    expect(measurement).toEqual({ total: 4, passed: 1, failed: 2, skipped: 1, errors: 0 });
    expect(tool).toEqual({ name: "scanner", version: "1.2.0" });
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:10:00Z" });
    expect(notes).toHaveLength(3);
  });

  it.each([
    ["none", {}, 1],
    ["error", { level: "error" }, 1],
    ["note", { level: "note" }, 0],
    ["warning, kind review", { level: "warning", kind: "review" }, 0],
    ["suppressed", { suppressions: [{ kind: "external" }] }, 0],
    ["suppression that was rejected", { suppressions: [{ kind: "external", status: "rejected" }] }, 1],
    ["suppressions that are empty", { suppressions: [] }, 1],
  ])("takes a result for what it is: %s", (_name, result, failed) => {
    expect(readAs("tests", file([result])).measurement.failed).toBe(failed);
  });

  it("has no time where an invocation has none", () => {
    expect(readAs("tests", file([])).origin).toEqual({});
  });

  it.each([
    ["a run that broke off", file([], { invocations: [{ executionSuccessful: false }] }), "incomplete"],
    ["a run that does not say", file([], { invocations: [{}] }), "incomplete"],
    ["a run without invocations", file([], { invocations: [] }), "incomplete"],
    ["no run", file([], {}, { runs: [] }), "incomplete"],
    ["another version", file([], {}, { version: "2.0.0" }), "unsupported-version"],
    ["a level that is a number", file([{ level: 1 }]), "bad-shape"],
    ["no results", JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "s" } } }] }), "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "sarif" });
  });
});
