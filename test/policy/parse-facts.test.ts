import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { parseFacts, parseFactsBytes } from "../../src/policy/parse-facts.ts";

const at = "2026-10-01T09:00:00Z";
const facts = {
  repository: "acme/assistant",
  commit: "3f9c2d1e",
  defaultBranch: "main",
  approvals: [
    {
      criterion: "legal-privacy-architecture",
      role: "legal-privacy",
      by: "octo-lea",
      at,
      digest: "sha256:1",
      source: "review",
      url: "https://example.com",
    },
  ],
  decisions: [{ gate: "rollout", verdict: "hold", role: "sre", by: "octo-sam", at, reason: "too early" }],
  deployments: [{ id: 1, environment: "production-canary", commit: "3f9c2d1e", trafficPercent: 10, statuses: [{ state: "success", at }] }],
  alerts: {
    from: at,
    to: at,
    coverage: [{ from: at, to: at }],
    alerts: [{ name: "down", severity: "critical", startsAt: at, endsAt: null }],
    silences: [],
  },
  requests: [{ environment: "production-canary", from: at, to: at, count: 48210 }],
  checks: [{ app: "github-actions", name: "test", workflow: null, commit: "3f9c2d1e", conclusion: "success" }],
  lineage: [{ path: "docs/readiness/business-metrics.md", blob: "b1", commit: "3f9c2d1e", at, author: "octo-dev" }],
};

function problemsOf(value: unknown) {
  const parsed = parseFacts(JSON.stringify(value));
  return parsed.ok ? [] : parsed.problems;
}

describe("parseFacts", () => {
  it("accepts every key there is, and none", () => {
    expect(parseFacts(JSON.stringify(facts))).toEqual({ ok: true, facts });
    expect(parseFacts("{}")).toEqual({ ok: true, facts: {} });
    expect(parseFactsBytes(new TextEncoder().encode(`\uFEFF${JSON.stringify(facts)}`)).ok).toBe(true);
  });

  it.each([
    ["", "empty"],
    [" \n", "empty"],
    ["{", "not-json"],
    ["secret: value", "not-json"],
    ["[]", "not-a-mapping"],
    ["null", "not-a-mapping"],
  ])("refuses %j: %s", (text, code) => {
    expect(parseFacts(text)).toMatchObject({ ok: false, problems: [{ code, path: "" }] });
  });

  it("does not quote what it cannot parse", () => {
    expect(JSON.stringify(parseFacts('{"token": "hunter2" oops'))).not.toContain("hunter2");
  });

  it.each([
    [{ deploymnts: [] }, "unknown-key", "", "Unknown key `deploymnts`, did you mean `deployments`?"],
    [
      { approvals: [{ ...facts.approvals[0], at: "yesterday" }] },
      "bad-date",
      "approvals[0].at",
      "`approvals[0].at` must be a time such as 2026-09-07T10:00:00Z; it is `yesterday`.",
    ],
    [
      { approvals: [{ ...facts.approvals[0], criterion: "loadtest" }] },
      "not-a-choice",
      "approvals[0].criterion",
      "did you mean `load-test`?",
    ],
    [
      { decisions: [{ gate: "rollout", verdict: "hold", role: "sre", by: "a" }] },
      "missing-key",
      "decisions[0]",
      "`decisions[0]` needs `at`.",
    ],
    [
      { requests: [{ ...facts.requests[0], count: -1 }] },
      "out-of-range",
      "requests[0].count",
      "`requests[0].count` must be at least 0; it is `-1`.",
    ],
    [{ checks: {} }, "wrong-type", "checks", "`checks` must be a list; it is a mapping."],
    [JSON.parse('{"__proto__": {"commit": "x"}}'), "unknown-key", "", "Unknown key `__proto__`"],
  ])("explains %j", (value, code, path, message) => {
    const [problem] = problemsOf(value);
    expect([problem?.code, problem?.path]).toEqual([code, path]);
    expect(problem?.message).toContain(message);
  });

  it("caps the problems", () => {
    const problems = problemsOf({ lineage: Array.from({ length: 300 }, () => 1) });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toBe("At least 200 more problems are not shown.");
  });

  it("is bounded in size and depth", () => {
    expect(parseFactsBytes(new Uint8Array(33 * 1024 * 1024))).toMatchObject({ ok: false, problems: [{ code: "too-large" }] });
    expect(parseFactsBytes(Uint8Array.of(0xff))).toMatchObject({ ok: false, problems: [{ code: "not-utf8" }] });
    const deployment = `{"statuses":[${"{},".repeat(999)}{}]}`;
    expect(parseFacts(`{"deployments":[${`${deployment},`.repeat(1000)}${deployment}]}`)).toMatchObject({
      ok: false,
      problems: [{ code: "too-large" }],
    });
    expect(parseFacts(`{"repository":${"[".repeat(200_000)}${"]".repeat(200_000)}}`).ok).toBe(false);
  });

  it("survives anything", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.json(),
          fc.constantFrom(...Object.keys(facts)).chain((key) => fc.jsonValue().map((value) => JSON.stringify({ [key]: value }))),
        ),
        (text) => {
          const parsed = parseFacts(text);
          expect(parsed.ok || parsed.problems.length > 0).toBe(true);
        },
      ),
    );
  });
});
