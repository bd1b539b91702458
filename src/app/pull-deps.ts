import type { GateId } from "../shapes/vocabulary.ts";
import type { CommitTree, Forge } from "./forge.ts";
import type { PolicyRead, PolicyReader } from "./policy-in-force.ts";
import type { JobQueue, PullRecords, RepositoryRef } from "./ports.ts";
import type { DoctorRounds, SettingsReader } from "./settings.ts";

/** What the App's use cases work with. */
export interface AppDeps {
  forge: Forge;
  records: PullRecords;
  queue: JobQueue;
  readPolicy: PolicyReader;
  /** ISO 8601 instant, UTC. */
  now(): string;
  /** When this process began, by the same clock. */
  startedAt: string;
  pause(ms: number): Promise<unknown>;
  toolVersion: string;
  /** Where the documentation stands, without a slash at the end. */
  docsUrl: string | undefined;
  log: AppLog;
  /** Absent where nobody looks at settings. */
  doctor?: DoctorParts;
  /** Told once for a commit and gate that only warns and would have held it; may be absent where nobody counts. */
  wouldHaveHeld?(gate: GateId): void;
}

/** What the weekly look at a repository's settings works with. */
export interface DoctorParts {
  settings: SettingsReader;
  rounds: DoctorRounds;
  appId: number;
  /** Host of GitHub's pages. */
  host: string;
}

export interface AppLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The policy in force with the commit that it was read at. */
export interface InForce {
  /** Null where the default branch has no commit. */
  tree: CommitTree | null;
  read: PolicyRead;
}

/** The policy in force is the default branch's, whatever is judged. */
export async function readInForce({ forge, readPolicy }: AppDeps, repository: RepositoryRef, defaultBranch: string): Promise<InForce> {
  const tip = await forge.branchTip(repository, defaultBranch);
  if (tip === null) return { tree: null, read: { kind: "absent" } };
  const tree = await forge.tree(repository, tip);
  return { tree, read: await readPolicy(tree) };
}
