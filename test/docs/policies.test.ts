import { globSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { root } from "../cli/run-cli.ts";
import { blocksOf, read } from "./markdown.ts";

/** Whole policies that pages show, each with its page. */
const shown = ["README.md", ...globSync("docs/**/*.md", { cwd: root })].flatMap((page) =>
  blocksOf(read(page))
    .filter(({ language, content }) => language === "yaml" && /^(?:#.*\n)*version: 1$/m.test(content))
    .map(({ content }, index) => ({ page, number: index + 1, content })),
);

describe("policies that the pages show", () => {
  it("are found", () => {
    expect(shown.map(({ page }) => page)).toEqual(expect.arrayContaining(["README.md", "docs/policy.md", "docs/migration.md"]));
  });

  it.each(shown)("$page, $number. one, is valid", ({ content }) => {
    const parsed = parsePolicy(content, { file: "pilotgate.yml", scope: "repository" });
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });
});
