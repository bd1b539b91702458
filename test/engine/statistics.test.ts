import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { mean, meanInterval, studentT95, variance, wilson } from "../../src/engine/statistics.ts";

describe("wilson", () => {
  // Roots of the score equation |x/n - p| = 1.96 sqrt(p (1 - p) / n), found apart from this code by bisection.
  it.each([
    [0, 60, 0, 0.0602],
    [0, 150, 0, 0.025],
    [0, 300, 0, 0.0126],
    [10, 10, 0.7225, 1],
    [84, 100, 0.7558, 0.899],
    [190, 200, 0.9104, 0.9726],
    [1, 2, 0.0945, 0.9055],
    [500, 1000, 0.4691, 0.5309],
  ])("%d of %d lies between %d and %d", (successes, n, lower, upper) => {
    expect(wilson(successes, n).lower).toBeCloseTo(lower, 4);
    expect(wilson(successes, n).upper).toBeCloseTo(upper, 4);
  });

  it.each([0, -1, NaN])("knows nothing of n = %d", (n) => expect(wilson(0, n)).toEqual({ lower: 0, upper: 1 }));

  it("holds the observed share, stays within 0 and 1, and narrows with n", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const { lower, upper } = wilson(share * n, n);
        const wide = wilson(share * n * 4, n * 4);
        return lower >= 0 && upper <= 1 && lower <= share + 1e-12 && upper >= share - 1e-12 && wide.upper - wide.lower <= upper - lower;
      }),
      { seed: 20_261_123, numRuns: 500 },
    );
  });
});

describe("studentT95", () => {
  // Two-sided 95 % quantiles as printed in any table of Student's t.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [19, 2.093],
    [29, 2.045],
    [120, 1.98],
    [1_000_000, 1.96],
  ])("with %d degrees of freedom is %d", (freedom, quantile) => expect(Math.abs(studentT95(freedom) / quantile - 1)).toBeLessThan(0.005));

  it.each([0, -3, NaN])("is infinite with %d", (freedom) => expect(studentT95(freedom)).toBe(Infinity));
});

describe("meanInterval", () => {
  it("is the mean and t times the standard error", () => {
    const { lower, upper } = meanInterval([8, 9, 10, 11, 12]);
    expect(lower).toBeCloseTo(10 - 2.776 * Math.sqrt(2.5 / 5), 2);
    expect(upper).toBeCloseTo(10 + 2.776 * Math.sqrt(2.5 / 5), 2);
  });

  it.each([[[]], [[5]]])("of %p is everything", (values) => expect(meanInterval(values)).toEqual({ lower: -Infinity, upper: Infinity }));

  it("of equal values is a point", () => expect(meanInterval([3, 3, 3])).toEqual({ lower: 3, upper: 3 }));
});

it("takes the unbiased variance", () => {
  expect(variance([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(32 / 7, 12);
  expect(variance([2])).toBe(0);
  expect(mean([1, 2, 6])).toBe(3);
});
