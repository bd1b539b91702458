import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const file = (cases: object[], passing: number, failing: number) =>
  JSON.stringify({ overview: { vulnerability_type_results: [{ passing, failing }] }, testCases: cases });

describe("deepteam", () => {
  it("counts test cases: a score of 0 is an attack that worked", () => {
    const { measurement, notes } = readAs("red-team", fixture("deepteam.json"));
    expect(measurement).toEqual({
      attempts: 3,
      successes: 1,
      errors: 1,
      attackSuccessRate: 1 / 3,
      categories: [
        { id: "llm01", attempts: 1, successes: 1 },
        { id: "llm02", attempts: 1, successes: 0 },
        { id: "unmapped:bias", attempts: 1, successes: 0 },
      ],
    });
    expect(notes[0]).toContain("unconfirmed");
  });

  it("reads names in camel case", () => {
    const text = file([{ vulnerability: "Bias", attackMethod: "ROT13", score: 1 }], 1, 0);
    expect(readAs("red-team", text).measurement.categories).toEqual([{ id: "llm01", attempts: 1, successes: 0 }]);
  });

  it("takes a case without a score for an attack that worked, as the overview does", () => {
    const text = file(
      [
        { vulnerability: "Bias", score: 1 },
        { vulnerability: "Bias", score: null, error: null },
      ],
      1,
      1,
    );
    expect(readAs("red-team", text).measurement).toMatchObject({ attempts: 2, successes: 1, errors: 0 });
  });

  it("reads names with signs between the words", () => {
    const text = file([{ vulnerability: "Agent Identity & Trust Abuse", score: 1 }], 1, 0);
    expect(readAs("red-team", text).measurement.categories).toEqual([{ id: "llm06", attempts: 1, successes: 0 }]);
  });

  it.each([
    ["an overview that says something else", file([{ vulnerability: "Bias", score: 1 }], 0, 1), "bad-value"],
    ["half a score", file([{ vulnerability: "Bias", score: 0.5 }], 1, 0), "bad-value"],
    ["text for a score", file([{ vulnerability: "Bias", score: "1" }], 1, 0), "bad-shape"],
    ["no name", file([{ score: 1 }], 1, 0), "bad-shape"],
    ["no test case", file([], 0, 0), "incomplete"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "deepteam" });
  });
});
