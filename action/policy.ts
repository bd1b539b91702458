import { POLICY_PATH, type CommitTree } from "../src/app/forge.ts";
import { createPolicyReader } from "../src/app/policy-in-force.ts";
import { PortError, type Tree } from "../src/app/ports.ts";
import { parsePolicyBytes } from "../src/policy/parse-policy.ts";
import { policyDigest, resolvePolicy } from "../src/policy/resolve.ts";
import type { Policy } from "../src/shapes/policy.ts";
import type { Problem } from "../src/shapes/problem.ts";
import type { GitHub } from "./github.ts";
import { SetupError } from "./runner.ts";

export interface GoodPolicy {
  kind: "valid";
  policy: Policy;
  digest: string;
  /** Whose it is, in words. */
  whose: string;
  /** The default branch, where it was read from there. */
  tree: CommitTree | null;
}

/** `unseen`: the token may not read it. `places` are those of `problems` in the checkout. */
export type LoadedPolicy =
  | GoodPolicy
  | { kind: "absent" | "unseen"; whose: string }
  | { kind: "broken"; whose: string; problems: string[]; places: Problem[] };

const MAX_BYTES = 1024 * 1024;
const noRight: ReadonlySet<string> = new Set(["unauthorized", "forbidden", "not-found"]);

/** The policy of the default branch. Throws PortError where GitHub cannot be asked. */
export async function loadFromDefaultBranch({ forge, repository }: GitHub, branch: string): Promise<LoadedPolicy> {
  const whose = `the policy of the default branch, ${branch}`;
  try {
    const tip = await forge.branchTip(repository, branch);
    // The event names the branch, so it is there: this token is not shown it.
    if (tip === null) return { kind: "unseen", whose };
    const tree = await forge.tree(repository, tip);
    const read = await createPolicyReader()(tree);
    if (read.kind === "valid") return { kind: "valid", policy: read.policy, digest: read.digest, whose, tree };
    return read.kind === "absent" ? { kind: "absent", whose } : { kind: "broken", whose, problems: read.problems, places: [] };
  } catch (error) {
    if (error instanceof PortError && noRight.has(error.code)) return { kind: "unseen", whose };
    throw error;
  }
}

/** The policy of the checkout, at its own place or at the one that was asked for. */
export async function loadFromCheckout(tree: Tree, asked: string | undefined): Promise<LoadedPolicy> {
  const path = asked?.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "") ?? POLICY_PATH;
  const whose = `${path} of this checkout`;
  const entry = tree.entries.get(path);
  if (asked !== undefined && entry?.kind !== "file")
    throw new SetupError("The input `policy` names no file of the checkout; give its path from the root of the repository.");
  if (entry === undefined) return { kind: "absent", whose };
  if (entry.kind !== "file")
    return { kind: "broken", whose, problems: [`${path}: it is a ${entry.kind}; commit the file itself.`], places: [] };
  const bytes = await tree.read(path, MAX_BYTES).catch((error: unknown) => {
    if (error instanceof PortError && error.code === "too-large") return null;
    throw error;
  });
  if (bytes === null) return { kind: "broken", whose, problems: [`${path}: it is larger than 1 MiB.`], places: [] };
  const parsed = parsePolicyBytes(bytes, { file: path });
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
    return { kind: "broken", whose, problems, places: parsed.problems };
  }
  const policy = resolvePolicy(parsed.policy);
  return { kind: "valid", policy, digest: policyDigest(policy), whose, tree: null };
}
