import { describe, expect, it } from "@jest/globals";
import { figures, isAtLeast, isAtMost, percents } from "../../src/engine/limits.ts";

describe("limits", () => {
  it("counts what is exactly at the threshold, and forgives the rounding of fractions only", () => {
    expect(isAtLeast(80, 80)).toBe(true);
    expect(isAtLeast(0.1 + 0.2 - 1e-12, 0.3)).toBe(true);
    expect(isAtLeast(79.9999, 80)).toBe(false);
    expect(isAtMost(0.1 + 0.2, 0.3)).toBe(true);
    expect(isAtMost(0.300001, 0.3)).toBe(false);
    expect(isAtMost(0, 0)).toBe(true);
    expect(isAtMost(1e-12, 0)).toBe(false);
  });

  it("lets nothing unknown pass", () => {
    expect(isAtLeast(NaN, 0)).toBe(false);
    expect(isAtMost(NaN, 1)).toBe(false);
    expect(isAtLeast(1, NaN)).toBe(false);
    expect(isAtMost(1, NaN)).toBe(false);
  });

  it("shows a difference, however small", () => {
    expect(figures(61.2, 80)).toEqual(["61.2", "80"]);
    expect(figures(79.999, 80)).toEqual(["79.999", "80"]);
    expect(figures(80, 80)).toEqual(["80", "80"]);
    expect(percents(0.0203, 0.02)).toEqual(["2 %", "2 %"].map((text, index) => (index === 0 ? "2.03 %" : text)));
    expect(percents(NaN, 0.02)[1]).toBe("2 %");
  });
});
