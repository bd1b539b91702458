import { rmSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { Report } from "../../src/shapes/report.ts";
import { NOW } from "../app/a-repository.ts";
import { aFolder, run } from "../cli/run-cli.ts";
import { read } from "./markdown.ts";
import { facts, ready, tries } from "./tries.ts";

/** What only GitHub shows; test/app, test/server and docs/security.md. */
const onGitHub = [
  "The policy is weakened in the pull request that it judges",
  "Somebody else writes a check with our name",
  "A skipped or neutral check counts as passed",
  "The pull request is aimed at another branch",
  "The base moves after the check",
  "Two pull requests have one head",
  "A force push after the approval",
  "The declared figures are too small",
  "Evidence is merged first, code later",
  "The code stands outside of the system's paths",
  "An administrator merges anyway",
];

describe("how it can be fooled", () => {
  it.each(tries)("%s: %s", async (_heading, _what, change, known, criterion, state, said) => {
    const folder = aFolder({ ...change(ready), "facts.json": JSON.stringify({ ...facts, ...known }) });
    const { out } = await run(["check", folder, "--facts", `${folder}/facts.json`, "--at", NOW, "--format", "json"]);
    rmSync(folder, { recursive: true });
    const report = JSON.parse(out) as Report;
    const judged = report.systems[0]?.gates.flatMap(({ criteria }) => criteria).find(({ id }) => id === criterion);
    expect(judged?.state).toBe(state);
    expect(JSON.stringify(judged)).toMatch(said);
  });

  it("has an entry for each, and for nothing else", () => {
    const [, section = ""] = read("docs/faq.md").split(/^## How can it be fooled.*$/m);
    const headings = (section.split(/^## /m)[0] ?? "").match(/^### .*/gm)?.map((heading) => heading.slice(4));
    expect(headings?.toSorted()).toEqual([...new Set([...tries.map(([heading]) => heading), ...onGitHub])].toSorted());
  });
});
