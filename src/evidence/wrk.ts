import { defineReader } from "./define-reader.ts";
import { fieldsOf } from "./fields.ts";
import { checkedPercentiles, toMeasured, type Found } from "./load-run.ts";
import { noteOnP95 } from "./percentiles.ts";
import { allMatches, digits, firstMatch, numberAfter, reportLines, timed, toMilliseconds, unlessOneRun } from "./text-report.ts";

const totals = new RegExp(String.raw`^ {2}(\d{1,15}) requests in ${timed}, \S+ read$`);
const latency = new RegExp(String.raw`^ {4}Latency +${timed} +${timed} +${timed} `);
const percentile = new RegExp(String.raw`^ {1,5}(\d{2}(?:\.\d{1,4})?)% +${timed}$`);
const sockets = /^ {2}Socket errors: connect (\d{1,15}), read (\d{1,15}), write (\d{1,15}), timeout (\d{1,15})$/;

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
    const lines = reportLines(text);
    const several = unlessOneRun(lines, totals);
    if (several !== undefined) return several;
    const [, count = "", length = "", unit = ""] = firstMatch(lines, totals) ?? [];
    const answered = Number(count);
    const broken = (firstMatch(lines, sockets) ?? []).slice(1).reduce((sum, errors) => sum + Number(errors), 0);
    const bad = numberAfter(lines, /^ {2}Non-2xx or 3xx responses: (\d{1,15})$/) ?? 0;
    const file = fieldsOf({});
    if (bad > answered) file.refuse("Non-2xx or 3xx responses", "are more than the requests");
    const latencyMs = answered === 0 ? undefined : checkedPercentiles(latenciesOf(lines), file);
    const requests = answered + broken;
    const durationSeconds = toMilliseconds(length, unit) / 1000;
    const ownRate = numberAfter(lines, new RegExp(String.raw`^Requests/sec: +(${digits})$`));
    const notes = [
      answered === 0 ? "no request was answered, so there are no latencies" : noteOnP95(latencyMs, "run wrk with --latency"),
      ownRate !== undefined && Math.abs(ownRate * durationSeconds - answered) > 0.05 * answered + 1
        ? "requests and duration do not fit the rate that wrk printed; the rate here is requests / duration"
        : undefined,
    ];
    return file.problem() ?? toMeasured({ tool: "wrk", requests, failed: bad + broken, durationSeconds, latencyMs, notes });
  },
});

function latenciesOf(lines: string[]): Found {
  const all = allMatches(lines, percentile).map(
    ([, percent = "", value = "", unit = ""]) => [Number(percent), toMilliseconds(value, unit)] as const,
  );
  const at = new Map(all);
  const [, mean = "", meanUnit = "", , , max = "", maxUnit = ""] = firstMatch(lines, latency) ?? [];
  const found = { p50: at.get(50), p90: at.get(90), p95: at.get(95), p99: at.get(99) };
  return mean === "" ? found : { mean: toMilliseconds(mean, meanUnit), ...found, max: toMilliseconds(max, maxUnit) };
}
