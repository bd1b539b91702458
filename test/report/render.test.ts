import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import MarkdownIt from "markdown-it";
import { displayWidth } from "../../src/report/display-width.ts";
import { utf8Length } from "../../src/report/fit.ts";
import { COMMENT_MARKER, renderComment } from "../../src/report/render-comment.ts";
import { renderJson, reportKeys } from "../../src/report/render-json.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { renderText } from "../../src/report/render-text.ts";
import { toCheckOutput } from "../../src/report/to-check-output.ts";
import { reportSchema, type Report } from "../../src/shapes/report.ts";
import { gateIds } from "../../src/shapes/vocabulary.ts";
import { aCriterion, aGate, aReport, aSystem, gatesWith, heldReport, hostileReport, passingReport, withForeignText } from "./a-report.ts";

const docsUrl = "https://pilotgate.example/main";

/** Fifty systems with every criterion open and every text long: more than any output may hold. */
function hugeReport(text = "é&<|".repeat(400)): Report {
  const held = withForeignText(heldReport(), text);
  const findings = Array.from({ length: 60 }, (_, index) => `${index} ${text}`);
  const systems = Array.from({ length: 50 }, (_, index) => {
    const system = held.systems[0];
    if (system === undefined) throw new Error("the builder gives one system");
    const gates = system.gates.map((gate) => ({ ...gate, criteria: gate.criteria.map((criterion) => ({ ...criterion, findings })) }));
    return { ...system, id: `system-${index}`, gates };
  });
  return aReport(systems);
}

describe("text", () => {
  const widths = [20, 33, 40, 60, 75, 76, 80, 100, 200];

  it.each(widths)("stays within %d columns", (width) => {
    for (const report of [heldReport(), passingReport(), hostileReport()]) {
      for (const color of [false, true]) {
        const lines = renderText(report, { color, width, verbose: true }).split("\n");
        const longest = Math.max(...lines.map((line) => displayWidth(stripVTControlCharacters(line))));
        expect(longest).toBeLessThanOrEqual(Math.max(width, 33));
      }
    }
  });

  it("says with colour what it says without", () => {
    for (const width of widths) {
      const colored = renderText(heldReport(), { color: true, width });
      expect(stripVTControlCharacters(colored)).toBe(renderText(heldReport(), { color: false, width }));
    }
  });

  it("opens and closes every colour on the same line", () => {
    for (const line of renderText(hostileReport(), { color: true, width: 50, verbose: true }).split("\n")) {
      // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
      expect(line.replace(/\u001B\[[\d;]+m[^\u001B]+\u001B\[0m/g, "")).not.toContain("\u001B");
    }
  });

  it("writes ASCII only where it is asked to", () => {
    expect(renderText(heldReport(), { color: false, width: 80, unicode: false })).toMatch(/^[\n\u0020-\u007E]*$/);
  });

  it("holds no control character, whatever the report says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 20, max: 120 }), (text, width) => {
        const output = renderText(withForeignText(heldReport(), text), { color: false, width });
        expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      }),
      { numRuns: 60 },
    );
  });

  it("wraps wide characters by the columns that they take", () => {
    const report = withForeignText(heldReport(), "評価データの不足 ".repeat(12));
    for (const line of renderText(report, { color: false, width: 50 }).split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(50);
  });

  it.each([
    ["advisory", null, "advisory · "],
    ["advisory", "2026-12-01", "advisory, blocks from 2026-12-01, in 8 days · "],
    ["warn", null, "warns · "],
    ["warn", "2026-12-01", "warns, blocks from 2026-12-01, in 8 days · "],
    ["warn", "2026-11-24", "warns, blocks from 2026-11-24, in 1 day · "],
    // From that day on the engine reports it as enforced.
    ["enforce", "2026-11-23", "blocks · "],
    ["enforce", null, "blocks · "],
  ] as const)("says how a gate acts: %s from %s", (enforcement, enforceFrom, words) => {
    const gates = gatesWith({}, { governance: { enforcement, enforceFrom } });
    const report = aReport([aSystem(gates)]);
    expect(renderText(report, { color: false, width: 100 })).toContain(`governance · ${words}`);
    expect(renderMarkdown(report)).toContain(`**Pass** · ${words}`);
  });
});

describe("JSON", () => {
  function keysOf(schema: unknown, found: string[][] = []): string[][] {
    if (typeof schema !== "object" || schema === null) return found;
    if ("properties" in schema && typeof schema.properties === "object" && schema.properties !== null) {
      found.push(Object.keys(schema.properties));
    }
    for (const value of Object.values(schema)) keysOf(value, found);
    return found;
  }

  it("knows every key of the schema, in the schema's order", () => {
    const objects = keysOf(reportSchema);
    expect(new Set(objects.flat())).toEqual(new Set(reportKeys));
    for (const keys of objects) expect(keys).toEqual(reportKeys.filter((key) => keys.includes(key)));
  });

  it("is the report, byte for byte the same whatever order its keys were set in", () => {
    const report = heldReport();
    const shuffled = Object.fromEntries(Object.entries(report).reverse()) as Report;
    expect(JSON.parse(renderJson(report))).toEqual(report);
    expect(renderJson(shuffled)).toBe(renderJson(report));
    expect(renderJson(report).endsWith("}\n")).toBe(true);
  });
});

describe("check run", () => {
  const titleOf = (report: Report, gate = gateIds[1]) => toCheckOutput(report, gate, {}).title;

  it.each([
    ["pass", passingReport(), "Pass: 6 of 6 criteria met"],
    ["hold", heldReport(), "Hold: 2 of 6 criteria open: load-test, escalation"],
    [
      "waived",
      aReport([aSystem([aGate("infrastructure", [aCriterion("guardrails", { state: "waived" }), aCriterion("load-test")])])]),
      "Pass: 1 of 2 criteria met, 1 waived",
    ],
    [
      "entry closed",
      aReport([aSystem(gatesWith({}, { infrastructure: { verdict: "hold", entry: "closed", blockedBy: ["governance"] } }))]),
      "Hold: waits for governance",
    ],
    [
      "a person's hold",
      aReport([
        aSystem(
          gatesWith(
            {},
            { infrastructure: { verdict: "hold", holds: [{ role: "sre", by: "octo-sam", at: "2026-11-20T10:00:00Z", reason: "x" }] } },
          ),
        ),
      ]),
      "Hold: held by sre",
    ],
    [
      "many",
      aReport([
        aSystem([
          aGate(
            "infrastructure",
            (["observability", "guardrails", "human-review", "load-test", "escalation"] as const).map((id) =>
              aCriterion(id, { state: "missing" }),
            ),
          ),
        ]),
      ]),
      "Hold: 5 of 5 criteria open: observability, guardrails, human-review and 2 more",
    ],
    ["no system", aReport([]), "No declared system is touched"],
  ])("has a short title: %s", (_, report, title) => expect(titleOf(report)).toBe(title));

  it("is about the touched systems only", () => {
    const report = aReport([...heldReport().systems, aSystem(gatesWith({}), { id: "triage" })]);
    const output = toCheckOutput(report, "infrastructure", { systems: ["triage"] });
    expect(output.title).toBe("Pass: 6 of 6 criteria met");
    expect(output.summary).not.toContain("support-assistant");
  });

  it("puts a note first", () => {
    const output = toCheckOutput(heldReport(), "infrastructure", {
      note: "Evidence only; the gate still holds.",
    });
    expect(output.summary.startsWith("Evidence only; the gate still holds.\n\n**Hold**")).toBe(true);
  });

  it("stays within GitHub's limits, cut between whole parts", () => {
    const { title, summary, text } = toCheckOutput(hugeReport(), "infrastructure", {});
    expect(Array.from(title).length).toBeLessThanOrEqual(140);
    for (const part of [summary, text]) {
      expect(utf8Length(part)).toBeLessThanOrEqual(65_535);
      expect(utf8Length(part)).toBeGreaterThan(20_000);
      expect(part).toMatch(/\d+ more parts are left out here\. Run `pilotgate check` to see them\.$/);
      expect(part.match(/<details>/g)?.length).toBe(part.match(/<\/details>/g)?.length);
    }
  });
});

describe("comment", () => {
  const comment = (report: Report, systems?: string[]) =>
    renderComment(report, { gates: gateIds, docsUrl, ...(systems === undefined ? {} : { systems }) });

  it("starts with the marker and says it once, whatever a stranger writes", () => {
    const text = comment(hostileReport());
    expect(text.startsWith(`${COMMENT_MARKER}\n`)).toBe(true);
    expect(text.split(COMMENT_MARKER)).toHaveLength(2);
  });

  it("shows only the gates that guard the branch and the systems that are touched", () => {
    const report = aReport([...heldReport().systems, aSystem(gatesWith({}), { id: "triage", name: "triage" })]);
    const text = renderComment(report, { gates: ["governance"], docsUrl, systems: ["triage"] });
    expect(text).toContain("Every gate that guards this branch passes.");
    expect(text).not.toContain("infrastructure");
    expect(text).not.toContain("Support assistant");
  });

  it("holds no clock", () => {
    const later = { ...heldReport(), at: "2026-11-23T21:00:00Z" };
    expect(comment(later)).toBe(comment(heldReport()));
  });

  it("stays under 60,000 characters, cut between whole parts", () => {
    const text = comment(hugeReport());
    expect(utf8Length(text)).toBeLessThan(60_000);
    expect(text).toMatch(/\d+ more parts are left out here; the check runs show them\.$/);
  });
});

describe("Markdown", () => {
  const markdown = new MarkdownIt({ html: true, linkify: true });
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

  it("links to our own documentation only, and mentions nobody", () => {
    const outputs = [
      renderMarkdown(hostileReport(), { docsUrl }),
      renderComment(hostileReport(), { gates: gateIds, docsUrl }),
      ...gateIds.map((id) => toCheckOutput(hostileReport(), id, { docsUrl }).text),
    ];
    for (const output of outputs) {
      const html = markdown.render(output);
      const links = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? "");
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) expect(link.startsWith(`${docsUrl}/docs/criteria/`)).toBe(true);
      expect(html).not.toMatch(/<(img|script|h1)/);
      expect(html.replace(/<code>.*?<\/code>/g, "")).not.toMatch(/@\w/);
    }
  });

  it("is cut between whole parts when it is too long for a job summary", () => {
    expect(utf8Length(renderMarkdown(hugeReport()))).toBeLessThanOrEqual(500_001);
  });
});
