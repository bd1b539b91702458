import { defineReader } from "../define-reader.ts";
import { at, fieldsOf } from "../fields.ts";
import { toMeasured } from "../load-run.ts";
import { readPercentiles } from "../percentiles.ts";

const notes = [
  "the file has neither times nor a duration; the rate is the tool's own figure",
  "percentiles are read as p90, p95, p99, JMeter's defaults; the file does not name them",
];

/**
 * `statistics.json` of JMeter's dashboard, of which only `Total` is read. Milliseconds, errors in percent. `pct1ResTime` to
 * `pct3ResTime` are p90, p95 and p99 unless `aggregate_rpt_pct1` to `3` say otherwise, which the file does not tell.
 */
export default defineReader({
  format: "jmeter-statistics",
  title: "JMeter dashboard (statistics.json)",
  kinds: ["load-test"],
  seen: ["5.x"],
  recognises: ({ json }) => ["sampleCount", "errorCount", "pct2ResTime"].every((key) => at(json, "Total", key) !== undefined),
  read: ({ json }) => {
    const total = fieldsOf(json).in("Total");
    const requests = total.count("sampleCount");
    const failed = total.count("errorCount");
    if (failed > requests) total.refuse("errorCount", "is more than `sampleCount`");
    const share = total.number("errorPct", { max: 100 }) / 100;
    if (requests > 0 && Math.abs(share - failed / requests) > 0.001) total.refuse("errorPct", "does not fit the counts beside it");
    const latencyMs = readPercentiles(total, {
      mean: "meanResTime",
      p50: "medianResTime",
      p90: "pct1ResTime",
      p95: "pct2ResTime",
      p99: "pct3ResTime",
      max: "maxResTime",
    });
    const toolRate = total.number("throughput");
    return total.problem() ?? toMeasured({ tool: "jmeter", requests, failed, toolRate, latencyMs, notes });
  },
});
