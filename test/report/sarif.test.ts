import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { criteria } from "../../src/engine/criteria/index.ts";
import { readEvidence } from "../../src/evidence/read-evidence.ts";
import { fingerprint } from "../../src/report/fingerprint.ts";
import { renderSarif, type SarifOptions } from "../../src/report/render-sarif.ts";
import type { CriterionReport, Detail, GateReport, Report } from "../../src/shapes/report.ts";
import { aReport, aSystem, gatesWith, heldReport } from "./a-report.ts";
import { sarifSubset } from "./sarif-subset.ts";

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: { physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region?: { startLine: number } } }[];
  partialFingerprints: Record<string, string>;
  suppressions?: { justification: string }[];
}
interface Run {
  tool: { driver: { rules: { id: string; name?: string; helpUri?: string; help: { markdown?: string } }[] } };
  automationDetails: { id: string };
  invocations: [{ executionSuccessful: boolean; toolExecutionNotifications?: { message: { text: string } }[] }];
  results: Result[];
}

const valid = new Ajv2020({ strict: false, allErrors: true, formats: { "date-time": true, uri: true, "uri-reference": true } }).compile(
  sarifSubset,
);

function runOf(report: Report, options: Partial<SarifOptions> = {}): Run {
  const text = renderSarif(report, { rules: criteria, ...options });
  const log = JSON.parse(text) as { runs: [Run] };
  valid(log);
  expect(valid.errors ?? []).toEqual([]);
  return log.runs[0];
}

const detail = (fields: Partial<Detail> = {}): Detail => ({
  path: "docs/readiness/escalation.md",
  line: null,
  state: "missing",
  text: "docs/readiness/escalation.md names no owner.",
  remedy: "Name one.",
  roles: ["sre"],
  ...fields,
});
const escalation = (details: Detail[], gate: Partial<GateReport> = {}, fields: Partial<CriterionReport> = {}) =>
  aReport([
    aSystem(
      gatesWith(
        { escalation: { state: details[0]?.state === "note" ? "met" : (details[0]?.state ?? "met"), details, ...fields } },
        { infrastructure: gate },
      ),
    ),
  ]);
const only = (report: Report): Result => {
  const { results } = runOf(report);
  const [result] = results;
  if (result === undefined || results.length > 1) throw new Error(`${results.length} results`);
  return result;
};

describe("SARIF", () => {
  it("has a rule for each criterion, and what code scanning shows of it", () => {
    const { rules } = runOf(heldReport()).tool.driver;
    expect(rules.map(({ id }) => id)).toEqual([...criteria.map(({ id }) => id), "standing-hold"]);
    for (const { id, name, helpUri } of rules) {
      expect(name?.toLowerCase()).not.toBe(id);
      expect(helpUri).toBeUndefined();
    }
    const linked = runOf(heldReport(), { docsUrl: "https://docs.example/main" }).tool.driver.rules[9];
    expect(linked).toMatchObject({ id: "load-test", name: "LoadTest", helpUri: "https://docs.example/main/docs/criteria/load-test.md" });
    expect(linked?.help.markdown).toContain("(https://docs.example/main/docs/criteria/load-test.md)");
  });

  it("says where, what and what next", () => {
    expect(only(escalation([detail({ line: 7 })]))).toMatchObject({
      ruleId: "escalation",
      ruleIndex: 11,
      level: "error",
      message: { text: "docs/readiness/escalation.md names no owner. Next (sre): Name one." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "docs/readiness/escalation.md", uriBaseId: "%SRCROOT%" },
            region: { startLine: 7 },
          },
        },
      ],
    });
  });

  it.each<[string, Detail["state"], Partial<GateReport>, string]>([
    ["not met", "not-met", {}, "error"],
    ["missing", "missing", {}, "error"],
    ["stale", "stale", {}, "error"],
    ["inconclusive", "inconclusive", {}, "warning"],
    ["a decision", "needs-decision", {}, "warning"],
    ["a note", "note", {}, "note"],
    ["what only warns", "not-met", { enforcement: "warn", enforceFrom: "2026-12-01" }, "warning"],
    ["what is advised", "not-met", { enforcement: "advisory" }, "warning"],
  ])("takes its level from state and gate: %s", (_, state, gate, level) =>
    expect(only(escalation([detail({ state })], gate)).level).toBe(level),
  );

  it("says of a gate that does not block from when it will", () => {
    const { message } = only(escalation([detail()], { enforcement: "warn", enforceFrom: "2026-12-01" }));
    expect(message.text).toMatch(/ The gate infrastructure does not block: warns, blocks from 2026-12-01\.$/);
  });

  it.each([
    ["a space, a percent sign and letters", "docs/ä b%.md", "docs/%C3%A4%20b%25.md"],
    ["a colon, that no scheme begins", "a:b/c.md", "a%3Ab/c.md"],
    ["half a character", "a\uD800.md", "a%EF%BF%BD.md"],
    ["no file", null, ".github/pilotgate.yml"],
    ["an empty path", "", ".github/pilotgate.yml"],
    ["a path out of the repository", "../../etc/passwd", ".github/pilotgate.yml"],
    ["an absolute path", "/etc/passwd", ".github/pilotgate.yml"],
  ])("names the file as a URI within the repository: %s", (_, path, uri) =>
    expect(only(escalation([detail({ path })])).locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri),
  );

  it("keeps the identity of a finding while only its figures change", () => {
    const hash = (text: string, path = "a.json") =>
      only(escalation([detail({ text, path })])).partialFingerprints["primaryLocationLineHash"];
    const first = hash("61.2 requests/s sustained; 2x the expected peak of 40 is 80.");
    expect(hash("1 250 requests/s sustained; 2x the expected peak of 700 is 1400.")).toBe(first);
    expect(hash("The run says nothing of errors.")).not.toBe(first);
    expect(hash("61.2 requests/s sustained; 2x the expected peak of 40 is 80.", "b.json")).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{16}:1$/);
    expect(fingerprint(["since 2026-11-20 09:00"])).toBe(fingerprint(["since 2026-01-02 10:30"]));
  });

  it("tells findings of a file apart, and leaves the hash of a line to the upload, which follows it", () => {
    const { results } = runOf(escalation([detail({ text: "One of 2." }), detail({ text: "One of 3." }), detail({ line: 3 })]));
    const [one, other, placed] = results;
    expect(one?.partialFingerprints["primaryLocationLineHash"]).not.toBe(other?.partialFingerprints["primaryLocationLineHash"]);
    expect(Object.keys(placed?.partialFingerprints ?? {})).toEqual(["pilotgate/v1"]);
  });

  it("makes one result of what one criterion finds at one line", () => {
    const { message } = only(
      escalation([detail({ line: 3 }), detail({ line: 3, state: "note", text: "And this.", remedy: null, roles: [] })]),
    );
    expect(message.text).toMatch(/^docs.*Name one\. And this\.$/);
  });

  it("shows a waived criterion as a note that is suppressed", () => {
    const waiver = { until: "2026-12-15", reason: "moving", approvedBy: "@octo-mia" };
    const result = only(escalation([detail()], {}, { state: "waived", waiver }));
    expect(result).toMatchObject({
      level: "note",
      suppressions: [{ justification: "waived until 2026-12-15, approved by @octo-mia: moving" }],
    });
  });

  it("shows a hold that a person set", () => {
    const holds = [{ role: "sre" as const, by: "octo-sam", at: "2026-11-20T10:00:00Z", reason: "second red team" }];
    expect(only(aReport([aSystem(gatesWith({}, { rollout: { verdict: "hold", holds } }))]))).toMatchObject({
      ruleId: "standing-hold",
      ruleIndex: 16,
      level: "error",
      message: { text: "octo-sam (sre) holds the gate rollout since 2026-11-20: second red team." },
    });
  });

  it("names the system where there are several", () => {
    const [first] = escalation([detail()]).systems;
    if (first === undefined) throw new Error("the builder gives one system");
    const { results } = runOf(aReport([first, { ...first, id: "triage" }]));
    expect(results.map(({ message }) => message.text.split(":")[0])).toEqual(["support-assistant", "triage"]);
  });

  it("makes no link of foreign text and holds no control character", () => {
    const { message } = only(escalation([detail({ text: "\u001B[31m[click](https://evil.example) \u202Ex\n\n# y" })]));
    expect(message.text).not.toMatch(/\]\(|[\p{Cc}\u202E]/u);
    expect(message.text).toContain("[click]");
  });

  it("puts parts that are uploaded apart into categories of their own", () => {
    expect(runOf(heldReport()).automationDetails.id).toBe("pilotgate/");
    expect(runOf(heldReport(), { scope: ["triage", "rollout"] }).automationDetails.id).toBe("pilotgate/triage/rollout/");
  });

  it("stays within what code scanning takes, errors first, and says what it leaves out", () => {
    const details = Array.from({ length: 50 }, (_, index) => detail({ text: `${"x".repeat(4000)} ${String.fromCodePoint(97 + index)}` }));
    const systems = Array.from({ length: 130 }, (_, index) => {
      const gates = gatesWith({
        escalation: { state: "missing", details },
        "canary-stability": { state: "inconclusive", details: [detail({ state: "inconclusive" })] },
      });
      return aSystem(gates, { id: `system-${index}` });
    });
    const { results, invocations } = runOf(aReport(systems));
    expect(results).toHaveLength(5000);
    expect(new Set(results.map(({ level }) => level))).toEqual(new Set(["error"]));
    expect(Math.max(...results.map(({ message }) => message.text.length))).toBeLessThanOrEqual(1000);
    expect(invocations[0].toolExecutionNotifications?.[0]?.message.text).toBe("1630 results are left out here.");
  });

  it("is read back by our own reader: findings that hold, notes that do not count", () => {
    const report = escalation([
      detail(),
      detail({ state: "inconclusive", text: "Unclear." }),
      detail({ state: "note", text: "By the way." }),
    ]);
    const read = readEvidence(Buffer.from(renderSarif(report, { rules: criteria })));
    expect(read).toMatchObject({ ok: true, format: "sarif", tool: { name: "Pilotgate", version: "1.0.0" } });
    expect(read).toMatchObject({ measurement: { total: 2, failed: 2 }, origin: { measuredAt: "2026-11-23T09:00:00Z" } });
  });
});
