import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { entry } from "../cli/run-cli.ts";
import { blocksOf, read } from "./markdown.ts";

/* A page's commands, typed one after the other as they stand, and what the page shows of their output. */

export interface Step {
  /** Content of an `sh` block. */
  typed: string;
  /** Content of the `text` block right behind it. */
  shown: string | undefined;
}

export function stepsOf(page: string): Step[] {
  const blocks = blocksOf(read(page));
  return blocks.flatMap(({ language, content }, index) => {
    const next = blocks[index + 1];
    return language === "sh" ? [{ typed: content, shown: next?.language === "text" ? next.content : undefined }] : [];
  });
}

const node = JSON.stringify(process.execPath);
const main = JSON.stringify(entry);
const shims: Record<string, string> = {
  pilotgate: `exec ${node} ${main} "$@"`,
  npx: `[ "$1" = pilotgate ] || { echo "npx: only pilotgate is here" >&2; exit 127; }\nshift\nexec ${node} ${main} "$@"`,
};

/** A folder with the commands that a page may name and that are ours. */
export function shimFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "shims-")));
  for (const [name, body] of Object.entries(shims)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** What a terminal shows of one block, and how its last command ended. */
export function type(typed: string, { cwd, shim }: { cwd: string; shim: string }): { out: string; exit: number | null } {
  const path = [shim, dirname(process.execPath), process.env["PATH"]].join(":");
  const identity = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", HOME: cwd };
  const { stdout, status } = spawnSync("sh", ["-c", `exec 2>&1\n${typed}`], {
    cwd,
    encoding: "utf8",
    env: { PATH: path, LANG: "C.UTF-8", ...identity },
  });
  return { out: stdout, exit: status };
}

/** What differs from day to day and from machine to machine. */
const varying: [RegExp, string][] = [
  [/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: UTC|Z)?/g, "<instant>"],
  [/\d{4}-\d\d-\d\d/g, "<day>"],
  [/\bsha256:[0-9a-f]{64}\b/g, "<digest>"],
  [/\b[0-9a-f]{7,40}\b(?=[ ·)\]]|$)/gm, "<commit>"],
];

function lines(text: string): string[] {
  const masked = varying.reduce((masking, [pattern, word]) => masking.replace(pattern, word), text);
  return masked
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd());
}

/** What the output does not have of what is shown, in that order; a line `…` stands for any number of lines. Undefined where it has all. */
export function missingFrom(shown: string, out: string): string | undefined {
  const actual = lines(out);
  const parts = lines(shown)
    .join("\n")
    .split(/^[ ]*…$/m)
    .map((part) => part.split("\n").filter((line, index, all) => line !== "" || (index > 0 && index < all.length - 1)));
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const starts = index === 0 ? [0] : actual.keys().filter((start) => start >= from);
    const last = index === parts.length - 1 && part.length > 0;
    const at = [...starts].find(
      (start) => part.every((line, offset) => actual[start + offset] === line) && (!last || start + part.length === actual.length),
    );
    if (at === undefined) return part.join("\n");
    from = at + part.length;
  }
  return undefined;
}
