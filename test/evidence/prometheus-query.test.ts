import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const answer = (result: unknown, resultType = "matrix") => JSON.stringify({ status: "success", data: { resultType, result } });

describe("prometheus-query", () => {
  it("reads series, and names the largest gap", () => {
    const { measurement, origin, notes } = readAs("metric-series", fixture("prometheus-query.json"));
    expect(measurement.series).toEqual([
      {
        name: "up",
        points: 3,
        from: "2026-11-20T08:00:00Z",
        to: "2026-11-20T08:05:00Z",
        mean: 0.5,
        values: [
          { at: "2026-11-20T08:00:00Z", value: 1 },
          { at: "2026-11-20T08:01:00Z", value: 0.5 },
          { at: "2026-11-20T08:05:00Z", value: 0 },
        ],
      },
    ]);
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:05:00Z" });
    expect(notes).toEqual(["the largest gap between samples is 180 s", "1 samples are no finite number and were left out"]);
  });

  it("reads alerts from samples, a span without holes each", () => {
    const { measurement, notes } = readAs("alerts", fixture("prometheus-query-alerts.json"));
    expect(measurement.alerts).toEqual([
      { name: "AssistantErrors", severity: "critical", startsAt: "2026-11-20T08:00:00Z", endsAt: "2026-11-20T08:01:00Z" },
      { name: "AssistantErrors", severity: "critical", startsAt: "2026-11-20T08:05:00Z", endsAt: "2026-11-20T08:05:00Z" },
      { name: "Spend", severity: null, startsAt: "2026-11-20T08:05:00Z", endsAt: "2026-11-20T08:05:00Z" },
    ]);
    expect(notes).toContain("1 pending alert left out");
  });

  it("notes a step that misses short alerts", () => {
    const series = {
      metric: { __name__: "ALERTS", alertname: "a" },
      values: [
        [0, "1"],
        [1800, "1"],
      ],
    };
    const { measurement, notes } = readAs("alerts", answer([series]));
    expect(measurement.alerts).toHaveLength(1);
    expect(notes).toContainEqual(expect.stringContaining("1800 s apart"));
  });

  it("takes no series for no proof", () => {
    const { measurement, origin, notes } = readAs("metric-series", answer([]));
    expect({ measurement, origin }).toEqual({ measurement: { series: [] }, origin: {} });
    expect(notes).toEqual([expect.stringContaining("does not show that nothing happened")]);
  });

  it("reads vectors, and tells series of one name apart by their labels", () => {
    const series = (job: string) => ({ metric: { __name__: "up", job }, value: [1795161600, "1"] });
    const { measurement } = readAs("metric-series", answer([series("a"), series("b"), { metric: {}, value: [1795161600, "2"] }], "vector"));
    expect(measurement.series.map(({ name }) => name)).toEqual(['up{job="a"}', 'up{job="b"}', "value"]);
  });

  it("reads the alerts of one moment", () => {
    const alert = (state: string) => ({ labels: { alertname: "a", severity: "page" }, state, activeAt: "2026-11-20T08:00:00.123456789Z" });
    const text = JSON.stringify({ status: "success", data: { alerts: [alert("firing"), alert("pending")] } });
    expect(readAs("alerts", text)).toMatchObject({
      measurement: { alerts: [{ name: "a", severity: "page", startsAt: "2026-11-20T08:00:00.123Z", endsAt: null }] },
      origin: {},
    });
  });

  const up = { __name__: "up" };
  it.each([
    ["an error", JSON.stringify({ status: "error", errorType: "bad_data", error: "x" }), "incomplete"],
    ["a scalar", answer([1795161600, "1"], "scalar"), "bad-shape"],
    [
      "samples out of order",
      answer([
        {
          metric: up,
          values: [
            [2, "1"],
            [1, "1"],
          ],
        },
      ]),
      "bad-value",
    ],
    ["a sample that is no text", answer([{ metric: up, values: [[1, 1]] }]), "bad-value"],
    ["a sample that is no number", answer([{ metric: up, values: [[1, "much"]] }]), "bad-value"],
    ["a native histogram", answer([{ metric: up, histograms: [] }]), "bad-value"],
    ["a time beyond all time", answer([{ metric: up, values: [[1e18, "1"]] }]), "bad-value"],
    [
      "alerts beside metrics",
      answer([
        { metric: up, values: [] },
        { metric: { __name__: "ALERTS" }, values: [] },
      ]),
      "bad-value",
    ],
    ["too many series", answer(Array.from({ length: 1001 }, () => ({ metric: up, values: [] }))), "too-large"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "prometheus-query" });
  });

  it("refuses more samples than anybody judges, before it looks at them", () => {
    const values = Array.from({ length: 250_001 }, () => null);
    expect(refusal(answer([{ metric: {}, values }]))).toMatchObject({ code: "too-large", message: expect.stringContaining("samples") });
  });
});
