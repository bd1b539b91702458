import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { readEvidence } from "../../src/evidence/read-evidence.ts";
import { renderJunit } from "../../src/report/render-junit.ts";
import type { Report } from "../../src/shapes/report.ts";
import { aReport, aSystem, gatesWith, heldReport, hostileReport, passingReport, withForeignText } from "./a-report.ts";

/** Counts as our own reader finds them; it trusts no total. */
function read(report: Report): object {
  const reading = readEvidence(Buffer.from(renderJunit(report)));
  return reading.ok && reading.kind === "tests" ? reading.measurement : reading;
}

/** The totals of the root, which other readers trust. Throws where the file is not well-formed. */
function totals(text: string): Record<string, string> {
  let found: Record<string, string> = {};
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "testsuites") found = attributes as Record<string, string>;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
  return found;
}

describe("JUnit XML", () => {
  it("is a case for each criterion, and one for what else holds a gate", () => {
    // Open: legal-privacy-architecture, load-test, escalation, canary-stability; a hold of a person, an entry that is closed.
    expect(read(heldReport())).toEqual({ total: 18, passed: 10, failed: 6, skipped: 2, errors: 0 });
    expect(read(passingReport())).toEqual({ total: 16, passed: 16, failed: 0, skipped: 0, errors: 0 });
    expect(totals(renderJunit(heldReport()))).toMatchObject({ tests: "18", failures: "6", errors: "0", skipped: "2" });
  });

  it.each([
    ["inconclusive", { errors: 1, failed: 0, skipped: 0 }],
    ["not-met", { errors: 0, failed: 1, skipped: 0 }],
    ["missing", { errors: 0, failed: 1, skipped: 0 }],
    ["stale", { errors: 0, failed: 1, skipped: 0 }],
    ["needs-decision", { errors: 0, failed: 1, skipped: 0 }],
    ["waived", { errors: 0, failed: 0, skipped: 1 }],
    ["not-applicable", { errors: 0, failed: 0, skipped: 1 }],
    ["met", { errors: 0, failed: 0, skipped: 0 }],
  ] as const)("says of a criterion what it is: %s", (state, counts) => {
    expect(read(aReport([aSystem(gatesWith({ guardrails: { state } }))]))).toMatchObject({ total: 16, ...counts });
  });

  it("names system, gate and criterion, and says why and what next", () => {
    const text = renderJunit(heldReport());
    expect(text).toContain('<testcase classname="support-assistant.infrastructure" name="load-test" time="0">');
    expect(text).toContain('<failure type="not-met" message="61.2 requests/s sustained; 2x the expected peak of 40 is 80">');
    expect(text).toContain("\nNext (sre): Run the load test at 80 requests/s for 60 minutes and commit the result.\n");
    expect(text).toContain('<skipped message="waived until 2026-12-15, approved by @octo-mia: survey tool migration"/>');
    expect(text).toContain("The gate does not block: warns, blocks from 2026-12-01.");
  });

  it("is well-formed and holds no control character, whatever the report says", () => {
    expect(totals(renderJunit(hostileReport()))).toMatchObject({ tests: "18" });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const output = renderJunit(withForeignText(heldReport(), text));
        expect(totals(output)).toMatchObject({ tests: "18", failures: "6" });
        expect(output.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 100 },
    );
  });
});
