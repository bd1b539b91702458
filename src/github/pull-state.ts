import type { HeadBranch, PullState } from "../app/forge.ts";

/** The part of GitHub's pull request that is read; the same in answers and in events. */
export interface PullAnswer {
  number: number;
  state: string;
  draft?: boolean | undefined;
  user?: { login: string } | null;
  head: { sha: string; ref?: string; repo?: { id: number; name: string; owner: { login: string } | null } | null };
  base: { ref: string; repo: { id?: number; default_branch: string } };
  comments?: number;
  updated_at: string;
}

function toHead({ head, base }: PullAnswer): HeadBranch | null {
  const { ref: branch, repo } = head;
  if (branch === undefined || !repo?.owner) return null;
  return { owner: repo.owner.login, name: repo.name, branch, fork: repo.id !== base.repo.id };
}

export function toPullState(pull: PullAnswer): PullState {
  return {
    number: pull.number,
    open: pull.state === "open",
    draft: pull.draft ?? false,
    author: pull.user?.login ?? null,
    headSha: pull.head.sha,
    head: toHead(pull),
    baseRef: pull.base.ref,
    defaultBranch: pull.base.repo.default_branch,
    comments: pull.comments ?? -1,
    updatedAt: pull.updated_at,
  };
}
