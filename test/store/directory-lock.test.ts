import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { lockDirectory } from "../../src/store/directory-lock.ts";
import { identifySelf } from "../../src/store/process-identity.ts";
import { createFolder } from "./test-store.ts";

const neverLost = { onLost: () => expect("the lock").toBe("held") };
let folder = "";

beforeEach(() => void (folder = createFolder()));
afterEach(() => rmSync(folder, { recursive: true }));

function writeLock(generation: number, content: object | string): string {
  const file = join(folder, `server-${generation}.lock`);
  const holder = { ...identifySelf(), since: "2026-11-23T09:00:00.000Z", released: false };
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify({ ...holder, ...content }));
  return file;
}

function run(...args: string[]): Promise<number | string | null> {
  const script = join(import.meta.dirname, "take-lock-often.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder, ...args], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)));
}

describe("the lock of a data directory", () => {
  it("names its holder", async () => {
    const lock = await lockDirectory(folder, neverLost);
    const second = lockDirectory(folder, neverLost);
    await expect(second).rejects.toMatchObject({ name: "PortError", code: "conflict" });
    await expect(second).rejects.toThrow(`${folder} is in use by process ${process.pid} on ${hostname()}, since 20`);
    lock.release();
  });

  it("is free again when it was released", async () => {
    (await lockDirectory(folder, neverLost)).release();
    (await lockDirectory(folder, neverLost)).release();
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it("keeps few old files", async () => {
    for (let time = 0; time < 20; time += 1) (await lockDirectory(folder, neverLost)).release();
    expect(readdirSync(folder).length).toBeLessThanOrEqual(10);
  });

  it.each([
    ["a dead process", { pid: 2 ** 22 + 1 }],
    ["an earlier process of the same number", { began: "1" }],
  ])("is taken over from %s", async (_, holder) => {
    writeLock(3, holder);
    (await lockDirectory(folder, neverLost)).release();
    expect(existsSync(join(folder, "server-4.lock"))).toBe(true);
  });

  it.each([
    ["a process of another machine that gives no sign of life", { space: "elsewhere", host: "elsewhere" }],
    ["a file that was never written to its end", ""],
    ["a file that is something else", '{"pid": "none"}'],
  ])("is taken over from %s", async (_, content) => {
    writeLock(1, content);
    (await lockDirectory(folder, { ...neverLost, beatMs: 20 })).release();
    expect(existsSync(join(folder, "server-2.lock"))).toBe(true);
  });

  it("is not taken from a process of another machine that lives", async () => {
    const file = writeLock(1, { space: "elsewhere", host: "elsewhere", pid: 12 });
    let beats = 0;
    const beat = setInterval(() => utimesSync(file, 1_000_000, (beats += 1)), 10);
    await expect(lockDirectory(folder, { ...neverLost, beatMs: 500 })).rejects.toThrow("process 12 on elsewhere");
    clearInterval(beat);
  });

  it("tells its holder when it was taken over all the same", async () => {
    const lost = new Promise<void>((resolve) => {
      void lockDirectory(folder, { beatMs: 10, onLost: resolve }).then(() => writeLock(2, {}));
    });
    await lost;
    expect(JSON.parse(readFileSync(join(folder, "server-2.lock"), "utf8"))).toMatchObject({ released: false });
  });

  it("is held by one process at a time, whoever races and dies", async () => {
    const ends = await Promise.all([run("25"), run("25"), run("25"), run("8", "yes"), run("12", "yes")]);
    expect(ends).toEqual([0, 0, 0, "SIGKILL", "SIGKILL"]);
  });
});
