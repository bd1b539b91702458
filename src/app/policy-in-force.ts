import { parsePolicyBytes } from "../policy/parse-policy.ts";
import { policyDigest, resolvePolicy } from "../policy/resolve.ts";
import type { Policy, PolicyFile } from "../shapes/policy.ts";
import type { Problem } from "../shapes/problem.ts";
import { POLICY_PATH, type CommitTree } from "./forge.ts";
import { PortError } from "./ports.ts";

/** A policy at one commit. `problems` are sentences with their place. */
export type PolicyRead =
  | { kind: "absent" }
  | { kind: "broken"; problems: string[] }
  | { kind: "valid"; file: PolicyFile; policy: Policy; digest: string };

const MAX_POLICY_BYTES = 1024 * 1024;
const KEPT = 200;

export type PolicyReader = (tree: CommitTree) => Promise<PolicyRead>;

function toPolicy(bytes: Uint8Array): PolicyRead {
  const parsed = parsePolicyBytes(bytes, { file: POLICY_PATH, scope: "repository" });
  if (!parsed.ok) return { kind: "broken", problems: parsed.problems.map(toSentence) };
  const policy = resolvePolicy(parsed.policy);
  return { kind: "valid", file: parsed.policy, policy, digest: policyDigest(policy) };
}

const toSentence = ({ file, line, column, message }: Problem) => `${file}:${line}:${column}: ${message}`;

async function readContent(tree: CommitTree): Promise<PolicyRead> {
  try {
    return toPolicy(await tree.read(POLICY_PATH, MAX_POLICY_BYTES));
  } catch (error) {
    if (error instanceof PortError && error.code === "too-large")
      return { kind: "broken", problems: [`${POLICY_PATH}: it is larger than 1 MiB.`] };
    throw error;
  }
}

/** Reads policies; equal contents are parsed once. */
export function createPolicyReader(): PolicyReader {
  const kept = new Map<string, PolicyRead>();
  return async (tree) => {
    const entry = tree.entries.get(POLICY_PATH);
    // A cut listing proves nothing absent.
    if (!entry && tree.truncated) throw new PortError("too-large", "The list of files of the default branch is incomplete.");
    if (!entry) return { kind: "absent" };
    if (entry.kind !== "file") return { kind: "broken", problems: [`${POLICY_PATH}: it is a ${entry.kind}; commit the file itself.`] };
    const id = tree.idOf(POLICY_PATH) ?? "";
    const known = kept.get(id);
    if (known) return known;
    const read = await readContent(tree);
    if (kept.size >= KEPT) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
    kept.set(id, read);
    return read;
  };
}
