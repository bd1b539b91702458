import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ChangedFiles, CheckToWrite, CommitTree, FileProposal, Forge, PullState, Review, Reviewers } from "../../src/app/forge.ts";
import { createPolicyReader } from "../../src/app/policy-in-force.ts";
import { createFilePages } from "../../src/github/file-pages.ts";
import { PortError, type Job, type KeptReading, type PullRecord, type PullRecords, type RepositoryRef } from "../../src/app/ports.ts";
import type { AppDeps } from "../../src/app/pull-deps.ts";

/* A repository in memory, with what GitHub does to it. Commits are whole folders; checks count as on GitHub: the newest run of a name. */

export type Files = Readonly<Record<string, string>>;

export const repository: RepositoryRef = { installationId: 1, id: 77, owner: "acme", name: "assistant" };

/** The instant for which examples/ready was made. */
export const NOW = "2026-11-23T20:00:00Z";

const ready = join(import.meta.dirname, "../../examples/ready");
const listFiles = () =>
  (readdirSync(ready, { recursive: true, encoding: "utf8" }) as string[]).filter(
    (path) => /\.\w+$/.test(path) && path !== "facts.json" && path !== ".github",
  );

/** A small system at low risk that passes governance on its default branch. */
export function readyFiles(): Files {
  return Object.fromEntries(
    listFiles().flatMap((path) => {
      try {
        return [[path.replaceAll("\\", "/"), readFileSync(join(ready, path), "utf8")]];
      } catch {
        return [];
      }
    }),
  );
}

export const without = (files: Files, start: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(start)));

const blobId = (content: string) =>
  createHash("sha1")
    .update(`blob ${Buffer.byteLength(content)}\0`)
    .update(content)
    .digest("hex");

function toTree(commit: string, files: Files, truncated: boolean): CommitTree {
  const entries = new Map(
    Object.entries(files).map(([path, content]) => [path, { path, kind: "file" as const, size: Buffer.byteLength(content) }]),
  );
  const idOf = (path: string) => (files[path] === undefined ? undefined : blobId(files[path]));
  return {
    commit,
    entries,
    truncated,
    idOf,
    blobId: async (path) => idOf(path) ?? "",
    read: async (path, limit) => {
      const content = files[path];
      if (content === undefined) throw new PortError("not-found", "no such file");
      if (content.length > limit) throw new PortError("too-large", "too large");
      return Buffer.from(content);
    },
  };
}

export interface WrittenCheck extends CheckToWrite {
  id: number;
}

export interface TestRepository {
  deps: AppDeps;
  enqueued: Job[];
  checks: WrittenCheck[];
  comments: { id: number; number: number; body: string }[];
  calls: string[];
  reviews: Map<number, Review[]>;
  committers: Map<number, string[]>;
  teams: Map<string, string[]>;
  administrators: string[];
  /** Who may write, besides administrators. */
  writers: string[];
  /** May the App write files? */
  mayPropose: boolean;
  proposed: FileProposal[];
  /** Whom GitHub refuses as a reviewer. */
  unknown: string[];
  asked: Reviewers[];
  /** Runs before the method of that name answers. */
  before: Map<keyof Forge, () => void | Promise<void>>;
  commit(files: Files, options?: { truncated?: boolean }): string;
  setBranch(name: string, sha: string): void;
  open(pull: Partial<PullState> & { headSha: string }): PullState;
  pull(number: number): PullState;
  /** Conclusion that GitHub counts for a name on a commit. */
  inForce(sha: string, name: string): string | undefined;
  records: Map<string, PullRecord>;
}

export function createRepository(): TestRepository {
  const commits = new Map<string, CommitTree>();
  const branches = new Map<string, string>();
  const pulls = new Map<number, PullState>();
  const records = new Map<string, PullRecord>();
  const readings = new Map<string, KeptReading>();
  let counter = 0;
  const test: Omit<TestRepository, "deps"> = {
    enqueued: [],
    checks: [],
    comments: [],
    calls: [],
    reviews: new Map(),
    committers: new Map(),
    teams: new Map(),
    administrators: [],
    writers: [],
    mayPropose: false,
    proposed: [],
    unknown: [],
    asked: [],
    before: new Map(),
    records,
    commit(files, { truncated = false } = {}) {
      counter += 1;
      const sha = createHash("sha1")
        .update(`${counter} ${JSON.stringify(files)}`)
        .digest("hex");
      commits.set(sha, toTree(sha, files, truncated));
      return sha;
    },
    setBranch: (name, sha) => void branches.set(name, sha),
    open(pull) {
      const number = pull.number ?? pulls.size + 1;
      const state: PullState = {
        open: true,
        draft: false,
        author: "octo-dev",
        head: { owner: repository.owner, name: repository.name, branch: "feature", fork: false },
        baseRef: "main",
        defaultBranch: "main",
        comments: 0,
        updatedAt: "2026-11-23T19:00:00Z",
        ...pull,
        number,
      };
      pulls.set(number, state);
      return state;
    },
    pull: (number) => pulls.get(number) as PullState,
    inForce: (sha, name) =>
      test.checks
        .filter((check) => check.headSha === sha && check.name === name)
        .sort((a, b) => b.id - a.id)
        .at(0)?.conclusion,
  };

  const found = <T>(value: T | undefined): T => {
    if (value === undefined) throw new PortError("not-found", "GitHub answered 404.");
    return value;
  };
  const paths = (from: CommitTree | undefined, to: CommitTree) =>
    [...new Set([...(from?.entries.keys() ?? []), ...to.entries.keys()])].filter((path) => from?.idOf(path) !== to.idOf(path));

  const answers: Omit<Forge, "readings" | "filePages"> = {
    pull: async (_, number) => ({ ...found(pulls.get(number)) }),
    branchTip: async (_, branch) => branches.get(branch) ?? null,
    tree: async (_, commit) => found(commits.get(commit)),
    changedFiles: async (_, number): Promise<ChangedFiles> => {
      const pull = found(pulls.get(number));
      return { paths: paths(commits.get(branches.get(pull.baseRef) ?? ""), found(commits.get(pull.headSha))), complete: true };
    },
    pullsWithHead: async (_, headSha) => [...pulls.values()].filter((pull) => pull.open && pull.headSha === headSha),
    openPulls: async (_, limit) =>
      [...pulls.values()]
        .filter(({ open }) => open)
        .map(({ number }) => number)
        .slice(0, limit),
    createCheck: async (_, check) => {
      counter += 1;
      test.checks.push({ ...check, id: counter });
      return counter;
    },
    updateCheck: async (_, id, check) => {
      const at = test.checks.findIndex((one) => one.id === id);
      found(test.checks[at]);
      test.checks[at] = { ...check, id };
    },
    findComment: async (_, number, marker) => test.comments.find((one) => one.number === number && one.body.startsWith(marker))?.id ?? null,
    createComment: async (_, number, body) => {
      counter += 1;
      test.comments.push({ id: counter, number, body });
      found(pulls.get(number)).comments += 1;
      return counter;
    },
    updateComment: async (_, id, body) => {
      found(test.comments.find((one) => one.id === id)).body = body;
    },
    reviews: async (_, number) => test.reviews.get(number) ?? [],
    committers: async (_, number) => ({ logins: test.committers.get(number) ?? [found(pulls.get(number)).author ?? ""], complete: true }),
    isActiveMember: async (_, organization, team, login) => test.teams.get(`${organization}/${team}`)?.includes(login) ?? false,
    isAdministrator: async (_, login) => test.administrators.includes(login),
    mayWrite: async (_, login) => test.administrators.includes(login) || test.writers.includes(login),
    mayPropose: async () => test.mayPropose,
    proposeFiles: async (_, proposal) => {
      const before = test.proposed.findIndex(({ into }) => into.number === proposal.into.number);
      const number = 100 + (before === -1 ? test.proposed.push(proposal) - 1 : before);
      return { kind: before === -1 ? "opened" : "was-open", number, url: `https://github.example/pull/${number}` };
    },
    requestReviews: async (_, __, { people, teams }) => {
      const known = (names: readonly string[]) => names.filter((name) => !test.unknown.includes(name));
      const asked = { people: known(people), teams: known(teams) };
      test.asked.push(asked);
      return asked;
    },
  };
  const counted = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      async (...parameters: unknown[]) => {
        test.calls.push(name);
        await test.before.get(name as keyof Forge)?.();
        return (answer as (...all: unknown[]) => Promise<unknown>)(...parameters);
      },
    ]),
  ) as unknown as Omit<Forge, "readings" | "filePages">; // the same methods, each counted
  const store: PullRecords = {
    find: async (id, number) => records.get(`${id}#${number}`) ?? null,
    withHead: async (id, headSha) => [...records.values()].filter((one) => one.repositoryId === id && one.open && one.headSha === headSha),
    save: async (record) => void records.set(`${record.repositoryId}#${record.number}`, record),
  };
  const quiet = () => {};
  const deps: AppDeps = {
    forge: {
      ...counted,
      filePages: (_, { head }) => (head === null ? null : createFilePages("https://github.example", head)),
      readings: () => ({ get: (key) => readings.get(key), set: (key, kept) => void readings.set(key, kept) }),
    },
    records: store,
    queue: { enqueue: async (job) => void test.enqueued.push(job) },
    readPolicy: createPolicyReader(),
    now: () => NOW,
    startedAt: NOW,
    pause: async () => {},
    toolVersion: "0.0.0",
    docsUrl: "docs",
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
  return Object.assign(test, { deps });
}
