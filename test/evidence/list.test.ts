import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { readers } from "../../src/evidence/formats/index.ts";
import { kinds } from "../../src/shapes/vocabulary.ts";
import { fixtures } from "./fixtures.ts";

const formats = readers.map((reader) => reader.format);
const evidence = new URL("../../src/evidence/formats/", import.meta.url);
const docs = new URL("../../docs/evidence/", import.meta.url);

describe("the list of readers", () => {
  it("holds every file that defines a reader, and no other", () => {
    const defining = readdirSync(evidence).filter((name) =>
      readFileSync(new URL(name, evidence), "utf8").includes("export default defineReader("),
    );
    expect(defining.map((name) => name.replace(".ts", "")).sort()).toEqual([...formats].sort());
  });

  it("has each format once, in the order of the alphabet", () => {
    expect(formats).toEqual([...new Set(formats)].sort());
  });

  it("has a page a format, and no other page", () => {
    const pages = readdirSync(docs).filter((name) => name !== "README.md");
    expect(pages.map((name) => name.replace(".md", "")).sort()).toEqual([...formats].sort());
  });

  it("has a line a format in the table of the docs, with its kinds", () => {
    const table = readFileSync(new URL("README.md", docs), "utf8");
    for (const reader of readers) {
      const line = table.split("\n").find((text) => text.startsWith(`| [\`${reader.format}\`](${reader.format}.md) |`));
      expect(line?.split("|")[2]?.trim()).toBe(reader.kinds.map((kind) => `\`${kind}\``).join(", "));
      for (const version of reader.seen) expect(line).toContain(version);
    }
  });

  it("has a file for its tests a format", () => {
    expect([...new Set(fixtures(formats).map(({ format }) => format))].sort()).toEqual([...formats].sort());
  });

  it("reads every kind of measurement", () => {
    expect([...new Set(readers.flatMap((reader) => reader.kinds))].sort()).toEqual([...kinds].sort());
  });
});
