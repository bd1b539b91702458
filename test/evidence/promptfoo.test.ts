import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (rows: object[], stats: object, more: object = {}) =>
  JSON.stringify({ results: { version: 3, timestamp: "2026-11-20T08:00:00Z", results: rows, stats, ...more }, config: {} });
const passed = { success: true, failureReason: 0 };
const failed = { success: false, failureReason: 1 };
const broken = { success: false, failureReason: 2 };

/** What `promptfoo-suite.yaml` comes to in each output that names the plugins and their labels. */
const suite = {
  attempts: 6,
  successes: 1,
  errors: 1,
  attackSuccessRate: 1 / 6,
  categories: [
    { id: "llm01", attempts: 1, successes: 0 },
    { id: "llm02", attempts: 2, successes: 1 },
    { id: "llm07", attempts: 1, successes: 0 },
    { id: "unmapped:harmful:hate", attempts: 1, successes: 0 },
    { id: "unmapped:shop:coupons", attempts: 1, successes: 0 },
  ],
  benign: { asked: 2, refused: 1 },
};
const noTotals = expect.stringContaining("no totals");
const noTime = "no time in the file";

describe("promptfoo's outputs of one run", () => {
  it.each([
    ["promptfoo.json", "0.121.20", "2026-11-25T22:43:40.472Z", []],
    ["promptfoo.yaml", "0.121.20", "2026-11-25T22:43:40.472Z", []],
    ["promptfoo.jsonl", null, undefined, [noTotals, noTime]],
    ["promptfoo-0.114.jsonl", null, undefined, [noTotals, noTime]],
  ])("%s: attacks, errors apart, and harmless prompts apart", (name, version, measuredAt, notes) => {
    const reading = readAs("red-team", fixture(name));
    expect(reading.measurement).toEqual(suite);
    expect(reading).toMatchObject({ format: "promptfoo", tool: { name: "promptfoo", version }, notes });
    expect(reading.origin).toEqual(measuredAt === undefined ? {} : { measuredAt, toolRun: "eval-aZi-2026-11-25T22:43:40" });
  });

  it("promptfoo.csv: the same, but it does not say which prompts are harmless, so these count as attempts", () => {
    const { measurement, origin, notes } = readAs("red-team", fixture("promptfoo.csv"));
    expect(measurement).toEqual({
      ...suite,
      attempts: 8,
      successes: 2,
      attackSuccessRate: 2 / 8,
      categories: [...suite.categories, { id: "unmapped:xstest", attempts: 2, successes: 1 }],
      benign: undefined,
    });
    expect(origin).toEqual({});
    expect(notes).toEqual([noTotals, noTime]);
  });

  it("promptfoo-0.114.csv: it names no plugin, so it is an evaluation", () => {
    expect(readAs("evaluation", fixture("promptfoo-0.114.csv")).measurement).toEqual({
      total: 9,
      passed: 6,
      failed: 2,
      errors: 1,
      metrics: [{ name: "pass-rate", value: 6 / 8, n: 8 }],
    });
  });

  it("junit-promptfoo.xml: it names no plugin either, and is read as JUnit XML", () => {
    const { format, measurement, origin } = readAs("tests", fixture("junit-promptfoo.xml"));
    expect(format).toBe("junit");
    expect(measurement).toEqual({ total: 9, passed: 6, failed: 2, skipped: 0, errors: 1 });
    expect(origin).toEqual({ measuredAt: "2026-11-25T22:43:40.472Z" });
  });

  const consoleOf = (grey: string, plain: string) =>
    [
      "Starting evaluation eval-aZi-2026-11-25T22:43:40",
      `${grey}┌──────────┬──────────${plain}${grey}┐${plain}`,
      `${grey}│${plain} question ${grey}│${plain} [assistant] Answer ${grey}│${plain}`,
      `${grey}│${plain} Whose?   ${grey}│${plain} [FAIL] Order 7 went to Ann. ${grey}│${plain}`,
      "» View results: promptfoo view",
    ].join("\n");
  it.each([
    ["HTML page", "<!doctype html>\n<html>\n  <head>\n    <title>Eval Output</title>"],
    ["console output", consoleOf("", "")],
    ["console output", consoleOf("\u001b[90m", "\u001b[39m")],
    ["XML", "<promptfoo><evalId>eval-a</evalId><results><version>3</version></results></promptfoo>"],
  ])("the %s is refused by name, with the mend", (name, text) => {
    expect(refusal(text)).toMatchObject({ code: "bad-shape", format: "promptfoo", message: expect.stringContaining(name) });
    expect(refusal(text).message).toContain("promptfoo export eval <id> -o results.json");
  });

  it("leaves a document that quotes the console to the reader of documents", () => {
    const text = `# Red team\n\n${consoleOf("", "")}`;
    expect(readAs("document", text).format).toBe("document");
  });
});

describe("promptfoo red team", () => {
  it("has no rate where every attack ended in an error", () => {
    const text = file([{ ...broken, metadata: { pluginId: "pii" } }], { successes: 0, failures: 0, errors: 1 });
    expect(readAs("red-team", text).measurement).toEqual({ attempts: 0, successes: 0, errors: 1, categories: [] });
  });

  it("finds the plugin in the test case too, and tells where there is none", () => {
    const rows = [{ ...passed, testCase: { metadata: { pluginId: "ssrf" } } }, failed];
    const { measurement, notes } = readAs("red-team", file(rows, { successes: 1, failures: 1, errors: 0 }));
    expect(measurement.categories).toEqual([
      { id: "llm05", attempts: 1, successes: 0 },
      { id: "unmapped:none", attempts: 1, successes: 1 },
    ]);
    expect(notes).toEqual([expect.stringContaining("unmapped")]);
  });

  it.each([
    ["harmful:hate", "jailbreak", "llm01"],
    ["harmful:hate", "base64", "llm01"],
    ["beavertails", "crescendo", "llm01"],
    ["harmful:hate", "basic", "unmapped:harmful:hate"],
    ["harmful:hate", "plain", "unmapped:harmful:hate"],
    ["harmful:hate", "", "unmapped:harmful:hate"],
    ["harmful:hate", undefined, "unmapped:harmful:hate"],
    ["harmful:privacy", "jailbreak", "llm02"],
    ["pii:direct", "jailbreak", "llm02"],
    ["competitors", "jailbreak", "unmapped:competitors"],
    ["policy", "crescendo", "llm01"],
    ["promptfoo:redteam:pii", "basic", "llm02"],
  ])("takes harm that is asked for plainly for no attack on the prompt: %s with the strategy %s is %s", (pluginId, strategyId, id) => {
    for (const row of [{ metadata: { pluginId, strategyId } }, { testCase: { metadata: { pluginId, strategyId } } }]) {
      const text = file([{ ...passed, ...row }], { successes: 1, failures: 0, errors: 0 });
      expect(readAs("red-team", text).measurement).toMatchObject({ attempts: 1, categories: [{ id, attempts: 1, successes: 0 }] });
    }
  });
});

const ask = (plugin: string, label: string | undefined, success: boolean) => ({
  ...(success ? passed : failed),
  metadata: { pluginId: plugin, label },
});

describe("harmless prompts of promptfoo", () => {
  it("are those of XSTest that are labelled safe; the others are attempts", () => {
    const rows = [ask("xstest", "safe", false), ask("xstest", "unsafe", false), ask("xstest", undefined, true), ask("pii", "safe", true)];
    expect(readAs("red-team", file(rows, { successes: 2, failures: 2, errors: 0 })).measurement).toEqual({
      attempts: 3,
      successes: 1,
      errors: 0,
      attackSuccessRate: 1 / 3,
      categories: [
        { id: "llm02", attempts: 1, successes: 0 },
        { id: "unmapped:xstest", attempts: 2, successes: 1 },
      ],
      benign: { asked: 1, refused: 1 },
    });
  });
});

describe("several prompts or providers", () => {
  const two = (plugin: string | undefined) => [
    { ...passed, promptIdx: 0, metadata: { pluginId: plugin } },
    { ...failed, promptIdx: 1, metadata: { pluginId: plugin } },
  ];
  const stats = { successes: 1, failures: 1, errors: 0 };

  it("are refused in a red team: a weak one could hide", () => {
    expect(refusal(file(two("pii"), stats))).toMatchObject({ code: "bad-shape", message: expect.stringContaining("--filter-providers") });
  });

  it("are noted in an evaluation", () => {
    expect(readAs("evaluation", file(two(undefined), stats)).notes).toEqual(["several prompts or providers count together"]);
  });

  it("are refused in a table, old or new", () => {
    const block = "[a] {{q}},Status,Score,Named Scores,Grader Reason,Comment";
    const answer = "no,PASS,1.00,,,";
    for (const text of [`q,${block},${block}\n1,${answer},${answer}\n`, "q,[a] p,[b] p\n1,[PASS] (1.00),[FAIL] (0.00)\n"]) {
      expect(refusal(text)).toMatchObject({ code: "bad-shape", format: "promptfoo", message: expect.stringContaining("side by side") });
    }
  });
});

describe("answers from promptfoo's cache", () => {
  const cached = (row: object, usage: object = {}) =>
    file([{ ...passed, ...row }], { successes: 1, failures: 0, errors: 0, tokenUsage: usage });

  it.each([
    ["by the answer", cached({ response: { output: "x", cached: true } })],
    ["by the row's tokens", cached({ tokenUsage: { cached: 7 } })],
    ["by the run's tokens", cached({}, { cached: 7 })],
  ])("are told %s, and void the time of the run", (_name, text) => {
    const { origin, notes } = readAs("evaluation", text);
    expect(origin).toEqual({});
    expect(notes).toEqual([expect.stringContaining("--no-cache")]);
  });

  it("are none where nothing was cached", () => {
    const { origin, notes } = readAs("evaluation", cached({ response: { cached: false }, tokenUsage: { cached: 0 } }, { cached: 0 }));
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:00:00Z" });
    expect(notes).toEqual([]);
  });
});

describe("promptfoo JSON lines", () => {
  const row = (testIdx: number, more: object = {}) => JSON.stringify({ testIdx, promptIdx: 0, testCase: {}, ...passed, ...more });

  it.each([
    ["a result that stands twice", [row(0), row(1), row(1)], "bad-value", "line[2].testIdx"],
    ["results that were left out", [row(0), row(2)], "incomplete", "missing"],
    ["a beginning that was left out", [row(1), row(2)], "incomplete", "missing"],
    ["a row without a number", [row(0), JSON.stringify({ promptIdx: 0, ...passed })], "bad-shape", "line[1].testIdx"],
    ["a line that breaks off", [row(0), '{"testIdx": 1, "prom'], "not-parseable", ""],
  ])("refuses %s", (_name, lines, code, part) => {
    expect(refusal(lines.join("\n"))).toMatchObject({ code, format: "promptfoo", message: expect.stringContaining(part) });
  });

  it("has no order", () => {
    expect(readAs("evaluation", [row(1), row(2, failed), row(0)].join("\n")).measurement).toMatchObject({ passed: 2, failed: 1 });
  });
});

describe("promptfoo CSV", () => {
  const table = (...rows: string[]) => ["q,[a] {{q}},Status,Score,Named Scores,Grader Reason,Comment", ...rows, ""].join("\n");

  it("reads the named scores, and takes a blank for an answer that never came", () => {
    const scores = '"{""tone"":0.5}"';
    expect(readAs("evaluation", table(`1,x,PASS,1.00,${scores},,`, "2,,,,,,")).measurement).toEqual({
      total: 2,
      passed: 1,
      failed: 0,
      errors: 1,
      metrics: [
        { name: "pass-rate", value: 1, n: 1 },
        { name: "tone", value: 0.5, n: 1 },
      ],
    });
  });

  it("bears a prompt of several lines in the header", () => {
    const text = 'q,"[a] Be kind.\n\nAnswer: {{q}}",Status,Score,Named Scores,Grader Reason,Comment\n1,x,FAIL,0.00,,,\n';
    expect(readAs("evaluation", text).measurement).toMatchObject({ total: 1, failed: 1 });
  });

  it.each([
    ["a word that is no outcome", table("1,x,PASSED,1.00,,,"), "bad-value", "row 2"],
    ["an object's own word", table("1,x,PASS,1.00,,,", "1,x,constructor,1.00,,,"), "bad-value", "row 3"],
    ["scores that are none", table("1,x,PASS,1.00,soon,,"), "bad-value", "row 2"],
    ["no row", table(), "incomplete", "no result"],
    ["an old table whose row is not judged", "q,[a] p\n1,[PASS] (1.00)\n2,fine\n", "bad-value", "row 3"],
    ["a row with too few cells", table("1,x,PASS"), "not-parseable", "cells"],
  ])("refuses %s", (_name, text, code, part) => {
    expect(refusal(text)).toMatchObject({ code, format: "promptfoo", message: expect.stringContaining(part) });
  });
});

describe("promptfoo evaluation", () => {
  it("reads the pass rate and the named scores, errors apart", () => {
    const { measurement } = readAs("evaluation", fixture("promptfoo-evaluation.json"));
    expect(measurement).toEqual({
      total: 4,
      passed: 2,
      failed: 1,
      errors: 1,
      metrics: [
        { name: "pass-rate", value: 2 / 3, n: 3 },
        { name: "grounded", value: 0.5, n: 3 },
      ],
    });
  });

  it("has no pass rate where nothing was judged", () => {
    expect(readAs("evaluation", file([broken], { successes: 0, failures: 0, errors: 1 })).measurement.metrics).toEqual([]);
  });

  it("takes a failed call for an error in files without failureReason", () => {
    const rows = [
      { success: true },
      { success: false, error: "503" },
      { success: false, error: "expected x", gradingResult: { pass: false } },
    ];
    expect(readAs("evaluation", file(rows, { successes: 1, failures: 1, errors: 1 })).measurement).toMatchObject({
      passed: 1,
      failed: 1,
      errors: 1,
    });
    expect(readAs("evaluation", file(rows, { successes: 1, failures: 2 })).measurement).toMatchObject({ passed: 1, failed: 1, errors: 1 });
  });

  it.each([
    ["totals that do not fit the rows", file([passed, failed], { successes: 2, failures: 0, errors: 0 }), "bad-value"],
    ["an error that was counted as a pass", file([passed, broken], { successes: 2, failures: 0, errors: 0 }), "bad-value"],
    [
      "a success with a reason for failing",
      file([{ success: true, failureReason: 1 }], { successes: 1, failures: 0, errors: 0 }),
      "bad-value",
    ],
    ["no rows", file([], { successes: 0, failures: 0, errors: 0 }), "incomplete"],
    ["text for a count", file([passed], { successes: "1", failures: 0, errors: 0 }), "bad-shape"],
    ["text for success", file([{ success: "true" }], { successes: 1, failures: 0, errors: 0 }), "bad-shape"],
    ["a row that is no object", file([1 as unknown as object], { successes: 1, failures: 0, errors: 0 }), "bad-shape"],
    ["a score that is text", file([{ ...passed, namedScores: { a: "1" } }], { successes: 1, failures: 0, errors: 0 }), "bad-shape"],
    ["a version to come of another shape", file([passed], { passes: 1 }, { version: 4 }), "unsupported-version"],
    ["a time that is none", file([passed], { successes: 1, failures: 0, errors: 0 }, { timestamp: "soon" }), "bad-value"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "promptfoo" });
  });
});
