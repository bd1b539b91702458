import { existsSync, globSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { root } from "../cli/run-cli.ts";
import { anchorsOf, linksOf, read } from "./markdown.ts";

/* What the tests compare with byte by byte, and files that stand in for those of others, are no pages. */
const noPages = /^(?:node_modules|dist|test\/golden|test\/fixtures\/evidence\/(?!README))/;
const pages = globSync("**/*.md", { cwd: root, exclude: (path) => noPages.test(path) }).filter((path) => !noPages.test(path));

/** Why a link leads nowhere; undefined where it leads somewhere, or out of the repository. */
function problemOf(page: string, link: string): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return undefined;
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : normalize(join(dirname(page), path));
  if (target.startsWith("..")) return `${link}: leads out of the repository`;
  if (!existsSync(join(root, target))) return `${link}: ${target} is not there`;
  if (anchor === undefined) return undefined;
  if (statSync(join(root, target)).isDirectory()) return `${link}: a folder has no headings`;
  return anchorsOf(read(target)).has(anchor) ? undefined : `${link}: ${target} has no such heading`;
}

describe("links between pages", () => {
  it("are looked for in all pages", () => {
    expect(pages).toEqual(
      expect.arrayContaining(["README.md", "docs/security.md", "examples/README.md", "test/fixtures/evidence/README.md"]),
    );
  });

  it.each(pages)("of %s lead somewhere", (page) => {
    expect(linksOf(read(page)).flatMap((link) => problemOf(page, link) ?? [])).toEqual([]);
  });

  it.each([
    ["[a](nowhere.md)", "nowhere.md: nowhere.md is not there"],
    ["[a](README.md#nowhere)", "README.md#nowhere: README.md has no such heading"],
    ["[a](../README.md)", "../README.md: leads out of the repository"],
    ['<a href="nowhere.md">a</a>', "nowhere.md: nowhere.md is not there"],
    ["[a](#what-you-see)", undefined],
    ["`[a](nowhere.md)`", undefined],
  ])("%s: %s", (text, problem) => {
    expect(linksOf(text).map((link) => problemOf("README.md", link))).toEqual(text.startsWith("`") ? [] : [problem]);
  });

  it("knows the anchors that GitHub gives", () => {
    expect([...anchorsOf("# A `b`, c & d\n## E_f\n## E_f\nG\n---\n")]).toEqual(["a-b-c--d", "e_f", "e_f-1", "g"]);
  });
});
