import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createFiles } from "../../src/local/create-files.ts";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "create-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const create = (...paths: string[]) =>
  createFiles(
    folder,
    paths.map((path) => ({ path, text: `new ${path}\n` })),
  );

describe("createFiles", () => {
  it("writes files with the folders above them", () => {
    expect(create("a/b/c.md", "d.md")).toEqual({ written: ["a/b/c.md", "d.md"], present: [], failed: null });
    expect(readFileSync(join(folder, "a/b/c.md"), "utf8")).toBe("new a/b/c.md\n");
  });

  it("leaves alone what is there, also a folder and a link that leads nowhere", () => {
    writeFileSync(join(folder, "a.md"), "old\n");
    mkdirSync(join(folder, "b.md"));
    symlinkSync(join(folder, "..", "outside.md"), join(folder, "c.md"));
    expect(create("a.md", "b.md", "c.md", "d.md")).toEqual({ written: ["d.md"], present: ["a.md", "b.md", "c.md"], failed: null });
    expect(readFileSync(join(folder, "a.md"), "utf8")).toBe("old\n");
    expect(lstatSync(join(folder, "c.md")).isSymbolicLink()).toBe(true);
    expect(existsSync(join(folder, "..", "outside.md"))).toBe(false);
  });

  it("stops at the first that cannot be written, and says which were", () => {
    writeFileSync(join(folder, "file"), "");
    expect(create("a.md", "file/b.md", "c.md")).toEqual({
      written: ["a.md"],
      present: [],
      failed: { path: "file/b.md", why: "a part of its path is a file" },
    });
    expect(existsSync(join(folder, "c.md"))).toBe(false);
  });

  it("follows no link above a file", () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "outside-")));
    symlinkSync(outside, join(folder, "docs"));
    expect(create("docs/a.md").failed).toEqual({ path: "docs/a.md", why: "its path leads through a symbolic link" });
    expect(existsSync(join(outside, "a.md"))).toBe(false);
    rmSync(outside, { recursive: true });
  });

  it.each(["../a.md", "a/../../b.md", "/etc/a.md", "a//b.md", "./a.md", "a\0b", "C:/a.md", String.raw`a\b.md`, ""])(
    "does not leave the folder for %j",
    (path) => {
      expect(create(path)).toMatchObject({ written: [], failed: { why: "its path does not stay in the folder" } });
    },
  );

  it.each([".git/hooks/pre-commit", ".GIT/config"])("writes nothing at %s", (path) => {
    expect(create(path).failed).toEqual({ path, why: "git keeps its own files there" });
  });

  (process.getuid?.() === 0 ? it.skip : it)("says why where this user may not write", () => {
    mkdirSync(join(folder, "locked"));
    chmodSync(join(folder, "locked"), 0o500);
    expect(create("locked/a.md").failed).toEqual({ path: "locked/a.md", why: "this user may not write there" });
  });
});
