import { describe, expect, it } from "@jest/globals";
import { readers } from "../../src/evidence/index.ts";
import { fixtures, read, samples } from "./fixtures.ts";
import { unsound } from "./soundness.ts";

const formats = readers.map(({ format }) => format);
const own = fixtures(formats);
const foreign = samples().map(({ path, bytes }) => ({ name: path, bytes }));
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const isMarkup = (text: string) => /^\s*(?:\{\s*"|<\?xml|<test)/.test(text) && !/^\{.*\}\n\{/.test(text);

describe("every reader on every file", () => {
  it.each([...own, ...foreign])("takes $name, or refuses it, and never throws", ({ bytes }) => {
    expect(unsound(bytes)).toEqual([]);
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
        expect(unsound(cut)).toEqual([]);
        if (isMarkup(whole)) expect(read(cut).ok).toBe(false);
      }
    },
  );
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
    expect(unsound(text)).toEqual([]);
  });
});
