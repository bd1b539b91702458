import { defineReader } from "../define-reader.ts";
import { fieldsOf } from "../fields.ts";
import { checkedPercentiles, toMeasured, type Found } from "../load-run.ts";
import { noteOnP95 } from "../percentiles.ts";
import { digits, line, parseReport, timed, toMilliseconds, type Line, type TextReport } from "../text-report.ts";

const totals: Line = {
  name: "requests in",
  begins: /^ {2}\S{1,20} requests in /,
  is: new RegExp(String.raw`^ {2}(\d{1,15}) requests in ${timed}, \S+ read$`),
};
const latency = line(" {4}Latency ", ` *${timed} +${timed} +${timed} .*`);
const percentile: Line = {
  name: "Latency Distribution",
  begins: /^ {0,6}\S{1,12}% /,
  is: new RegExp(String.raw`^ {0,6}(\d{1,3}(?:\.\d{1,4})?)% +${timed}$`),
};
const sockets = line(" {2}Socket errors:", String.raw` connect (\d{1,15}), read (\d{1,15}), write (\d{1,15}), timeout (\d{1,15})`);
const statuses = line(" {2}Non-2xx or 3xx responses:", String.raw` (\d{1,15})`);
const rate = line("Requests/sec:", ` +(${digits})`);

/**
 * What `wrk` prints; percentiles only with `--latency`, and never p95. Each figure has its own unit. Socket errors are attempts beside
 * the answered requests; "Non-2xx or 3xx" counts status 400 and above.
 */
export default defineReader({
  format: "wrk",
  title: "wrk (text)",
  kinds: ["load-test"],
  seen: ["4.1.0"],
  recognises: ({ text }) => /^Running \S{1,20} test @ /m.test(text.slice(0, 8192)),
  read: ({ text }) => {
    const report = parseReport(text, totals);
    if ("ok" in report) return report;
    const [, count = "", length = "", unit = ""] = report.find(totals) ?? [];
    const answered = Number(count);
    const broken = (report.find(sockets) ?? []).slice(1).reduce((sum, errors) => sum + Number(errors), 0);
    const bad = report.number(statuses) ?? 0;
    const file = fieldsOf({});
    if (bad > answered) file.refuse("Non-2xx or 3xx responses", "are more than the requests");
    const latencyMs = answered === 0 ? undefined : checkedPercentiles(latenciesOf(report), file);
    const requests = answered + broken;
    const durationSeconds = toMilliseconds(length, unit) / 1000;
    const ownRate = report.number(rate);
    const notes = [
      answered === 0 ? "no request was answered, so there are no latencies" : noteOnP95(latencyMs, "run wrk with --latency"),
      ownRate !== undefined && Math.abs(ownRate * durationSeconds - answered) > 0.05 * answered + 1
        ? "requests and duration do not fit the rate that wrk printed; the rate here is requests / duration"
        : undefined,
    ];
    const run = { requests, failed: bad + broken, durationSeconds, latencyMs, notes };
    return report.problem() ?? file.problem() ?? toMeasured({ tool: "wrk", ...run });
  },
});

function latenciesOf(report: TextReport): Found {
  const all = report.rows(/^ {2}Latency Distribution/, percentile, "end");
  const at = new Map(all.map(([, percent = "", value = "", unit = ""]) => [Number(percent), toMilliseconds(value, unit)]));
  const [, mean = "", meanUnit = "", , , max = "", maxUnit = ""] = report.find(latency) ?? [];
  const found = { p50: at.get(50), p90: at.get(90), p95: at.get(95), p99: at.get(99) };
  return mean === "" ? found : { mean: toMilliseconds(mean, meanUnit), ...found, max: toMilliseconds(max, maxUnit) };
}
