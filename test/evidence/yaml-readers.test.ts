import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

describe("model-registry", () => {
  it("reads entries as they are written", () => {
    const { models } = readAs("registry", fixture("model-registry.yml")).measurement;
    expect(models).toHaveLength(2);
    expect(models[1]).toEqual({
      id: "chat-1",
      role: "chat",
      provider: "openai",
      version: "gpt-4o-2024-08-06",
      status: "retired",
      owner: "@octo-mia",
      since: "2026-07-01",
      until: "2026-09-20",
    });
  });

  it("reads the same as JSON, and an empty list", () => {
    expect(readAs("registry", '{"models":[{"id":"a"}]}').measurement).toEqual({ models: [{ id: "a" }] });
    expect(readAs("registry", "models: []").measurement).toEqual({ models: [] });
  });

  it.each([
    ["an entry without an id", "models: [{ id: a }, { version: b }]", "bad-shape", "`models[1].id`"],
    ["two entries with one id", "models: [{ id: a }, { id: a }]", "bad-value", "`models`"],
    ["a version that is a number", "models: [{ id: a, version: 1.10 }]", "bad-shape", "put it in quotes"],
    ["an entry that is text", "models: [{ id: a }, b]", "bad-shape", "`models[1]`"],
    ["a blank owner", 'models: [{ id: a, owner: "" }]', "bad-shape", "`models[0].owner`"],
  ])("refuses %s", (_name, text, code, part) => {
    expect(refusal(text)).toMatchObject({ code, format: "model-registry", message: expect.stringContaining(part) });
  });
});

describe("evidence-sidecar", () => {
  it("is an origin", () => {
    const { measurement, origin } = readAs("sidecar", fixture("evidence-sidecar.yml"));
    expect(measurement).toEqual({
      commit: "3f9c2d1e5a7b4c6d8e9f0a1b2c3d4e5f6a7b8c9d",
      measuredAt: "2026-11-12T10:00:00Z",
      model: "gpt-4o-2024-11-20",
      prompt: "sha256:0f1e",
      data: "sha256:2d3c",
      run: "https://github.com/acme/assistant/actions/runs/123",
    });
    expect(origin).toEqual(measurement);
  });

  it("puts times to UTC", () => {
    expect(readAs("sidecar", "measured-at: 2026-11-12T10:00:00+01:00").measurement).toEqual({ measuredAt: "2026-11-12T09:00:00Z" });
  });

  it.each([
    ["an unknown key", "commit: 3f9c2d1\nmeasured_at: 2026-11-12", "bad-shape", "`measured_at`"],
    ["a time without a zone", "measured-at: 2026-11-12T10:00:00", "bad-value", "zone"],
    ["a time that is none", "measured-at: today", "bad-value", "2026-11-12T10:00:00Z"],
    ["a branch for a commit", "commit: main", "bad-value", "hexadecimal"],
    ["a commit that YAML takes for a number", "commit: 1234567", "bad-shape", "quotes"],
    ["null", "commit:\nmeasured-at: 2026-11-12", "bad-shape", "null"],
  ])("refuses %s", (_name, text, code, part) => {
    expect(refusal(text)).toMatchObject({ code, format: "evidence-sidecar", message: expect.stringContaining(part) });
  });
});

describe("prometheus-rules", () => {
  it("reads alerts, recording rules left out", () => {
    const { measurement, notes } = readAs("alerts", fixture("prometheus-rules.yml"));
    expect(measurement.rules).toEqual([
      {
        name: "AssistantErrors",
        severity: "critical",
        for: "5m",
        runbookUrl: "docs/runbooks/errors.md",
        owner: "assistant",
        expr: 'sum(rate(http_requests_total{code=~"5.."}[5m])) > 1',
        labels: { severity: "critical", team: "assistant" },
      },
      { name: "TokenBudget", severity: null, for: null, expr: "sum(increase(gen_ai_client_token_usage_sum[1d])) > 1e6" },
    ]);
    expect(notes).toEqual(["1 recording rule left out"]);
  });

  it("reads resources, several a file, others between them", () => {
    const resource = (name: string) =>
      `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups: [{ name: g, rules: [{ alert: ${name}, expr: up, annotations: { owner: sre } }] }]\n`;
    const text = `---\n# first\n${resource("A")}---\nkind: Service\n---\n${resource("B")}`;
    expect(readAs("alerts", text).measurement.rules).toEqual([
      { name: "A", severity: null, for: null, owner: "sre", expr: "up" },
      { name: "B", severity: null, for: null, owner: "sre", expr: "up" },
    ]);
  });

  it("says of a template that it must be rendered", () => {
    expect(refusal("groups:\n  - name: a\n{{- if .Values.on }}\n    rules: []\n{{- end }}").message).toContain("Render it first");
  });

  it.each([
    ["an alert without a name", "groups: [{ name: g, rules: [{ expr: up }] }]", "bad-shape"],
    ["an alert without an expression", "groups: [{ name: g, rules: [{ alert: A }] }]", "bad-shape"],
    ["a duration that is none", "groups: [{ name: g, rules: [{ alert: A, expr: up, for: soon }] }]", "bad-value"],
    ["labels that are text", "groups: [{ name: g, rules: [{ alert: A, expr: up, labels: critical }] }]", "bad-shape"],
    ["a resource without groups", "kind: PrometheusRule\nspec: {}", "bad-shape"],
    ["a rule that is text", "groups: [{ name: g, rules: [A] }]", "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "prometheus-rules" });
  });
});

describe("otel-collector", () => {
  it("reads the pipelines that send data somewhere", () => {
    const { measurement, notes } = readAs("telemetry", fixture("otel-collector.yaml"));
    expect(measurement.pipelines).toEqual([
      { signal: "traces", exporters: ["otlp/backend"] },
      { signal: "metrics", exporters: ["otlp/backend"] },
    ]);
    expect(notes).toEqual(["1 pipeline has no exporter that sends data anywhere"]);
  });

  it("counts no exporter that is not configured", () => {
    const text = fixture("otel-collector.yaml").replace("otlp/backend: { endpoint", "otlp/other: { endpoint");
    expect(readAs("telemetry", text).measurement.pipelines).toEqual([]);
  });

  it.each(["config:", "config: |"])("reads a resource with `%s`", (key) => {
    const inner = fixture("otel-collector.yaml")
      .split("\n")
      .map((line) => `    ${line}`)
      .join("\n");
    const text = `apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nspec:\n  ${key}\n${inner}`;
    expect(readAs("telemetry", text).measurement.pipelines).toHaveLength(2);
  });

  it("refuses exporters that are no list", () => {
    expect(refusal(fixture("otel-collector.yaml").replace("exporters: [debug]", "exporters: debug"))).toMatchObject({
      code: "bad-shape",
      format: "otel-collector",
    });
  });
});

describe("openslo and sloth", () => {
  it("put targets to shares", () => {
    expect(readAs("slo", fixture("openslo.yaml")).measurement.objectives).toEqual([
      { name: "answers", target: 0.995 },
      { name: "answers", target: 0.999 },
    ]);
    expect(readAs("slo", fixture("sloth.yml")).measurement.objectives).toEqual([{ name: "availability", target: 0.999 }]);
  });

  it("read Sloth's resource", () => {
    const text = "apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nspec: { slos: [{ name: a, objective: 99 }] }";
    expect(readAs("slo", text).measurement.objectives).toEqual([{ name: "a", target: 0.99 }]);
  });

  it("refuse targets over the whole", () => {
    expect(refusal(fixture("openslo.yaml").replace("0.995", "99.5"))).toMatchObject({ code: "bad-value", format: "openslo" });
    expect(refusal(fixture("sloth.yml").replace("99.9", "999"))).toMatchObject({ code: "bad-value", format: "sloth" });
    expect(refusal(fixture("sloth.yml").replace("99.9", '"99.9"'))).toMatchObject({ code: "bad-shape", format: "sloth" });
  });
});

describe("other YAML", () => {
  it.each(["a: 1", "models: [{ name: x }]", "groups: [a]", "kind: Rollout\nspec: {}", "- 1\n- 2", "version: 2\nslos: []"])(
    "is not recognised: %j",
    (text) => {
      expect(read(text)).toMatchObject({ ok: false, code: "unknown-format" });
    },
  );
});
