import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { judgeTree } from "../src/app/judge-tree.ts";
import { readTree } from "../src/local/read-tree.ts";
import { parseFacts } from "../src/policy/parse-facts.ts";
import { parsePolicy } from "../src/policy/parse-policy.ts";
import { policyDigest, resolvePolicy } from "../src/policy/resolve.ts";
import { renderCharts } from "../src/report/charts.ts";
import { renderBadge } from "../src/report/render-badge.ts";

const example = new URL("../examples/ready/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, example), "utf8");

/** Pictures that docs/outputs.md shows, by file name: what `check examples/ready` draws. */
export async function examplePictures(): Promise<Map<string, string>> {
  const parsed = parsePolicy(read(".github/pilotgate.yml"), { file: ".github/pilotgate.yml", scope: "repository" });
  const given = parseFacts(read("facts.json"));
  if (!parsed.ok || !given.ok) throw new Error("examples/ready has a problem: see `pilotgate validate`");
  const policy = resolvePolicy(parsed.policy);
  const report = await judgeTree({
    tree: await readTree(fileURLToPath(example)),
    policy,
    policyDigest: policyDigest(policy),
    at: "2026-11-23T20:00:00Z",
    facts: given.facts,
    factsSource: "file",
    toolVersion: "0.0.0",
  });
  const chart = (criterion: string) => renderCharts(report).find(({ name }) => name.endsWith(`-${criterion}.svg`))?.svg ?? "";
  return new Map([
    ["badge.svg", renderBadge(report)],
    ["load-test.svg", chart("load-test")],
    ["canary.svg", chart("canary-stability")],
  ]);
}
