import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { chartCanary } from "../../src/report/chart-canary.ts";
import { chartLoad } from "../../src/report/chart-load.ts";
import { renderBadge } from "../../src/report/render-badge.ts";
import { renderComment } from "../../src/report/render-comment.ts";
import { renderJson } from "../../src/report/render-json.ts";
import { renderJunit } from "../../src/report/render-junit.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { renderText } from "../../src/report/render-text.ts";
import { toCheckOutput } from "../../src/report/to-check-output.ts";
import type { Report } from "../../src/shapes/report.ts";
import { aReport, aSystem, gatesWith, heldReport, hostileReport, passingReport } from "./a-report.ts";
import { canaryFigures, loadFigures } from "./some-figures.ts";

/* Stored outputs, reviewed like code. `UPDATE_GOLDEN=1` writes them anew. */

const folder = new URL("../golden/report/", import.meta.url);
const docsUrl = "https://pilotgate.example/main";
const gates = ["governance", "infrastructure"] as const;
const plain = { color: false, width: 80 };

function twoSystems(): Report {
  const second = aSystem(gatesWith({ guardrails: { state: "inconclusive", summary: "40 attempts; 60 are asked for" } }), {
    id: "triage",
    name: "triage",
    risk: "low",
    week: null,
    due: null,
  });
  return aReport([...heldReport().systems, second], { commit: null });
}

/** The usual hold, but no gate blocks yet. */
function warned(): Report {
  const report = heldReport();
  const gates = report.systems[0]?.gates.map((gate) => ({ ...gate, enforcement: "warn" as const, enforceFrom: "2026-12-01" }));
  return aReport([aSystem(gates ?? [])]);
}

const check = (report: Report) => {
  const { title, summary, text } = toCheckOutput(report, "infrastructure", { docsUrl });
  return `title: ${title}\n\n--- summary ---\n${summary}\n\n--- text ---\n${text}\n`;
};

const cases: Record<string, () => string> = {
  "held.txt": () => renderText(heldReport(), plain),
  "held-verbose.txt": () => renderText(heldReport(), { ...plain, width: 100, verbose: true }),
  "held-narrow-ascii.txt": () => renderText(heldReport(), { color: false, width: 40, unicode: false }),
  "held-color.txt": () => renderText(heldReport(), { color: true, width: 80 }),
  "pass.txt": () => renderText(passingReport(), plain),
  "two-systems.txt": () => renderText(twoSystems(), plain),
  "hostile.txt": () => renderText(hostileReport(), plain),
  "held.json": () => renderJson(heldReport()),
  "held.md": () => renderMarkdown(heldReport(), { docsUrl }),
  "two-systems.md": () => renderMarkdown(twoSystems()),
  "check-held.md": () => check(heldReport()),
  "check-warned.md": () => check(warned()),
  "check-pass.md": () => check(passingReport()),
  "check-two-systems.md": () => check(twoSystems()),
  "badge-two-systems.svg": () => renderBadge(twoSystems()),
  "load-timeline.svg": () => chartLoad(loadFigures, "Support assistant"),
  "canary.svg": () => chartCanary(canaryFigures, "Support assistant"),
  "held.junit.xml": () => renderJunit(heldReport()),
  "comment-held.md": () => renderComment(heldReport(), { gates, docsUrl }),
  "comment-warned.md": () => renderComment(warned(), { gates, docsUrl, at: "2026-11-23T09:00:00Z" }),
  "comment-two-systems.md": () => renderComment(twoSystems(), { gates, docsUrl }),
  "comment-pass.md": () => renderComment(passingReport(), { gates, docsUrl }),
  "comment-hostile.md": () => renderComment(hostileReport(), { gates, docsUrl }),
};

describe("stored outputs", () => {
  it.each(Object.entries(cases))("%s", (name, render) => {
    const output = render();
    const file = new URL(name, folder);
    if (process.env["UPDATE_GOLDEN"] === "1") {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, output);
    }
    expect(output).toBe(readFileSync(file, "utf8"));
  });

  it("are all produced by a case", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(cases).sort());
  });
});
