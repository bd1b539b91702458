import { evaluate } from "../engine/evaluate.ts";
import type { Facts } from "../shapes/facts.ts";
import type { Policy } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import { gather } from "./gather.ts";
import { PortError, type ReadingCache, type Tree } from "./ports.ts";

export interface JudgeTree {
  tree: Tree;
  policy: Policy;
  policyDigest: string;
  /** ISO 8601 instant, UTC. */
  at: string;
  facts: Facts | null;
  factsSource: "none" | "file" | "github";
  toolVersion: string;
  readings?: ReadingCache;
}

/** The same for every surface: gather what the policy asks for at one commit, then judge it. Throws PortError where the tree cannot be read. */
export async function judgeTree({ tree, policy, policyDigest, at, facts, factsSource, toolVersion, readings }: JudgeTree): Promise<Report> {
  // A cut listing could hide the newest run or a failed one: nothing may be concluded from it.
  if (tree.truncated) throw new PortError("too-large", "the list of files at this commit is incomplete");
  const evidence = await Promise.all(policy.systems.map((system) => gather(system, tree, readings)));
  return evaluate({ at, commit: tree.commit, policy, policyDigest, evidence, facts, factsSource }, toolVersion);
}
