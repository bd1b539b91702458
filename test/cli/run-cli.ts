import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Io } from "../../src/cli/io.ts";
import { pilotgate } from "../../src/cli/pilotgate.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  exit: number | null;
  out: string;
  err: string;
}

/** Runs the command line in this process, as if standard output were no terminal. */
export async function run(argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> {
  const ran: Ran = { exit: null, out: "", err: "" };
  ran.exit = await pilotgate(argv, {
    out: (text) => (ran.out += text),
    err: (text) => (ran.err += text),
    cwd: root,
    env: {},
    color: { out: false, err: false },
    width: 100,
    unicode: true,
    now: () => new Date("2026-11-23T09:00:00.123Z"),
    ...io,
  });
  return ran;
}

/** The built command line where there is one, else its source: both start the same program. */
export const entry = [join(root, "dist/cli/main.js"), join(root, "src/cli/main.ts")].find((path) => existsSync(path)) ?? "";

/** Runs the command line as a process of its own. */
export function spawnCli(argv: readonly string[], env: Record<string, string> = {}, cwd = root): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...argv], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...env },
  });
  return { exit: status, out: stdout, err: stderr };
}

/** A folder of its own outside of any repository, with these files. */
export function aFolder(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cli-")));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export const smallPolicy = `version: 1
systems:
  - id: helper
    risk: low
    models:
      - { id: chat, provider: openai, model: gpt-4o-2024-11-20 }
`;
