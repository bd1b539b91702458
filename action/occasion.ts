import { readFileSync, statSync } from "node:fs";
import { SetupError, type Runner } from "./runner.ts";

/** What the run is about. For the first two the policy in force is the default branch's. */
export type Occasion =
  | { kind: "pull"; number: number; headSha: string; baseRef: string; defaultBranch: string }
  | { kind: "queue"; headSha: string; baseRef: string; defaultBranch: string }
  /** `branch` is null for a tag, or where the event has no branch. */
  | { kind: "commit"; headSha: string; branch: string | null; defaultBranch: string | null };

/** GitHub sends no payload that is larger. */
const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;
const QUEUE = "refs/heads/gh-readonly-queue/";
const commitId = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Throws SetupError where the payload does not say what a pull request or merge group is: it must never count as a mere commit. */
export function toOccasion(runner: Runner, payload: unknown): Occasion {
  const defaultBranch = textAt(payload, "repository", "default_branch");
  if (runner.event.startsWith("pull_request") || runner.ref.startsWith("refs/pull/") || valueAt(payload, "pull_request") !== undefined)
    return {
      kind: "pull",
      number: numberAt(payload, "pull_request", "number"),
      headSha: commitAt(payload, "pull_request", "head", "sha"),
      baseRef: needed(textAt(payload, "pull_request", "base", "ref")),
      defaultBranch: needed(defaultBranch ?? textAt(payload, "pull_request", "base", "repo", "default_branch")),
    };
  if (runner.event === "merge_group" || valueAt(payload, "merge_group") !== undefined)
    return {
      kind: "queue",
      headSha: commitAt(payload, "merge_group", "head_sha"),
      baseRef: needed(textAt(payload, "merge_group", "base_ref")?.replace(/^refs\/heads\//, "")),
      defaultBranch: needed(defaultBranch),
    };
  // Where a server sends no merge groups, the queue shows as a push to a branch of its own.
  const queued = runner.ref.startsWith(QUEUE) ? /^(.+)\/pr-[^/]+$/.exec(runner.ref.slice(QUEUE.length))?.[1] : undefined;
  if (queued !== undefined) return { kind: "queue", headSha: runner.sha, baseRef: queued, defaultBranch: needed(defaultBranch) };
  const branch = /^refs\/heads\/(.+)$/.exec(runner.ref)?.[1] ?? null;
  return { kind: "commit", headSha: runner.sha, branch, defaultBranch: defaultBranch ?? null };
}

/** The event's payload. Throws SetupError. */
export function readPayload(file: string): unknown {
  try {
    if (statSync(file).size <= MAX_PAYLOAD_BYTES) return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch {
    // Said below, without a word of the content.
  }
  throw new SetupError("The file at GITHUB_EVENT_PATH is not the payload of an event.");
}

function valueAt(payload: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    payload,
  );
}

function textAt(payload: unknown, ...keys: string[]): string | undefined {
  const value = valueAt(payload, ...keys);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberAt(payload: unknown, ...keys: string[]): number {
  const value = valueAt(payload, ...keys);
  return needed(typeof value === "number" && Number.isSafeInteger(value) ? value : undefined);
}

function commitAt(payload: unknown, ...keys: string[]): string {
  const sha = textAt(payload, ...keys);
  return needed(sha !== undefined && commitId.test(sha) ? sha : undefined);
}

function needed<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new SetupError("The event's payload does not say which pull request or merge group it is about.");
}
