import { toMarkdownText } from "../report/escape.ts";
import { list } from "../report/phrases.ts";
import { decidePull } from "./decide-pull.ts";
import type { PullState, Reviewers } from "./forge.ts";
import type { RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";
import { readPullState } from "./read-pull-state.ts";

/** GitHub takes so many reviewers. */
const MOST = 15;

const same = (one: string, other: string | null) => one.toLowerCase() === other?.toLowerCase();

/** Logins and slugs of teams; teams of other organisations cannot be asked. */
function toReviewers(holders: readonly string[], { owner }: RepositoryRef, { author }: PullState): Reviewers {
  const names = holders.map((holder) => holder.replace(/^@/, "")).slice(0, MOST);
  return {
    people: names.filter((name) => !name.includes("/") && !same(name, author)),
    teams: names.flatMap((name) => {
      const [organization = "", team] = name.split("/");
      return team !== undefined && same(organization, owner) ? [team] : [];
    }),
  };
}

const named = ({ people, teams }: Reviewers) => list([...people, ...teams.map((team) => `the team ${team}`)].map(toMarkdownText));

/** Requests reviews from the holders of the roles that the check asks. Returns what to tell, as the end of a sentence. Throws PortError. */
export async function askHolders(deps: AppDeps, repository: RepositoryRef, { number }: PullState, check: string): Promise<string> {
  const state = await readPullState(deps, { repository, number, asked: true });
  if (!("head" in state)) return " when the pull request was closed.";
  const { holders } = await decidePull(deps, repository, state);
  const reviewers = toReviewers(holders.get(check) ?? [], repository, state.pull);
  if (reviewers.people.length + reviewers.teams.length === 0)
    return ", and the policy names nobody to ask, apart from the author: `roles` says who holds a role.";
  const asked = await deps.forge.requestReviews(repository, number, reviewers);
  const refused = {
    people: reviewers.people.filter((name) => !asked.people.includes(name)),
    teams: reviewers.teams.filter((name) => !asked.teams.includes(name)),
  };
  const left =
    refused.people.length + refused.teams.length === 0 ? "" : ` GitHub did not let us ask ${named(refused)}: have they access here?`;
  if (asked.people.length + asked.teams.length === 0) return `, and nobody could be asked.${left}`;
  return `: a review is requested from ${named(asked)}.${left}`;
}
