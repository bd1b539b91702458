import type { ReadingCache, RepositoryRef, Tree } from "./ports.ts";

/* What the App's use cases need from GitHub. The adapter in github/ implements it; every method may throw a PortError. */

/** Where the policy of a repository stands. */
export const POLICY_PATH = ".github/pilotgate.yml";

/** An open or closed pull request as GitHub tells it now. */
export interface PullState {
  number: number;
  open: boolean;
  draft: boolean;
  /** Login; null for a deleted account. */
  author: string | null;
  headSha: string;
  baseRef: string;
  defaultBranch: string;
  /** How many comments the conversation has; -1 where the answer does not tell. */
  comments: number;
  /** ISO 8601, whole seconds. */
  updatedAt: string;
}

export interface ChangedFiles {
  /** New and, for renamed files, former paths. */
  paths: string[];
  /** False when GitHub stopped listing: then everything counts as changed. */
  complete: boolean;
}

export type Conclusion = "success" | "failure" | "neutral" | "action_required";

export interface CheckOutputText {
  title: string;
  summary: string;
  text: string;
}

export interface CheckToWrite {
  name: string;
  headSha: string;
  conclusion: Conclusion;
  output: CheckOutputText;
  /** Offer a button that asks for a new evaluation. */
  offerRecheck: boolean;
}

export interface Review {
  login: string;
  bot: boolean;
  state: string;
  commit: string | null;
}

/** A tree that also tells the blob ids of its files without another question. */
export interface CommitTree extends Tree {
  commit: string;
  /** Blob id of a regular file, link or submodule; undefined where the path is absent. */
  idOf(path: string): string | undefined;
}

export interface Forge {
  pull(repository: RepositoryRef, number: number): Promise<PullState>;
  /** Commit at the tip of a branch; null where there is no such branch. */
  branchTip(repository: RepositoryRef, branch: string): Promise<string | null>;
  tree(repository: RepositoryRef, commit: string): Promise<CommitTree>;
  /** Readings of contents, shared by the repositories of one installation only. */
  readings(repository: RepositoryRef): ReadingCache;
  changedFiles(repository: RepositoryRef, number: number): Promise<ChangedFiles>;
  /** Open pull requests whose head is this commit. */
  pullsWithHead(repository: RepositoryRef, headSha: string): Promise<PullState[]>;
  /** Numbers of open pull requests, newest first, at most `limit`. */
  openPulls(repository: RepositoryRef, limit: number): Promise<number[]>;
  createCheck(repository: RepositoryRef, check: CheckToWrite): Promise<number>;
  /** PortError `not-found` where the check is gone. */
  updateCheck(repository: RepositoryRef, id: number, check: CheckToWrite): Promise<void>;
  /** Our own comment on a pull request that carries the marker, or null. */
  findComment(repository: RepositoryRef, number: number, marker: string): Promise<number | null>;
  createComment(repository: RepositoryRef, number: number, body: string): Promise<number>;
  /** PortError `not-found` where the comment is gone. */
  updateComment(repository: RepositoryRef, id: number, body: string): Promise<void>;
  /** Every review, oldest first. */
  reviews(repository: RepositoryRef, number: number): Promise<Review[]>;
  /** Logins of authors and committers of the pull request's commits; those without an account have none. `complete` is false when the list is cut. */
  committers(repository: RepositoryRef, number: number): Promise<{ logins: string[]; complete: boolean }>;
  isActiveMember(repository: RepositoryRef, organization: string, team: string, login: string): Promise<boolean>;
  isAdministrator(repository: RepositoryRef, login: string): Promise<boolean>;
}
