import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const [first] = JSON.parse(fixture("alertmanager-alerts.json")) as object[];
const changed = (more: object) => JSON.stringify([{ ...first, ...more }]);

describe("alertmanager-alerts", () => {
  it("takes an end in the future for none", () => {
    const { measurement, origin, notes } = readAs("alerts", fixture("alertmanager-alerts.json"));
    expect(measurement.alerts).toEqual([
      { name: "AssistantErrors", severity: "critical", startsAt: "2026-11-20T08:00:00.340Z", endsAt: null },
      { name: "Spend", severity: null, startsAt: "2026-11-20T07:00:00Z", endsAt: "2026-11-20T07:30:00Z" },
    ]);
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:01:00Z" });
    expect(notes).toEqual([expect.stringContaining("one moment"), "1 of the alerts are silenced or inhibited"]);
  });

  it.each([
    ["a time that is none", changed({ endsAt: "later" }), "bad-value"],
    ["a time without a zone", changed({ startsAt: "2026-11-20T08:00:00" }), "bad-value"],
    ["an alert without a name", changed({ labels: {} }), "bad-shape"],
    ["an alert without a state", changed({ status: {} }), "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "alertmanager-alerts" });
  });

  it("does not take an empty list for anything", () => {
    expect(refusal("[]")).toMatchObject({ code: "unknown-format" });
  });
});
