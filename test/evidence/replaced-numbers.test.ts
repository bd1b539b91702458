import { describe, expect, it } from "@jest/globals";
import { readers } from "../../src/evidence/formats/index.ts";
import type { Reading } from "../../src/shapes/measurements.ts";
import { fixtures, read, samples } from "./fixtures.ts";
import { notFigures, numberPlaces, replacedAt } from "./mutations.ts";
import { faultsOf } from "./soundness.ts";

const own = fixtures(readers.map(({ format }) => format)).map(({ name, format, bytes }) => ({ name, format, bytes, most: 40 }));
/** Files of the real tools, kept beside the project; numbers of documents are nobody's figures. */
const real = samples().flatMap(({ path, bytes }) => {
  const reading = read(bytes);
  return reading.ok && reading.kind !== "document" ? [{ name: path, format: reading.format, bytes, most: 12 }] : [];
});
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Where a replacement is what the format itself may hold, the figures that then are others. */
const legal: { formats: string[]; others: string[]; figures: string[] }[] = [
  {
    formats: [
      "deepeval",
      "inspect",
      "lm-evaluation-harness",
      "mlflow-run",
      "promptfoo",
      "hf-model-index",
      "metric-csv",
      "metric-json",
      "ragas",
    ],
    others: ["-1"],
    figures: ["value", "mean", "values"],
  },
  // A judgement that failed; a result that is text.
  { formats: ["ragas"], others: ["NaN", "null"], figures: ["metrics"] },
  { formats: ["hf-model-index"], others: ['"1"', "1e999", "{}"], figures: ["metrics"] },
  // A pause until somebody promotes, and one of a second; no budget.
  { formats: ["argo-rollouts"], others: ["null", '"1"'], figures: ["steps"] },
  { formats: ["litellm-config"], others: ["null"], figures: ["budgets"] },
];

function without(value: unknown, keys: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => without(inner, keys));
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (keys.includes(key) ? [] : [[key, without(inner, keys)]])));
}

describe("a number that is replaced", () => {
  it.each([...own, ...real])("in $name is refused with its place, or was not read", ({ name, format, bytes, most }) => {
    const text = textOf(bytes);
    const before = read(bytes);
    const faults: string[] = [];
    const figuresOf = (reading: Reading, left: string[]) => JSON.stringify(reading.ok ? without(reading.measurement, left) : null);
    for (const place of numberPlaces(name, text, most)) {
      for (const other of notFigures(name)) {
        const reading = read(replacedAt(text, place, other));
        const left = legal
          .filter(({ formats, others }) => formats.includes(format) && others.includes(other))
          .flatMap(({ figures }) => figures);
        const found = faultsOf(reading, true);
        if (reading.ok && figuresOf(reading, left) !== figuresOf(before, left)) found.push("the figures are others");
        faults.push(...found.map((fault) => `${other} for ${text.slice(place.start - 30, place.end)}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });

  it("is met in every file of a load test", () => {
    const loadTests = new Set(readers.filter(({ kinds }) => kinds.includes("load-test")).map(({ format }) => format));
    const without = own.filter(({ name, format, bytes }) => loadTests.has(format) && numberPlaces(name, textOf(bytes)).length === 0);
    expect(without).toEqual([]);
  });
});
