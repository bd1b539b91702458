import { readFileSync, readdirSync } from "node:fs";
import { beforeAll, expect, it } from "@jest/globals";
import { examplePictures } from "../../scripts/example-pictures.ts";
import { read } from "./markdown.ts";

const folder = new URL("../../docs/outputs/", import.meta.url);

let drawn: Map<string, string>;
beforeAll(async () => {
  drawn = await examplePictures();
});

it.each(["badge.svg", "load-test.svg", "canary.svg"])(
  "docs/outputs/%s is what examples/ready gives; `npm run docs` refreshes it",
  (name) => {
    expect(readFileSync(new URL(name, folder), "utf8")).toBe(drawn.get(name));
  },
);

it("shows every picture of the folder, and no other", () => {
  const shown = [...read("docs/outputs.md").matchAll(/\]\(outputs\/([^)]+)\)/g)].map(([, name]) => name ?? "");
  expect(shown.sort()).toEqual(readdirSync(folder).sort());
  expect([...drawn.keys()].sort()).toEqual(shown);
});
