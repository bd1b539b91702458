import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal, samples } from "./fixtures.ts";

const points = fixture("k6-points.ndjson");

describe("k6-points", () => {
  it("counts requests, failures and dropped iterations, and computes percentiles from all of them", () => {
    const { measurement, origin, notes } = readAs("load-test", points);
    expect(measurement).toEqual({
      requests: 4,
      failed: 1,
      errorRate: 0.25,
      durationSeconds: expect.closeTo(3.10025, 4),
      ratePerSecond: expect.closeTo(4 / 3.10025, 4),
      latencyMs: { mean: 250.1875, p50: 200.5, p90: 400, p95: 400, p99: 400, max: 400 },
      dropped: 3,
      startedAt: "2026-11-20T08:00:01Z",
      endedAt: "2026-11-20T08:00:04.100Z",
      timeline: { intervalSeconds: 1, requests: [2, 1, 0, 1], failed: [0, 1, 0, 0] },
    });
    expect(origin.measuredAt).toBe("2026-11-20T08:00:04.100Z");
    expect(notes).toEqual(["whether the run's thresholds held is not in the file"]);
  });

  it("counts the tokens of the metric that the policy names", () => {
    const { measurement } = readAs("load-test", points, { columns: { totalTokens: "llm_tokens" } });
    expect(measurement.totalTokensPerSecond).toBeCloseTo(1000 / 3.10025, 3);
    expect(measurement.timeline?.tokens).toEqual([500, 250, 0, 250]);
  });

  it("has no rate where nothing spoke HTTP", () => {
    const { measurement, notes } = readAs(
      "load-test",
      points
        .split("\n")
        .filter((line) => !line.includes("http_req"))
        .join("\n"),
    );
    expect(measurement).toEqual({ dropped: 3 });
    expect(notes).toEqual(["the run made no HTTP requests, so there is no rate and no share of errors"]);
  });

  it("reads time zones and blank lines, and a name that is written with escapes", () => {
    const line = (value: number) =>
      `{"type":"Point","metric":"http_r\\u0065q_duration","data":{"time":"2020-03-06T16:45:0${value}.7825645+08:00","value":${value}}}`;
    const { measurement } = readAs("load-test", `{"type":"Metric","metric":"vus","data":{}}\n\n${line(1)}\n${line(3)}\n`);
    expect(measurement).toMatchObject({ latencyMs: { max: 3 }, endedAt: "2020-03-06T08:45:03.783Z" });
  });

  const sample = samples().find(({ path }) => path === "k6/out-json.ndjson");
  (sample === undefined ? it.skip : it)("reads lines of the real tool", () => {
    const { measurement } = readAs("load-test", sample?.bytes ?? "");
    expect(measurement).toMatchObject({ requests: 1, latencyMs: { max: 25493.0072 } });
  });

  it.each([
    ["a last line that is cut off", points.trimEnd().slice(0, -5), "not-parseable", { line: 24 }],
    ["a line that is no object", points.replace('{"metric":"vus"', '["metric":"vus"'), "not-parseable", { line: 23 }],
    ["a negative duration", points.replace('"value":300', '"value":-300'), "bad-value", { line: 14 }],
    ["a duration that is text", points.replace('"value":300', '"value":"300"'), "bad-value", { line: 14 }],
    ["half a request", points.replace('"value":1,', '"value":0.5,'), "bad-value", { line: 3 }],
    ["a time that is none", points.replace("T08:00:01.100456Z", "T08:00:01"), "bad-value", { line: 3 }],
    [
      "more failures than requests",
      points.replaceAll('"metric":"http_reqs","type":"Point"', '"metric":"http_rs","type":"Point"'),
      "bad-value",
      {},
    ],
    [
      "a key that stands twice",
      points.replace('{"metric":"http_reqs","type":"Point"', '{"metric":"a","metric":"http_reqs","type":"Point"'),
      "duplicate-key",
      { line: 3 },
    ],
    ["a line of another tool", `${points}{"a":1}`, "bad-shape", { line: 25 }],
  ])("refuses %s, with its line", (_name, text, code, place) => {
    expect(refusal(text)).toMatchObject({ code, format: "k6-points", ...place });
  });
});
