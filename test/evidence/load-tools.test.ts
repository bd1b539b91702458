import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

const noTimes = "the file has neither times nor a duration; the rate is the tool's own figure";
const noDuration = "the file does not say how long the run took; the rate is the tool's own figure";
const latencyMs = { mean: 40, p50: 30, p90: 80, p95: 120, p99: 300, max: 900 };
const samples = {
  measurement: {
    requests: 4,
    failed: 1,
    errorRate: 0.25,
    durationSeconds: 4,
    ratePerSecond: 1,
    latencyMs: { mean: 275, p50: 200, p90: 500, p95: 500, p99: 500, max: 500 },
    startedAt: "2026-11-20T10:15:00Z",
    endedAt: "2026-11-20T10:15:04Z",
    timeline: { intervalSeconds: 1, requests: [1, 1, 1, 0, 1], failed: [0, 1, 0, 0, 0] },
  },
  measuredAt: "2026-11-20T10:15:04Z",
};
const gatling = {
  measurement: {
    requests: 200,
    failed: 10,
    errorRate: 0.05,
    ratePerSecond: 20,
    latencyMs: { mean: 45, p50: 35, p95: 110, p99: 280, max: 900 },
  },
  notes: [noTimes, "percentiles are read as p50, p95, p99, Gatling's defaults; the file does not name them"],
};

/* The figures of the files written by hand are easy to check: 1200 requests in 60 seconds, or few samples. */
const readings: Record<string, { measurement: object; measuredAt?: string; notes?: string[] }> = {
  "vegeta.json": {
    measurement: {
      requests: 1200,
      failed: 36,
      errorRate: 0.03,
      durationSeconds: 60,
      ratePerSecond: 20,
      latencyMs,
      startedAt: "2026-11-20T09:00:00.500Z",
      endedAt: "2026-11-20T09:01:00.750Z",
    },
    measuredAt: "2026-11-20T09:01:00.750Z",
    notes: ["requests that were never answered are among the latencies"],
  },
  "artillery.json": {
    measurement: {
      requests: 1200,
      failed: 36,
      errorRate: 0.03,
      durationSeconds: 60,
      ratePerSecond: 20,
      latencyMs: { ...latencyMs, mean: 40.5 },
      startedAt: "2026-11-20T10:15:00Z",
      endedAt: "2026-11-20T10:16:00Z",
    },
    measuredAt: "2026-11-20T10:16:00Z",
  },
  "locust.json": {
    measurement: {
      requests: 100,
      failed: 5,
      errorRate: 0.05,
      durationSeconds: 60,
      ratePerSecond: 100 / 60,
      latencyMs: { mean: 84, p50: 10, p90: 100, p95: 200, p99: 410, max: 412.5 },
      startedAt: "2026-11-20T10:15:00Z",
      endedAt: "2026-11-20T10:16:00Z",
    },
    measuredAt: "2026-11-20T10:16:00Z",
  },
  "locust-stats.csv": {
    measurement: {
      requests: 100,
      failed: 5,
      errorRate: 0.05,
      ratePerSecond: 1.5,
      latencyMs: { mean: 84, p50: 30, p90: 200, p95: 200, p99: 410, max: 412.5 },
    },
    notes: [noDuration, "Locust's CSV can lag behind the end of the run; `--json` does not"],
  },
  "jmeter-statistics.json": {
    measurement: {
      requests: 200,
      failed: 10,
      errorRate: 0.05,
      ratePerSecond: 20,
      latencyMs: { mean: 45.5, p50: 35, p90: 75.5, p95: 110, p99: 280, max: 900 },
    },
    notes: [noTimes, "percentiles are read as p90, p95, p99, JMeter's defaults; the file does not name them"],
  },
  "jtl.csv": samples,
  "jtl-elements.xml": samples,
  "gatling.json": gatling,
  "gatling-global.json": gatling,
  "gatling-page.html": {
    measurement: {
      requests: 200,
      failed: 10,
      errorRate: 0.05,
      durationSeconds: 80,
      ratePerSecond: 2.5,
      latencyMs: { mean: 45, p50: 35, p95: 110, p99: 280, max: 900 },
      startedAt: "2026-11-20T10:15:00Z",
      endedAt: "2026-11-20T10:16:20Z",
    },
    measuredAt: "2026-11-20T10:16:20Z",
  },
  "oha.json": {
    measurement: {
      requests: 1200,
      failed: 42,
      errorRate: 0.035,
      durationSeconds: 60,
      ratePerSecond: 20,
      latencyMs: { p50: 30, p90: 80, p95: 120, p99: 300 },
    },
    notes: ["unconfirmed: built from the tool's documentation"],
  },
  "hey.txt": { measurement: { requests: 1200, failed: 42, errorRate: 0.035, durationSeconds: 60, ratePerSecond: 20, latencyMs } },
  "hey-answers.csv": {
    measurement: {
      requests: 4,
      failed: 2,
      errorRate: 0.5,
      durationSeconds: 2,
      ratePerSecond: 2,
      latencyMs: { mean: 140, p50: 20, p90: 500, p95: 500, p99: 500, max: 500 },
      timeline: { intervalSeconds: 1, requests: [2, 1, 1], failed: [0, 1, 1] },
    },
    notes: ["hey's CSV holds answers only: requests that failed without one are not in it"],
  },
  "wrk.txt": {
    measurement: {
      requests: 137526,
      failed: 6876,
      errorRate: 6876 / 137526,
      durationSeconds: 3.1,
      ratePerSecond: 137526 / 3.1,
      latencyMs: { mean: 0.1587, p50: 0.09, p90: 0.143, p99: 2.32, max: 8.62 },
    },
    notes: ["no p95 in the file; p99 stands in"],
  },
  "ab.txt": {
    measurement: {
      requests: 1000,
      failed: 50,
      errorRate: 0.05,
      durationSeconds: 0.087,
      ratePerSecond: 1000 / 0.087,
      latencyMs: { mean: 0.347, p50: 0, p90: 0, p95: 1, p99: 3, max: 10 },
    },
    notes: ["ab does not tell redirects from errors: both count as failed"],
  },
  "h2load.txt": {
    measurement: {
      requests: 1000,
      failed: 50,
      errorRate: 0.05,
      durationSeconds: 0.02362,
      ratePerSecond: 1000 / 0.02362,
      latencyMs: { mean: 0.087, max: 0.927 },
    },
    notes: ["no p95 in the file; h2load has no percentiles"],
  },
  "siege.json": {
    measurement: {
      requests: 20482,
      failed: 1024,
      errorRate: 1024 / 20482,
      durationSeconds: 2.03,
      ratePerSecond: 20482 / 2.03,
      latencyMs: { mean: 0, max: 20 },
    },
    notes: ["no p95 in the file; siege writes no percentiles"],
  },
};

/** Twelve digits, so that tenths of milliseconds that were seconds compare. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(12));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}

describe("files of load tests", () => {
  it.each(Object.entries(readings))("%s", (name, { measurement, measuredAt, notes = [] }) => {
    const reading = readAs("load-test", fixture(name));
    expect(rounded(reading.measurement)).toEqual(rounded(measurement));
    expect(reading.origin).toEqual(measuredAt === undefined ? {} : { measuredAt });
    expect(reading.notes).toEqual(notes);
  });

  it.each(["hey.txt", "wrk.txt", "ab.txt", "h2load.txt", "jtl.csv", "locust-stats.csv"])("%s with line ends of Windows", (name) => {
    expect(readAs("load-test", fixture(name).replaceAll("\n", "\r\n")).measurement).toEqual(readAs("load-test", fixture(name)).measurement);
  });
});

describe("where nothing was answered", () => {
  const refusedByAll: [string, string, string | RegExp, string][] = [
    ["vegeta", "vegeta.json", /"success":0.97,"status_codes":\{[^}]*\}/, '"success":0,"status_codes":{"0":1200}'],
    ["oha", "oha.json", /"statusCodeDistribution": \{[^}]*\}/, '"statusCodeDistribution": {}'],
    ["hey", "hey.txt", /Status code distribution:\n(?: {2}\[.*\n)*/, ""],
    ["siege", "siege.json", /19458,\n\t"availability":\t\t\t {7}95.00/, '0,\n"availability": 0'],
  ];
  it.each(refusedByAll)("%s has no latency", (_format, name, before, after) => {
    const text = fixture(name);
    expect(text).toMatch(before);
    const { measurement } = readAs("load-test", text.replace(before, after));
    expect(measurement.errorRate).toBe(1);
    expect(measurement).not.toHaveProperty("latencyMs");
  });

  it("artillery has neither responses nor latencies, and every attempt counts", () => {
    const report = { aggregate: { counters: { "http.requests": 9, "errors.ECONNREFUSED": 9 }, summaries: {} }, intermediate: [] };
    const { measurement, notes } = readAs("load-test", JSON.stringify(report));
    expect(measurement).toEqual({ requests: 9, failed: 9, errorRate: 1 });
    expect(notes).toEqual(["no request was answered, so there are no latencies"]);
  });

  it("h2load and wrk count attempts without an answer", () => {
    const h2load = fixture("h2load.txt").replace(
      /^requests: .*$/m,
      "requests: 100 total, 0 started, 0 done, 0 succeeded, 100 failed, 100 errored, 0 timeout",
    );
    expect(readAs("load-test", h2load).measurement).toMatchObject({ requests: 100, failed: 100, errorRate: 1 });
    expect(readAs("load-test", h2load).measurement).not.toHaveProperty("latencyMs");
    const wrk = fixture("wrk.txt").replace("Requests/sec", "  Socket errors: connect 4, read 3, write 2, timeout 1\nRequests/sec");
    expect(readAs("load-test", wrk).measurement).toMatchObject({ requests: 137536, failed: 6886 });
  });

  it("no tool has a rate of errors without requests", () => {
    const vegeta = fixture("vegeta.json")
      .replace('"requests":1200', '"requests":0')
      .replace(/"success":0.97,"status_codes":\{[^}]*\}/, '"success":0,"status_codes":{}');
    expect(readAs("load-test", vegeta).measurement).toEqual({ requests: 0, failed: 0, durationSeconds: 60, ratePerSecond: 0 });
  });
});

describe("what is refused", () => {
  const replacements: [name: string, what: string, before: string, after: string, code: string][] = [
    ["vegeta.json", "metrics that were never closed", '"success":0.97', '"success":0', "incomplete"],
    ["vegeta.json", "codes that do not sum up", '"200":1104', '"200":1105', "bad-value"],
    ["vegeta.json", "a success that does not fit", '"success":0.97', '"success":0.9', "bad-value"],
    ["vegeta.json", "a code that is none", '"302":60', '"teapot":60', "bad-value"],
    ["vegeta.json", "a time that is none", "2026-11-20T10:01:00.75+01:00", "noon", "bad-value"],
    ["artillery.json", "more answers than requests", '"http.requests": 1200', '"http.requests": 100', "bad-value"],
    ["artillery.json", "an end before the start", "1795169760000", "1795169600000", "bad-value"],
    ["artillery.json", "seconds for milliseconds", "1795169700000", "1795169700", "bad-value"],
    ["locust.json", "a histogram that does not sum up", '"10": 40', '"10": 41', "bad-value"],
    ["locust.json", "more failures than requests", '"num_failures": 4', '"num_failures": 81', "bad-value"],
    ["locust.json", "a time of answer that is none", '"10": 40', '"fast": 40', "bad-value"],
    ["locust-stats.csv", "a CSV without its last row", ",Aggregated,", ",Sum,", "incomplete"],
    ["locust-stats.csv", "text for a number", ",Aggregated,100,", ",Aggregated,many,", "bad-shape"],
    ["jmeter-statistics.json", "a share that does not fit", '"errorPct" : 5.0', '"errorPct" : 0.05', "bad-value"],
    ["jmeter-statistics.json", "more errors than samples", '"errorCount" : 10', '"errorCount" : 201', "bad-value"],
    [
      "jtl.csv",
      "a verdict that is none",
      "text,true,,389,717,1,1,https://staging.example.com/missing",
      "text,ok,,389,717,1,1,x",
      "bad-value",
    ],
    ["jtl.csv", "a time that is none", "1795169702000", "later", "bad-value"],
    ["jtl-elements.xml", "a sample without a time", 'ts="1795169703500"', 'ts=""', "bad-value"],
    ["gatling.json", "counts that do not sum up", '"ok": 190', '"ok": 191', "bad-value"],
    ["gatling.json", "text for a number", '"total": 200', '"total": "-"', "bad-shape"],
    ["gatling-page.html", "counts that do not sum up", 'col-4">10', 'col-4">11', "bad-value"],
    ["gatling-page.html", "a page without its row", 'id="ROOT"', 'id="LEAF"', "incomplete"],
    ["oha.json", "null for a percentile beside answers", '"p95": 0.12', '"p95": null', "bad-shape"],
    ["hey.txt", "percentiles that fall", "95% in 0.1200", "95% in 0.0700", "bad-value"],
    ["hey.txt", "a report without totals", "  Total:", "  Sum:", "incomplete"],
    ["wrk.txt", "a run without totals", " requests in ", " answers in ", "incomplete"],
    ["wrk.txt", "more bad answers than answers", "responses: 6876", "responses: 137527", "bad-value"],
    ["ab.txt", "a run that did not end", "Complete requests:", "Completed requests:", "incomplete"],
    ["ab.txt", "more bad answers than answers", "Non-2xx responses:      50", "Non-2xx responses:      1001", "bad-value"],
    ["h2load.txt", "counts that do not sum up", "950 succeeded", "900 succeeded", "bad-value"],
    ["siege.json", "a share that does not fit", "95.00", "99.00", "bad-value"],
  ];
  it.each(replacements)("%s: %s", (name, _what, before, after, code) => {
    const text = fixture(name);
    expect(text).toContain(before);
    expect(refusal(text.replace(before, after))).toMatchObject({ code, format: expect.any(String) });
  });

  it.each(["hey.txt", "wrk.txt", "ab.txt", "h2load.txt"])("%s twice in one file", (name) => {
    expect(refusal(fixture(name) + fixture(name))).toMatchObject({ code: "bad-shape", message: expect.stringContaining("2 runs") });
  });

  it.each([
    ["ab.txt", "Non-2xx responses:", "Non-2xx responses:      0\nNon-2xx responses:", 20],
    ["wrk.txt", "  Non-2xx or 3xx responses:", "  Non-2xx or 3xx responses: 0\n  Non-2xx or 3xx responses:", 13],
  ])("%s with a line that stands twice", (name, before, after, line) => {
    expect(refusal(fixture(name).replace(before, after))).toMatchObject({ code: "bad-shape", line });
  });

  it("a figure in a report that is none: it is not taken for one that is absent", () => {
    const text = fixture("ab.txt").replace(/Non-2xx responses: +50/, "Non-2xx responses:      many");
    expect(refusal(text)).toMatchObject({ code: "bad-value", line: 19, message: expect.stringContaining("`Non-2xx responses`") });
  });

  it("a report over 1 MiB", () => {
    expect(refusal(`${fixture("wrk.txt")}${"\n".repeat(1024 * 1024)}`)).toMatchObject({ code: "too-large", format: "wrk" });
  });

  it("a report of Artillery 1, by name", () => {
    const old = JSON.stringify({ aggregate: { requestsCompleted: 5, latency: {} }, intermediate: [] });
    expect(refusal(old)).toMatchObject({ code: "unsupported-version", format: "artillery" });
  });
});

describe("what tools count in their own way", () => {
  it("gatling: the page names its percentiles, and without a date it has no time", () => {
    const other = fixture("gatling-page.html").replace("95th pct", "90th pct").replace("10:15:00 GMT", "10:15:00");
    const { measurement, origin, notes, tool } = readAs("load-test", other);
    expect(measurement.latencyMs).toEqual({ mean: 45, p50: 35, p90: 110, p99: 280, max: 900 });
    expect(origin).toEqual({});
    expect(notes).toEqual(["no p95 in the file; p99 stands in"]);
    expect(tool).toEqual({ name: "gatling", version: "3.14.3" });
  });

  it("ab: another length is no failure, a broken connection is one, and without the line that tells them apart all are", () => {
    const text = fixture("ab.txt");
    const failures = "Failed requests:        40\n   (Connect: 0, Receive: 2, Length: 37, Exceptions: 1)";
    expect(readAs("load-test", text.replace("Failed requests:        0", failures)).measurement.failed).toBe(53);
    expect(readAs("load-test", text.replace("Failed requests:        0", "Failed requests:        40")).measurement.failed).toBe(90);
  });

  it("jtl: times without a zone are read as UTC, with a note", () => {
    const text = fixture("jtl.csv").replaceAll(/^17951697(\d\d)(\d{3})/gm, "2026/11/20 10:15:$1.$2");
    const { measurement, notes } = readAs("load-test", text);
    expect(measurement).toMatchObject({ requests: 4, durationSeconds: 4, startedAt: "2026-11-20T10:15:00Z" });
    expect(notes).toEqual(["times without a zone were read as UTC"]);
  });

  it("jtl: semicolons and tabs part cells too", () => {
    const plain = "timeStamp,elapsed,label,success\n1795169700000,100,a,true\n1795169701000,100,a,false\n";
    for (const delimiter of [";", "\t"]) {
      expect(readAs("load-test", plain.replaceAll(",", delimiter)).measurement).toMatchObject({ requests: 2, failed: 1 });
    }
  });

  it("wrk: a rate that does not fit requests and duration gets a note", () => {
    const { measurement, notes } = readAs("load-test", fixture("wrk.txt").replace("in 3.10s", "in 3.10m"));
    expect(measurement.durationSeconds).toBe(186);
    expect(notes).toContain("requests and duration do not fit the rate that wrk printed; the rate here is requests / duration");
  });

  it("wrk: percentiles with decimals, up to 100 %", () => {
    const text = fixture("wrk.txt").replace(/ +99% +2.32ms/, " 99.000%    2.32ms\n100.000%    8.62ms");
    expect(readAs("load-test", text).measurement.latencyMs).toMatchObject({ p50: 0.09, p99: 2.32, max: 8.62 });
  });

  it("hey: a long error counts, though its line is cut", () => {
    const text = fixture("hey.txt").replace("connection refused", "refused ".repeat(500));
    expect(readAs("load-test", text).measurement).toMatchObject({ requests: 1200, failed: 42 });
  });

  it("none of them is taken for another where a line stands before the report", () => {
    for (const name of ["wrk.txt", "ab.txt", "h2load.txt"]) {
      const reading = read(`$ a command\n${fixture(name)}`);
      expect(reading.ok ? reading.format : reading.code).toBe(name.replace(".txt", ""));
    }
  });
});
