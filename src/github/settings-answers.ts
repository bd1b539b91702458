import type {
  BranchRule,
  BypassActor,
  CheckWriter,
  ClassicProtection,
  DeploymentRule,
  EnvironmentSettings,
  RequiredCheck,
  Ruleset,
} from "../app/settings.ts";

/* GitHub's answers about settings, in our words. Whatever has not the documented shape is left out, and what is left out proves nothing. */

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {});
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] => list(value).filter((one) => typeof one === "string");
const flag = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);
const number = (value: unknown): number | null => (typeof value === "number" && Number.isSafeInteger(value) ? value : null);
const enabled = (value: unknown): boolean | null => flag(fields(value)["enabled"]);
/** GitHub writes "anybody's" as nothing, null, 0 or -1. */
const appNumber = (value: unknown): number | null => {
  const found = number(value);
  return found !== null && found > 0 ? found : null;
};

export const at = (value: unknown, ...keys: string[]): unknown => keys.reduce((node, key) => fields(node)[key], value);
export const textAt = (value: unknown, ...keys: string[]): string => text(at(value, ...keys));
export const numberAt = (value: unknown, ...keys: string[]): number | null => number(at(value, ...keys));

export function toBranchRule(value: unknown): BranchRule {
  const type = textAt(value, "type");
  const parameters = fields(at(value, "parameters"));
  const checks = list(parameters["required_status_checks"]).map((one): RequiredCheck => ({
    context: textAt(one, "context"),
    appId: appNumber(at(one, "integration_id")),
  }));
  const isRequired = type === "required_status_checks";
  return {
    type,
    rulesetId: numberAt(value, "ruleset_id"),
    checks: isRequired ? checks : [],
    strict: isRequired && parameters["strict_required_status_checks_policy"] === true,
    // Absent in answers from before the option: then branches could not be made either.
    onCreation: isRequired && parameters["do_not_enforce_on_create"] !== true,
  };
}

const toActor = (value: unknown): BypassActor => ({
  type: textAt(value, "actor_type"),
  id: numberAt(value, "actor_id"),
  mode: textAt(value, "bypass_mode") || "always",
});

/** A summary from the list, or the whole; null without an id. */
export function toRuleset(value: unknown): Ruleset | null {
  const id = numberAt(value, "id");
  if (id === null) return null;
  const bypass = at(value, "bypass_actors");
  const asker = textAt(value, "current_user_can_bypass");
  return {
    id,
    name: textAt(value, "name"),
    isOwn: textAt(value, "source_type") === "Repository",
    enforcement: textAt(value, "enforcement"),
    include: texts(at(value, "conditions", "ref_name", "include")),
    exclude: texts(at(value, "conditions", "ref_name", "exclude")),
    rules: list(at(value, "rules")).map(toBranchRule),
    bypass: Array.isArray(bypass) ? bypass.map(toActor) : null,
    askerBypasses: asker !== "" && asker !== "never",
  };
}

function toChecks(required: unknown): RequiredCheck[] {
  const checks = list(at(required, "checks")).map((one) => ({ context: textAt(one, "context"), appId: appNumber(at(one, "app_id")) }));
  const told = new Set(checks.map(({ context }) => context));
  const bare = texts(at(required, "contexts")).filter((context) => !told.has(context));
  return [...checks, ...bare.map((context) => ({ context, appId: null }))];
}

/** `GET …/branches/{branch}/protection`, which administrators may read. */
export const toProtection = (value: unknown): ClassicProtection => ({
  checks: toChecks(at(value, "required_status_checks")),
  strict: flag(at(value, "required_status_checks", "strict")),
  adminsBound: enabled(at(value, "enforce_admins")),
  forcePushes: enabled(at(value, "allow_force_pushes")),
  deletions: enabled(at(value, "allow_deletions")),
});

/** What `GET …/branches/{branch}` tells everybody who may read; null where the branch has no branch protection. */
export function toTold(value: unknown): ClassicProtection | null {
  const protection = at(value, "protection");
  if (at(value, "protected") !== true || enabled(protection) === false) return null;
  const required = at(protection, "required_status_checks");
  const level = textAt(required, "enforcement_level");
  return {
    checks: level === "off" ? [] : toChecks(required),
    strict: null,
    adminsBound: level === "everyone" ? true : level === "non_admins" ? false : null,
    forcePushes: null,
    deletions: null,
  };
}

function toReviewers(rules: unknown[]): EnvironmentSettings["reviewers"] {
  return rules
    .flatMap((rule) => list(at(rule, "reviewers")))
    .flatMap((one) => {
      const type = textAt(one, "type");
      const id = numberAt(one, "reviewer", "id");
      return (type === "User" || type === "Team") && id !== null ? [{ type, id }] : [];
    });
}

export function toEnvironment(value: unknown): EnvironmentSettings | null {
  const name = textAt(value, "name");
  if (name === "") return null;
  const rules = list(at(value, "protection_rules"));
  const policy = at(value, "deployment_branch_policy");
  return {
    name,
    adminsBypass: flag(at(value, "can_admins_bypass")),
    waitMinutes: Math.max(0, ...rules.map((rule) => numberAt(rule, "wait_timer") ?? 0)),
    reviewers: toReviewers(rules),
    preventSelfReview: rules.some((rule) => at(rule, "prevent_self_review") === true),
    branches: policy === null || policy === undefined ? null : { protectedOnly: at(policy, "protected_branches") === true },
  };
}

export function toDeploymentRule(value: unknown): DeploymentRule | null {
  const id = numberAt(value, "id");
  const appId = numberAt(value, "app", "id");
  return id === null || appId === null ? null : { id, appId, enabled: at(value, "enabled") === true };
}

export function toCheckWriter(value: unknown): CheckWriter | null {
  const appId = numberAt(value, "app", "id");
  return appId === null ? null : { name: textAt(value, "name"), appId, slug: textAt(value, "app", "slug") };
}
