import type { Alerts, MetricSeries, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { isoOf, toInstant } from "../instant.ts";

type Alert = NonNullable<Alerts["alerts"]>[number];

interface Sampled {
  labels: Record<string, unknown>;
  /** Seconds since 1970, rising. */
  points: { time: number; value: number }[];
}

const maxSeconds = 253_402_300_799;
const maxSeries = 1000;
const maxSamples = 250_000;
/** A longer step misses alerts that come and go; seconds. */
const longStep = 300;

/**
 * Answers of Prometheus's HTTP API: a query over a range or at one time, and the alerts of `/api/v1/alerts`. Samples of `ALERTS` are
 * alerts, all other series metrics. An answer holds neither its query nor its window.
 * https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export default defineReader({
  format: "prometheus-query",
  title: "Prometheus API answer (JSON)",
  kinds: ["metric-series", "alerts"],
  seen: ["2.42"],
  recognises: ({ json }) => {
    const status = at(json, "status");
    if (status === "error") return typeof at(json, "errorType") === "string";
    return status === "success" && (typeof at(json, "data", "resultType") === "string" || Array.isArray(at(json, "data", "alerts")));
  },
  read: ({ json }) => {
    const file = fieldsOf(json);
    if (file.raw("status") !== "success")
      return unreadable("incomplete", "Prometheus answered with an error (`status`). Mend the query and ask again.");
    const data = file.in("data");
    if (data.has("alerts")) return readFiring(data);
    const type = data.text("resultType");
    if (type !== "matrix" && type !== "vector") {
      return unreadable("bad-shape", "`data.resultType` is neither matrix nor vector. Ask for series: `/api/v1/query_range`.");
    }
    const series = data.list("result");
    if (series.length > maxSeries)
      return unreadable("too-large", `\`data.result\` holds over ${maxSeries} series. Aggregate in the query.`);
    const samples = series.reduce((sum, one) => sum + lengthOf(one.raw("values")), 0);
    if (samples > maxSamples)
      return unreadable("too-large", `\`data.result\` holds over ${maxSamples} samples. Ask for a longer step (\`step\`).`);
    const all = series.map((one) => toSampled(one, type));
    const problem = file.problem();
    if (problem !== undefined) return problem;
    const alerts = all.filter(({ labels }) => labels["__name__"] === "ALERTS");
    if (alerts.length > 0 && alerts.length < all.length) {
      return unreadable("bad-value", "`data.result` holds ALERTS and other series. Ask for one at a time.");
    }
    const result = alerts.length > 0 ? toAlerts(alerts) : toMetrics(all);
    const last = Math.max(...all.flatMap(({ points }) => points.slice(-1).map(({ time }) => time)));
    return { ...result, origin: present({ measuredAt: Number.isFinite(last) ? isoOf(last * 1000) : undefined }) };
  },
});

const tool = { name: "prometheus", version: null };

/** What `/api/v1/alerts` gives: alerts of this moment, without its time. */
function readFiring(data: Fields): Measured | Unreadable {
  const all = data.list("alerts").map((alert) => {
    const labels = alert.in("labels");
    const since = toInstant(alert.text("activeAt"));
    if (since?.zoned !== true) alert.refuse("activeAt", "is not an instant");
    return {
      firing: alert.text("state") === "firing",
      alert: {
        name: labels.text("alertname"),
        severity: labels.optionalText("severity") ?? null,
        startsAt: since?.at ?? null,
        endsAt: null,
      },
    };
  });
  const problem = data.problem();
  if (problem !== undefined) return problem;
  const firing = all.filter((one) => one.firing).map(({ alert }) => alert);
  const pending = all.length - firing.length;
  const notes = ["alerts of one moment, whose time is not in the file; what fired before is not either", ...pendingNotes(pending)];
  return { kind: "alerts", tool, measurement: { alerts: firing }, notes };
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function toSampled(series: Fields, type: "matrix" | "vector"): Sampled {
  const labels = series.in("metric");
  const raw = type === "vector" ? [series.raw("value")] : series.raw("values");
  if (!Array.isArray(raw)) series.refuse("values", "is not a list of samples; native histograms are not read");
  const points: Sampled["points"] = [];
  for (const pair of Array.isArray(raw) ? (raw as unknown[]) : []) {
    const [time, text] = Array.isArray(pair) ? (pair as unknown[]) : [];
    const value =
      typeof text === "string" && /^(?:NaN|[+-]?Inf|[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)$/.test(text) ? Number(text) : undefined;
    if (typeof time !== "number" || !(time >= 0 && time <= maxSeconds) || value === undefined || time <= (points.at(-1)?.time ?? -1)) {
      series.refuse(type === "vector" ? "value" : "values", 'holds a sample that is not `[seconds, "number"]` in the order of time');
      break;
    }
    points.push({ time, value });
  }
  return { labels: isRecord(series.raw("metric")) ? Object.fromEntries(labels.keys().map((key) => [key, labels.raw(key)])) : {}, points };
}

function toAlerts(all: Sampled[]): Pick<Measured & { kind: "alerts" }, "kind" | "tool" | "measurement" | "notes"> {
  const step = stepOf(all);
  const firing = all.filter(({ labels }) => labels["alertstate"] !== "pending");
  const alerts = firing.flatMap(({ labels, points }) => spansOf(points, step).map((span): Alert => toAlert(labels, span)));
  const notes = [
    "an alert is given from the first to the last sample in which it fired; it may have gone on after the last",
    ...pendingNotes(all.length - firing.length),
    ...(step !== undefined && step > longStep ? [`samples are ${step} s apart: shorter alerts are not in the file`] : []),
  ];
  return { kind: "alerts", tool, measurement: { alerts }, notes };
}

function pendingNotes(pending: number): string[] {
  return pending === 0 ? [] : [`${pending} pending alert${pending === 1 ? "" : "s"} left out`];
}

function toAlert(labels: Record<string, unknown>, [from, to]: [number, number]): Alert {
  const text = (key: string) => (typeof labels[key] === "string" && labels[key] !== "" ? String(labels[key]) : undefined);
  const [startsAt, endsAt] = [isoOf(from * 1000), isoOf(to * 1000)];
  return { name: text("alertname") ?? "unnamed", severity: text("severity") ?? null, startsAt, endsAt };
}

/** First and last sample of each run of samples without a hole. */
function spansOf(points: Sampled["points"], step: number | undefined): [number, number][] {
  const spans: [number, number][] = [];
  for (const { time, value } of points) {
    const last = spans.at(-1);
    if (value === 0) continue;
    if (last !== undefined && step !== undefined && time - last[1] <= step * 1.5) last[1] = time;
    else spans.push([time, time]);
  }
  return spans;
}

function stepOf(all: Sampled[]): number | undefined {
  let step = Infinity;
  for (const { points } of all) for (let index = 1; index < points.length; index += 1) step = Math.min(step, gapBefore(points, index));
  return step === Infinity ? undefined : step;
}

function gapBefore(points: Sampled["points"], index: number): number {
  return (points[index]?.time ?? 0) - (points[index - 1]?.time ?? 0);
}

function toMetrics(all: Sampled[]): Pick<Measured & { kind: "metric-series" }, "kind" | "tool" | "measurement" | "notes"> {
  const names = all.map(({ labels }) => String(labels["__name__"] ?? "value"));
  const series = all.map(({ labels, points }, index): MetricSeries["series"][number] => {
    const name = names[index] ?? "value";
    const isOnly = names.filter((other) => other === name).length === 1;
    const values = points.filter(({ value }) => Number.isFinite(value)).map(({ time, value }) => ({ at: isoOf(time * 1000), value }));
    const mean = values.reduce((sum, { value }) => sum + value / values.length, 0);
    return present({
      name: (isOnly ? name : `${name}${labelText(labels)}`).slice(0, 500),
      points: values.length,
      from: values[0]?.at,
      to: values.at(-1)?.at,
      mean: values.length === 0 ? undefined : mean,
      values,
    });
  });
  const infinite = all.reduce((sum, { points }) => sum + points.filter(({ value }) => !Number.isFinite(value)).length, 0);
  const gaps = all.map(({ points }) =>
    points.reduce((most, _, index) => (index === 0 ? most : Math.max(most, gapBefore(points, index))), 0),
  );
  const gap = Math.max(0, ...gaps);
  const notes = [
    ...(all.length === 0 ? ["no series: the answer does not say what was asked, so it does not show that nothing happened"] : []),
    ...(gap > 0 ? [`the largest gap between samples is ${gap} s`] : []),
    ...(infinite > 0 ? [`${infinite} samples are no finite number and were left out`] : []),
  ];
  return { kind: "metric-series", tool, measurement: { series }, notes };
}

function labelText(labels: Record<string, unknown>): string {
  const pairs = Object.keys(labels)
    .filter((key) => key !== "__name__")
    .sort()
    .map((key) => `${key}="${String(labels[key])}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
