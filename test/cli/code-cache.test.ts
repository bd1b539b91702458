import { mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { aFolder, entry, root, smallPolicy, spawnCli } from "./run-cli.ts";

const folder = aFolder({ ".github/pilotgate.yml": smallPolicy });
const isBuilt = entry.endsWith(".js");
const check = (NODE_COMPILE_CACHE: string) => spawnCli(["check", folder, "--at", "2026-11-23T20:00:00Z"], { NODE_COMPILE_CACHE });

/** The compiled code that was kept in a folder. */
function keptIn(cache: string): string[] {
  const files = readdirSync(cache, { recursive: true, encoding: "utf8" }).map((path) => join(cache, path));
  return files.filter((path) => /pilotgate-[0-9a-f]{16}-(?!readings)\w+$/.test(path) && statSync(path).isFile());
}

describe("compiled code that is kept", () => {
  const cache = realpathSync(mkdtempSync(join(tmpdir(), "code-")));
  const first = check(cache);

  it("is one file a command, in a build, for its user alone", () => {
    expect(first).toMatchObject({ exit: 1, out: expect.stringContaining("HOLD") });
    const kept = keptIn(cache);
    expect(kept.map((path) => path.endsWith("-check"))).toEqual(isBuilt ? [true] : []);
    for (const path of kept) expect(statSync(path).mode & 0o077).toBe(0);
  });

  it("changes nothing of what is said, and stays as it is", () => {
    const before = keptIn(cache).map((path) => readFileSync(path));
    expect(check(cache)).toEqual(first);
    expect(keptIn(cache).map((path) => readFileSync(path))).toEqual(before);
  });

  it("grows with what a run needs, and then stays", () => {
    const small = () => keptIn(cache).map((path) => statSync(path).size);
    const more = () => spawnCli(["check", "examples/ready", "--facts", "examples/ready/facts.json"], { NODE_COMPILE_CACHE: cache }).out;
    const before = small();
    const out = more();
    const after = small();
    expect(after.every((size, index) => size > (before[index] ?? 0) * 1.2)).toBe(true);
    check(cache);
    expect(more().length).toBe(out.length);
    expect(small()).toEqual(after);
  });

  it.each([
    ["is cut", (path: string) => truncateSync(path, 1000)],
    ["is empty", (path: string) => truncateSync(path, 0)],
    ["is something else", (path: string) => writeFileSync(path, "not code".repeat(1000))],
  ])("is left aside and written again where it %s", (_how, spoil) => {
    for (const path of keptIn(cache)) {
      spoil(path);
      const size = statSync(path).size;
      expect(check(cache)).toEqual(first);
      expect(statSync(path).size).toBeGreaterThan(size);
    }
    expect(keptIn(cache).length).toBe(isBuilt ? 1 : 0);
  });

  it("says the same of evidence that an earlier run has read, and sees every change", () => {
    const files = Object.fromEntries(
      ["escalation.md", "evidence/load-test/autocannon.json"].map((path) => [
        `docs/readiness/${path}`,
        readFileSync(join(root, "examples/ready/docs/readiness", path), "utf8"),
      ]),
    );
    const system = aFolder({ ".github/pilotgate.yml": smallPolicy, ...files });
    const json = () => spawnCli(["check", system, "--format", "json", "--at", "2026-11-23T20:00:00Z"], { NODE_COMPILE_CACHE: cache }).out;
    const path = join(system, "docs/readiness/evidence/load-test/autocannon.json");
    const before = json();
    expect(before).toContain("autocannon");
    expect(json()).toBe(before);
    writeFileSync(path, "{");
    expect(json()).not.toBe(before);
    writeFileSync(path, files["docs/readiness/evidence/load-test/autocannon.json"] ?? "");
    expect(json()).toBe(before);
  });

  it("leads on to the server, which is not among it", () => {
    const { exit, err } = spawnCli(["serve"], { NODE_COMPILE_CACHE: cache });
    expect(exit).toBe(2);
    expect(err).toContain("APP_ID");
    expect(err).not.toContain("Warning");
  });

  it("is not kept after a refusal, nor of commands that are seldom run", () => {
    const other = realpathSync(mkdtempSync(join(tmpdir(), "code-")));
    expect(spawnCli(["check", "--gate", "nothing"], { NODE_COMPILE_CACHE: other }).exit).toBe(2);
    expect(spawnCli(["--version"], { NODE_COMPILE_CACHE: other }).exit).toBe(0);
    expect(keptIn(other)).toEqual([]);
  });
});
