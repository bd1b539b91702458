import { expect, it } from "@jest/globals";
import { criteria } from "../../src/engine/criteria/index.ts";
import escalation from "../../src/engine/criteria/escalation.ts";
import { states } from "../../src/shapes/vocabulary.ts";
import { document, judge, subject } from "./subject.ts";

const worst = (found: readonly string[]) => states.find((state) => found.includes(state)) ?? "met";

it("says of each finding where it is, what helps and who can", () => {
  const report = judge(escalation, subject({ documents: [document("escalation", { severities: [] })] }));
  for (const { state, text, path, remedy, roles } of report.details) {
    expect(text).not.toBe("");
    if (state === "note") continue;
    expect(path).toBe("docs/readiness/escalation.md");
    expect(remedy).toMatch(/\.$/);
    expect(roles.length).toBeGreaterThan(0);
  }
  expect(report.details.length).toBeGreaterThan(1);
});

it.each(criteria.map((criterion) => [criterion.id, criterion] as const))("tells of %s everything that makes its state", (_, criterion) => {
  const report = judge(criterion, subject({ risk: "high" }));
  const found = report.details.map(({ state }) => state);
  expect(worst(found)).toBe(report.state);
  for (const text of report.findings) expect(report.details.map((detail) => detail.text)).toContain(text);
});
