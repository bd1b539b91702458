import { defineReader } from "../define-reader.ts";
import { fieldsOf, isRecord } from "../fields.ts";
import { toMeasured } from "../load-run.ts";
import { readPercentiles } from "../percentiles.ts";

const perSecond = 1000;

/**
 * `siege --json-output`. Seconds with two decimals, availability in percent. `transactions` are those that did not fail, so the
 * attempts are both together. There are no percentiles.
 */
export default defineReader({
  format: "siege",
  title: "siege --json-output",
  kinds: ["load-test"],
  seen: ["4.0.7"],
  recognises: ({ json }) =>
    isRecord(json) && ["transactions", "availability", "transaction_rate", "failed_transactions"].every((key) => Object.hasOwn(json, key)),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const good = file.count("transactions");
    const failed = file.count("failed_transactions");
    const requests = good + failed;
    const available = file.number("availability", { max: 100 }) / 100;
    if (requests > 0 && Math.abs(available - good / requests) > 0.001) file.refuse("availability", "does not fit the counts beside it");
    const times = readPercentiles(file, { mean: "response_time", max: "longest_transaction" }, perSecond);
    const notes = [
      good === 0 ? "no request was answered well, so there are no latencies" : "no p95 in the file; siege writes no percentiles",
    ];
    const run = { requests, failed, durationSeconds: file.number("elapsed_time"), latencyMs: good === 0 ? undefined : times };
    return file.problem() ?? toMeasured({ tool: "siege", ...run, notes });
  },
});
