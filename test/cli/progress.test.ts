import { describe, expect, it } from "@jest/globals";
import type { Tree } from "../../src/app/ports.ts";
import { showProgress, withProgress } from "../../src/cli/progress.ts";
import type { Io } from "../../src/cli/io.ts";

/** A terminal whose clock goes on by so many milliseconds each time it is asked. */
function terminal(step: number): { io: Io; lines: string[] } {
  const lines: string[] = [];
  let now = 0;
  const io = { now: () => new Date((now += step)), progress: (line: string) => void lines.push(line) } as Partial<Io> as Io;
  return { io, lines };
}

describe("progress", () => {
  it("is shown from two seconds on, ten times a second at most, and taken away", () => {
    const { io, lines } = terminal(50);
    const progress = showProgress(io, "reading a\u001b[2Jb");
    for (let share = 1; share <= 44; share += 1) progress.at(`${share} %`);
    progress.done();
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^reading a.*b … 40 %$/);
    expect(lines[0]).not.toContain("\u001b");
    expect(lines.at(-1)).toBe("");
  });

  it("is not shown of quick work, nor where there is no terminal", () => {
    const { io, lines } = terminal(1);
    const quick = showProgress(io, "reading a");
    quick.at("99 %");
    quick.done();
    const { progress: _none, ...pipe } = io;
    expect(() => showProgress(pipe as Io, "a").at("1 %")).not.toThrow();
    expect(lines).toEqual([]);
  });

  it("tells of files that are read in pieces, and changes nothing in them", () => {
    const { io, lines } = terminal(1500);
    const bytes = [new Uint8Array(2 * 1024 * 1024), new Uint8Array(1024 * 1024)];
    const tree = { pieces: () => bytes } as Partial<Tree> as Tree;
    expect([...(withProgress(tree, io).pieces?.("run.jtl") ?? [])]).toEqual(bytes);
    expect(lines).toEqual(["reading run.jtl … 3 MiB", ""]);
    const without = { read: async () => bytes[0] } as Partial<Tree> as Tree;
    expect(withProgress(without, io)).toBe(without);
  });
});
