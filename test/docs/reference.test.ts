import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { generateReference } from "../../scripts/reference.ts";
import { root } from "../cli/run-cli.ts";
import { read } from "./markdown.ts";

const page = read("docs/reference.md");

describe("docs/reference.md", () => {
  it("shows the program's own help and schemas; `npm run docs` refreshes it", async () => {
    expect(page).toBe(await generateReference());
  });

  it.each(["check", "read", "explain", "init", "validate", "doctor", "serve", "demo"])("has `%s`", (command) => {
    expect(page).toContain(`### \`${command}\`\n\n\`\`\`text\nUsage: pilotgate ${command}`);
  });

  it("leaves no variable out that the program reads", () => {
    const read = globSync("src/{cli,server,local,demo}/**/*.ts", { cwd: root }).flatMap((path) =>
      [...readFileSync(`${root}/${path}`, "utf8").matchAll(/\benv(?:\[|\?\.\[|\.)"?([A-Z][A-Z_]+)\b/g)].map(([, name = ""]) => name),
    );
    const told = page + readFileSync(`${root}/docs/operations.md`, "utf8");
    expect(read).toContain("GITHUB_TOKEN");
    expect([...new Set(read)].filter((name) => !new RegExp(`\\b${name}\\b`).test(told))).toEqual([]);
  });
});
