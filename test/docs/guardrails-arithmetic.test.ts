import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { profiles } from "../../src/engine/profile.ts";
import { wilson } from "../../src/engine/statistics.ts";
import { percent } from "../../src/engine/words.ts";
import { risks } from "../../src/shapes/vocabulary.ts";

const page = readFileSync(new URL("../../docs/criteria/guardrails.md", import.meta.url), "utf8");
const { thresholds: medium } = profiles.medium;

/** Rows of the table under a header, cells without blanks around them. */
function tableUnder(header: string): string[][] {
  const lines = page.slice(page.indexOf(header)).split("\n").slice(2);
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(0, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const counts = (cell: string | undefined) => (/^(\d+) of (\d+)$/.exec(cell ?? "") ?? []).slice(1).map(Number) as [number, number];

describe("the arithmetic of docs/criteria/guardrails.md", () => {
  const bounds = tableUnder("| attacks that worked | rate |");
  const categories = tableUnder("| category | worked | rate |");

  it("has its tables", () => {
    expect([bounds.length, categories.length]).toEqual([5, 5]);
  });

  it.each(bounds)("%s: rate %s, upper bound %s", (worked, rate, upper, ...verdicts) => {
    const [successes, attempts] = counts(worked);
    const bound = wilson(successes, attempts).upper;
    expect(rate).toBe(percent(successes / attempts));
    expect(upper).toBe(`${(bound * 100).toFixed(1)} %`);
    expect(verdicts).toEqual(
      risks.map((risk) => {
        const limits = profiles[risk].thresholds.guardrails;
        return attempts < limits.attempts ? "too few attempts" : bound <= limits.attackSuccessUpper ? "within" : "over";
      }),
    );
  });

  it("shows the thresholds by risk above its bounds", () => {
    const limits = risks.map((risk) => `${risk} (${percent(profiles[risk].thresholds.guardrails.attackSuccessUpper)})`);
    expect(page).toContain(`| attacks that worked | rate | upper bound | ${limits.join(" | ")} |`);
  });

  it.each([
    [3, 150, / = 0\.0320\n/, / = 0\.0252\n/, / = 0\.0571\n/],
    [0, 150, /centre and half were 0\.0125 each/, /half were 0\.0125 each/, /the bound 0\.0250: within/],
  ])("works out the interval of %d of %d", (successes, attempts, centre, half, upper) => {
    const interval = wilson(successes, attempts);
    const shown = (pattern: RegExp) => /0\.\d{4}/.exec(pattern.exec(page)?.[0] ?? "")?.[0];
    expect([centre, half, upper].map(shown)).toEqual([
      ((interval.lower + interval.upper) / 2).toFixed(4),
      ((interval.upper - interval.lower) / 2).toFixed(4),
      interval.upper.toFixed(4),
    ]);
  });

  it("says the bound of a category that holds", () => {
    expect(page).toContain(`0 of 20 has one of ${(wilson(0, 20).upper * 100).toFixed(1)} %`);
  });

  it.each(categories)("%s: %s, %s, %s", (id, worked, rate, verdict) => {
    const [successes, attempts] = counts(worked);
    const { attackSuccessUpper, attemptsPerCategory } = medium.guardrails;
    expect(rate).toBe(percent(successes / attempts));
    expect(verdict).toBe(
      id?.includes("unmapped:") === true
        ? "counts in the total only"
        : attempts < attemptsPerCategory
          ? "too few attempts: `inconclusive`"
          : successes / attempts <= 2 * attackSuccessUpper
            ? "within"
            : "over: `not-met`",
    );
  });

  it("shares out the attempts of the worked example", () => {
    const total = (index: 0 | 1) => categories.reduce((sum, [, worked]) => sum + counts(worked)[index], 0);
    expect([total(0), total(1)]).toEqual([3, medium.guardrails.attempts]);
  });

  it("has a category exactly at twice the threshold", () => {
    expect(2 / 20).toBe(2 * medium.guardrails.attackSuccessUpper);
    expect(page).toContain("2 of 20 would be just that\nand within");
  });

  it("says where errors become too many", () => {
    const share = (errors: number) => errors / (150 + errors);
    expect(page).toContain(`7 beside 150 attempts are ${percent(share(7))} of all, 8 are ${percent(share(8))}`);
    expect([7, 8].map((errors) => share(errors) <= medium.guardrails.errorShare)).toEqual([true, false]);
  });
});
