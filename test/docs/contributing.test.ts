import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("the page for contributors", () => {
  it("shows the reader that it tells of as it is", () => {
    const [, code] = /```ts\n([\s\S]*?)```/.exec(read("docs/contributing.md")) ?? [];
    expect(code).toBe(read("src/evidence/formats/pyrra.ts"));
  });
});
