import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { generateCriteriaDocs } from "../../scripts/docs.ts";
import { criterionIds } from "../../src/shapes/vocabulary.ts";

const folder = new URL("../../docs/criteria/", import.meta.url);

describe("docs/criteria", () => {
  it("has a page for every criterion and no other", () => {
    const pages = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
    expect(pages.sort()).toEqual(criterionIds.map((id) => `${id}.md`).sort());
  });

  it.each([...criterionIds.map((id) => `${id}.md`), "README.md"])("%s holds what the code says; `npm run docs` refreshes it", (name) => {
    expect(readFileSync(new URL(name, folder), "utf8")).toBe(generateCriteriaDocs().get(name));
  });
});
