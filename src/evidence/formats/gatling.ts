import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, present } from "../fields.ts";
import { isGatlingPage, readGatlingPage } from "./gatling-page.ts";
import { toMeasured } from "../load-run.ts";
import { readPercentiles } from "../percentiles.ts";

const stat = ["numberOfRequests", "percentiles1", "meanNumberOfRequestsPerSecond"];
const notes = [
  "the file has neither times nor a duration; the rate is the tool's own figure",
  "percentiles are read as p50, p95, p99, Gatling's defaults; the file does not name them",
];

/**
 * `js/stats.json` and `js/global_stats.json` of Gatling's report, up to 3.13.4; milliseconds. `percentiles1`, `3` and `4` are p50, p95
 * and p99 unless `charting.indicators` says otherwise, which the files do not tell. Later
 * versions write `index.html` only.
 */
export default defineReader({
  format: "gatling",
  title: "Gatling report (index.html, stats.json, global_stats.json)",
  kinds: ["load-test"],
  seen: ["3.2.0", "3.14.3"],
  recognises: ({ json, text }) => isStat(json) || isStat(at(json, "stats")) || isGatlingPage(text),
  read: ({ json, text }) => {
    if (isGatlingPage(text)) return readGatlingPage(text);
    const file = isStat(json) ? fieldsOf(json) : fieldsOf(json).in("stats");
    const requests = file.in("numberOfRequests").count("total");
    const failed = requests === 0 ? 0 : file.in("numberOfRequests").count("ko");
    if (failed > requests) file.refuse("numberOfRequests", "has more `ko` than `total`");
    if (requests > 0 && file.in("numberOfRequests").count("ok") + failed !== requests) {
      file.refuse("numberOfRequests", "has `ok` and `ko` that do not sum up to `total`");
    }
    const of = (name: string) => (requests === 0 ? undefined : file.in(name).number("total"));
    const totals = fieldsOf(
      present({
        mean: of("meanResponseTime"),
        p50: of("percentiles1"),
        p95: of("percentiles3"),
        p99: of("percentiles4"),
        max: of("maxResponseTime"),
      }),
      "percentiles",
    );
    const latencyMs = readPercentiles(totals, { mean: "mean", p50: "p50", p95: "p95", p99: "p99", max: "max" });
    const toolRate = of("meanNumberOfRequestsPerSecond");
    return file.problem() ?? totals.problem() ?? toMeasured({ tool: "gatling", requests, failed, toolRate, latencyMs, notes });
  },
});

function isStat(value: unknown): boolean {
  return stat.every((key) => at(value, key, "total") !== undefined);
}
