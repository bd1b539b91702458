import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { judgeTree } from "../../src/app/judge-tree.ts";
import { readTree } from "../../src/local/read-tree.ts";
import { parseFacts } from "../../src/policy/parse-facts.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { policyDigest, resolvePolicy } from "../../src/policy/resolve.ts";
import { renderComment } from "../../src/report/render-comment.ts";
import { renderJson } from "../../src/report/render-json.ts";
import { renderText } from "../../src/report/render-text.ts";
import { gateIds } from "../../src/shapes/vocabulary.ts";

/*
 * Policy + evidence + facts + instant -> stored verdict, terminal text and comment, reviewed like code.
 * `UPDATE_GOLDEN=1 npm run jest -- test/golden` writes them anew.
 */

const here = new URL("cases/", import.meta.url);
const AT = "2026-11-23T20:00:00Z";
const update = process.env["UPDATE_GOLDEN"] === "1";

const cases = [
  ...readdirSync(here).map((name) => ({ name, tree: new URL(`${name}/tree/`, here), facts: new URL(`${name}/facts.json`, here) })),
  ...["ready", "held"].map((name) => {
    const folder = new URL(`../../examples/${name}/`, import.meta.url);
    return { name: `example-${name}`, tree: folder, facts: new URL("facts.json", folder) };
  }),
].filter(({ tree }) => existsSync(tree));

async function judge(tree: URL, facts: URL) {
  const parsed = parsePolicy(readFileSync(new URL(".github/pilotgate.yml", tree), "utf8"), { file: ".github/pilotgate.yml", scope: "repository" });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const policy = resolvePolicy(parsed.policy);
  const given = existsSync(facts) ? parseFacts(readFileSync(facts, "utf8")) : null;
  if (given && !given.ok) throw new Error(JSON.stringify(given.problems));
  const disk = await readTree(fileURLToPath(tree));
  return judgeTree({
    // The commit of the project itself changes with every commit; a verdict's bytes must not.
    tree: { ...disk, commit: null },
    policy,
    policyDigest: policyDigest(policy),
    at: AT,
    facts: given ? given.facts : null,
    factsSource: given ? "file" : "none",
    toolVersion: "0.0.0",
  });
}

function compare(name: string, file: string, actual: string): void {
  const stored = new URL(`stored/${name}/${file}`, import.meta.url);
  if (update) {
    mkdirSync(new URL(".", stored), { recursive: true });
    writeFileSync(stored, actual);
  }
  expect(actual).toBe(readFileSync(stored, "utf8"));
}

describe.each(cases)("golden: $name", ({ name, tree, facts }) => {
  it("gives the stored verdict, twice the same bytes", async () => {
    const [once, twice] = await Promise.all([judge(tree, facts), judge(tree, facts)]);
    expect(renderJson(once)).toBe(renderJson(twice));
    compare(name, "report.json", renderJson(once));
  });

  it("reads as stored in a terminal and in the comment", async () => {
    const report = await judge(tree, facts);
    compare(name, "terminal.txt", renderText(report, { color: false, width: 100, unicode: true }));
    compare(name, "comment.md", renderComment(report, { gates: gateIds, docsUrl: "https://docs.example" }));
  });
});
