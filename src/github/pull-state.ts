import type { PullState } from "../app/forge.ts";

/** The part of GitHub's pull request that is read; the same in answers and in events. */
export interface PullAnswer {
  number: number;
  state: string;
  draft?: boolean | undefined;
  user?: { login: string } | null;
  head: { sha: string };
  base: { ref: string; repo: { default_branch: string } };
  comments?: number;
  updated_at: string;
}

export function toPullState(pull: PullAnswer): PullState {
  return {
    number: pull.number,
    open: pull.state === "open",
    draft: pull.draft ?? false,
    author: pull.user?.login ?? null,
    headSha: pull.head.sha,
    baseRef: pull.base.ref,
    defaultBranch: pull.base.repo.default_branch,
    comments: pull.comments ?? -1,
    updatedAt: pull.updated_at,
  };
}
