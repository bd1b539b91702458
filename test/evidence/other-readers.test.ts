import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

describe("junit", () => {
  it("counts test cases", () => {
    const { measurement, origin } = readAs("tests", fixture("junit.xml"));
    expect(measurement).toEqual({ total: 3, passed: 1, failed: 1, errors: 0, skipped: 1 });
    expect(origin).toEqual({ measuredAt: "2026-11-23T18:08:28.046Z" });
  });

  it("does not believe the totals of the root, and goes into nested suites", () => {
    const text =
      '<testsuite tests="1" failures="0"><testcase name="a"><failure/></testcase><testsuite><testcase name="b"><error/><failure/></testcase><testcase name="c"/></testsuite></testsuite>';
    expect(readAs("tests", text).measurement).toEqual({ total: 3, passed: 1, failed: 1, errors: 1, skipped: 0 });
  });

  it("counts no test case that stands inside the output of another", () => {
    const text = "<testsuite><testcase name='a'><system-out><testcase/></system-out></testcase></testsuite>";
    expect(readAs("tests", text).measurement.total).toBe(1);
  });

  it("does not read how long anything took, in whatever language it is written", () => {
    const text = '<testsuite time="1,234.5"><testcase name="a" time="1.234,5"/><testcase name="b"><skipped/></testcase></testsuite>';
    expect(readAs("tests", text).measurement).toEqual({ total: 2, passed: 1, failed: 0, errors: 0, skipped: 1 });
  });

  it("takes the last time, and none without a zone", () => {
    const suite = (time: string) => `<testsuite timestamp="${time}"><testcase name="a"/></testsuite>`;
    expect(
      readAs("tests", `<testsuites>${suite("2026-11-02T10:00:00Z")}${suite("2026-11-01T10:00:00Z")}</testsuites>`).origin.measuredAt,
    ).toBe("2026-11-02T10:00:00Z");
    expect(readAs("tests", suite("2026-11-02T10:00:00"))).toMatchObject({ origin: {}, notes: ["no time with a zone in the file"] });
  });

  it("refuses a report without a test", () => {
    expect(refusal('<testsuites tests="5"/>')).toMatchObject({ code: "incomplete", format: "junit" });
  });
});

describe("log-sample", () => {
  it("counts the lines in which a key has a value, and those in which it stands where that is more", () => {
    expect(readAs("log", fixture("log-sample.jsonl")).measurement).toEqual({
      lines: 2,
      keys: { time: 2, request_id: 2, user: 1, model: 2, outcome: 2, reviewer: 1 },
      present: { user: 2, reviewer: 2 },
      from: "2026-11-12T10:00:00.250Z",
      to: "2026-11-12T10:00:01Z",
    });
  });

  it("takes the names of the log for ours, dots leading into objects", () => {
    const text = '{"when":"2026-11-12T10:00:00Z","http":{"id":"r-1"},"uid":"u","user":"real name"}\n';
    const fields = { time: "when", request_id: "http.id", user: "uid" };
    expect(read(text)).toMatchObject({ ok: false, code: "unknown-format" });
    expect(readAs("log", text, { fields }).measurement.keys).toEqual({ time: 1, request_id: 1, user: 1, http: 1 });
  });

  it("tells where not every line has a time", () => {
    const { measurement, notes } = readAs("log", '{"ts":1763600000,"request_id":"a"}\n');
    expect(measurement).toEqual({ lines: 1, keys: { ts: 1, request_id: 1 } });
    expect(notes).toHaveLength(1);
  });

  it("refuses a line that is broken, and keys without end", () => {
    expect(refusal('{"time":"x","request_id":"a"}\nERROR\n')).toMatchObject({ code: "not-parseable", line: 2 });
    expect(refusal('{"time":"x","request_id":"a"}\n{"a":1,"a":2}\n')).toMatchObject({ code: "duplicate-key", line: 2 });
    const keys = Array.from({ length: 1001 }, (_, index) => `{"time":"x","request_id":"a","k${index}":1}`).join("\n");
    expect(refusal(keys)).toMatchObject({ code: "too-large", format: "log-sample" });
  });
});

describe("json-schema", () => {
  it("reads properties and what is required", () => {
    expect(readAs("json-schema", fixture("json-schema.json")).measurement).toEqual({
      properties: ["time", "request_id", "user"],
      required: ["time", "request_id"],
    });
    expect(readAs("json-schema", '{"type":"object","properties":{}}').measurement).toEqual({ properties: [], required: [] });
  });

  it("refuses a list of required names that is none", () => {
    expect(refusal('{"type":"object","properties":{},"required":[1]}')).toMatchObject({ code: "bad-shape", format: "json-schema" });
  });
});

describe("grafana-dashboard", () => {
  it("counts panels, rows apart, as exported and as the API wraps it", () => {
    expect(readAs("dashboard", fixture("grafana-dashboard.json")).measurement).toEqual({ title: "Assistant", panels: 3 });
    expect(readAs("dashboard", `{"dashboard":${fixture("grafana-dashboard.json")},"meta":{}}`).measurement.panels).toBe(3);
    const old = '{"title":"t","schemaVersion":14,"rows":[{"panels":[{},{}]},{"panels":[{}]}]}';
    expect(readAs("dashboard", old).measurement.panels).toBe(3);
  });

  it("refuses a title that is none", () => {
    expect(refusal(fixture("grafana-dashboard.json").replace('"Assistant"', "7"))).toMatchObject({
      code: "bad-shape",
      format: "grafana-dashboard",
    });
  });
});
