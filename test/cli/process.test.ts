import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { wantsColor, wantsUnicode } from "../../src/cli/io.ts";
import { aFolder, entry, smallPolicy, spawnCli } from "./run-cli.ts";

let folder: string;
beforeAll(() => {
  folder = aFolder({ ".github/pilotgate.yml": smallPolicy });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("as a process of its own", () => {
  it("holds with exit code 1, without colour where nobody looks", () => {
    const { exit, out, err } = spawnCli(["check", folder]);
    expect(exit).toBe(1);
    expect(out).toContain("HOLD 16 of 16 criteria open");
    expect(out + err).not.toContain("\u001B");
  });

  it.each([
    [{ FORCE_COLOR: "1" }, true],
    [{ FORCE_COLOR: "0" }, false],
    [{ NO_COLOR: "1" }, false],
  ])("obeys %j", (env, colored) => {
    expect(spawnCli(["check", folder], env).out.includes("\u001B[")).toBe(colored);
  });

  it("says so in one line where standard output takes nothing", () => {
    const readOnly = openSync(entry, "r");
    const { status, stderr } = spawnSync(process.execPath, [entry, "check", folder], {
      stdio: ["ignore", readOnly, "pipe"],
      encoding: "utf8",
    });
    closeSync(readOnly);
    expect(status).toBe(2);
    expect(stderr).toContain("pilotgate: standard output cannot be written.\n");
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("keeps standard output for the report alone", () => {
    const { out } = spawnCli(["check", "--format", "json"], {}, folder);
    expect(JSON.parse(out)).toMatchObject({ schema: "pilotgate/report/v1", verdict: "hold" });
  });

  it.each<[string[], number]>([
    [["--version"], 0],
    [["explain"], 0],
    [["chek"], 2],
    [["check", "absent"], 2],
    [["read", "absent.json"], 2],
  ])("%j ends with %d", (argv, exit) => {
    expect(spawnCli(argv, {}, folder).exit).toBe(exit);
  });

  it("does not complain when a reader has seen enough", async () => {
    const child = spawn(process.execPath, [entry, "explain", "load-test"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    const exit = await new Promise((resolve) => child.on("close", resolve));
    expect([exit, err]).toEqual([0, ""]);
  });
});

describe("colour and marks", () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, false],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "false" }, true, false],
  ])("with %j on a terminal (%s): %s", (env, isTTY, expected) => expect(wantsColor(env, { isTTY })).toBe(expected));

  it.each([
    [{ TERM: "xterm-256color" }, true, "linux", true],
    [{ TERM: "linux" }, true, "linux", false],
    [{ TERM: "linux" }, false, "linux", true],
    [{}, true, "win32", false],
    [{ WT_SESSION: "1" }, true, "win32", true],
  ])("shows marks with %j on a terminal (%s) of %s: %s", (env, isTTY, platform, expected) => {
    expect(wantsUnicode(env, { isTTY }, platform)).toBe(expected);
  });
});
