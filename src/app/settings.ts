import type { PublishedCheck, RepositoryRef } from "./ports.ts";

/* What the doctor needs of GitHub's settings, and what it remembers. Adapters in github/ and store/ implement it; every method may throw a PortError. */

/** The check that tells weekly what the doctor found. It is never required and never blocks. */
export const DOCTOR_CHECK = "pilotgate/doctor";

/** What GitHub told, or which right would be needed to see it. `byPlan`: the repository's plan does not have the setting at all. */
export type Seen<T> = { seen: true; value: T } | { seen: false; missing: string; byPlan: boolean };

export interface Listed<T> {
  items: T[];
  /** False when there are more than are read. */
  complete: boolean;
}

export interface RepositoryFacts {
  /** As GitHub writes them now. */
  owner: string;
  name: string;
  id: number;
  defaultBranch: string;
}

export interface BranchName {
  name: string;
  /** Has it a branch protection of the classic kind? */
  isProtected: boolean;
}

export interface RequiredCheck {
  context: string;
  /** Number of the App whose result counts; null where anybody's does. */
  appId: number | null;
}

/** One rule of a ruleset. */
export interface BranchRule {
  /** GitHub's name of it, such as `required_status_checks` or `deletion`. */
  type: string;
  rulesetId: number | null;
  /** Empty for other types. */
  checks: RequiredCheck[];
  strict: boolean;
  /** Must a branch that is created have passed as well? */
  onCreation: boolean;
}

export interface BypassActor {
  /** `OrganizationAdmin`, `RepositoryRole`, `Team`, `Integration`, `DeployKey` or `User`. */
  type: string;
  id: number | null;
  /** `always`, `pull_request` or `exempt`. */
  mode: string;
}

export interface Ruleset {
  id: number;
  name: string;
  /** Does it belong to the repository, and not to an organisation or enterprise above it? */
  isOwn: boolean;
  /** `active`, `evaluate` or `disabled`. */
  enforcement: string;
  include: string[];
  exclude: string[];
  rules: BranchRule[];
  /** Null where GitHub does not tell this token. */
  bypass: BypassActor[] | null;
  /** GitHub says that whoever asks may bypass it. */
  askerBypasses: boolean;
}

/** Branch protection of the classic kind; null where GitHub does not tell this token. */
export interface ClassicProtection {
  checks: RequiredCheck[];
  strict: boolean | null;
  adminsBound: boolean | null;
  forcePushes: boolean | null;
  deletions: boolean | null;
}

export interface DeploymentRule {
  id: number;
  appId: number;
  enabled: boolean;
}

export interface EnvironmentSettings {
  name: string;
  /** Null where GitHub does not tell. */
  adminsBypass: boolean | null;
  waitMinutes: number;
  reviewers: { type: "User" | "Team"; id: number }[];
  preventSelfReview: boolean;
  /** Which branches may deploy; null: all. */
  branches: { protectedOnly: boolean } | null;
}

/** Who wrote a check of ours, as GitHub tells. */
export interface CheckWriter {
  name: string;
  appId: number;
  slug: string;
}

export interface SettingsReader {
  /** PortError `not-found` where the repository cannot be seen. */
  repository(place: Omit<RepositoryRef, "id">): Promise<RepositoryFacts>;
  branches(repository: RepositoryRef): Promise<Seen<Listed<BranchName>>>;
  /** Active rules of every level for a branch of that name, which need not exist. */
  rules(repository: RepositoryRef, branch: string): Promise<Seen<BranchRule[]>>;
  /** Rulesets for branches of every level, whatever their enforcement. */
  rulesets(repository: RepositoryRef): Promise<Seen<Listed<Ruleset>>>;
  /** Null where the branch has none. */
  protection(repository: RepositoryRef, branch: string): Promise<Seen<ClassicProtection | null>>;
  environments(repository: RepositoryRef): Promise<Seen<Listed<EnvironmentSettings>>>;
  /** Rules of Apps that are set on an environment. */
  deploymentRules(repository: RepositoryRef, environment: string): Promise<Seen<DeploymentRule[]>>;
  /** Who wrote checks whose name begins so, on the heads of the newest pull requests; the newest first. */
  checkWriters(repository: RepositoryRef, prefix: string): Promise<Seen<CheckWriter[]>>;
}

/** What was last written about a repository's settings. */
export interface WrittenDiagnosis {
  headSha: string;
  check: PublishedCheck;
}

/** Repositories with a policy, and when their settings are to be looked at. Can be lost: every judged pull request brings its repository back. */
export interface DoctorRounds {
  /** A repository with a policy was seen: it is due soon, and from then on every week. Never throws. */
  remember(repository: RepositoryRef): Promise<void>;
  /** Nothing is due any more, until it is seen again. */
  forget(repositoryId: number): Promise<void>;
  /** Takes what is due, at most `limit`: each is due again in a week, and no other process takes it now. */
  takeDue(limit: number): Promise<RepositoryRef[]>;
  /** Every repository that is remembered, at most `limit`. */
  all(limit: number): Promise<RepositoryRef[]>;
  written(repositoryId: number): Promise<WrittenDiagnosis | null>;
  save(repositoryId: number, written: WrittenDiagnosis): Promise<void>;
}
