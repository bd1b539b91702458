import type { LoadTest, Percentiles, Unreadable } from "../shapes/measurements.ts";
import { defineReader, type Measured } from "./define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "./fields.ts";
import { noteOnP95, readPercentiles } from "./percentiles.ts";

/**
 * k6's end-of-test summary in two shapes. `--summary-export` puts statistics on the metric itself and writes `true` for a threshold
 * that was CROSSED; data of `handleSummary` puts them under `values` and writes `{ ok: true }` for one that held. Latencies are
 * milliseconds whatever `summaryTimeUnit` says. https://grafana.com/docs/k6/latest/results-output/end-of-test/
 */
export default defineReader({
  format: "k6-summary",
  title: "k6 summary (--summary-export or handleSummary data)",
  kinds: ["load-test"],
  seen: ["1.1.0"],
  recognises: ({ json }) => {
    const metrics = at(json, "metrics");
    if (!isRecord(metrics)) return false;
    const known = ["http_reqs", "iterations", "vus_max", "data_sent"].some((name) => isRecord(metrics[name]));
    return known && (at(json, "root_group") !== undefined || at(json, "state") !== undefined);
  },
  read: ({ json }) => {
    const file = fieldsOf(json);
    const metrics = file.in("metrics");
    const isDump = metrics.keys().some((name) => isRecord(at(metrics.raw(name), "values")));
    const valuesOf = (name: string): Fields | undefined =>
      metrics.has(name) ? (isDump ? metrics.in(name).in("values") : metrics.in(name)) : undefined;
    return measure(file, valuesOf, thresholdsOf(metrics, isDump), isDump);
  },
});

type ValuesOf = (metric: string) => Fields | undefined;

function measure(file: Fields, valuesOf: ValuesOf, thresholds: LoadTest["thresholds"], isDump: boolean): Measured | Unreadable {
  const notes: string[] = [];
  const counter = valuesOf("http_reqs");
  const requests = counter?.count("count");
  const durationSeconds = isDump && file.has("state") ? file.in("state").number("testRunDurationMs") / 1000 : undefined;
  const failed = failedOf(valuesOf("http_req_failed"), requests);
  const latencyMs = requests === undefined || requests === 0 ? undefined : latenciesOf(valuesOf("http_req_duration"));
  const toolRate = counter?.number("rate");
  const ratePerSecond = requests !== undefined && durationSeconds ? requests / durationSeconds : toolRate;
  const problem = file.problem();
  if (problem !== undefined) return problem;

  if (requests === undefined) notes.push("the run made no HTTP requests, so there is no rate and no share of errors");
  else if (failed === undefined) notes.push("the file does not say how many requests failed (no http_req_failed)");
  if (!durationSeconds) notes.push("the file does not say how long the run took; data of handleSummary does");
  const onP95 = noteOnP95(latencyMs, "add p(95) to summaryTrendStats");
  if (onP95 !== undefined) notes.push(onP95);
  const measurement = present({
    requests,
    failed,
    errorRate: requests !== undefined && requests > 0 && failed !== undefined ? failed / requests : undefined,
    durationSeconds: durationSeconds === 0 ? undefined : durationSeconds,
    ratePerSecond,
    latencyMs,
    dropped: valuesOf("dropped_iterations")?.count("count"),
    thresholds,
  });
  return file.problem() ?? { kind: "load-test", tool: { name: "k6", version: null }, measurement, notes };
}

/** `http_req_failed` counts "true" events, so its `passes` are the requests that FAILED. */
function failedOf(rate: Fields | undefined, requests: number | undefined): number | undefined {
  if (rate === undefined || requests === undefined) return undefined;
  const failed = rate.count("passes");
  const share = rate.number(rate.has("rate") ? "rate" : "value", { max: 1 });
  const seen = failed + rate.count("fails");
  if (seen > requests) rate.refuse("passes", "and `fails` are together more than http_reqs");
  if (seen > 0 && Math.abs(share - failed / seen) > 0.001) rate.refuse("passes", "does not fit the rate beside it");
  return failed;
}

function latenciesOf(trend: Fields | undefined): Percentiles | undefined {
  const keys = { mean: "avg", p50: "med", p90: "p(90)", p95: "p(95)", p97_5: "p(97.5)", p99: "p(99)", max: "max" };
  return trend === undefined ? undefined : readPercentiles(trend, keys);
}

function thresholdsOf(metrics: Fields, isDump: boolean): LoadTest["thresholds"] {
  const held: boolean[] = [];
  for (const name of metrics.keys()) {
    if (at(metrics.raw(name), "thresholds") === undefined) continue;
    const thresholds = metrics.in(name).in("thresholds");
    for (const expression of thresholds.keys()) {
      held.push(isDump ? thresholds.in(expression).flag("ok") : !thresholds.flag(expression));
    }
  }
  if (held.length === 0) return undefined;
  const passed = held.filter(Boolean).length;
  return { passed, failed: held.length - passed };
}
