import { quote } from "../../policy/quote.ts";
import type { Outcome } from "../../shapes/diagnosis.ts";
import type { BranchRule, BypassActor, ClassicProtection, RequiredCheck, Ruleset } from "../settings.ts";

/* What requires a check on a branch, and how far that can be gone around. */

/** An answer to one question about one branch; `text` is a sentence without its subject. */
export interface Answer {
  outcome: Outcome;
  text: string;
  /** Right that would tell more. */
  missing?: string;
}

/** One thing on GitHub that requires the check. */
export interface Requirement {
  /** Id of its ruleset; null for a branch protection. */
  rulesetId: number | null;
  /** How it is called in a sentence. */
  source: string;
  pinned: Answer;
  bound: Answer;
  strict: boolean | null;
  onCreation: boolean;
}

/** Workflows write checks as this App: https://api.github.com/apps/github-actions */
export const GITHUB_ACTIONS = 15_368;
const ADMINISTRATOR = "Administration: write on the repository (an administrator's token)";
const OWNER = "an owner's token of the organisation that the ruleset belongs to";

/** What the repository's own roles are called. */
const repositoryRoles: Readonly<Record<number, string>> = { 2: "maintain", 4: "write", 5: "admin" };

const order: readonly Outcome[] = ["open", "unknown", "proven"];
export const isWorse = (one: Outcome, other: Outcome): boolean => order.indexOf(one) < order.indexOf(other);
export const worst = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce((found, next) => (isWorse(next, found) ? next : found), "proven");

export function pinAnswer({ appId }: RequiredCheck, ours: number | null): Answer {
  if (appId === null)
    return {
      outcome: "open",
      text: "takes the check by its name alone: any workflow and everybody with write access can write one of that name",
    };
  if (appId === GITHUB_ACTIONS) return { outcome: "open", text: "takes the check from GitHub Actions, so any workflow can write it" };
  if (ours === null)
    return { outcome: "unknown", text: `takes the check from App ${appId}; whether that is Pilotgate, \`--app-id\` must say` };
  return appId === ours
    ? { outcome: "proven", text: `takes the check from App ${appId} only` }
    : { outcome: "open", text: `takes the check from App ${appId}, which is not Pilotgate (App ${ours})` };
}

const modes: Readonly<Record<string, string>> = { pull_request: "on pull requests", exempt: "without a trace" };

function actorName({ type, id }: BypassActor): string {
  if (type === "OrganizationAdmin") return "owners of the organisation";
  if (type === "RepositoryRole") return `everybody with the role ${repositoryRoles[id ?? 0] ?? `number ${id ?? "?"}`}`;
  if (type === "DeployKey") return "every deploy key";
  if (type === "Integration") return id === GITHUB_ACTIONS ? "every workflow (GitHub Actions)" : `App ${id ?? "?"}`;
  return type === "Team" ? `team ${id ?? "?"}` : type === "User" ? `user ${id ?? "?"}` : `an actor of the kind ${quote(type)}`;
}

const bypasser = (actor: BypassActor) => actorName(actor) + (modes[actor.mode] === undefined ? "" : ` ${modes[actor.mode]}`);
const MOST_ACTORS = 10;

/** A single person who is named is no gap: everything wider is. */
function rulesetBound({ bypass, askerBypasses, isOwn, name }: Ruleset): Answer {
  const by = `(ruleset ${quote(name)})`;
  if (bypass === null) {
    const least = askerBypasses ? "at least whoever this token belongs to" : "whom its bypass list names";
    return {
      outcome: "unknown",
      text: `lets past ${least}; GitHub shows that list to administrators only ${by}`,
      missing: isOwn ? ADMINISTRATOR : OWNER,
    };
  }
  const wide = bypass.filter(({ type }) => type !== "User").map(bypasser);
  if (wide.length > 0) return { outcome: "open", text: `lets past ${some(wide)} ${by}` };
  const people = bypass.length === 0 ? "" : ` but ${some(bypass.map(bypasser))}`;
  return { outcome: "proven", text: `lets nobody past${people}, administrators included ${by}` };
}

function some(names: readonly string[]): string {
  const rest = names.length - MOST_ACTORS;
  return [...names.slice(0, MOST_ACTORS), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

/** `ruleset` is undefined where the rule's own could not be read. */
export function fromRuleset(ruleset: Ruleset | undefined, rule: BranchRule, check: RequiredCheck, ours: number | null): Requirement {
  return {
    rulesetId: rule.rulesetId,
    source: ruleset === undefined ? "a ruleset" : `the ruleset ${quote(ruleset.name)}`,
    pinned: pinAnswer(check, ours),
    bound:
      ruleset === undefined
        ? {
            outcome: "unknown",
            text: "lets past whom the bypass list of its ruleset names, which could not be read",
            missing: ADMINISTRATOR,
          }
        : rulesetBound(ruleset),
    strict: rule.strict,
    onCreation: rule.onCreation,
  };
}

export function fromProtection({ adminsBound, strict }: ClassicProtection, check: RequiredCheck, ours: number | null): Requirement {
  const bound: Answer =
    adminsBound === null
      ? { outcome: "unknown", text: "lets administrators past or not (branch protection)", missing: "Administration: read" }
      : adminsBound
        ? { outcome: "proven", text: "lets nobody past, administrators included (branch protection)" }
        : { outcome: "open", text: "lets administrators past (branch protection)" };
  return { rulesetId: null, source: "a branch protection", pinned: pinAnswer(check, ours), bound, strict, onCreation: false };
}

/** The one that can be trusted furthest: one that holds is enough. */
export function strongest(requirements: readonly Requirement[]): Requirement | null {
  const weight = ({ pinned, bound }: Requirement) =>
    order.indexOf(worst([pinned.outcome, bound.outcome])) * 100 + order.indexOf(pinned.outcome) * 10 + order.indexOf(bound.outcome);
  return requirements.reduce<Requirement | null>((best, next) => (best === null || weight(next) > weight(best) ? next : best), null);
}
