import type { CriterionId } from "./vocabulary.ts";

interface FrameworkNumber {
  value: number;
  words: string;
}

/** The framework's own numbers, defaults at every risk. A policy that deviates is obeyed, and every output lists the deviation. */
export const frameworkNumbers = {
  "load-test": { multiple: { value: 2, words: "times the expected peak" } },
  "vendor-terms": { quotaMultiple: { value: 2, words: "times the expected peak as vendor quota" } },
  "canary-stability": {
    hours: { value: 72, words: "hours of canary" },
    trafficPercent: { value: 10, words: "percent of the traffic" },
    criticalAlerts: { value: 0, words: "critical alerts in the window" },
  },
} as const satisfies Partial<Record<CriterionId, Record<string, FrameworkNumber>>>;

/** The framework's numbers for one criterion, by threshold; empty where it states none. */
export function frameworkNumbersOf(id: CriterionId): Readonly<Record<string, FrameworkNumber>> {
  const numbers: Partial<Record<CriterionId, Record<string, FrameworkNumber>>> = frameworkNumbers;
  return numbers[id] ?? {};
}
