import { PortError } from "../app/ports.ts";
import type { Review, Reviewers } from "../app/forge.ts";
import type { Installation } from "./installation.ts";

/* Who did what and who may: reviews, authors of commits, teams, administrators. */

interface Place {
  owner: string;
  repo: string;
}

interface ReviewAnswer {
  user: { login: string; type?: string } | null;
  state: string;
  commit_id?: string | null;
}

/** Every review, oldest first. PortError `too-large` when there are more than are read. */
export async function reviewsOf(installation: Installation, place: Place, number: number): Promise<Review[]> {
  const { items, complete } = await installation.pages<ReviewAnswer>(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    { ...place, pull_number: number },
    30,
  );
  // A later review may have taken an approval back.
  if (!complete) throw new PortError("too-large", "The pull request has more reviews than are read.");
  return items.flatMap(({ user, state, commit_id }) =>
    user
      ? [
          {
            login: user.login,
            bot: user.type === "Bot" || user.login.endsWith("[bot]"),
            state: state.toUpperCase(),
            commit: commit_id ?? null,
          },
        ]
      : [],
  );
}

interface CommitAnswer {
  author: { login?: string } | null;
  committer: { login?: string } | null;
}

/** GitHub itself commits what is done in its pages. */
const GITHUB_COMMITTER = "web-flow";

export async function committersOf(
  installation: Installation,
  place: Place,
  number: number,
): Promise<{ logins: string[]; complete: boolean }> {
  const { items, complete } = await installation.pages<CommitAnswer>(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
    { ...place, pull_number: number },
    3,
  );
  const names = items.flatMap(({ author, committer }) => [author?.login, committer?.login]);
  const logins = [...new Set(names.filter((login) => login !== undefined && login !== GITHUB_COMMITTER))] as string[];
  // GitHub lists 250 commits at most.
  return { logins, complete: complete && items.length < 250 };
}

async function answerOrNull<T>(installation: Installation, route: string, parameters: Record<string, unknown>): Promise<T | null> {
  try {
    return await installation.get<T>(route, parameters);
  } catch (error) {
    if (error instanceof PortError && error.code === "not-found") return null;
    throw error;
  }
}

/** Child teams count; an invitation that is not accepted does not. */
export async function isActiveMember(installation: Installation, organization: string, team: string, login: string): Promise<boolean> {
  const route = "GET /orgs/{org}/teams/{team_slug}/memberships/{username}";
  const membership = await answerOrNull<{ state?: string }>(installation, route, { org: organization, team_slug: team, username: login });
  return membership?.state === "active";
}

async function permissionOf(installation: Installation, place: Place, login: string): Promise<string | undefined> {
  const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  return (await answerOrNull<{ permission?: string }>(installation, route, { ...place, username: login }))?.permission;
}

export async function isAdministrator(installation: Installation, place: Place, login: string): Promise<boolean> {
  return (await permissionOf(installation, place, login)) === "admin";
}

/** GitHub tells `write` of those who maintain as well. */
export async function mayWrite(installation: Installation, place: Place, login: string): Promise<boolean> {
  const permission = await permissionOf(installation, place, login);
  return permission === "admin" || permission === "write";
}

/** One call each: GitHub refuses all where one of them cannot be asked. */
export async function requestReviews(installation: Installation, place: Place, number: number, asked: Reviewers): Promise<Reviewers> {
  const route = "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers";
  async function taken(names: readonly string[], key: "reviewers" | "team_reviewers"): Promise<string[]> {
    const done: string[] = [];
    for (const name of names) {
      try {
        await installation.raw(route, { ...place, pull_number: number, [key]: [name] });
        done.push(name);
      } catch (error) {
        if (!(error instanceof PortError && ["invalid", "not-found", "forbidden"].includes(error.code))) throw error;
      }
    }
    return done;
  }
  return { people: await taken(asked.people, "reviewers"), teams: await taken(asked.teams, "team_reviewers") };
}
