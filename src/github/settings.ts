import { PortError, type RepositoryRef } from "../app/ports.ts";
import type { Listed, Ruleset, Seen, SettingsReader } from "../app/settings.ts";
import type { Installation } from "./installation.ts";
import { refusalOf } from "./refusal.ts";
import {
  list,
  at,
  numberAt,
  textAt,
  toBranchRule,
  toCheckWriter,
  toDeploymentRule,
  toEnvironment,
  toProtection,
  toRuleset,
  toTold,
} from "./settings-answers.ts";

/* What GitHub lets its callers see of a repository's settings. A refusal is an answer too: it names the right that is missing. */

const REPO = "/repos/{owner}/{repo}";
const PAGES = 10;
const MOST_RULESETS = 50;
const NEWEST_PULLS = 10;

const place = ({ owner, name }: RepositoryRef) => ({ owner, repo: name });
const whole = <T>(value: T): Seen<T> => ({ seen: true, value });
const isThere = <T>(value: T | null): value is T => value !== null;

/** A refusal as an answer; `usual` is the right that GitHub's documentation names. */
async function seen<T>(usual: string, ask: () => Promise<T>): Promise<Seen<T>> {
  try {
    return whole(await ask());
  } catch (error) {
    if (!(error instanceof PortError) || (error.code !== "forbidden" && error.code !== "not-found")) throw error;
    const { permissions, reason } = refusalOf(error);
    return { seen: false, missing: permissions ?? usual, byPlan: reason === "plan" };
  }
}

export function createSettingsReader(installation: (id: number) => Installation): SettingsReader {
  const of = (repository: RepositoryRef) => installation(repository.installationId);
  const get = (repository: RepositoryRef, path: string, more: Record<string, unknown> = {}) =>
    of(repository).get<unknown>(`GET ${REPO}${path}`, { ...place(repository), ...more });
  const pages = (repository: RepositoryRef, path: string, more: Record<string, unknown> = {}, most = PAGES) =>
    of(repository).pages<unknown>(`GET ${REPO}${path}`, { ...place(repository), ...more }, most);

  /** The list tells no rules; a ruleset that cannot be read whole keeps what the list told. */
  async function wholeRuleset(repository: RepositoryRef, summary: Ruleset): Promise<Ruleset> {
    const found = await seen("Metadata: read", () => get(repository, "/rulesets/{ruleset_id}", { ruleset_id: summary.id }));
    return (found.seen ? toRuleset(found.value) : null) ?? summary;
  }

  return {
    async repository(where) {
      const found = await get({ ...where, id: 0 }, "");
      return {
        owner: textAt(found, "owner", "login") || where.owner,
        name: textAt(found, "name") || where.name,
        id: numberAt(found, "id") ?? 0,
        defaultBranch: textAt(found, "default_branch"),
      };
    },
    branches: (repository) =>
      seen("Contents: read", async () => {
        const { items, complete } = await pages(repository, "/branches");
        return { items: items.map((one) => ({ name: textAt(one, "name"), isProtected: at(one, "protected") !== false })), complete };
      }),
    rules: (repository, branch) =>
      seen("Metadata: read", async () => (await pages(repository, "/rules/branches/{branch}", { branch })).items.map(toBranchRule)),
    rulesets: (repository) =>
      seen("Metadata: read", async (): Promise<Listed<Ruleset>> => {
        const { items, complete } = await pages(repository, "/rulesets", { includes_parents: true });
        const summaries = items
          .filter((one) => (textAt(one, "target") || "branch") === "branch")
          .map(toRuleset)
          .filter(isThere);
        const read: Ruleset[] = [];
        for (const summary of summaries.slice(0, MOST_RULESETS)) read.push(await wholeRuleset(repository, summary));
        return { items: read, complete: complete && summaries.length <= MOST_RULESETS };
      }),
    async protection(repository, branch) {
      const found = await seen("Administration: read", async () => {
        try {
          return toProtection(await get(repository, "/branches/{branch}/protection", { branch }));
        } catch (error) {
          if (error instanceof PortError && refusalOf(error).reason === "absent") return null;
          throw error;
        }
      });
      if (found.seen || found.byPlan) return found;
      const told = await seen("Contents: read", async () => toTold(await get(repository, "/branches/{branch}", { branch })));
      return told.seen ? told : found;
    },
    environments: (repository) =>
      seen("Actions: read", async () => {
        const items: unknown[] = [];
        for (let page = 1; page <= PAGES; page += 1) {
          const answer = await get(repository, "/environments", { per_page: 100, page });
          const found = list(at(answer, "environments"));
          items.push(...found);
          if (found.length < 100) return { items: items.map(toEnvironment).filter(isThere), complete: true };
        }
        return { items: items.map(toEnvironment).filter(isThere), complete: false };
      }),
    deploymentRules: (repository, environment) =>
      seen("Actions: read", async () => {
        const answer = await get(repository, "/environments/{environment_name}/deployment_protection_rules", {
          environment_name: environment,
        });
        return list(at(answer, "custom_deployment_protection_rules")).map(toDeploymentRule).filter(isThere);
      }),
    checkWriters: (repository, prefix) =>
      seen("Pull requests: read, and Checks: read", async () => {
        const pulls = await get(repository, "/pulls", { state: "all", sort: "updated", direction: "desc", per_page: NEWEST_PULLS });
        const heads = new Set(list(pulls).map((pull) => textAt(pull, "head", "sha")));
        const found = await Promise.all(
          [...heads]
            .filter((sha) => /^[0-9a-f]{40}$/.test(sha))
            .map((ref) => get(repository, "/commits/{ref}/check-runs", { ref, per_page: 100 })),
        );
        const writers = found
          .flatMap((answer) => list(at(answer, "check_runs")))
          .map(toCheckWriter)
          .filter(isThere);
        return writers.filter(({ name }) => name.startsWith(prefix));
      }),
  };
}
