import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** What git says about a folder. */
export interface GitStatus {
  /** Commit that the folder is at, byte for byte; null where it differs, and where there is no commit or no git. */
  commit: string | null;
  /** Is a path, relative to the folder, kept out of commits by an ignore rule? */
  ignores(path: string): boolean;
}

const nothing: GitStatus = { commit: null, ignores: () => false };
const LONGEST_OUTPUT = 32 * 1024 * 1024;
const LONGEST_MILLISECONDS = 20_000;

/* A repository's own configuration can name programs to run: the file system monitor is one that `status` would start. */
const safely = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];
const question = [
  "status",
  "--porcelain=v2",
  "-z",
  "--branch",
  "--untracked-files=normal",
  "--ignored=traditional",
  "--ignore-submodules=dirty",
];

/** What git says, or null where it fails, says too much or takes too long. One pipe: each costs time at the start. */
function ask(folder: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn("git", ["-C", folder, ...safely, ...question, "--", "."], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: LONGEST_MILLISECONDS,
      windowsHide: true,
    });
    const output: Buffer[] = [];
    let length = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= LONGEST_OUTPUT) output.push(chunk);
      else child.kill();
    });
    child.on("error", () => resolve(null));
    child.on("close", (code) => resolve(code === 0 && length <= LONGEST_OUTPUT ? Buffer.concat(output).toString("utf8") : null));
  });
}

/** Path from the root of the repository to the folder, with forward slashes and one at the end; undefined outside of a repository. */
function prefixOf(folder: string): string | undefined {
  for (let root = folder; ; root = dirname(root)) {
    if (existsSync(join(root, ".git"))) return root === folder ? "" : `${relative(root, folder).split(sep).join("/")}/`;
    if (dirname(root) === root) return undefined;
  }
}

function toIgnores(ignored: readonly string[], prefix: string): (path: string) => boolean {
  const files = new Set(ignored.filter((path) => !path.endsWith("/")).map((path) => path.slice(prefix.length)));
  const folders = new Set(ignored.filter((path) => path.endsWith("/")).map((path) => path.slice(prefix.length, -1)));
  return (path) => {
    if (files.has(path)) return true;
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) if (folders.has(path.slice(0, end))) return true;
    return false;
  };
}

/** Asks git once about a folder (an absolute path without symbolic links). Never throws: without git there is no commit. */
export async function readGitStatus(folder: string): Promise<GitStatus> {
  const prefix = prefixOf(folder);
  if (prefix === undefined) return nothing;
  const output = await ask(folder);
  if (output === null) return nothing;
  const entries = output.split("\0").filter((entry) => entry !== "");
  const ignored = entries.filter((entry) => entry.startsWith("! ")).map((entry) => entry.slice(2));
  // The folder itself is ignored: the repository around it has nothing to say about it.
  if (ignored.some((path) => path.endsWith("/") && prefix.startsWith(path))) return nothing;
  const head = entries.find((entry) => entry.startsWith("# branch.oid "))?.slice("# branch.oid ".length);
  const isClean = entries.every((entry) => entry.startsWith("# ") || entry.startsWith("! "));
  const commit = head !== undefined && isClean && /^[0-9a-f]{40,64}$/.test(head) ? head : null;
  return { commit, ignores: toIgnores(ignored, prefix) };
}
