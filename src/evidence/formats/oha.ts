import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { toMeasured } from "../load-run.ts";
import { readPercentiles } from "../percentiles.ts";

const perSecond = 1000;
/** Requests that oha itself broke off when the time was over. */
const deadline = "aborted due to deadline";

/**
 * `oha --output-format json`. Seconds. `successRate` takes every HTTP answer for a success, so requests and failures are counted from
 * the two distributions. https://github.com/hatoo/oha
 */
export default defineReader({
  format: "oha",
  title: "oha --output-format json",
  kinds: ["load-test"],
  seen: [],
  recognises: ({ json }) => at(json, "summary", "successRate") !== undefined && isRecord(at(json, "statusCodeDistribution")),
  read: ({ json }) => {
    const file = fieldsOf(json);
    const summary = file.in("summary");
    const codes = file.in("statusCodeDistribution");
    const answered = sum(codes, codes.keys());
    for (const code of codes.keys()) if (!/^\d{3}$/.test(code)) codes.refuse(code, "is not a status");
    const bad = sum(
      codes,
      codes.keys().filter((code) => Number(code) >= 400),
    );
    const errors = file.has("errorDistribution") ? file.in("errorDistribution") : undefined;
    const broken = errors === undefined ? 0 : sum(errors, errors.keys()) - sum(errors, errors.has(deadline) ? [deadline] : []);
    const latencyMs = answered === 0 ? undefined : latenciesOf(file.in("latencyPercentiles"));
    const run = { requests: answered + broken, failed: bad + broken, durationSeconds: summary.number("total"), latencyMs };
    const notes = [answered === 0 ? "no request was answered, so there are no latencies" : undefined];
    return file.problem() ?? toMeasured({ tool: "oha", ...run, notes });
  },
});

function latenciesOf(percentiles: Fields): ReturnType<typeof readPercentiles> {
  return readPercentiles(percentiles, { p50: "p50", p90: "p90", p95: "p95", p99: "p99" }, perSecond);
}

function sum(counts: Fields, keys: string[]): number {
  return keys.reduce((total, key) => total + counts.count(key), 0);
}
