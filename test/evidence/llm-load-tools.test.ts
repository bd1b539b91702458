import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const latencyMs = { mean: 1100, p50: 1000, p90: 1600, p95: 1800, p99: 2500, max: 3000 };
const timeToFirstTokenMs = { mean: 120, p50: 100, p90: 200, p95: 250, p99: 400, max: 500 };
const interTokenLatencyMs = { mean: 20, p50: 18, p90: 30, p95: 35, p99: 60, max: 90 };
const times = { startedAt: "2026-11-20T10:15:00Z", endedAt: "2026-11-20T10:16:00Z" };
const counts = { requests: 200, failed: 8, errorRate: 0.04 };
const rate = { durationSeconds: 60, ratePerSecond: 200 / 60 };
const tokens = { outputTokensPerSecond: 160, totalTokensPerSecond: 480 };
const successesOnly = "the rate is the tool's own figure and counts only requests that succeeded";

const vllm = {
  ...counts,
  ...rate,
  ...tokens,
  latencyMs: { mean: 1100, p50: 1000, p95: 1800, p99: 2500 },
  timeToFirstTokenMs: { mean: 120, p50: 100, p95: 250, p99: 400 },
  interTokenLatencyMs: { mean: 20, p50: 18, p95: 35, p99: 60 },
};
const latencies = { latencyMs, timeToFirstTokenMs, interTokenLatencyMs };
const noZone = "the file has no time with a zone";
const cutOff = "requests cut off at the end count neither as good nor as failed: 3";

/* All of the files hold the same run: 200 requests in 60 seconds, 8 of them failed. */
const readings: [name: string, measurement: object, measuredAt: string | undefined, notes: string[]][] = [
  ["vllm-bench.json", vllm, undefined, [noZone]],
  [
    "vllm-bench-appended.jsonl",
    vllm,
    undefined,
    ["the file holds 3 load levels; these are the figures of the longest one", "the file has no time with a zone"],
  ],
  [
    "genai-perf.json",
    { ratePerSecond: 3.2, outputTokensPerSecond: 160, ...latencies },
    undefined,
    ["the file does not say how many requests failed", successesOnly],
  ],
  ["aiperf.json", { ...counts, ...rate, outputTokensPerSecond: 160, ...latencies, ...times }, times.endedAt, []],
  [
    "guidellm.json",
    { ...counts, ...rate, ...tokens, ...latencies, ...times },
    times.endedAt,
    ["the file holds 2 load levels; these are the figures of the longest one", cutOff],
  ],
  [
    "aiperf.csv",
    { ...counts, ...rate, outputTokensPerSecond: 160, ...latencies, ...times },
    times.endedAt,
    ["the file does not say whether the run was cancelled"],
  ],
  [
    "genai-perf.csv",
    { requests: 192, ratePerSecond: 3.2, outputTokensPerSecond: 160, ...latencies },
    undefined,
    ["the file does not say how many requests failed", successesOnly],
  ],
  ["guidellm.csv", { ...counts, ...rate, ...tokens, ...latencies }, undefined, [cutOff, noZone]],
  ["guidellm.yaml", { ...counts, ...rate, ...tokens, ...latencies, ...times }, times.endedAt, [cutOff]],
  [
    "sglang-bench.jsonl",
    {
      durationSeconds: 60,
      ratePerSecond: 3.2,
      ...tokens,
      latencyMs: { mean: 1100, p50: 1000, p99: 2500 },
      timeToFirstTokenMs: { mean: 120, p50: 100, p99: 400 },
      interTokenLatencyMs: { mean: 20, p50: 18, p99: 60 },
    },
    undefined,
    [
      "unconfirmed: built from the tool's documentation",
      "the file holds 2 load levels; these are the figures of the longest one",
      "the file does not say how many requests failed",
      successesOnly,
      "no p95 in the file; p99 stands in",
      noZone,
    ],
  ],
  ["guidellm-v1.json", { ...counts, ...rate, ...tokens, ...latencies, ...times }, times.endedAt, [cutOff]],
  ["llmperf.json", { ...counts, ratePerSecond: 3.2, outputTokensPerSecond: 160, ...latencies }, times.endedAt, [successesOnly]],
  ["inference-perf.json", { ...counts, ratePerSecond: 3.2, ...tokens, ...latencies }, undefined, [successesOnly]],
];

/** Files with several load levels: each is a stage, and the longest gives the figures above. */
const levels: Record<string, number> = { "vllm-bench-appended.jsonl": 3, "guidellm.json": 2, "sglang-bench.jsonl": 2 };

/** Twelve digits, so that milliseconds that were seconds compare. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(12));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}

function changed(name: string, before: string | RegExp, after: string): string {
  const text = fixture(name);
  expect(text).toMatch(before);
  return text.replace(before, after);
}

describe("files of load tests of language models", () => {
  it.each(readings)("%s", (name, measurement, measuredAt, notes) => {
    const reading = readAs("load-test", fixture(name));
    const { stages = [], ...figures } = reading.measurement;
    expect(rounded(figures)).toEqual(rounded(measurement));
    expect(stages.length).toBe(levels[name] ?? 0);
    if (stages.length > 0) expect(stages.toSorted((a, b) => (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0))[0]).toEqual(figures);
    expect(reading.origin).toEqual(measuredAt === undefined ? {} : { measuredAt });
    expect(reading.notes).toEqual(notes);
  });
});

describe("where all requests failed", () => {
  it.each([
    ["vllm-bench.json", /"completed": 192,\s+"failed": 8/, '"completed": 0, "failed": 200'],
    ["aiperf.json", /"avg": 192.0/, '"avg": 0'],
    ["guidellm-v1.json", /"successful": 192/, '"successful": 0'],
    ["inference-perf.json", /"count": 192/, '"count": 0'],
  ])("%s has no latency, whatever zeros the file holds", (name, before, after) => {
    const { measurement, notes } = readAs("load-test", changed(name, before, after));
    expect(measurement.errorRate).toBe(1);
    expect(measurement).not.toHaveProperty("latencyMs");
    expect(measurement).not.toHaveProperty("timeToFirstTokenMs");
    expect(notes).toContain("no request was answered, so there are no latencies");
  });

  it("llmperf has no latency either", () => {
    const text = changed("llmperf.json", '"results_num_completed_requests": 192', '"results_num_completed_requests": 0')
      .replace('"results_error_rate": 0.04', '"results_error_rate": 1')
      .replace('"results_number_errors": 8', '"results_number_errors": 200');
    expect(readAs("load-test", text).measurement).not.toHaveProperty("latencyMs");
  });
});

describe("vllm-bench", () => {
  it("takes prompts that were not completed for failed in older files", () => {
    expect(readAs("load-test", changed("vllm-bench.json", '"failed": 8,', "")).measurement).toMatchObject(counts);
  });

  it("has no times of tokens where all of them are 0", () => {
    const text = fixture("vllm-bench.json").replaceAll(/("(?:mean|median|p95|p99)_(?:ttft|itl)_ms": )\d+/g, "$10");
    const { measurement } = readAs("load-test", text);
    expect(measurement).not.toHaveProperty("timeToFirstTokenMs");
    expect(measurement).not.toHaveProperty("interTokenLatencyMs");
  });

  it("says what is missing by default", () => {
    const text = fixture("vllm-bench.json").replaceAll(/^ {2}"(?:\w+_e2el_ms|p95_\w+_ms)": .*\n/gm, "");
    expect(readAs("load-test", text.replace(/,\s*\}\s*$/, "}")).notes).toEqual([
      "the file has no time with a zone",
      "no latency of whole requests; add e2el to --percentile-metrics",
      "no p95 in the file; p99 stands in",
    ]);
  });

  it("takes a date with a zone", () => {
    const text = changed("vllm-bench.json", "20261120-101600", "2026-11-20T10:16:00+00:00");
    expect(readAs("load-test", text).origin).toEqual({ measuredAt: "2026-11-20T10:16:00Z" });
  });

  it("refuses lines that are not all runs", () => {
    expect(refusal(`${fixture("vllm-bench-appended.jsonl")}{"completed": 1}\n`)).toMatchObject({ code: "bad-shape", format: "vllm-bench" });
    expect(refusal(`${fixture("vllm-bench-appended.jsonl")}{"completed`)).toMatchObject({ code: "not-parseable", line: 4 });
  });
});

describe("genai-perf and aiperf", () => {
  it("believes a time to the first token of streaming runs only", () => {
    for (const [name, before] of [["genai-perf.json", '"streaming": true'] as const, ["aiperf.json", '"streaming": true'] as const]) {
      const { measurement } = readAs("load-test", changed(name, before, '"streaming": false'));
      expect(measurement).toHaveProperty("latencyMs");
      expect(measurement).not.toHaveProperty("timeToFirstTokenMs");
    }
  });

  it("trusts the unit, and figures as text where all of them are", () => {
    const text = fixture("genai-perf.json")
      .replaceAll(/"(avg|p50|p90|p95|p99|max)": (\d+(?:\.\d+)?)/g, '"$1": "$2000000"')
      .replaceAll('"unit": "ms"', '"unit": "ns"')
      .replace('"3.2000000"', '"3.2"')
      .replace('"160000000"', '"160"');
    expect(rounded(readAs("load-test", text).measurement)).toEqual(
      rounded({ ratePerSecond: 3.2, outputTokensPerSecond: 160, ...latencies }),
    );
  });

  it("counts requests where the file does", () => {
    const text = changed("genai-perf.json", "{", '{ "request_count": { "unit": "count", "avg": 192 },');
    expect(readAs("load-test", text).measurement.requests).toBe(192);
    expect(refusal(text.replace("192", "192.5"))).toMatchObject({ code: "bad-value" });
  });
});

describe("what is refused", () => {
  it.each([
    ["vllm-bench.json", "more completed than asked", '"completed": 192,\n  "failed": 8', '"completed": 300', "bad-value"],
    ["vllm-bench.json", "percentiles that fall", '"p95_e2el_ms": 1800', '"p95_e2el_ms": 900', "bad-value"],
    ["genai-perf.json", "a unit that is not known", '"unit": "ms"', '"unit": "fortnights"', "bad-value"],
    ["aiperf.json", "a cancelled run", '"was_cancelled": false', '"was_cancelled": true', "incomplete"],
    ["aiperf.json", "half a request", '"avg": 8.0', '"avg": 8.5', "bad-value"],
    ["aiperf.json", "a rate of another unit", '"unit": "tokens/sec"', '"unit": "tokens/min"', "bad-value"],
    ["guidellm.json", "a time that is none", '"start_time": 1795169700', '"start_time": 17', "bad-value"],
    ["guidellm-v1.json", "percentiles that fall", '"p95": 1.8', '"p95": 0.5', "bad-value"],
    ["llmperf.json", "a share in percent", '"results_error_rate": 0.04', '"results_error_rate": 4', "bad-value"],
    ["llmperf.json", "more ended than started", '"results_num_requests_started": 200', '"results_num_requests_started": 199', "bad-value"],
    ["inference-perf.json", "text for a count", '"count": 8', '"count": "8"', "bad-shape"],
  ])("%s: %s", (name, _what, before, after, code) => {
    expect(refusal(changed(name, before, after))).toMatchObject({ code, format: name.replace(/(?:-v1)?\.json$/, "") });
  });
});

describe("guidellm", () => {
  it("reads a newer version whose shape fits, and refuses others by name", () => {
    const newer = changed("guidellm.json", '"version": 2', '"version": 3');
    expect(readAs("load-test", newer).measurement).toMatchObject(counts);
    expect(refusal(newer.replaceAll('"request_totals"', '"totals"'))).toMatchObject({ code: "unsupported-version", format: "guidellm" });
    expect(refusal(fixture("guidellm.json").replaceAll('"request_totals"', '"totals"'))).toMatchObject({ code: "bad-shape" });
  });
});

describe("inference-perf", () => {
  it("says where the generator was too slow for the load", () => {
    const { notes } = readAs("load-test", changed("inference-perf.json", '"mean": 0.002', '"mean": 12.5'));
    expect(notes).toContain("the generator fell behind its schedule: the load was less than planned");
  });
});
