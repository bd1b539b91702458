import type { ReadingCache, RepositoryRef, Tree } from "./ports.ts";

/* What the App's use cases need from GitHub. The adapter in github/ implements it; every method may throw a PortError. */

/** Where the policy of a repository stands. */
export const POLICY_PATH = ".github/pilotgate.yml";

export interface HeadBranch {
  owner: string;
  name: string;
  branch: string;
  /** Of another repository than the one that is judged: the App may not write there. */
  fork: boolean;
}

/** An open or closed pull request as GitHub tells it now. */
export interface PullState {
  number: number;
  open: boolean;
  draft: boolean;
  /** Login; null for a deleted account. */
  author: string | null;
  headSha: string;
  /** Branch that it comes from; null where that repository is gone. */
  head: HeadBranch | null;
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
  /** At most three. */
  buttons: readonly Button[];
}

/** What a check can offer to press: files for what is missing, reviews by role holders, a new evaluation. */
export const buttons = ["add-missing", "ask-holders", "recheck"] as const;
export type Button = (typeof buttons)[number];

/** Pages on which a person writes a file of a branch. */
export interface FilePages {
  /** With the path and as much of the text filled in as an address can hold: `whole` is false where lines at its end are left out. */
  create(path: string, text: string): { url: string; whole: boolean };
  edit(path: string): string;
}

/** New files for the head branch of a pull request, as a pull request into that branch. */
export interface FileProposal {
  into: PullState;
  head: HeadBranch;
  /** None of them is in the head's tree. */
  files: readonly { path: string; text: string }[];
  title: string;
  body: string;
}

export type Proposed =
  | { kind: "opened" | "was-open"; number: number; url: string }
  /** Branches of ours are there with other content, and no open pull request. */
  | { kind: "branch-taken"; branch: string };

export interface Review {
  login: string;
  bot: boolean;
  state: string;
  commit: string | null;
}

export interface Reviewers {
  people: readonly string[];
  teams: readonly string[];
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
  mayWrite(repository: RepositoryRef, login: string): Promise<boolean>;
  /** Null where the head branch is gone. */
  filePages(repository: RepositoryRef, pull: PullState): FilePages | null;
  /** May the App itself write files? Only where its owner gave it more than `app.yml` asks for. */
  mayPropose(repository: RepositoryRef): Promise<boolean>;
  /** Opens the pull request once: a second call finds it. PortError `conflict` where another call is at it, `forbidden` or `invalid` where rules forbid it. */
  proposeFiles(repository: RepositoryRef, proposal: FileProposal): Promise<Proposed>;
  /** Asks each for a review; tells whom GitHub let be asked. Teams are slugs of the repository's organisation. */
  requestReviews(repository: RepositoryRef, number: number, asked: Reviewers): Promise<Reviewers>;
}
