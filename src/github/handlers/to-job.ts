import type { PullHint, RepositoryRef } from "../../app/ports.ts";

/* What is read of an event's payload, and no more. Payloads are signed, yet every field is checked where it is used as a key. */

export interface RepositoryPayload {
  id: number;
  name: string;
  owner: { login: string } | null;
  default_branch?: string | undefined;
}

interface WithInstallation {
  repository?: RepositoryPayload | undefined;
  installation?: { id: number } | undefined;
}

/** Null for an event without a repository or installation: then there is nothing to judge. */
export function toRepositoryRef({ repository, installation }: WithInstallation): RepositoryRef | null {
  if (!repository?.owner || !installation) return null;
  return { installationId: installation.id, id: repository.id, owner: repository.owner.login, name: repository.name };
}

interface PullPayload {
  number: number;
  state: string;
  draft?: boolean | null | undefined;
  head: { sha: string };
  base: { ref: string };
  updated_at: string;
}

export function toHint(pull: PullPayload, repository: RepositoryPayload): PullHint | undefined {
  const defaultBranch = repository.default_branch;
  if (defaultBranch === undefined) return undefined;
  return {
    headSha: pull.head.sha,
    baseRef: pull.base.ref,
    defaultBranch,
    open: pull.state === "open",
    draft: pull.draft ?? false,
    updatedAt: pull.updated_at,
  };
}
