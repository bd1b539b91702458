import type { Percentiles } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import { fieldsOf, isRecord, type Fields } from "../fields.ts";
import { instantOfEpoch, successesOnly, toMeasured } from "../load-run.ts";
import { readPercentiles } from "../percentiles.ts";

const perSecond = 1000;
const perMinute = 1 / 60;

/** `*_summary.json` of LLMPerf. Flat keys, seconds, a rate a minute. */
export default defineReader({
  format: "llmperf",
  title: "LLMPerf (*_summary.json)",
  kinds: ["load-test"],
  seen: ["2023-08-31"],
  recognises: ({ json }) =>
    isRecord(json) &&
    ["results_num_requests_started", "results_number_errors", "results_num_completed_requests"].every((key) => Object.hasOwn(json, key)),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const requests = file.count("results_num_requests_started");
    const failed = file.count("results_number_errors");
    const good = file.count("results_num_completed_requests");
    if (good + failed > requests) file.refuse("results_num_requests_started", "is less than completed and failed together");
    const share = file.number("results_error_rate", { max: 1 });
    if (requests > 0 && Math.abs(share - failed / requests) > 0.001) file.refuse("results_error_rate", "does not fit the counts beside it");
    const of = (metric: string) => (good === 0 ? undefined : percentilesOf(file, metric));
    const run = {
      requests,
      failed,
      toolRate: file.number("results_num_completed_requests_per_min") * perMinute,
      latencyMs: of("end_to_end_latency_s"),
      timeToFirstTokenMs: of("ttft_s"),
      interTokenLatencyMs: of("inter_token_latency_s"),
      outputTokensPerSecond: file.optionalNumber("results_mean_output_throughput_token_per_s"),
      measuredAt: instantOfEpoch(file, "timestamp", 1),
    };
    const notes = [successesOnly, good === 0 ? "no request was answered, so there are no latencies" : undefined];
    return file.problem() ?? toMeasured({ tool: "llmperf", ...run, notes });
  },
});

function percentilesOf(file: Fields, metric: string): Percentiles | undefined {
  const quantile = (percent: number) => `results_${metric}_quantiles_p${percent}`;
  return readPercentiles(
    file,
    {
      mean: `results_${metric}_mean`,
      p50: quantile(50),
      p90: quantile(90),
      p95: quantile(95),
      p99: quantile(99),
      max: `results_${metric}_max`,
    },
    perSecond,
  );
}
