import type { Reading } from "../shapes/measurements.ts";

/* What the use cases need from the world. Adapters in github/, store/ and local/ implement these. */

/** Closed codes of what can go wrong outside. `retryable` says that the same call may work later. */
export const portErrorCodes = [
  "unauthorized",
  "forbidden",
  "not-found",
  "rate-limited",
  "unavailable",
  "conflict",
  "too-large",
  "invalid",
  "closed",
] as const;
export type PortErrorCode = (typeof portErrorCodes)[number];

export class PortError extends Error {
  readonly code: PortErrorCode;
  readonly retryable: boolean;
  /** Milliseconds to wait before trying again, where the other side said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: PortErrorCode,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PortError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** One entry of a commit's tree, or of a folder on disk. Folders have no entry. */
export interface TreeEntry {
  path: string;
  kind: "file" | "symlink" | "submodule";
  /** Bytes, where known. */
  size: number;
}

/** All files at one commit. */
export interface Tree {
  /** Null for a working tree that differs from its commit. */
  commit: string | null;
  /** By path, with forward slashes, relative to the root that is judged. */
  entries: ReadonlyMap<string, TreeEntry>;
  /** The listing is incomplete: nothing may be concluded from an absent path. */
  truncated: boolean;
  /** Git blob id (hex SHA-1 of the git object) of a file. */
  blobId(path: string): Promise<string>;
  /** Bytes of a file; PortError `too-large` over `limit`, `not-found` where it is gone. */
  read(path: string, limit: number): Promise<Uint8Array>;
  /** The same in pieces, each valid until the next is asked for; absent where files cannot be read so. */
  pieces?(path: string): Iterable<Uint8Array>;
}

/** What reading one content gave; the same for the same bytes and options, so it may be kept. */
export interface KeptReading {
  /** `sha256:` of the bytes. */
  digest: string;
  reading: Reading;
}

/** Keeps readings by content; lets an unchanged file be neither fetched nor parsed again. */
export interface ReadingCache {
  get(key: string): KeptReading | undefined;
  set(key: string, kept: KeptReading, bytes: number): void;
}

export interface RepositoryRef {
  installationId: number;
  /** GitHub's number of the repository: survives renames. */
  id: number;
  owner: string;
  name: string;
}

/** Why something is judged: hints only, the state is read again at evaluation. */
export interface JobReason {
  event: string;
  action: string | null;
  deliveryId: string;
  /** Somebody asked for it (re-run button): publish even where nothing changed. */
  asked?: boolean;
  /** What a press of a button led to; told on top of that check. */
  answer?: Answer;
}

export interface Answer {
  /** Name of the check. */
  check: string;
  /** Markdown, everything foreign in it escaped. */
  text: string;
}

/** Somebody pressed a button of one of our checks. Whether they may is asked when it is acted upon. */
export interface Press {
  kind: "press";
  button: string;
  /** Login. */
  by: string;
  /** Name of the check. */
  check: string;
  headSha: string;
  /** Pull requests that the event names; for those from forks it names none. */
  numbers: readonly number[];
  /** Where the commit is one of a merge queue. */
  group?: { baseRef: string; defaultBranch: string };
}

/** What an event said about a pull request: lets work begin before the state is read, and tells news from repetition. */
export interface PullHint {
  headSha: string;
  baseRef: string;
  defaultBranch: string;
  open: boolean;
  draft: boolean;
  /** ISO 8601. */
  updatedAt: string;
}

export type JudgeSubject =
  | { kind: "pull"; number: number; hint?: PullHint }
  | { kind: "merge-group"; headSha: string; baseRef: string; defaultBranch?: string }
  | { kind: "closed"; number: number; hint?: PullHint }
  /** Every open pull request whose head this is. */
  | { kind: "head"; headSha: string }
  /** The policy in force changed: every open pull request of the repository. */
  | { kind: "policy" }
  /** Whether GitHub's settings let the gates block. */
  | { kind: "settings" }
  /** A day began: every open pull request of a repository where a gate turns to blocking. */
  | { kind: "day" }
  | Press;

/** One thing to judge. Jobs with one key coalesce: one runs, at most one waits. */
export interface Job {
  key: string;
  repository: RepositoryRef;
  subject: JudgeSubject;
  reason: JobReason;
}

export interface JobQueue {
  /** Resolves when the job is durable; a job of the same key that waits already stands for both. */
  enqueue(job: Job): Promise<void>;
}

export interface JobRunner {
  /**
   * Runs `handle` for every job, at most `concurrency` at once and one per key, woken as soon as one is enqueued.
   * A throw is retried with growing pauses (`PortError.retryAfterMs` where given) up to `attempts`, then `onGivenUp` is called.
   * The returned function stops taking jobs, waits for those that run, and resolves.
   */
  run(
    handle: (job: Job) => Promise<void>,
    options: { concurrency: number; attempts: number; onGivenUp(job: Job, error: unknown): Promise<void> },
  ): Promise<() => Promise<void>>;
}

export interface PublishedCheck {
  id: number;
  conclusion: string;
  /** Digest of what was written, to write nothing when nothing changed. */
  digest: string;
}

/** What we last saw and wrote about a pull request. Can be lost: it is read again from GitHub. */
export interface PullRecord {
  repositoryId: number;
  number: number;
  headSha: string;
  baseRef: string;
  open: boolean;
  /** By check name, on `headSha`. */
  checks: Record<string, PublishedCheck>;
  comment: { id: number; digest: string } | null;
  judgedAt: string;
}

export interface PullRecords {
  find(repositoryId: number, number: number): Promise<PullRecord | null>;
  /** Other open pull requests with this head that we know of. */
  withHead(repositoryId: number, headSha: string): Promise<PullRecord[]>;
  save(record: PullRecord): Promise<void>;
}
