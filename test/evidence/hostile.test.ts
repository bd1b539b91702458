import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { readers } from "../../src/evidence/index.ts";
import type { Reading } from "../../src/shapes/measurements.ts";
import { fixtures, read, samples } from "./fixtures.ts";
import { notFigures, numberPlaces, replacedAt } from "./mutations.ts";
import { askEveryReader, faultsOf } from "./soundness.ts";

const formats = readers.map(({ format }) => format);
const own = fixtures(formats);
const foreign = samples().map(({ path, bytes }) => ({ name: path, bytes }));
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const isMarkup = (text: string) => /^\s*(?:\{\s*"|<\?xml|<test)/.test(text) && !/^\{.*\}\n\{/.test(text);

/** Their refusals name no place yet. */
const unplaced: ReadonlySet<string> = new Set(["inspect", "jtl", "mlflow-run"]);

function expectSound(input: Uint8Array | string): void {
  const answers = askEveryReader(typeof input === "string" ? new TextEncoder().encode(input) : input);
  const faults = answers.flatMap(({ format, recognised, said }) =>
    faultsOf(said, recognised && !unplaced.has(format)).map((fault) => `${format}: ${fault}`),
  );
  expect(faults).toEqual([]);
}

describe("every reader on every file", () => {
  it.each([...own, ...foreign])("takes $name, or refuses it, and never throws", ({ bytes }) => {
    expectSound(bytes);
  });

  it("leaves to no reader a file that another tool wrote", () => {
    const known = new Set([
      "ab",
      "adr",
      "aiperf",
      "argo-rollouts",
      "artillery",
      "alertmanager",
      "autocannon",
      "azure-redteam",
      "business-metrics",
      "csat",
      "flagger",
      "gateway-api",
      "gatling",
      "genai-perf",
      "cyclonedx",
      "deepeval",
      "garak",
      "grafana",
      "guidellm",
      "hey",
      "hf-model-card",
      "inference-perf",
      "jmeter",
      "junit",
      "k6",
      "litellm",
      "llmperf",
      "locust",
      "oha",
      "inspect",
      "lm-eval",
      "openslo",
      "otel-collector",
      "prometheus",
      "prometheus-operator",
      "promptfoo",
      "pyrra",
      "ragas",
      "sloth",
      "vegeta",
      "vllm-bench-serve",
      "wrk",
      "README.md",
    ]);
    const misread = [...own.map(({ name, bytes }) => ({ name: `own/${name}`, bytes })), ...foreign]
      .filter(({ name }) => !name.startsWith("own/") && !known.has(name.split("/")[0] ?? ""))
      .flatMap(({ name, bytes }) => {
        const reading = read(bytes);
        return reading.ok ? [`${name} as ${reading.format}`] : [];
      });
    expect(misread).toEqual([]);
  });
});

describe("a file that is cut", () => {
  it.each([...own, ...foreign.filter(({ bytes }) => read(bytes).ok)])(
    "at every twentieth of $name never throws, and is refused where the end shows it",
    ({ bytes }) => {
      const whole = textOf(bytes).trimEnd();
      for (let part = 1; part < 20; part += 1) {
        const cut = bytes.subarray(0, Math.floor((whole.length * part) / 20));
        expectSound(cut);
        if (isMarkup(whole)) expect(read(cut).ok).toBe(false);
      }
    },
  );
});

/** Where a replacement is what the format itself may hold, the figures that then are others. */
const legal: { formats: string[]; others: string[]; figures: string[] }[] = [
  {
    formats: ["deepeval", "inspect", "lm-evaluation-harness", "mlflow-run", "promptfoo", "hf-model-index", "metric-csv", "ragas"],
    others: ["-1"],
    figures: ["value", "mean", "values"],
  },
  // A judgement that failed; a result that is text.
  { formats: ["ragas"], others: ["NaN", "null"], figures: ["metrics"] },
  { formats: ["hf-model-index"], others: ['"1"', "1e999", "{}"], figures: ["metrics"] },
];

function without(value: unknown, keys: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => without(inner, keys));
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (keys.includes(key) ? [] : [[key, without(inner, keys)]])));
}

describe("a number that is replaced", () => {
  it.each(own)("in $name is refused with its place, or was not read", ({ name, format, bytes }) => {
    const text = textOf(bytes);
    const before = read(bytes);
    const faults: string[] = [];
    const figuresOf = (reading: Reading, left: string[]) => JSON.stringify(reading.ok ? without(reading.measurement, left) : null);
    for (const place of numberPlaces(name, text, 40)) {
      for (const other of notFigures(name)) {
        const reading = read(replacedAt(text, place, other));
        const left = legal
          .filter(({ formats, others }) => formats.includes(format) && others.includes(other))
          .flatMap(({ figures }) => figures);
        const found = faultsOf(reading, !unplaced.has(format));
        if (reading.ok && figuresOf(reading, left) !== figuresOf(before, left)) found.push("the figures are others");
        faults.push(...found.map((fault) => `${other} for ${text.slice(place.start - 30, place.end)}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });

  it("is met in most of the files", () => {
    const without = own.filter(({ name, bytes }) => numberPlaces(name, textOf(bytes)).length === 0).map(({ format }) => format);
    expect(new Set(without).size).toBeLessThan(formats.length / 4);
  });
});

describe("input without measure", () => {
  const many = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index)).join("");
  it.each([
    ["levels of JSON", "[".repeat(100_000)],
    ["levels of YAML", `a: ${"[".repeat(100_000)}`],
    ["levels of block YAML", many(1200, (index) => `${" ".repeat(index)}a:\n`)],
    ["levels of XML", "<testsuite>".repeat(100_000)],
    ["levels of quotes", `# a\n${"> ".repeat(200_000)}x`],
    ["levels of lists", `# a\n${"- ".repeat(200_000)}x`],
    ["keys of JSON", `{${many(1_000_000, (index) => `"k${index}":1,`)}"a":1}`],
    ["keys of YAML", many(60_000, (index) => `k${index}: 1\n`)],
    ["keys of front matter", `---\n${many(40_000, (index) => `k${index}: 1\n`)}---\n# a\n`],
    ["headings", "# a\n".repeat(100_000)],
    ["stars in a title", `# x${"* ".repeat(200_000)}x`],
    ["an open brace", `# a\n{${"a".repeat(500_000)}`],
    ["open braces", `# a\n${"{a".repeat(250_000)}`],
    ["open comments", `# a\n${"<!--".repeat(100_000)}`],
    ["comments before a heading", `${"<!-- ".repeat(10_000)}\n# a\n`],
    ["ticks", `# a\n${"`a".repeat(200_000)}`],
    ["blanks", `# a\n${" ".repeat(500_000)}x`],
    ["a long line", "a".repeat(5_000_000)],
    ["a long line of blanks before a table", `${" ".repeat(60_000)}\na,b\n1,2`],
    ["a long column name", `${"_".repeat(60_000)},score\n1,2`],
    ["quotes in a header", `${'"'.repeat(60_001)},b\n1,2`],
    ["a cell without end", `date,metric,value\n2026-11-01,"${"x".repeat(2_000_000)}`],
    ["digits", `date,metric,value\n2026-11-01,a,${"1".repeat(500_000)}x\n`],
    ["entries of a load test", `[${many(150_000, () => '{"num_requests":1,"response_times":{}},')}{}]`],
    ["levels of a load test", `{"benchmarks":[{"metrics":{"requests_per_second":{}}}${",{}".repeat(150_000)}]}`],
    ["lines of a report", `Running 5s test @ x\n${"  1 requests in 1s, 1B read\n".repeat(200_000)}`],
    ["columns", `${many(2000, (index) => `c${index},`)}date\n`],
    ["attributes", `<testsuite ${many(50_000, (index) => `a${index}="1" `)}/>`],
    ["ampersands", `<testsuite>${"&".repeat(500_000)}`],
    ["documents of YAML", "---\n".repeat(100_000)],
    ["question marks of YAML", "? ".repeat(100_000)],
    ["colons of YAML", "a: ".repeat(100_000)],
    ["an open quote in YAML", `a: "${"x ".repeat(200_000)}`],
    ["blank lines of a log", `{"time":"x","request_id":"y"}\n${"\n".repeat(1_000_000)}`],
  ])("is borne: %s", (_name, text) => {
    expectSound(text);
  });
});

describe("anything at all", () => {
  it("as bytes never makes a reader throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectSound(bytes)),
      { seed: 7, numRuns: 300 },
    );
  });

  it("as text never makes a reader throw", () => {
    const pieces = fc.constantFrom(
      "---\n",
      "a: 1\n",
      "- ",
      "# T\n",
      "\n",
      ",",
      ";",
      "date",
      "score",
      "metric",
      "value",
      "{",
      "}",
      '"',
      "<a>",
      "</a>",
      ": ",
      "*a",
      "&a ",
      "TODO",
      ">",
      "|",
      "1",
      "-1",
      "2026-11-01",
      "\t",
      "\r\n",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => expectSound(parts.join(""))),
      { seed: 7, numRuns: 1000 },
    );
  });

  it("as JSON never makes a reader throw", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => expectSound(text)),
      { seed: 7, numRuns: 300 },
    );
  });

  const values = own
    .filter(({ name }) => name.endsWith(".json"))
    .map(({ name, bytes }) => ({ name, value: JSON.parse(textOf(bytes)) as unknown }));
  it.each(values)("in one place of $name never makes a reader throw, nor an unsound figure", ({ value }) => {
    const places = placesIn(value, []);
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.double({ noNaN: true }), fc.integer()),
        (place, other) => {
          expectSound(JSON.stringify(replaced(value, place, other)));
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});

function placesIn(value: unknown, path: string[]): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.map((inner: unknown, index) => (String(index) === key ? replaced(inner, rest, other) : inner));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: replaced(record[key], rest, other) };
}
