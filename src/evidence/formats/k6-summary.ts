import type { LoadTest, Percentiles, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { ofNewerVersion } from "../newer-version.ts";
import { noteOnP95, readPercentiles } from "../percentiles.ts";

/**
 * k6's end-of-test summary in three shapes. `--summary-export` puts statistics on the metric itself and writes `true` for a threshold
 * that was CROSSED; data of `handleSummary` puts them under `values` and writes `{ ok: true }` for one that held; the machine-readable
 * summary lists metrics and has no thresholds. Latencies are milliseconds whatever `summaryTimeUnit` says.
 * https://grafana.com/docs/k6/latest/results-output/end-of-test/
 */
export default defineReader({
  format: "k6-summary",
  title: "k6 summary (handleSummary data, --summary-export, machine-readable)",
  kinds: ["load-test"],
  seen: ["1.1.0"],
  recognises: ({ json }) => isMachineReadable(json) || isSummary(json),
  read: ({ json }, { columns = {} }) => {
    const file = fieldsOf(json);
    const tokenMetric = columns["totalTokens"];
    if (isMachineReadable(json)) {
      const version = file.text("version");
      const measured = measure(file, machineReadable(file), tokenMetric);
      return version === "" || version.startsWith("1.")
        ? measured
        : ofNewerVersion(measured, "k6's machine-readable summary", version, "1 is");
    }
    const isDump = Object.values(at(json, "metrics") ?? {}).some((metric) => isRecord(at(metric, "values")));
    return measure(file, isDump ? dump(file) : legacy(file), tokenMetric);
  },
});

/** What the shapes have in common. Values of a metric are undefined where it is not in the file. */
interface Summary {
  values(metric: string): Fields | undefined;
  /** Keys of a rate metric: events that were true, all events or the false ones, the share. */
  rate: { yes: string; no?: string; all?: string; share: string };
  durationSeconds: number | undefined;
  /** One entry a threshold: did it hold? */
  held: boolean[];
  version: string | null;
  measuredAt?: string | undefined;
}

function isSummary(json: unknown): boolean {
  const known = ["http_reqs", "iterations", "vus_max", "data_sent"].some((name) => isRecord(at(json, "metrics", name)));
  return known && (at(json, "root_group") !== undefined || at(json, "state") !== undefined);
}

function isMachineReadable(json: unknown): boolean {
  return Array.isArray(at(json, "results", "metrics")) && at(json, "metadata", "k6Version") !== undefined;
}

function legacy(file: Fields): Summary {
  const metrics = file.in("metrics");
  return {
    values: (name) => (metrics.has(name) ? metrics.in(name) : undefined),
    rate: { yes: "passes", no: "fails", share: "value" },
    durationSeconds: undefined,
    held: thresholdsOf(metrics).map(({ thresholds, expression }) => !thresholds.flag(expression)),
    version: null,
  };
}

function dump(file: Fields): Summary {
  const metrics = file.in("metrics");
  return {
    values: (name) => (metrics.has(name) ? metrics.in(name).in("values") : undefined),
    rate: { yes: "passes", no: "fails", share: "rate" },
    durationSeconds: file.has("state") ? file.in("state").number("testRunDurationMs") / 1000 : undefined,
    held: thresholdsOf(metrics).map(({ thresholds, expression }) => thresholds.in(expression).flag("ok")),
    version: null,
  };
}

/** `config.script` holds the whole script, so nothing of `config` but the duration is ever touched. */
function machineReadable(file: Fields): Summary {
  const metrics = new Map(
    file
      .in("results")
      .list("metrics")
      .map((metric) => [metric.text("name"), metric]),
  );
  const metadata = file.in("metadata");
  const generated = metadata.optionalText("generatedAt");
  const instant = generated === undefined ? undefined : toInstant(generated);
  if (generated !== undefined && instant?.zoned !== true) metadata.refuse("generatedAt", "is not an instant");
  return {
    values: (name) => metrics.get(name)?.in("values"),
    rate: { yes: "matches", all: "total", share: "rate" },
    durationSeconds: file.in("config").number("duration"),
    held: [],
    version: metadata.text("k6Version"),
    measuredAt: instant?.at,
  };
}

/** `tokenMetric` is a counter of the script's own, which the policy names. */
function measure(file: Fields, summary: Summary, tokenMetric: string | undefined): Measured | Unreadable {
  const counter = summary.values("http_reqs");
  const requests = counter?.count("count");
  const failed = failedOf(summary, requests);
  const latencyMs = requests === undefined || requests === 0 ? undefined : latenciesOf(summary.values("http_req_duration"));
  const durationSeconds = summary.durationSeconds === 0 ? undefined : summary.durationSeconds;
  const toolRate = counter?.optionalNumber("rate");
  const tokens = tokenMetric === undefined ? undefined : summary.values(tokenMetric);
  const tokenCount = tokens?.number("count");
  const passed = summary.held.filter(Boolean).length;
  const measurement: LoadTest = present({
    requests,
    failed,
    errorRate: requests !== undefined && requests > 0 && failed !== undefined ? failed / requests : undefined,
    durationSeconds,
    ratePerSecond: requests !== undefined && durationSeconds !== undefined ? requests / durationSeconds : toolRate,
    latencyMs,
    totalTokensPerSecond:
      tokenCount !== undefined && durationSeconds !== undefined ? tokenCount / durationSeconds : tokens?.optionalNumber("rate"),
    dropped: summary.values("dropped_iterations")?.count("count"),
    thresholds: summary.held.length === 0 ? undefined : { passed, failed: summary.held.length - passed },
  });
  return (
    file.problem() ?? {
      kind: "load-test",
      tool: { name: "k6", version: summary.version },
      measurement,
      origin: present({ measuredAt: summary.measuredAt }),
      notes: [
        ...notesOn(measurement),
        ...(tokenMetric !== undefined && tokens === undefined ? ["the metric of `columns.totalTokens` is not in the file"] : []),
      ],
    }
  );
}

function notesOn({ requests, failed, durationSeconds, latencyMs }: LoadTest): string[] {
  const onErrors =
    requests === undefined
      ? "the run made no HTTP requests, so there is no rate and no share of errors"
      : failed === undefined
        ? "the file does not say how many requests failed (no http_req_failed)"
        : undefined;
  const onDuration = durationSeconds === undefined ? "the file does not say how long the run took; data of handleSummary does" : undefined;
  const onP95 = noteOnP95(latencyMs, "add p(95) to summaryTrendStats");
  return [onErrors, onDuration, onP95].filter((note) => note !== undefined);
}

/** `http_req_failed` counts "true" events, so its `passes` are the requests that FAILED. */
function failedOf({ values, rate }: Summary, requests: number | undefined): number | undefined {
  const metric = values("http_req_failed");
  if (metric === undefined || requests === undefined) return undefined;
  const failed = metric.count(rate.yes);
  const share = metric.number(rate.share, { max: 1 });
  const seen = rate.all === undefined ? failed + metric.count(rate.no ?? "") : metric.count(rate.all);
  if (seen > requests || failed > seen) metric.refuse(rate.yes, "does not fit the number of requests");
  if (seen > 0 && Math.abs(share - failed / seen) > 0.001) metric.refuse(rate.yes, "does not fit the rate beside it");
  return failed;
}

function latenciesOf(trend: Fields | undefined): Percentiles | undefined {
  const keys = { mean: "avg", p50: "med", p90: "p(90)", p95: "p(95)", p97_5: "p(97.5)", p99: "p(99)", max: "max" };
  return trend === undefined ? undefined : readPercentiles(trend, keys);
}

function thresholdsOf(metrics: Fields): { thresholds: Fields; expression: string }[] {
  return metrics.keys().flatMap((name) => {
    if (at(metrics.raw(name), "thresholds") === undefined) return [];
    const thresholds = metrics.in(name).in("thresholds");
    return thresholds.keys().map((expression) => ({ thresholds, expression }));
  });
}
