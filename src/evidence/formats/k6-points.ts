import type { Unreadable } from "../../shapes/measurements.ts";
import { fractionalTimes } from "../answer-times.ts";
import { defineReader, unreadable, type Measured, type ReadOptions, type TextSink } from "../define-reader.ts";
import { at, isRecord } from "../fields.ts";
import { isoOf, toInstant } from "../instant.ts";
import { parseJson } from "../json.ts";
import { jsonLineSink } from "../json-lines.ts";
import { toMeasured } from "../load-run.ts";
import { timelineBuilder } from "../timeline.ts";

/**
 * Points of k6's `--out json`, one a line: each request leaves a point of `http_reqs`, `http_req_duration` (milliseconds) and
 * `http_req_failed` (0 or 1). Percentiles are computed from all of them. Outcomes of thresholds are not in the file.
 * https://grafana.com/docs/k6/latest/results-output/real-time/json/
 */
export default defineReader({
  format: "k6-points",
  title: "k6 points (--out json)",
  kinds: ["load-test"],
  seen: ["lines of 2020"],
  recognises: ({ text }) => isPoint(firstLine(text)),
  read: ({ text }, options) => {
    const sink = open(options);
    return sink.write(text) ?? sink.end();
  },
  stream: open,
});

function firstLine(text: string): unknown {
  const start = text.trimStart();
  const end = start.indexOf("\n");
  const line = end === -1 ? start : start.slice(0, end);
  if (!line.startsWith("{") || line.length > 65_536) return undefined;
  const parsed = parseJson(line.trimEnd());
  return parsed.ok ? parsed.value : undefined;
}

function isPoint(value: unknown): boolean {
  const type = at(value, "type");
  return (type === "Metric" || type === "Point") && typeof at(value, "metric") === "string" && isRecord(at(value, "data"));
}

function open({ columns = {} }: ReadOptions): TextSink<Measured | Unreadable> {
  const times = fractionalTimes();
  const timeline = timelineBuilder();
  const epoch = epochReader();
  const tokenMetric = columns["totalTokens"];
  const run = { requests: 0, failed: 0, dropped: 0, tokens: 0, first: Infinity, last: 0, judged: 0, thresholds: false };
  const wanted = [
    "http_reqs",
    "http_req_duration",
    "http_req_failed",
    "dropped_iterations",
    ...((tokenMetric ?? "") === "" ? [] : [tokenMetric ?? ""]),
  ];
  const marks = wanted.map((name) => JSON.stringify(name));

  function take(value: unknown, line: number): Unreadable | undefined {
    if (!isPoint(value)) return unreadable("bad-shape", "The line is neither a metric nor a point of k6.", { line });
    if (at(value, "type") === "Metric") {
      const thresholds = at(value, "data", "thresholds");
      run.thresholds ||= Array.isArray(thresholds) && thresholds.length > 0;
      return undefined;
    }
    const metric = at(value, "metric");
    if (typeof metric !== "string" || !wanted.includes(metric)) return undefined;
    const amount = at(value, "data", "value");
    const time = epoch(at(value, "data", "time"));
    if (typeof amount !== "number" || !(amount >= 0) || !Number.isFinite(amount) || time === undefined)
      return unreadable("bad-value", `A point of this line has no value or no time that can be read.`, { line });
    return add(metric, amount, time)
      ? undefined
      : unreadable("bad-value", "A count in this line is not a whole number, or there are too many.", { line });
  }

  function add(metric: string, amount: number, time: number): boolean {
    if (metric === tokenMetric) {
      run.tokens += amount;
      timeline.add(time, { tokens: amount });
      return true;
    }
    if (metric === "http_req_duration") {
      run.first = Math.min(run.first, time - amount);
      run.last = Math.max(run.last, time);
      return amount < 1e9 && times.add(amount);
    }
    if (!Number.isSafeInteger(amount)) return false;
    if (metric === "dropped_iterations") run.dropped += amount;
    else if (metric === "http_reqs") {
      run.requests += amount;
      timeline.add(time, { requests: amount });
    } else {
      run.judged += 1;
      run.failed += amount;
      timeline.add(time, { failed: amount });
      return amount <= 1;
    }
    return true;
  }

  const lines = jsonLineSink(
    take,
    (line) => marks.some((mark) => line.includes(mark)) || line.includes('"Metric"') || line.includes("\\u"),
  );
  return {
    write: (text) => lines.write(text),
    end: () => lines.end() ?? measured(),
  };

  function measured(): Measured | Unreadable {
    const { requests, failed, dropped, tokens, first, last } = run;
    if (failed > requests || run.judged > requests)
      return unreadable("bad-value", "The file holds more points of `http_req_failed` than requests.");
    const none = requests === 0;
    const durationSeconds = first > last ? undefined : (last - first) / 1000;
    const perSecond = (amount: number) => (durationSeconds === undefined || durationSeconds === 0 ? undefined : amount / durationSeconds);
    return toMeasured({
      tool: "k6",
      requests: none ? undefined : requests,
      failed: none || run.judged === 0 ? undefined : failed,
      durationSeconds,
      latencyMs: times.percentiles(),
      totalTokensPerSecond: tokenMetric === undefined ? undefined : perSecond(tokens),
      dropped: dropped === 0 ? undefined : dropped,
      startedAt: durationSeconds === undefined ? undefined : isoOf(Math.round(first)),
      endedAt: durationSeconds === undefined ? undefined : isoOf(Math.round(last)),
      timeline: timeline.build(),
      notes: [
        none ? "the run made no HTTP requests, so there is no rate and no share of errors" : undefined,
        run.thresholds ? "whether the run's thresholds held is not in the file" : undefined,
      ],
    });
  }
}

/** Epoch milliseconds of RFC 3339 times; points follow each other closely, so what a second is, is found once. */
function epochReader(): (time: unknown) => number | undefined {
  let known = { second: "", zone: "", at: 0 };
  return (time) => {
    if (typeof time !== "string" || time.length > 40) return undefined;
    const second = time.slice(0, 19);
    const [, fraction = "", zone] = /^(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/.exec(time.slice(19)) ?? [];
    if (zone === undefined) return undefined;
    if (known.second !== second || known.zone !== zone) {
      const instant = toInstant(second + zone);
      if (instant === undefined) return undefined;
      known = { second, zone, at: Date.parse(instant.at) };
    }
    return known.at + (fraction === "" ? 0 : Number(`0.${fraction}`) * 1000);
  };
}
