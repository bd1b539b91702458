import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { version } from "../../src/version.ts";

it("stamps reports with the version of package.json", () => {
  const { version: published } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  expect(version).toBe(published);
});
