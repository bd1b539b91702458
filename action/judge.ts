import { judgedByGates, onlyGates } from "../src/app/by-gates.ts";
import { judgeTree } from "../src/app/judge-tree.ts";
import type { Tree } from "../src/app/ports.ts";
import { selectSystems } from "../src/app/select-systems.ts";
import { touchOf } from "../src/app/touch.ts";
import { beyondUnseen } from "../src/engine/beyond-unseen.ts";
import { readTree } from "../src/local/read-tree.ts";
import type { Policy } from "../src/shapes/policy.ts";
import { toAnnotations } from "./annotations.ts";
import { askApp, noWord } from "./app-word.ts";
import { blockingGates, countingGates, type Guarding } from "./blocking.ts";
import { changedPaths } from "./changed.ts";
import { connect, type GitHub } from "./github.ts";
import type { Inputs } from "./inputs.ts";
import { notJudged } from "./not-judged.ts";
import { toNotes } from "./notes.ts";
import { readPayload, toOccasion, type Occasion } from "./occasion.ts";
import type { Outcome } from "./outcome.ts";
import { loadFromCheckout, loadFromDefaultBranch, type GoodPolicy, type LoadedPolicy } from "./policy.ts";
import { SetupError, type Runner } from "./runner.ts";

export interface Job {
  runner: Runner;
  inputs: Inputs;
  /** ISO 8601 instant, UTC, whole seconds. */
  at: string;
  toolVersion: string;
}

/** Judges the checkout by the policy in force. Throws SetupError, and PortError where folder or GitHub cannot be read. */
export async function judgeJob(job: Job): Promise<Outcome> {
  const { runner, inputs, toolVersion } = job;
  const occasion = toOccasion(runner, readPayload(runner.eventFile));
  const tree = await readTree(runner.workspace);
  if (tree.entries.size === 0) throw new SetupError("The workspace is empty: let a step with `actions/checkout` run before this one.");
  const github = inputs.token === undefined ? null : connect(runner, inputs.token, toolVersion);
  try {
    const loaded = await loadPolicy(occasion, tree, inputs, github);
    return loaded.kind === "valid" ? await judge(job, occasion, tree, loaded, github) : notJudged(loaded, inputs, occasion);
  } finally {
    github?.close();
  }
}

async function loadPolicy(occasion: Occasion, tree: Tree, inputs: Inputs, github: GitHub | null): Promise<LoadedPolicy> {
  if (occasion.kind === "commit") return loadFromCheckout(tree, inputs.policy);
  if (github !== null) return loadFromDefaultBranch(github, occasion.defaultBranch);
  return { kind: "unseen", whose: `the policy of the default branch, ${occasion.defaultBranch}` };
}

async function judge(
  { inputs, at, toolVersion }: Job,
  occasion: Occasion,
  tree: Tree,
  loaded: GoodPolicy,
  github: GitHub | null,
): Promise<Outcome> {
  const policy = inputs.systems.length === 0 ? loaded.policy : selectSystems(loaded.policy, inputs.systems);
  if (typeof policy === "string") throw new SetupError(`The input \`system\`: ${policy}.`);
  const whole = await judgeTree({ tree, policy, policyDigest: loaded.digest, at, facts: null, factsSource: "none", toolVersion });
  const report = inputs.gates.length === 0 ? whole : judgedByGates(whole, inputs.gates);
  const shown = inputs.gates.length === 0 ? whole : onlyGates(report, inputs.gates);
  const counting = countingGates(report, policy, inputs.gates, occasion);
  const enforced = inputs.failOn === "enforced";
  const wouldBlock = enforced ? blockingGates(countingGates(beyondUnseen(report), policy, inputs.gates, occasion)) : [];
  const blocking = await touched(wouldBlock, policy, occasion, loaded, github);
  // Its checks are about every system of the policy.
  const asksApp = enforced && github !== null && inputs.appId !== undefined && policy.systems.length === loaded.policy.systems.length;
  const app = asksApp ? await askApp(github, inputs.appId as number, occasion.headSha, counting) : noWord;
  const holds = report.verdict === "hold";
  const fails = enforced ? blocking.length > 0 || app.holds.length > 0 : inputs.failOn === "hold" && holds;
  const spared = wouldBlock.filter((one) => !blocking.includes(one));
  const failing = inputs.failOn === "hold" && holds ? counting : blocking;
  return {
    fails,
    title: report.verdict,
    notes: toNotes({ occasion, inputs, whose: loaded.whose, shown, counting, blocking, spared, app, fails }),
    annotations: toAnnotations(counting, failing, (path) => tree.entries.get(path)?.kind === "file", policy.systems.length > 1),
    judged: { report, shown },
  };
}

/** Those whose system a pull request or merge group touches with more than evidence: holding must not stop its own cure. */
async function touched(
  wouldBlock: readonly Guarding[],
  policy: Policy,
  occasion: Occasion,
  { tree }: GoodPolicy,
  github: GitHub | null,
): Promise<readonly Guarding[]> {
  if (wouldBlock.length === 0 || occasion.kind === "commit" || github === null || tree === null) return wouldBlock;
  const changed = await changedPaths(github, occasion, tree);
  const touchedIds = new Set(policy.systems.filter((system) => touchOf(system, changed) === "system").map(({ id }) => id));
  return wouldBlock.filter(({ system }) => touchedIds.has(system));
}
