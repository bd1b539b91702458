import type { Policy } from "../../shapes/policy.ts";
import type { CommitTree } from "../forge.ts";
import { PortError, type RepositoryRef } from "../ports.ts";
import type {
  BranchName,
  BranchRule,
  ClassicProtection,
  DeploymentRule,
  EnvironmentSettings,
  Listed,
  Ruleset,
  Seen,
  SettingsReader,
} from "../settings.ts";
import { branchesToAsk, guardsOf, isGuarded } from "./guards.ts";
import { workflowJobs, type WorkflowJobs } from "./workflow-environments.ts";

/* Reads everything that the questions are about, within bounds, a few calls at a time. */

/** What holds for a branch of one name. */
export interface BranchSettings {
  rules: Seen<BranchRule[]>;
  protection: Seen<ClassicProtection | null>;
}

export interface Observed {
  defaultBranch: string;
  branches: Seen<Listed<BranchName>>;
  rulesets: Seen<Listed<Ruleset>>;
  /** By name, existing or not; the first `MOST_NAMES` of them. */
  onBranch: ReadonlyMap<string, BranchSettings>;
  environments: Seen<Listed<EnvironmentSettings>>;
  /** Rules of Apps, by name of the environment. */
  deploymentRules: ReadonlyMap<string, Seen<DeploymentRule[]>>;
  workflows: WorkflowJobs[];
  /** False where a workflow could not be read, or there are more than are read. */
  allWorkflows: boolean;
}

/** Branches of all guards together: each costs a call or three. */
export const MOST_NAMES = 300;
const AT_ONCE = 8;
const MOST_WORKFLOWS = 100;
const MAX_WORKFLOW_BYTES = 512 * 1024;
const none = { seen: true, value: null } as const;

async function inTurns<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))));
  return answers;
}

async function readWorkflows(tree: CommitTree): Promise<Pick<Observed, "workflows" | "allWorkflows">> {
  const paths = [...tree.entries.values()].flatMap(({ path, kind }) =>
    kind === "file" && /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ? [path] : [],
  );
  const read = await inTurns(paths.slice(0, MOST_WORKFLOWS), async (path): Promise<WorkflowJobs> => {
    try {
      return workflowJobs(path, new TextDecoder().decode(await tree.read(path, MAX_WORKFLOW_BYTES)));
    } catch (error) {
      if (error instanceof PortError && error.code === "too-large") return { path, environments: [], unclear: true };
      throw error;
    }
  });
  return { workflows: read, allWorkflows: !tree.truncated && paths.length <= MOST_WORKFLOWS };
}

/** `tree` is the default branch's. `onStep` hears which share is done. Throws PortError. */
export async function observe(
  reader: SettingsReader,
  repository: RepositoryRef,
  { policy, tree, defaultBranch }: { policy: Policy; tree: CommitTree; defaultBranch: string },
  onStep: (share: number) => void = () => {},
): Promise<Observed> {
  const guards = guardsOf(policy);
  const [branches, rulesets, environments, workflows] = await Promise.all([
    reader.branches(repository),
    reader.rulesets(repository),
    reader.environments(repository),
    readWorkflows(tree),
  ]);
  const guarded = guards.filter(({ kind }) => kind === "branches").map((guard) => branchesToAsk(guard, branches, defaultBranch));
  const existing = new Set(guarded.flatMap((asked) => asked.existing));
  const names = [...new Set(guarded.flatMap((asked) => [...asked.existing, ...asked.probes]))].slice(0, MOST_NAMES);
  // The list tells which branches are without a protection; where there is no list, each is asked about.
  const bare = new Set(branches.seen ? branches.value.items.flatMap((one) => (one.isProtected ? [] : [one.name])) : []);
  const watched = guards.filter(({ kind }) => kind === "environments");
  const settings = environments.seen ? environments.value.items.filter(({ name }) => watched.some((guard) => isGuarded(guard, name))) : [];
  const steps = names.length + settings.length;
  let done = 0;
  const counted = async <T>(asked: Promise<T>): Promise<T> => {
    const answer = await asked;
    onStep((done += 1) / steps);
    return answer;
  };
  const onBranch = await inTurns(names, (name) =>
    counted(
      Promise.all([
        reader.rules(repository, name),
        existing.has(name) && !bare.has(name) ? reader.protection(repository, name) : Promise.resolve(none),
      ]).then(([rules, protection]) => [name, { rules, protection }] as const),
    ),
  );
  const deploymentRules = await inTurns(settings, ({ name }) =>
    counted(reader.deploymentRules(repository, name).then((rules) => [name, rules] as const)),
  );
  return {
    defaultBranch,
    branches,
    rulesets,
    onBranch: new Map(onBranch),
    environments,
    deploymentRules: new Map(deploymentRules),
    ...workflows,
  };
}
