import { rmSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { signals } from "../../src/engine/signals/index.ts";
import type { Report } from "../../src/shapes/report.ts";
import { aFolder, run, smallPolicy } from "../cli/run-cli.ts";
import { read } from "./markdown.ts";

/* Each row of "What does this version not do" in docs/faq.md. What is built makes its test fail: then the row, and what the guides say of it, goes. */

const [, section = ""] = read("docs/faq.md").split("## What does this version not do");
const rows = (section.split("\n## ")[0] ?? "").match(/^\| (?!not yet|---)[^|]+/gm)?.map((row) => row.slice(2).trim());
const events = /default_events:\n((?: +- \w+\n)+)/.exec(read("app.yml"))?.[1] ?? "";

async function loadTestOf(settings: string): Promise<string> {
  const folder = aFolder({ ".github/pilotgate.yml": `${smallPolicy}${settings}` });
  const { out } = await run(["check", folder, "--format", "json"]);
  rmSync(folder, { recursive: true });
  const { systems } = JSON.parse(out) as Report;
  return JSON.stringify(systems[0]?.gates.flatMap(({ criteria }) => criteria).find(({ id }) => id === "load-test"));
}

const tries: [string, () => Promise<unknown> | unknown, unknown][] = [
  ["Facts in the App", async () => (await run(["check", "--repo", "a/b", "--sha", "0".repeat(40)])).err, /not available in this version/],
  ["Commands in comments", () => events, /^(?![\s\S]*issue_comment)/],
  [
    "Evidence from workflow artifacts",
    () => loadTestOf("    criteria: { load-test: { evidence: { artifact: { workflow: .github/workflows/load.yml, name: load } } } }\n"),
    /does not read workflow artifacts/,
  ],
  ["Deployment protection", () => events, /^(?![\s\S]*deployment_protection_rule)/],
  [
    "Waivers and not-applicable",
    () => loadTestOf("    waivers: [{ criterion: load-test, until: 2026-12-01, reason: later, role: sre, approvedBy: '@octo-sam' }]\n"),
    /does not apply waivers/,
  ],
  ["The organisation's policy", async () => (await run(["check", "--org-policy", "o.yml"])).err, /not available in this version/],
  ["Signals", () => String(signals.length), /^0$/],
  [
    "A ledger",
    async () => (await run(["export"])).err + (await run(["verify"])).err,
    /export` is not available[\s\S]*verify` is not available/,
  ],
];

describe("what this version does not do", () => {
  it.each(tries)("%s", async (_row, tried, says) => {
    expect(await tried()).toMatch(says as RegExp);
  });

  it("has a row for each, and no other", () => {
    expect(rows?.map((row) => tries.find(([start]) => row.startsWith(start))?.[0] ?? row)).toEqual(tries.map(([start]) => start));
  });
});
