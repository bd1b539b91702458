import type { Loosening } from "../shapes/loosening.ts";
import type { Policy, System } from "../shapes/policy.ts";
import type { PullState, Review } from "./forge.ts";
import type { RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";

/* Who has approved a change of the policy, and whether that is enough. Roles are those of the policy in force. */

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Logins whose last word on this very commit is an approval. Comments take nothing back. */
function approvers(reviews: readonly Review[], headSha: string): string[] {
  const last = new Map<string, Review>();
  for (const review of reviews)
    if (review.state === "APPROVED" || review.state === "CHANGES_REQUESTED" || review.state === "DISMISSED")
      last.set(review.login.toLowerCase(), review);
  return [...last.values()]
    .filter(({ state, commit, bot }) => state === "APPROVED" && commit === headSha && !bot)
    .map(({ login }) => login);
}

/** Approvers who had no hand in the change: neither its author nor of its commits. */
export async function independentApprovers({ forge }: AppDeps, repository: RepositoryRef, pull: PullState): Promise<string[]> {
  const candidates = approvers(await forge.reviews(repository, pull.number), pull.headSha).filter(
    (login) => pull.author !== null && !same(login, pull.author),
  );
  if (candidates.length === 0) return [];
  const { logins, complete } = await forge.committers(repository, pull.number);
  return complete ? candidates.filter((login) => !logins.some((committer) => same(committer, login))) : [];
}

async function holdsRole({ forge }: AppDeps, repository: RepositoryRef, system: System, login: string): Promise<boolean> {
  const holders = [...new Set(Object.values(system.roles).flat())].map((holder) => holder.replace(/^@/, ""));
  if (holders.some((holder) => same(holder, login))) return true;
  for (const holder of holders) {
    const [organization, team] = holder.split("/");
    // Teams of other organisations cannot be seen, and so cannot speak here.
    if (organization === undefined || team === undefined || !same(organization, repository.owner)) continue;
    if (await forge.isActiveMember(repository, organization, team, login)) return true;
  }
  return false;
}

/** Systems of the policy in force that a loosening is about; the policy as a whole is about all. */
export function systemsLoosened(policy: Policy, loosenings: readonly Loosening[]): System[] {
  const ids = loosenings.map(({ path }) => (path.startsWith("systems.") ? path.split(".")[1] : undefined));
  const known = policy.systems.filter(({ id }) => ids.includes(id));
  const named = ids.every((id) => id !== undefined && policy.systems.some((system) => system.id === id));
  return named ? known : policy.systems;
}

/** Systems that still wait for a holder of one of their roles, and who approved the others. */
export async function missingApprovals(
  deps: AppDeps,
  repository: RepositoryRef,
  systems: readonly System[],
  logins: readonly string[],
): Promise<{ waiting: System[]; by: string[] }> {
  const waiting: System[] = [];
  const by = new Set<string>();
  for (const system of systems) {
    const holders = await Promise.all(logins.map(async (login) => ((await holdsRole(deps, repository, system, login)) ? login : null)));
    const approved = holders.filter((login) => login !== null);
    if (approved.length === 0) waiting.push(system);
    for (const login of approved) by.add(login);
  }
  return { waiting, by: [...by] };
}
