import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { percents } from "../../src/engine/limits.ts";
import { mean, meanInterval, studentT95, variance, wilson, Z95 } from "../../src/engine/statistics.ts";
import { figure, percent } from "../../src/engine/words.ts";

/* The figures of the worked examples, recomputed with the functions that judge. */

const page = (id: string) => readFileSync(new URL(`../../docs/criteria/${id}.md`, import.meta.url), "utf8");
const four = (value: number) => value.toFixed(4);

/** Every row of a table that says `k of n`, with the cells behind it. */
function rowsOf(text: string): { passed: number; n: number; cells: string[] }[] {
  return text.split("\n").flatMap((line) => {
    const found = /(\d+) of (\d+)[^|]*\|(.*)\|$/.exec(line);
    return found === null || !line.startsWith("|")
      ? []
      : [{ passed: Number(found[1]), n: Number(found[2]), cells: (found[3] ?? "").split("|").map((cell) => cell.trim()) }];
  });
}

describe.each([
  ["pilot-performance", 184, 200],
  ["user-satisfaction", 84, 100],
] as const)("%s", (id, passed, n) => {
  const text = page(id);

  it(`counts ${passed} of ${n} step by step`, () => {
    const [p, z2] = [passed / n, Z95 * Z95];
    const [centre, scale] = [p + z2 / (2 * n), 1 + z2 / n];
    const [inner, correction] = [p * (1 - p), z2 / (4 * n)];
    const half = Z95 * Math.sqrt((inner + correction) / n);
    const { lower, upper } = wilson(passed, n);
    expect((centre - half) / scale).toBeCloseTo(lower, 12);
    expect(text).toContain(`p = ${passed} / ${n} = ${four(p)}`);
    expect(text).toContain(`p + z² / 2n = ${four(p)} + ${four(z2)} / ${2 * n} = ${four(centre)}`);
    expect(text).toContain(`${Z95} × sqrt((${four(inner)} + ${four(correction)}) / ${n}) = ${four(half)}`);
    expect(text).toContain(`(${four(centre)} - ${four(half)}) / ${four(scale)} = ${four(lower)}`);
    if (text.includes("upper bound  (")) expect(text).toContain(`(${four(centre)} + ${four(half)}) / ${four(scale)} = ${four(upper)}`);
  });

  it("has tables that hold", () => {
    const rows = rowsOf(text);
    expect(rows.length).toBeGreaterThan(3);
    for (const { passed: k, n: of, cells } of rows) {
      const { lower, upper } = wilson(k, of);
      const [share, bound, second = ""] = cells;
      expect([k, share]).toEqual([k, percent(k / of)]);
      if (bound !== "not used") expect([k, bound]).toEqual([k, percent(lower)]);
      if (second.endsWith("%")) expect([k, second]).toEqual([k, percent(upper)]);
    }
  });
});

it("pilot-performance judges the strata of its table as it says", () => {
  for (const { passed, n, cells } of rowsOf(page("pilot-performance")).filter(({ cells }) => cells.length > 3)) {
    const { lower, upper } = wilson(passed, n);
    const said = cells.at(-1)?.split(/[,:]/)[0];
    expect([passed, said]).toEqual([passed, lower >= 0.8 ? "met" : upper < 0.8 ? "not met" : "inconclusive"]);
  }
});

it("user-satisfaction counts a small cohort by the observed share", () => {
  const text = page("user-satisfaction");
  expect(text).toContain(`response rate  100 / 400 = ${percent(100 / 400)}`);
  expect(text).toContain(`32 answered, ${percent(32 / 50)}`);
  expect(text).toContain(`24 / 32 = ${percent(24 / 32)}, although its lower bound is only ${percents(wilson(24, 32).lower, 0.75)[0]}`);
});

describe("business-impact", () => {
  const text = page("business-impact");
  const days = (one: number, other: number) => [...Array.from({ length: 10 }, () => one), ...Array.from({ length: 10 }, () => other)];

  it("moves the mean of twenty days", () => {
    const values = days(8.3, 7.9);
    const { lower, upper } = meanInterval(values);
    const deviation = Math.sqrt(variance(values));
    const change = (bound: number) => figure(((9.3 - bound) / 9.3) * 100);
    expect(text).toContain(`mean                 ${mean(values).toFixed(3)}, standard deviation ${four(deviation)}`);
    expect(text).toContain(`Student's t          ${studentT95(19).toFixed(3)} with 19 degrees of freedom`);
    expect(text).toContain(`${studentT95(19).toFixed(3)} × ${four(deviation)} / sqrt(20) = ${four((upper - lower) / 2)}`);
    expect(text).toContain(`interval             ${lower.toFixed(3)} to ${upper.toFixed(3)}, all of it below 9.3`);
    expect(text).toContain(`better by ${change(mean(values))} % (${change(upper)} to ${change(lower)} %)`);
    expect(lower < 8.15 && 8.15 < upper && mean(values) < 8.15).toBe(true);
    expect(lower).toBeGreaterThan(7.9);
  });

  it("holds the unit cost against the plan", () => {
    const values = days(1.2, 1);
    const { lower, upper } = meanInterval(values);
    expect(text).toContain(
      `mean ${mean(values).toFixed(3)}, interval ${lower.toFixed(3)} to ${upper.toFixed(3)}, at most 1.00 × 1.2 = 1.20: within`,
    );
    expect(upper).toBeLessThanOrEqual(1.2);
  });
});
