import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

describe("k6-summary", () => {
  it("reads data of handleSummary", () => {
    expect(readAs("load-test", fixture("k6-summary.json"))).toEqual({
      ok: true,
      format: "k6-summary",
      kind: "load-test",
      tool: { name: "k6", version: null },
      measurement: {
        requests: 6000,
        failed: 60,
        errorRate: 0.01,
        durationSeconds: 60,
        ratePerSecond: 100,
        latencyMs: { mean: 120.5, p50: 100, p90: 200, p95: 300, p99: 500, max: 900 },
        dropped: 12,
        thresholds: { passed: 1, failed: 1 },
      },
      origin: {},
      notes: [],
    });
  });

  it("counts the tokens of the counter that the policy names, and says where it is not there", () => {
    const options = { columns: { totalTokens: "llm_tokens" } };
    const own = '"llm_tokens": { "type": "counter", "contains": "default", "values": { "count": 180000, "rate": 3000 } }, "http_reqs"';
    const counted = readAs("load-test", fixture("k6-summary.json").replace('"http_reqs"', own), options);
    expect(counted.measurement.totalTokensPerSecond).toBe(3000);
    const absent = readAs("load-test", fixture("k6-summary.json"), options);
    expect(absent.measurement.totalTokensPerSecond).toBeUndefined();
    expect(absent.notes).toContain("the metric of `columns.totalTokens` is not in the file");
  });

  it("reads the old summary export, whose thresholds are true when they were crossed, and which has no duration", () => {
    const { measurement, notes } = readAs("load-test", fixture("k6-summary-legacy.json"));
    expect(measurement).toMatchObject({
      requests: 6000,
      failed: 60,
      errorRate: 0.01,
      ratePerSecond: 100,
      thresholds: { passed: 1, failed: 1 },
    });
    expect(measurement.durationSeconds).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining("how long the run took")]);
    const crossed = fixture("k6-summary-legacy.json").replace('"p(95)<500": false', '"p(95)<500": true');
    expect(readAs("load-test", crossed).measurement.thresholds).toEqual({ passed: 0, failed: 2 });
  });

  it("reads the machine-readable summary, which has duration, time and version, and no thresholds", () => {
    const text = fixture("k6-summary-machine-readable.json");
    const { measurement, origin, tool, notes } = readAs("load-test", text);
    expect(measurement).toEqual({
      requests: 6000,
      failed: 60,
      errorRate: 0.01,
      durationSeconds: 60,
      ratePerSecond: 100,
      latencyMs: { mean: 120.5, p50: 100, p90: 200, p95: 300, max: 900 },
    });
    expect({ origin, tool, notes }).toEqual({
      origin: { measuredAt: "2026-11-20T09:00:00Z" },
      tool: { name: "k6", version: "2.2.0" },
      notes: [],
    });
    expect(readAs("load-test", text.replace('"1.0.0"', '"2.0.0"')).notes[0]).toContain("its shape fits");
    const another = text.replace('"1.0.0"', '"2.0.0"').replace('"duration"', '"length"');
    expect(refusal(another)).toMatchObject({ code: "unsupported-version", message: expect.stringContaining("Version 2.0.0 of k6's") });
    expect(refusal(text.replace('"total": 6000', '"total": 6001'))).toMatchObject({ code: "bad-value" });
    expect(refusal(text.replace("2026-11-20T10:00:00+01:00", "today"))).toMatchObject({ code: "bad-value" });
  });

  it("takes no share of a metric under a tag for the whole", () => {
    const text = fixture("k6-summary.json").replace('"http_req_failed": {', '"http_req_failed{status:500}": {');
    expect(readAs("load-test", text).measurement).not.toHaveProperty("errorRate");
  });

  it("has no latency where there was no request", () => {
    const text = fixture("k6-summary.json")
      .replace('"count": 6000, "rate": 100', '"count": 0, "rate": 0')
      .replace('"rate": 0.01, "passes": 60, "fails": 5940', '"rate": 0, "passes": 0, "fails": 0');
    const { measurement } = readAs("load-test", text);
    expect(measurement).toMatchObject({ requests: 0, failed: 0, ratePerSecond: 0 });
    expect(measurement).not.toHaveProperty("latencyMs");
    expect(measurement).not.toHaveProperty("errorRate");
  });

  it("says which percentile stands in for p95", () => {
    const text = fixture("k6-summary.json").replace('"p(90)": 200, "p(95)": 300,', '"p(90)": 200,');
    expect(readAs("load-test", text).notes).toEqual(["no p95 in the file; p99 stands in"]);
  });

  it("has no rate for a run without HTTP", () => {
    const text = fixture("k6-summary.json").replace('"http_reqs"', '"grpc_reqs"');
    const { measurement, notes } = readAs("load-test", text);
    expect(measurement).not.toHaveProperty("ratePerSecond");
    expect(measurement).not.toHaveProperty("errorRate");
    expect(notes[0]).toContain("no HTTP requests");
  });

  it.each([
    ["more failed than asked", '"passes": 60, "fails": 5940', '"passes": 61, "fails": 5940', "bad-value"],
    ["a rate that does not fit its counts", '"rate": 0.01, "passes": 60', '"rate": 0.02, "passes": 60', "bad-value"],
    ["a rate over 1", '"rate": 0.01, "passes": 60', '"rate": 1.5, "passes": 60', "bad-value"],
    ["half a request", '"count": 6000', '"count": 6000.5', "bad-value"],
    ["text for a number", '"count": 6000', '"count": "6000"', "bad-shape"],
    ["null for a number", '"p(95)": 300', '"p(95)": null', "bad-shape"],
    ["a number without end", '"p(95)": 300', '"p(95)": 1e999', "bad-value"],
    ["a negative number", '"med": 100', '"med": -100', "bad-value"],
    ["p95 over p99", '"p(95)": 300', '"p(95)": 600', "bad-value"],
    ["a mean over the maximum", '"avg": 120.5', '"avg": 1000', "bad-value"],
    ["thresholds of the old kind", '{ "ok": true }', "false", "bad-shape"],
    ["no values", '"values": { "count": 6000, "rate": 100 }', '"count": 6000', "bad-shape"],
  ])("refuses %s", (_name, before, after, code) => {
    const text = fixture("k6-summary.json");
    expect(text).toContain(before);
    expect(refusal(text.replace(before, after))).toMatchObject({ code, format: "k6-summary" });
  });

  it("says which value is wrong", () => {
    const { message } = refusal(fixture("k6-summary.json").replace('"p(95)": 300', '"p(95)": "fast"'));
    expect(message).toBe("`metrics.http_req_duration.values.p(95)` must be a number; it is text.");
  });
});

describe("autocannon", () => {
  it("reads a run", () => {
    const { measurement, origin, notes } = readAs("load-test", fixture("autocannon.json"));
    expect(measurement).toEqual({
      requests: 400,
      failed: 20,
      errorRate: 0.05,
      durationSeconds: 4.01,
      ratePerSecond: 400 / 4.01,
      latencyMs: { mean: 1.11, p50: 0, p90: 3, p97_5: 8, p99: 9, max: 9 },
      startedAt: "2026-11-23T18:08:21.705Z",
      endedAt: "2026-11-23T18:08:25.714Z",
    });
    expect(origin).toEqual({ measuredAt: "2026-11-23T18:08:25.714Z" });
    expect(notes).toEqual(["no p95 in the file; p97.5 stands in"]);
  });

  it("counts every attempt where nobody answers, and has no latency", () => {
    const { measurement, notes } = readAs("load-test", fixture("autocannon-refused.json"));
    expect(measurement).toMatchObject({ requests: 44476, failed: 44476, errorRate: 1 });
    expect(measurement).not.toHaveProperty("latencyMs");
    expect(notes[0]).toContain("no request was answered");
  });

  it("takes redirects for answers", () => {
    const text = fixture("autocannon.json").replace('"3xx":0', '"3xx":10').replace('"non2xx":20', '"non2xx":30');
    expect(readAs("load-test", text).measurement.failed).toBe(20);
  });

  it("takes whatever is not 2xx for failed in files that do not tell them apart", () => {
    const text = fixture("autocannon.json").replace('"4xx":0,"5xx":20,', "");
    expect(readAs("load-test", text).measurement.failed).toBe(20);
  });

  it("counts answers that were not what the run expected", () => {
    expect(readAs("load-test", fixture("autocannon.json").replace('"mismatches":0', '"mismatches":50')).measurement.failed).toBe(50);
  });

  it.each([
    ["more bad answers than answers", '"non2xx":20', '"non2xx":401'],
    ["5xx that are not among the others", '"5xx":20', '"5xx":21'],
    ["a time that is none", "2026-11-23T18:08:25.714Z", "yesterday"],
    ["a percentile that falls", '"p99":9,"p99_9":9', '"p99":7,"p99_9":9'],
    ["a negative count", '"errors":0', '"errors":-1'],
  ])("refuses %s", (_name, before, after) => {
    const text = fixture("autocannon.json");
    expect(text).toContain(before);
    expect(refusal(text.replace(before, after))).toMatchObject({ code: "bad-value", format: "autocannon" });
  });
});
