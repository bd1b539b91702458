import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { PortError, type PortErrorCode } from "../../src/app/ports.ts";
import { readTree } from "../../src/local/read-tree.ts";

let folder: string;
const put = (path: string, content: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), content);
};
const git = (...args: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=Test", "-c", "user.email=test@example.org", ...args], { encoding: "utf8" }).trim();
const commitAll = () => {
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "--no-gpg-sign", "-m", "first");
  return git("rev-parse", "HEAD");
};
const codeOf = async (work: Promise<unknown>): Promise<PortErrorCode | "none"> =>
  work.then(
    () => "none" as const,
    (error: unknown) => {
      if (error instanceof PortError) return error.code;
      throw error;
    },
  );
const listing = async (of = folder) => [...(await readTree(of)).entries.values()].map(({ path, kind }) => `${kind} ${path}`);

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "tree-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("entries", () => {
  it("lists files in path order, and neither .git nor node_modules nor empty folders", async () => {
    put("b/c.txt", "c");
    put("a.txt", "a");
    put("b-x.txt", "x");
    put(".github/pilotgate.yml", "version: 1");
    put("node_modules/x/index.js", "");
    put("b/node_modules/y.js", "");
    mkdirSync(join(folder, "empty"));
    commitAll();
    expect(await listing()).toEqual(["file .github/pilotgate.yml", "file a.txt", "file b-x.txt", "file b/c.txt"]);
  });

  it("shows links as links and repositories inside as submodules, and enters neither", async () => {
    put("real/a.txt", "a");
    put("module/.git", "gitdir: ../elsewhere");
    put("module/inside.txt", "x");
    put("nested/.git/HEAD", "ref: refs/heads/main");
    put("nested/inside.txt", "x");
    symlinkSync("/etc/passwd", join(folder, "passwd"));
    symlinkSync(join(folder, "real"), join(folder, "linked"));
    symlinkSync("nowhere", join(folder, "broken"));
    expect(await listing()).toEqual([
      "symlink broken",
      "symlink linked",
      "submodule module",
      "submodule nested",
      "symlink passwd",
      "file real/a.txt",
    ]);
  });

  it("leaves out what git ignores, because no commit would hold it", async () => {
    put(".gitignore", "dist/\n*.log\n");
    put("dist/a.js", "");
    put("sub/run.log", "");
    put("sub/keep.txt", "");
    git("init", "-q");
    expect(await listing()).toEqual(["file .gitignore", "file sub/keep.txt"]);
    expect(await listing(join(folder, "sub"))).toEqual(["file keep.txt"]);
  });

  it("judges a folder that the repository around it ignores as it is", async () => {
    put(".gitignore", "out/\n");
    put("out/sub/a.txt", "a");
    git("init", "-q");
    expect(await listing(join(folder, "out/sub"))).toEqual(["file a.txt"]);
  });

  it("marks a listing that had to be cut", async () => {
    for (let index = 0; index < 12; index++) put(`f${index}`, "");
    const cut = await readTree(folder, 10);
    expect([cut.truncated, cut.entries.size]).toEqual([true, 10]);
    expect((await readTree(folder, 12)).truncated).toBe(false);
  });

  it.each([
    ["a folder that is not there", "absent"],
    ["a file", "file.txt"],
  ])("refuses %s", async (_, path) => {
    put("file.txt", "x");
    expect(await codeOf(readTree(join(folder, path)))).toBe("not-found");
  });
});

describe("commit", () => {
  it("is the commit of a clean folder", async () => {
    put("a.txt", "a");
    put("sub/b.txt", "b");
    const head = commitAll();
    expect((await readTree(folder)).commit).toBe(head);
    expect((await readTree(join(folder, "sub"))).commit).toBe(head);
  });

  it.each<[string, () => void]>([
    ["a change", () => put("a.txt", "changed")],
    ["a new file", () => put("new.txt", "new")],
    ["a staged file", () => (put("new.txt", "new"), git("add", "new.txt"))],
    ["a removed file", () => rmSync(join(folder, "a.txt"))],
    ["a file hidden by configuration", () => (put("new.txt", "new"), git("config", "status.showUntrackedFiles", "no"))],
  ])("is null with %s", async (_, change) => {
    put("a.txt", "a");
    commitAll();
    change();
    expect((await readTree(folder)).commit).toBeNull();
  });

  it("looks at the folder alone, not at the repository around it", async () => {
    put("a.txt", "a");
    put("sub/b.txt", "b");
    const head = commitAll();
    put("a.txt", "changed");
    expect((await readTree(join(folder, "sub"))).commit).toBe(head);
  });

  it("is null outside of a repository and before the first commit", async () => {
    put("a.txt", "a");
    expect((await readTree(folder)).commit).toBeNull();
    git("init", "-q");
    expect((await readTree(folder)).commit).toBeNull();
  });

  it("starts no program that the repository's configuration names", async () => {
    put("a.txt", "a");
    const head = commitAll();
    git("config", "core.fsmonitor", `touch ${join(folder, "owned")} #`);
    expect((await readTree(folder)).commit).toBe(head);
    expect(await listing()).toEqual(["file a.txt"]);
  });
});

describe("reading", () => {
  it("gives bytes, and the blob id that git gives", async () => {
    put("a.txt", "hello\n");
    put("empty", "");
    commitAll();
    const tree = await readTree(folder);
    expect(Buffer.from(await tree.read("a.txt", 6)).toString()).toBe("hello\n");
    expect((await tree.read("empty", 0)).byteLength).toBe(0);
    for (const path of ["a.txt", "empty"]) expect(await tree.blobId(path)).toBe(git("rev-parse", `HEAD:${path}`));
  });

  it("reads a file of several chunks whole", async () => {
    put("big", "0123456789abcdef".repeat(200_000));
    const tree = await readTree(folder);
    expect((await tree.read("big", 4_000_000)).byteLength).toBe(3_200_000);
  });

  it("refuses what is larger than the limit, what is not listed, and every way out of the folder", async () => {
    put("in/a.txt", "hello");
    put("secret.txt", "secret");
    symlinkSync("../secret.txt", join(folder, "in/link"));
    const tree = await readTree(join(folder, "in"));
    expect(await codeOf(tree.read("a.txt", 4))).toBe("too-large");
    for (const path of ["absent", "link", "", ".", "..", "../secret.txt", "..\\secret.txt", "a.txt/../../secret.txt", "/etc/passwd"]) {
      expect(await codeOf(tree.read(path, 100))).toBe("not-found");
      expect(await codeOf(tree.blobId(path))).toBe("not-found");
    }
  });

  it.each<[string, () => void]>([
    ["removed", () => rmSync(join(folder, "sub"), { recursive: true })],
    [
      "replaced by a link",
      () => {
        rmSync(join(folder, "sub/a.txt"));
        symlinkSync("/etc/hostname", join(folder, "sub/a.txt"));
      },
    ],
    [
      "in a folder that a link replaced",
      () => {
        put("other/a.txt", "other");
        rmSync(join(folder, "sub"), { recursive: true });
        symlinkSync(join(folder, "other"), join(folder, "sub"));
      },
    ],
    [
      "replaced by a folder",
      () => {
        rmSync(join(folder, "sub/a.txt"));
        mkdirSync(join(folder, "sub/a.txt"));
      },
    ],
  ])("says not-found for a file that was %s after the listing", async (_, change) => {
    put("sub/a.txt", "hello");
    const tree = await readTree(folder);
    change();
    expect(await codeOf(tree.read("sub/a.txt", 100))).toBe("not-found");
  });
});
