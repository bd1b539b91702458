import { createHash } from "node:crypto";
import type { Files } from "../app/a-repository.ts";
import { startServer, type AServer, type Asked, type Reply } from "./a-server.ts";

/*
 * The part of GitHub that keeps a repository's settings, in the shapes of its OpenAPI description: what the emulator leaves out.
 * Patterns match as documented for rulesets: Ruby's fnmatch with FNM_PATHNAME.
 */

export interface ApiRule {
  type: string;
  parameters?: Record<string, unknown>;
}

export interface ApiRuleset {
  id: number;
  name: string;
  source_type: "Repository" | "Organization";
  target: string;
  enforcement: string;
  bypass_actors: { actor_id: number | null; actor_type: string; bypass_mode?: string }[];
  current_user_can_bypass: string;
  conditions: { ref_name: { include: string[]; exclude: string[] } };
  rules: ApiRule[];
}

export interface Settings {
  defaultBranch: string;
  /** Of the default branch. */
  files: Files;
  branches: string[];
  rulesets: ApiRuleset[];
  /** By branch, as administrators see it. */
  protections: Record<string, Record<string, unknown>>;
  environments: Record<string, unknown>[];
  /** By name of the environment. */
  deploymentRules: Record<string, Record<string, unknown>[]>;
  /** On the head of the one pull request. */
  checkRuns: { name: string; app: { id: number; slug: string } }[];
  /** Does the token belong to an administrator? */
  isAdministrator: boolean;
  /** Paths below the repository that the token may not see, with what GitHub answers there. */
  refused: { path: RegExp; reply: Reply }[];
}

export interface SettingsGitHub extends AServer {
  settings: Settings;
}

export const OWNER = "acme";
export const NAME = "assistant";
export const TOKEN = "ghp_smallsmallsmallsmall";
const HEAD = "b".repeat(40);

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");
const blobId = (content: string) => sha1(`blob ${Buffer.byteLength(content)}\0${content}`);
const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: JSON.stringify(value),
});
const notFound = json({ message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" }, 404);

/** What GitHub says to a token without a right. */
export const forbidden = (permissions?: string): Reply =>
  json(
    { message: "Resource not accessible by personal access token", status: "403" },
    403,
    permissions === undefined ? {} : { "x-accepted-github-permissions": permissions },
  );
export const onlyWithPlan = json(
  { message: "Upgrade to GitHub Pro or make this repository public to enable this feature.", status: "403" },
  403,
);

function fnmatch(pattern: string, name: string): boolean {
  const source = pattern.replace(/\*\*\/|\*+|\?|\[[^\]]+\]|[.+^${}()|\\]/g, (token) =>
    token === "**/"
      ? "(?:[^/]+/)*"
      : token.startsWith("*")
        ? "[^/]*"
        : token === "?"
          ? "[^/]"
          : token.startsWith("[")
            ? token
            : `\\${token}`,
  );
  return new RegExp(`^${source}$`).test(name);
}

const matches = (pattern: string, branch: string, defaultBranch: string) =>
  pattern === "~ALL" || (pattern === "~DEFAULT_BRANCH" ? branch === defaultBranch : fnmatch(pattern, `refs/heads/${branch}`));

export const policyFor = (gates: string): string => `version: 1
systems:
  - id: helper
    risk: low
    models:
      - { id: chat, provider: openai, model: gpt-4o-2024-11-20 }
    gates:
${gates
  .split("\n")
  .map((line) => `      ${line}`)
  .join("\n")}
`;

export const someSettings = (more: Partial<Settings> = {}): Settings => ({
  defaultBranch: "main",
  files: {
    ".github/pilotgate.yml": policyFor("governance: { branches: [main] }\ninfrastructure: { branches: [] }\nrollout: { branches: [] }"),
  },
  branches: ["main"],
  rulesets: [],
  protections: {},
  environments: [],
  deploymentRules: {},
  checkRuns: [],
  isAdministrator: true,
  refused: [],
  ...more,
});

function branchAnswer({ protections }: Settings, name: string) {
  const protection = protections[name];
  const required = protection?.["required_status_checks"] as Record<string, unknown> | undefined;
  const bound = (protection?.["enforce_admins"] as { enabled?: boolean } | undefined)?.enabled === true;
  return {
    name,
    commit: { sha: HEAD },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: required === undefined ? "off" : bound ? "everyone" : "non_admins",
        contexts: required?.["contexts"] ?? [],
        checks: required?.["checks"] ?? [],
      },
    },
  };
}

function rulesOn({ rulesets, defaultBranch }: Settings, branch: string) {
  return rulesets
    .filter(({ enforcement, target }) => enforcement === "active" && target === "branch")
    .filter(({ conditions: { ref_name } }) => {
      const isIn = (patterns: string[]) => patterns.some((pattern) => matches(pattern, branch, defaultBranch));
      return isIn(ref_name.include) && !isIn(ref_name.exclude);
    })
    .flatMap(({ id, rules, source_type }) =>
      rules.map((rule) => ({ ...rule, ruleset_source_type: source_type, ruleset_source: `${OWNER}/${NAME}`, ruleset_id: id })),
    );
}

function rulesetAnswer({ isAdministrator }: Settings, ruleset: ApiRuleset) {
  return isAdministrator && ruleset.source_type === "Repository" ? ruleset : { ...ruleset, bypass_actors: undefined };
}

export async function startSettingsGitHub(): Promise<SettingsGitHub> {
  function answer({ method, path, body, headers }: Asked): Reply {
    const { settings } = github;
    if (headers.authorization !== `token ${TOKEN}`) return json({ message: "Bad credentials" }, 401);
    const at = path.replace(/^\/api\/v3/, "").replace(/\?.*/, "");
    const start = `/repos/${OWNER}/${NAME}`;
    if (at === start) return json({ id: 77, name: NAME, owner: { login: OWNER }, default_branch: settings.defaultBranch });
    if (!at.startsWith(`${start}/`)) return notFound;
    const rest = at.slice(start.length);
    const refused = settings.refused.find((one) => one.path.test(rest));
    if (refused) return refused.reply;
    if (method === "POST" && rest === "/rulesets") {
      const made = {
        id: 900 + settings.rulesets.length,
        source_type: "Repository",
        current_user_can_bypass: "never",
        ...(JSON.parse(body) as object),
      };
      settings.rulesets.push(made as ApiRuleset);
      return json(made, 201);
    }
    return read(settings, rest) ?? notFound;
  }

  function read(settings: Settings, rest: string): Reply | undefined {
    const parts = rest.split("/").slice(1).map(decodeURIComponent);
    const [first = "", second = "", third = ""] = parts;
    const last = parts.at(-1) ?? "";
    const files = Object.entries(settings.files);
    if (rest === "/branches") return json(settings.branches.map((name) => branchAnswer(settings, name)));
    if (first === "branches" && third === "protection") {
      const protection = settings.protections[second];
      if (!settings.isAdministrator) return notFound;
      return protection
        ? json(protection)
        : json({ message: settings.branches.includes(second) ? "Branch not protected" : "Branch not found" }, 404);
    }
    if (first === "branches") return settings.branches.includes(second) ? json(branchAnswer(settings, second)) : undefined;
    if (first === "rules") return json(rulesOn(settings, third));
    if (rest === "/rulesets")
      return json(
        settings.rulesets.map(({ id, name, source_type, target, enforcement }) => ({ id, name, source_type, target, enforcement })),
      );
    if (first === "rulesets") {
      const found = settings.rulesets.find(({ id }) => id === Number(second));
      return found && json(rulesetAnswer(settings, found));
    }
    if (rest === "/environments") return json({ total_count: settings.environments.length, environments: settings.environments });
    if (first === "environments" && third === "deployment_protection_rules")
      return json({ total_count: 0, custom_deployment_protection_rules: settings.deploymentRules[second] ?? [] });
    if (rest === "/pulls") return json([{ number: 1, head: { sha: HEAD } }]);
    if (last === "check-runs") return json({ total_count: settings.checkRuns.length, check_runs: settings.checkRuns });
    if (rest === `/git/ref/heads/${settings.defaultBranch}`)
      return json({ ref: `refs/heads/${settings.defaultBranch}`, object: { sha: sha1(JSON.stringify(files)) } });
    if (rest.startsWith("/git/trees/"))
      return json({
        truncated: false,
        tree: files.map(([path, content]) => ({
          path,
          mode: "100644",
          type: "blob",
          sha: blobId(content),
          size: Buffer.byteLength(content),
        })),
      });
    if (rest.startsWith("/git/blobs/")) {
      const content = files.find(([, one]) => blobId(one) === last)?.[1];
      return content === undefined ? undefined : { body: content, headers: { "content-type": "application/vnd.github.raw+json" } };
    }
    return undefined;
  }

  const server = await startServer(answer);
  const github: SettingsGitHub = Object.assign(server, { settings: someSettings() });
  return github;
}

/** A ruleset that requires checks, each from the App. */
export const aRuleset = (more: Partial<ApiRuleset> & { checks?: Record<string, number | undefined> } = {}): ApiRuleset => {
  const { checks = { "pilotgate/governance": 4242 }, ...rest } = more;
  return {
    id: 5,
    name: "Gates",
    source_type: "Repository",
    target: "branch",
    enforcement: "active",
    bypass_actors: [],
    current_user_can_bypass: "never",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    rules: [
      { type: "deletion" },
      { type: "non_fast_forward" },
      {
        type: "required_status_checks",
        parameters: {
          strict_required_status_checks_policy: true,
          do_not_enforce_on_create: false,
          required_status_checks: Object.entries(checks).map(([context, id]) =>
            id === undefined ? { context } : { context, integration_id: id },
          ),
        },
      },
    ],
    ...rest,
  };
};

/** A branch protection as administrators see it. */
export const aProtection = (app: number | null = 4242, isBound = true, check = "pilotgate/governance") => ({
  required_status_checks: { strict: true, contexts: [check], checks: [{ context: check, app_id: app }] },
  enforce_admins: { url: "https://api.github.com", enabled: isBound },
  allow_force_pushes: { enabled: false },
  allow_deletions: { enabled: false },
  block_creations: { enabled: false },
});

/** An environment as the API tells it. */
export const anEnvironment = (name: string, more: Record<string, unknown> = {}) => ({
  id: 1,
  name,
  can_admins_bypass: false,
  protection_rules: [],
  deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
  ...more,
});
