import { lstatSync, statSync, type Stats } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parsePolicyBytes, type GoodPolicy } from "../policy/parse-policy.ts";
import { renderProblems } from "../report/render-problems.ts";
import { UsageError, type Io } from "./io.ts";
import { readInput } from "./read-input.ts";

/** Where a repository keeps its policy. */
export const POLICY_PATH = ".github/pilotgate.yml";

/* Parsing refuses more than 1 MiB with its own words; this only bounds what is held. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Refuses a policy in its own place that stands behind a link: in a commit, a link is no policy. */
export function refuseLinkedPolicy(folder: string, shown: string): void {
  const path = join(folder, POLICY_PATH);
  if ([dirname(path), path].every((one) => look(one, lstatSync)?.isSymbolicLink() !== true)) return;
  throw new UsageError(`the policy ${shown} cannot be used: it is a symbolic link; commit the file itself.`);
}

export function refuseAbsentFolder(folder: string, shown: string, what = "judged"): void {
  const found = look(folder, statSync);
  if (found?.isDirectory() === true) return;
  throw new UsageError(`the folder ${shown} cannot be ${what}: it is ${found === undefined ? "not there" : "not a folder"}.`);
}

/** Undefined where there is nothing to be seen, for whatever reason. */
function look(path: string, by: typeof lstatSync): Stats | undefined {
  try {
    return by(path);
  } catch {
    return undefined;
  }
}

/** A policy file of the caller's with its text; UsageError where there is none. */
export async function readPolicyFile(path: string, shown: string): Promise<Uint8Array> {
  const input = readInput(path, MAX_BYTES);
  if (input.ok) return input.bytes;
  if (input.problem !== "missing") throw new UsageError(`the policy ${shown} cannot be used: ${input.message}.`);
  throw new UsageError(`there is no policy at ${shown}. \`pilotgate init\` writes one.`);
}

/** A valid policy; null where it is broken, after every problem was printed. */
export async function loadPolicy(dir: string, file: string | undefined, io: Io): Promise<GoodPolicy | null> {
  const path = file === undefined ? resolve(io.cwd, dir, POLICY_PATH) : resolve(io.cwd, file);
  const shown = file ?? (dir === "." ? POLICY_PATH : `${dir.replace(/[\\/]+$/, "")}/${POLICY_PATH}`);
  if (file === undefined) {
    const folder = resolve(io.cwd, dir);
    refuseAbsentFolder(folder, dir);
    refuseLinkedPolicy(folder, shown);
  }
  const bytes = await readPolicyFile(path, shown);
  const parsed = parsePolicyBytes(bytes, { file: shown });
  if (parsed.ok) return parsed;
  io.err(renderProblems(parsed.problems, new TextDecoder().decode(bytes), { color: io.color.err, width: io.width }));
  io.err("The policy is broken, so nothing was judged.\n");
  return null;
}
