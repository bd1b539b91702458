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
    expect(notes).toEqual([expect.stringContaining("not how much was tried"), expect.stringContaining("1 of its results")]);
  });

  it.each([
    ["none", {}, 1],
    ["error", { level: "error" }, 1],
    ["note", { level: "note" }, 0],
    ["warning, kind review", { level: "warning", kind: "review" }, 0],
    ["suppressed", { suppressions: [{ kind: "external" }] }, 0],
    ["suppression that was rejected", { suppressions: [{ kind: "external", status: "rejected" }] }, 1],
    ["suppressions that are empty", { suppressions: [] }, 1],
    ["absent since an earlier run", { level: "error", baselineState: "absent" }, 0],
    ["new since an earlier run", { level: "error", baselineState: "new" }, 1],
  ])("takes a result for what it is: %s", (_name, result, failed) => {
    expect(readAs("tests", file([result])).measurement.failed).toBe(failed);
  });

  it("reads what ESLint writes", () => {
    const { measurement, tool } = readAs("tests", fixture("sarif-eslint.json"));
    expect(measurement).toEqual({ total: 3, passed: 0, failed: 2, skipped: 1, errors: 0 });
    expect(tool).toEqual({ name: "ESLint", version: "9.39.5" });
  });

  const note = { id: "n", defaultConfiguration: { level: "note" } };
  const fault = { id: "e", defaultConfiguration: { level: "error" } };
  it.each([
    ["by its id", { ruleId: "n" }, 0],
    ["by its place", { ruleIndex: 0 }, 0],
    ["by the id in its reference", { rule: { id: "n" } }, 0],
    ["in the extension that it refers to", { ruleId: "n", ruleIndex: 0, rule: { index: 0, toolComponent: { index: 0 } } }, 1],
    ["by its id in an extension", { rule: { id: "n2", toolComponent: { index: 1 } } }, 0],
    ["nowhere: a warning", { ruleIndex: 9, rule: { toolComponent: { index: 7 } } }, 1],
    ["nowhere: a warning", { ruleId: "constructor" }, 1],
  ])("finds the level of a rule %s", (_name, result, failed) => {
    const tool = { driver: { name: "s", rules: [note, fault] }, extensions: [{ rules: [fault] }, { rules: [{ ...note, id: "n2" }] }] };
    expect(readAs("tests", file([result], { tool })).measurement.failed).toBe(failed);
  });

  it("bears many rules and many results", () => {
    const rules = Array.from({ length: 40_000 }, (_, index) => ({ id: `r${index}` }));
    const results = rules.map(({ id }) => ({ ruleId: id }));
    expect(readAs("tests", file(results, { tool: { driver: { name: "s", rules } } })).measurement.failed).toBe(40_000);
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
