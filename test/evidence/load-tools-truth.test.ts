import { describe, expect, it } from "@jest/globals";
import type { LoadTest } from "../../src/shapes/measurements.ts";
import { fixture, read, refusal, samples } from "./fixtures.ts";

/* Figures that were got from files of the real tools by other means than our readers. Every figure of a file is compared, or named here
   as one that no measurement holds. */

type Figure = (run: LoadTest) => number | string | undefined;

const requests: Figure = (run) => run.requests;
const failed: Figure = (run) => run.failed;
const errorRate: Figure = (run) => run.errorRate;
const rate: Figure = (run) => run.ratePerSecond;
const seconds: Figure = (run) => run.durationSeconds;
const start: Figure = (run) => run.startedAt;
const end: Figure = (run) => run.endedAt;
const startEpoch: Figure = (run) => Date.parse(run.startedAt ?? "");
const endEpoch: Figure = (run) => Date.parse(run.endedAt ?? "");
const good: Figure = (run) => (run.requests ?? 0) - (run.failed ?? 0);
const mean: Figure = (run) => run.latencyMs?.mean;
const p50: Figure = (run) => run.latencyMs?.p50;
const p90: Figure = (run) => run.latencyMs?.p90;
const p95: Figure = (run) => run.latencyMs?.p95;
const p99: Figure = (run) => run.latencyMs?.p99;

function inSeconds(figure: Figure): Figure {
  return (run) => Number(figure(run)) / 1000;
}

const figures: Record<string, Figure> = {
  requests,
  samples: requests,
  top_level_samples: requests,
  "requests=sum(statusCodeDistribution)": requests,
  failed,
  failures: failed,
  ko: failed,
  non2xx: failed,
  non2xx_or_3xx: failed,
  socket_errors: (run) => (run.failed === 0 ? 0 : undefined),
  http_4xx_5xx: failed,
  "Non-2xx responses": failed,
  error_rate: errorRate,
  "error_rate=1-success": errorRate,
  success_ratio: (run) => 1 - (run.errorRate ?? 0),
  "ok by status_codes (2xx-3xx)": good,
  mean_rps: rate,
  "rate_rps(sent)": rate,
  throughput_rps: rate,
  "mean_rps(requests/(lastMetricAt-firstMetricAt))": rate,
  duration_s: seconds,
  start,
  end,
  start_ms: startEpoch,
  end_ms: endEpoch,
  start_epoch_s: (run) => Number(startEpoch(run)) / 1000,
  last_epoch_s: (run) => Number(endEpoch(run)) / 1000,
  mean_ms: mean,
  p50_ms: p50,
  p90_ms: p90,
  p95_ms: p95,
  p99_ms: p99,
  "p90_ms(pct1)": p90,
  "p95_ms(pct2)": p95,
  "p99_ms(pct3)": p99,
  "p95_ms(nearest-rank)": p95,
  "p95_ms(from histogram)": p95,
  p95_latency_ms: p95,
  p99_latency_ms: p99,
  request_latency_p95_s: inSeconds(p95),
  e2e_p95_s: inSeconds(p95),
  mean_ttft_ms: (run) => run.timeToFirstTokenMs?.mean,
  ttft_mean_s: inSeconds((run) => run.timeToFirstTokenMs?.mean),
  ttft_p95_ms: (run) => run.timeToFirstTokenMs?.p95,
  ttft_p95_s: inSeconds((run) => run.timeToFirstTokenMs?.p95),
  p99_ttft_ms: (run) => run.timeToFirstTokenMs?.p99,
  output_tok_per_s: (run) => run.outputTokensPerSecond,
  out_tok_s: (run) => run.outputTokensPerSecond,
};

const absent: Figure = (run) => run.timeToFirstTokenMs?.mean ?? run.outputTokensPerSecond ?? 0;

/** By file: figures that mean something else than ours, or that the file alone has. */
const others: Record<string, Record<string, Figure | "not measured">> = {
  ab: { "Failed requests": "not measured" },
  aiperf: {
    schema_version: "not measured",
    aiperf_version: "not measured",
    request_count: good,
    error_request_count: failed,
    request_throughput_rps: rate,
    benchmark_duration_s: seconds,
    was_cancelled: "not measured",
    // Local time without a zone.
    start: "not measured",
    end: "not measured",
  },
  artillery: {
    responses: "not measured",
    "errors.*": "not measured",
    vusers_created: "not measured",
    vusers_failed: "not measured",
    "reported http.request_rate": "not measured",
  },
  "gatling/index.html": {
    ok: good,
    ko_pct: (run) => Math.round(10_000 * (run.errorRate ?? 0)) / 100,
    // The page's duration is cut to whole seconds: its own rate is that of 255 seconds.
    mean_rps: (run) => ((run.ratePerSecond ?? 0) * (run.durationSeconds ?? 0)) / ((run.durationSeconds ?? 0) + 1),
    // A list, compared below.
    "min,p50,p75,p95,p99,max,mean,std (ms)": "not measured",
    info: "not measured",
  },
  gatling: { p75_ms: "not measured", timestamps: "not measured" },
  "genai-perf": {
    request_throughput_rps: rate,
    request_count: "not measured",
    timestamps: "not measured",
    errors: "not measured",
    concurrency: "not measured",
    streaming: "not measured",
  },
  guidellm: {
    report_version: "not measured",
    guidellm_version: "not measured",
    benchmarks: "not measured",
    strategy: "not measured",
    rate: "not measured",
    successful: good,
    errored: failed,
    incomplete: "not measured",
    "error_rate=errored/(successful+errored)": errorRate,
    rps_successful_mean: (run) => Number(good(run)) / (run.durationSeconds ?? 0),
    output_tok_s_mean: (run) => run.outputTokensPerSecond,
  },
  "inference-perf": { count: requests, success: good, rps: rate, keys: "not measured", requested_rate: "not measured" },
  hey: { timestamps: "not measured", last_offset_s: "not measured" },
  "jmeter/dashboard-statistics.json": { errors: failed, "errorPct(0-100)": (run) => 100 * (run.errorRate ?? 0) },
  // Ten of the sixty rows are transactions, all failed, which sum up the others: the truth counts them with the samples.
  "jmeter/jtl-with-header.csv": {
    samples: (run) => (run.requests ?? 0) + 10,
    failed: (run) => (run.failed ?? 0) + 10,
    error_rate: (run) => ((run.failed ?? 0) + 10) / ((run.requests ?? 0) + 10),
    start_ms: "not measured",
    duration_s: "not measured",
    mean_rps: "not measured",
    "p95_ms(nearest-rank)": "not measured",
    mean_ms: "not measured",
    labels: "not measured",
  },
  "jmeter/results-xml.jtl": { root: "not measured", version: "not measured" },
  "aiperf/profile_export-qwen-c1.jsonl": { records: requests, with_error: failed },
  "guidellm/benchmarks-report-v2.csv": {
    header_rows: "not measured",
    data_rows: "not measured",
    Successful: good,
    Errored: failed,
    Incomplete: "not measured",
  },
  llmperf: {
    model: "not measured",
    num_concurrent_requests: "not measured",
    started: requests,
    completed: good,
    errors: failed,
    completed_per_min: (run) => 60 * (run.ratePerSecond ?? 0),
    rps: rate,
    timestamp_epoch_s: "not measured",
  },
  locust: { rows_besides_aggregate: "not measured", entries: "not measured" },
  oha: { "summary.successRate": "not measured" },
  vegeta: { "throughput_rps(successful)": (run) => Number(good(run)) / ((Number(endEpoch(run)) - Number(startEpoch(run))) / 1000) },
  "vllm-bench-serve": {
    completed: good,
    num_prompts: requests,
    request_throughput_rps: (run) => Number(good(run)) / (run.durationSeconds ?? 0),
    p99_tpot_ms: "not measured",
    p95_e2el_ms: "not measured",
    request_rate: "not measured",
    max_concurrency: "not measured",
    date: "not measured",
  },
  // Zeros where nothing was answered are no measurements.
  "vllm-bench-serve/v0.25.1-all-failed.json": { mean_ttft_ms: absent, p99_ttft_ms: absent, output_tok_per_s: absent },
  wrk: { duration: "not measured", p95: "not measured" },
  // Its rate was written for another duration; the contract's rate is requests / duration.
  "wrk/WrkResultsLong.wrk": { mean_rps: (run) => ((run.ratePerSecond ?? 0) * 4999.8) / 5.08 },
};

/** The samples hold one measurement each but for these, which are refused. */
const refused: Record<string, string> = {
  "ab/flaky-percentiles.csv": "unknown-format",
  "gatling/v3.2-simulation.log": "unknown-format",
  "locust/v1-stats_history.csv": "unknown-format",
};

const tools = new Set([
  "ab",
  "artillery",
  "gatling",
  "hey",
  "jmeter",
  "locust",
  "oha",
  "vegeta",
  "wrk",
  "vllm-bench-serve",
  "genai-perf",
  "aiperf",
  "guidellm",
  "llmperf",
  "inference-perf",
]);

interface Case {
  path: string;
  bytes: Uint8Array | string;
  truth: Record<string, unknown>;
}

function cases(): Case[] {
  const files = samples();
  const text = files.find(({ path }) => path === "ground-truth.json")?.bytes;
  const truths = text === undefined ? [] : (JSON.parse(new TextDecoder().decode(text)) as Omit<Case, "bytes">[]);
  return files.flatMap(({ path, bytes }) => {
    const truth = truths.find((entry) => entry.path === path)?.truth;
    return truth !== undefined && tools.has(path.split("/")[0] ?? "") ? [{ path, bytes, truth }] : [];
  });
}

const ownRun: Case = {
  path: "our own run of wrk",
  bytes: fixture("wrk.txt"),
  truth: { requests: 137526, non2xx_or_3xx: 6876, error_rate: 0.049998, mean_rps: 44361.67, duration_s: 3.1, p50_ms: 0.09, p99_ms: 2.32 },
};

function expectClose(found: number | string | undefined, truth: unknown, name: string): void {
  const [one, other] = [found, truth].map((value) =>
    typeof value === "string" && !name.endsWith("_s") ? Date.parse(value) : Number(value),
  );
  const difference = Math.abs((one ?? Number.NaN) - (other ?? Number.NaN));
  expect(
    `${name} ${difference <= Math.max(0.0011, typeof found === "string" ? 1 : Math.abs(Number(truth)) * 0.0005) ? "" : `${found} for `}${truth}`,
  ).toBe(`${name} ${truth}`);
}

describe("figures of load tests that are known", () => {
  it.each([ownRun, ...cases().filter(({ path }) => !(path in refused))])("$path", ({ path, bytes, truth }) => {
    const reading = read(bytes);
    if (!reading.ok || reading.kind !== "load-test") throw new Error("not read as a load test");
    // GuideLLM's report is a list of levels; the sample holds one.
    const [level] = Array.isArray(truth["benchmarks"]) ? truth["benchmarks"] : [{}];
    const special = { ...others[path.split("/")[0] ?? ""], ...others[path] };
    for (const [name, value] of Object.entries({ ...truth, ...level })) {
      const figure = special[name] ?? figures[name];
      if (figure === undefined) throw new Error(`nobody compares ${name}`);
      if (figure !== "not measured") expectClose(figure(reading.measurement), value, name);
    }
    const page = truth["min,p50,p75,p95,p99,max,mean,std (ms)"];
    if (Array.isArray(page)) {
      // The fourth column is p90 by its own head, whatever the name of the list says.
      const run = reading.measurement.latencyMs;
      expect([run?.p50, run?.p90, run?.p99, run?.max, run?.mean]).toEqual([1, 3, 4, 5, 6].map((column) => Number(page[column])));
    }
  });

  const own: Case = {
    path: "gatling/v3.2-simulation.log",
    bytes: "RUN\tportal.Simulation\tsimulation\t1589789493311\t \t3.2.0\n",
    truth: {},
  };
  it.each([own, ...cases().filter(({ path }) => path in refused)])("$path holds none of ours", ({ path, bytes }) => {
    expect(refusal(bytes).code).toBe(refused[path]);
  });
});
