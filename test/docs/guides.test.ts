import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { generateGuides } from "../../scripts/guides.ts";
import { criteria } from "../../src/engine/criteria/index.ts";
import { read } from "./markdown.ts";

const guides = generateGuides();

describe("docs/guides", () => {
  it.each([...guides])("%s shows what the code says; `npm run docs` refreshes it", (name, content) => {
    expect(readFileSync(new URL(`../../docs/guides/${name}`, import.meta.url), "utf8")).toBe(content);
  });

  it("leave no decision to nobody", () => {
    const all = [...guides.values()].join("\n");
    for (const { question } of criteria.flatMap(({ decisions }) => decisions)) expect(all).toContain(`| ${question} |`);
  });

  it.each([...guides.keys(), "auditor.md"])(
    "%s says what the person does, decides and sees, how long it takes, and what it never asks",
    (name) => {
      const headings = read(`docs/guides/${name}`).match(/^## .*/gm) ?? [];
      for (const asked of ["What you do", "What you decide", "What you see", "How long it takes", "What it never asks of you"])
        expect(headings).toContain(`## ${asked}`);
    },
  );
});
