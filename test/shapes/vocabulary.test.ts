import { describe, expect, it } from "@jest/globals";
import { criterionIds, nonNegotiable } from "../../src/shapes/vocabulary.ts";
import { thresholdSchemas } from "../../src/shapes/thresholds.ts";

describe("vocabulary", () => {
  it("names every criterion once and gives each its thresholds", () => {
    expect(new Set(criterionIds).size).toBe(16);
    expect(Object.keys(thresholdSchemas)).toEqual([...criterionIds]);
  });

  it("counts the non-negotiable mechanisms among the criteria", () => {
    for (const id of nonNegotiable) expect(criterionIds).toContain(id);
  });
});
