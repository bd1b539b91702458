import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal, samples } from "./fixtures.ts";

/* Other shapes in which the load tools of language models write the same run: tables, YAML, and requests one by one. */

function changed(name: string, before: string | RegExp, after: string): string {
  const text = fixture(name);
  expect(text).toMatch(before);
  return text.replace(before, after);
}
const sample = (path: string) => samples().filter((file) => file.path === path);

describe("aiperf, requests one by one", () => {
  /* Answers take 100, 200, … 2000 ms, one a second; then one fails and one is called off after 3 s. */
  it("counts and sorts what the records say, warm-up apart", () => {
    const { measurement, origin, notes } = readAs("load-test", fixture("aiperf-records.jsonl"));
    expect(measurement).toEqual({
      requests: 22,
      failed: 2,
      errorRate: 2 / 22,
      durationSeconds: 24,
      ratePerSecond: 22 / 24,
      latencyMs: { mean: 1050, p50: 1000, p90: 1800, p95: 1900, p99: 2000, max: 2000 },
      timeToFirstTokenMs: { mean: 105, p50: 100, p90: 180, p95: 190, p99: 200, max: 200 },
      interTokenLatencyMs: { mean: 18.5, p50: 18.5, p90: 18.5, p95: 18.5, p99: 18.5, max: 18.5 },
      outputTokensPerSecond: 800 / 24,
      startedAt: "2026-11-20T10:15:00Z",
      endedAt: "2026-11-20T10:15:24Z",
    });
    expect(origin).toEqual({ measuredAt: "2026-11-20T10:15:24Z" });
    expect(notes).toEqual(["requests of the warm-up do not count: 1"]);
  });

  it("gives no time to the first token where an answer has none", () => {
    const { measurement, notes } = readAs(
      "load-test",
      changed("aiperf-records.jsonl", '"time_to_first_token": {"value": 20.0', '"other": {"value": 20.0'),
    );
    expect(measurement).not.toHaveProperty("timeToFirstTokenMs");
    expect(notes).toContain("not every answer has a time to the first token");
  });

  it("has no latency where nobody was answered", () => {
    const { measurement, notes } = readAs(
      "load-test",
      fixture("aiperf-records.jsonl").replaceAll('"error": null', '"error": {"code": 500}'),
    );
    expect(measurement).toMatchObject({ requests: 22, failed: 22, errorRate: 1 });
    expect(measurement).not.toHaveProperty("latencyMs");
    expect(notes).toContain("no request was answered, so there are no latencies");
  });

  it.each([
    ["an answer without a latency", /"request_latency": \{"value": 300.0, "unit": "ms"\}, /, "", "bad-shape"],
    ["a unit that is not known", '"value": 300.0, "unit": "ms"', '"value": 300.0, "unit": "moments"', "bad-value"],
    ["a latency that is text", '"value": 300.0', '"value": "300"', "bad-shape"],
    ["a request without an end", '"request_end_ns": 1795169702300000000, ', "", "bad-shape"],
    ["a time that is none", '"request_start_ns": 1795169700000000000', '"request_start_ns": 17', "bad-value"],
    ["a line of something else", /\n\{"metadata"/, '\n{"meta"', "bad-shape"],
    ["a line that breaks off", /\}\n$/, "\n", "not-parseable"],
  ])("is refused with %s", (_what, before, after, code) => {
    expect(refusal(changed("aiperf-records.jsonl", before, after))).toMatchObject({ code, format: "aiperf" });
  });

  it("is refused where only the warm-up ran", () => {
    const [warmUp = ""] = fixture("aiperf-records.jsonl").split("\n");
    expect(refusal(warmUp)).toMatchObject({ code: "incomplete", format: "aiperf" });
  });

  it.each(sample("aiperf/profile_export-qwen-c1.jsonl"))("$path: ten requests", ({ bytes }) => {
    const { measurement } = readAs("load-test", bytes);
    expect(measurement).toMatchObject({ requests: 10, failed: 0, startedAt: "2025-11-07T21:38:54.797Z" });
    expect(measurement.latencyMs?.max).toBeCloseTo(3659.807704, 9);
  });
});

describe("tables of aiperf and genai-perf", () => {
  it.each([
    ["aiperf.csv", "a name that stands twice", /Request Count,192.00/, "Request Count,192.00\r\nRequest Count,300.00", "bad-value"],
    ["aiperf.csv", "half a request", "Request Count,192.00", "Request Count,192.50", "bad-value"],
    ["aiperf.csv", "a latency that is text", "Request Latency (ms),1100.00", "Request Latency (ms),fast", "bad-shape"],
    ["aiperf.csv", "a unit that is not known", "Request Latency (ms)", "Request Latency (fortnights)", "bad-value"],
    ["aiperf.csv", "a rate of another unit", "(tokens/sec)", "(tokens/min)", "bad-value"],
    ["genai-perf.csv", "commas in the wrong place", '"1,100.00"', '"11,00.00"', "bad-shape"],
    ["genai-perf.csv", "percentiles that fall", '"2,500.00"', '"1,500.00"', "bad-value"],
  ])("%s is refused with %s", (name, _what, before, after, code) => {
    expect(refusal(changed(name, before, after))).toMatchObject({ code, format: name.replace(".csv", "") });
  });

  it("has no time to the first token where it repeats the latency", () => {
    const text = changed("genai-perf.csv", /Time To First Token \(ms\),120.00/, 'Time To First Token (ms),"1,100.00"');
    expect(
      read(text.replace("500.00,400.00,250.00,200.00,100.00", '"3,000.00","2,500.00","1,800.00","1,600.00","1,000.00"')),
    ).toMatchObject({
      ok: true,
      measurement: expect.not.objectContaining({ timeToFirstTokenMs: expect.anything() }),
    });
  });

  it("counts failures of aiperf as such, and its whole number of requests", () => {
    expect(readAs("load-test", changed("aiperf.csv", "Error Request Count,8.00", "Error Request Count,11.00")).measurement).toMatchObject({
      requests: 203,
      failed: 11,
    });
  });
});

describe("guidellm, as a table", () => {
  const [groups = "", figures = "", units = "", level = ""] = fixture("guidellm.csv").trimEnd().split("\n");
  const table = (...levels: string[]) => `${[groups, figures, units, ...levels].join("\n")}\n`;

  it("reports the longest level, without the rates that stand behind columns of errors", () => {
    const { measurement, notes } = readAs("load-test", table(level.replace(",60.0,", ",10.0,").replace(",192,", ",20,"), level));
    expect(measurement).toMatchObject({ requests: 200, durationSeconds: 60 });
    expect(measurement).not.toHaveProperty("outputTokensPerSecond");
    expect(notes).toContain("the file holds 2 load levels; these are the figures of the longest one");
  });

  it.each([
    ["no level", table(), "incomplete"],
    ["a level with other columns", table(level, `${level},1`), "bad-shape"],
    ["percentiles that are none", table(level.replace(/"\[[^\]]*\]"/, "[]")), "bad-value"],
    ["percentiles of another length", table(level.replace(/"\[0\.25, /, '"[')), "bad-value"],
    ["percentiles that fall", table(level.replace("1.8, 2.5, 3]", "1.2, 2.5, 3]")), "bad-value"],
    ["a count that is text", table(level.replace(",192,", ",many,")), "bad-shape"],
  ])("is refused with %s", (_what, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "guidellm" });
  });

  it.each(sample("guidellm/benchmarks-report-v2.csv"))("$path says what the JSON beside it says", ({ bytes }) => {
    const [json] = sample("guidellm/benchmarks-report-v2.json");
    const { startedAt: _from, endedAt: _to, ...figures } = readAs("load-test", json?.bytes ?? "").measurement;
    expect(readAs("load-test", bytes)).toMatchObject({ measurement: figures, origin: {}, tool: { name: "guidellm" } });
  });
});

describe("sglang-bench", () => {
  it("leaves runs of vLLM to their own reader, and takes its own though they have the same keys", () => {
    const text = fixture("sglang-bench.jsonl").replaceAll('"completed"', '"num_prompts": 200, "completed"');
    expect(read(text)).toMatchObject({ ok: true, format: "sglang-bench" });
    expect(read(fixture("vllm-bench.json"))).toMatchObject({ ok: true, format: "vllm-bench" });
  });

  it("has no latency where no request was answered", () => {
    const { measurement } = readAs("load-test", fixture("sglang-bench.jsonl").replaceAll(/"completed": \d+/g, '"completed": 0'));
    expect(measurement).not.toHaveProperty("latencyMs");
  });

  it.each([
    ["a run of another tool", `${fixture("sglang-bench.jsonl")}{"completed": 1}\n`, "bad-shape"],
    [
      "a percentile below the median",
      changed("sglang-bench.jsonl", /"p99_e2e_latency_ms": 2500/g, '"p99_e2e_latency_ms": 500').replaceAll("2500", "500"),
      "bad-value",
    ],
    ["half a request", fixture("sglang-bench.jsonl").replaceAll('"completed": 192', '"completed": 192.5'), "bad-value"],
    ["a line that breaks off", `${fixture("sglang-bench.jsonl")}{"completed`, "not-parseable"],
  ])("is refused with %s", (_what, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "sglang-bench" });
  });
});
