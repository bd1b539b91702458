import type { LoadTest } from "../../../src/shapes/measurements.ts";
import { of, unmeasured, type Figure, type Figures, type Known } from "./compare.ts";

const run = (pick: (run: LoadTest) => unknown): Figure => of("load-test", pick);

const requests = run((test) => test.requests);
const failed = run((test) => test.failed);
const good = run(goodOf);
const errorRate = run((test) => test.errorRate);
const rate = run((test) => test.ratePerSecond);
const goodRate = run((test) => goodOf(test) / (test.durationSeconds ?? NaN));
const seconds = run((test) => test.durationSeconds);
const mean = run((test) => test.latencyMs?.mean);
const p50 = run((test) => test.latencyMs?.p50);
const p90 = run((test) => test.latencyMs?.p90);
const p95 = run((test) => test.latencyMs?.p95);
const p99 = run((test) => test.latencyMs?.p99);
const start = run((test) => test.startedAt);
const end = run((test) => test.endedAt);
const epoch = (text: string | undefined, perSecond: number): number => (Date.parse(text ?? "") * perSecond) / 1000;
const tokens = run((test) => test.outputTokensPerSecond);
const absent = run((test) => test.timeToFirstTokenMs?.mean ?? test.outputTokensPerSecond ?? 0);

function goodOf({ requests: all = NaN, failed: bad = NaN }: LoadTest): number {
  return all - bad;
}

/** Names that mean the same in all of these files. */
const common: Figures = {
  requests,
  failed,
  failures: failed,
  error_rate: errorRate,
  duration_s: seconds,
  mean_rps: rate,
  mean_ms: mean,
  p50_ms: p50,
  p90_ms: p90,
  p95_ms: p95,
  p99_ms: p99,
  p95: unmeasured,
  start,
  end,
  start_ms: run((test) => epoch(test.startedAt, 1000)),
  end_ms: run((test) => epoch(test.endedAt, 1000)),
  start_epoch_s: run((test) => epoch(test.startedAt, 1)),
  last_epoch_s: run((test) => epoch(test.endedAt, 1)),
  out_tok_s: tokens,
  output_tok_per_s: tokens,
  timestamps: unmeasured,
};

const loadTest = (format: string, figures: Figures = {}): Known => ({ format, figures: { ...common, ...figures } });

const gatling: Figures = { ko: failed, p75_ms: unmeasured };
const k6: Figures = {
  form: unmeasured,
  failed_requests: failed,
  avg_ms: mean,
  med_ms: p50,
  checks_passed_failed: unmeasured,
  vus_max: unmeasured,
};
const vllm: Figures = {
  completed: good,
  num_prompts: requests,
  request_throughput_rps: goodRate,
  mean_ttft_ms: run((test) => test.timeToFirstTokenMs?.mean),
  p99_ttft_ms: run((test) => test.timeToFirstTokenMs?.p99),
  p99_tpot_ms: unmeasured,
  p95_e2el_ms: p95,
  request_rate: unmeasured,
  max_concurrency: unmeasured,
  date: unmeasured,
};
const wrk: Figures = {
  non2xx: failed,
  non2xx_or_3xx: failed,
  socket_errors: run((test) => (test.failed === 0 ? 0 : undefined)),
  duration: run((test) => test.durationSeconds),
};

export const loadTests: Record<string, Known> = {
  "ab/": loadTest("ab", { "Failed requests": unmeasured, "Non-2xx responses": failed }),
  "aiperf/profile_export-qwen-c1.jsonl": loadTest("aiperf", { records: requests, with_error: failed }),
  "aiperf/": loadTest("aiperf", {
    schema_version: unmeasured,
    aiperf_version: unmeasured,
    request_count: good,
    error_request_count: run((test) => (test.failed === 0 ? null : test.failed)),
    request_throughput_rps: rate,
    p95_latency_ms: p95,
    p99_latency_ms: p99,
    ttft_p95_ms: run((test) => test.timeToFirstTokenMs?.p95),
    benchmark_duration_s: seconds,
    was_cancelled: unmeasured,
    // Local time without a zone.
    start: unmeasured,
    end: unmeasured,
  }),
  "artillery/": loadTest("artillery", {
    responses: unmeasured,
    http_4xx_5xx: failed,
    "errors.*": unmeasured,
    vusers_created: unmeasured,
    vusers_failed: unmeasured,
    "reported http.request_rate": unmeasured,
    "mean_rps(requests/(lastMetricAt-firstMetricAt))": rate,
  }),
  "autocannon/": loadTest("autocannon", {
    requests_completed: requests,
    requests_sent: unmeasured,
    "errors(conn)": unmeasured,
    timeouts: unmeasured,
    non2xx: failed,
    "error_rate=(non2xx+errors)/(completed+errors)": errorRate,
    // The mean of the tool's own seconds; the contract's rate is requests / duration.
    mean_rps: unmeasured,
    p97_5_ms: run((test) => test.latencyMs?.p97_5),
    finish: end,
  }),
  "gatling/index.html": loadTest("gatling", {
    ...gatling,
    ok: good,
    ko_pct: run((test) => Math.round(10_000 * (test.errorRate ?? NaN)) / 100),
    // The page's duration is cut to whole seconds: its own rate is that of 255 seconds.
    mean_rps: run((test) => ((test.ratePerSecond ?? NaN) * (test.durationSeconds ?? NaN)) / ((test.durationSeconds ?? NaN) + 1)),
    // The fourth column is p90 by its own head, whatever the name of the list says.
    "min,p50,p75,p95,p99,max,mean,std (ms)": of("load-test", ({ latencyMs: all }, truth) => {
      const [min, , p75, , , , , deviation] = truth as string[];
      return [min, all?.p50, p75, all?.p90, all?.p99, all?.max, all?.mean, deviation];
    }),
    info: unmeasured,
  }),
  "gatling/": loadTest("gatling", gatling),
  "genai-perf/": loadTest("genai-perf", {
    request_throughput_rps: rate,
    p95_latency_ms: p95,
    p99_latency_ms: p99,
    ttft_p95_ms: run((test) => test.timeToFirstTokenMs?.p95),
    request_count: requests,
    errors: failed,
    concurrency: unmeasured,
    streaming: unmeasured,
  }),
  "guidellm/benchmarks-report-v2.csv": loadTest("guidellm", {
    header_rows: unmeasured,
    data_rows: unmeasured,
    Successful: good,
    Errored: failed,
    Incomplete: unmeasured,
  }),
  "guidellm/": loadTest("guidellm", {
    report_version: unmeasured,
    guidellm_version: (read) => read.tool.version,
    // The sample holds one load level.
    benchmarks: of("load-test", (test, truth) => {
      const [level = {}] = truth as Record<string, unknown>[];
      return [
        {
          ...level,
          successful: goodOf(test),
          errored: test.failed,
          "error_rate=errored/(successful+errored)": test.errorRate,
          rps_successful_mean: goodOf(test) / (test.durationSeconds ?? NaN),
          request_latency_p95_s: (test.latencyMs?.p95 ?? NaN) / 1000,
          ttft_p95_ms: test.timeToFirstTokenMs?.p95,
          output_tok_s_mean: test.outputTokensPerSecond,
          duration_s: test.durationSeconds,
          start_epoch_s: epoch(test.startedAt, 1),
        },
      ];
    }),
  }),
  "hey/": loadTest("hey", { non2xx: failed, "p95_ms(nearest-rank)": p95, last_offset_s: unmeasured }),
  "inference-perf/": loadTest("inference-perf", {
    count: requests,
    success: good,
    rps: rate,
    request_latency_p95_s: run((test) => (test.latencyMs?.p95 ?? NaN) / 1000),
    ttft_mean_s: run((test) => (test.timeToFirstTokenMs?.mean ?? NaN) / 1000),
    keys: unmeasured,
    requested_rate: unmeasured,
  }),
  "jmeter/dashboard-statistics.json": loadTest("jmeter-statistics", {
    samples: requests,
    errors: failed,
    "errorPct(0-100)": run((test) => 100 * (test.errorRate ?? NaN)),
    throughput_rps: rate,
    "p90_ms(pct1)": p90,
    "p95_ms(pct2)": p95,
    "p99_ms(pct3)": p99,
  }),
  // Ten of the sixty rows are transactions, all failed, which sum up the others: the truth counts them with the samples.
  "jmeter/jtl-with-header.csv": loadTest("jtl", {
    samples: run((test) => (test.requests ?? NaN) + 10),
    failed: run((test) => (test.failed ?? NaN) + 10),
    error_rate: run((test) => ((test.failed ?? NaN) + 10) / ((test.requests ?? NaN) + 10)),
    start_ms: unmeasured,
    duration_s: unmeasured,
    mean_rps: unmeasured,
    "p95_ms(nearest-rank)": unmeasured,
    mean_ms: unmeasured,
    labels: unmeasured,
  }),
  "jmeter/results-xml.jtl": loadTest("jtl", {
    root: unmeasured,
    version: unmeasured,
    top_level_samples: requests,
    "p95_ms(nearest-rank)": p95,
  }),
  "k6/machine-readable-v1.SYNTHETIC.json": loadTest("k6-summary", {
    schema_version: unmeasured,
    k6Version: (read) => read.tool.version,
    generatedAt: (read) => read.origin.measuredAt,
    "mean_rps=count/duration": rate,
    thresholds: run((test) => test.thresholds),
  }),
  "k6/out-json.ndjson": loadTest("k6-points", {
    format: unmeasured,
    max_http_req_duration_ms: run((test) => test.latencyMs?.max),
    // A point stands at the end of its request.
    first_time: unmeasured,
  }),
  "k6/": loadTest("k6-summary", {
    ...k6,
    thresholds: of("load-test", ({ thresholds = { passed: 0, failed: 0 } }, truth) => {
      const outcomes = Object.values(truth as Record<string, string>);
      const [passed, crossed] = ["pass", "FAIL"].map((outcome) => outcomes.filter((one) => one === outcome).length);
      return thresholds.passed === passed && thresholds.failed === crossed ? truth : thresholds;
    }),
  }),
  "llmperf/": loadTest("llmperf", {
    model: unmeasured,
    num_concurrent_requests: unmeasured,
    started: requests,
    completed: good,
    errors: failed,
    completed_per_min: run((test) => 60 * (test.ratePerSecond ?? NaN)),
    rps: rate,
    ttft_p95_s: run((test) => (test.timeToFirstTokenMs?.p95 ?? NaN) / 1000),
    e2e_p95_s: run((test) => (test.latencyMs?.p95 ?? NaN) / 1000),
    timestamp_epoch_s: (read) => epoch(read.origin.measuredAt, 1),
  }),
  "locust/": loadTest("locust", { rows_besides_aggregate: unmeasured, entries: unmeasured, "p95_ms(from histogram)": p95 }),
  "oha/": loadTest("oha", { "requests=sum(statusCodeDistribution)": requests, non2xx: failed, "summary.successRate": unmeasured }),
  "vegeta/": loadTest("vegeta", {
    "rate_rps(sent)": rate,
    "throughput_rps(successful)": run((test) => goodOf(test) / (epoch(test.endedAt, 1) - epoch(test.startedAt, 1))),
    success_ratio: run((test) => 1 - (test.errorRate ?? NaN)),
    "error_rate=1-success": errorRate,
    "ok by status_codes (2xx-3xx)": good,
  }),
  // Zeros where nothing was answered are no measurements.
  "vllm-bench-serve/v0.25.1-all-failed.json": loadTest("vllm-bench", {
    ...vllm,
    mean_ttft_ms: absent,
    p99_ttft_ms: absent,
    output_tok_per_s: absent,
  }),
  "vllm-bench-serve/": loadTest("vllm-bench", vllm),
  // Its rate was written for another duration; the contract's rate is requests / duration.
  "wrk/WrkResultsLong.wrk": loadTest("wrk", {
    ...wrk,
    mean_rps: run((test) => ((test.ratePerSecond ?? NaN) * 4999.8) / 5.08),
    duration: run((test) => `${((test.durationSeconds ?? NaN) / 60).toFixed(2)}m`),
  }),
  "wrk/": loadTest("wrk", { ...wrk, duration: run((test) => `${(test.durationSeconds ?? NaN).toFixed(2)}s`) }),
};
