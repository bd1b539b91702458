import type { ImportableRuleset, Mend } from "../../shapes/diagnosis.ts";
import type { Policy } from "../../shapes/policy.ts";
import type { GateId } from "../../shapes/vocabulary.ts";
import { checkName } from "../check-decision.ts";
import type { EnvironmentSettings, Listed, Ruleset, Seen } from "../settings.ts";
import { toBranchPatterns, toIncludes } from "./branch-patterns.ts";

/* What closes a gap: commands that can be pasted, and rulesets that can be imported. */

/** Where the commands go. */
export interface MendPlace {
  owner: string;
  name: string;
  /** Host of GitHub where it is not github.com. */
  host: string | null;
  /** Number of the App, null where nobody said. */
  appId: number | null;
}

const rulesetName = (gate: GateId) => `Pilotgate: ${gate}`;
const api = ({ host }: MendPlace) => `gh api${host === null ? "" : ` --hostname ${host}`}`;
const repo = ({ owner, name }: MendPlace) => `repos/${owner}/${name}`;

/** Quotes nothing that a shell would act upon. */
const inAddress = (name: string) =>
  encodeURIComponent(name.toWellFormed()).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Branches of one gate in all systems, once each. */
const globsOf = (policy: Policy, gate: GateId) => [...new Set(policy.systems.flatMap((system) => system.gates[gate].branches))];

/** One ruleset that closes every gap of a gate's branches; null where the gate guards none that GitHub's patterns can express. */
export function rulesetFor(policy: Policy, gate: GateId, appId: number): ImportableRuleset | null {
  const include = [...new Set(globsOf(policy, gate).flatMap(toIncludes))];
  if (include.length === 0) return null;
  return {
    name: rulesetName(gate),
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include, exclude: [] } },
    rules: [
      { type: "deletion" },
      { type: "non_fast_forward" },
      {
        type: "required_status_checks",
        parameters: {
          strict_required_status_checks_policy: false,
          do_not_enforce_on_create: false,
          required_status_checks: [{ context: checkName(gate), integration_id: appId }],
        },
      },
    ],
    bypass_actors: [],
  };
}

/** Alternatives of the gate's globs that no ruleset can say. */
export const inexpressible = (policy: Policy, gate: GateId): string[] =>
  globsOf(policy, gate).flatMap((glob) => toBranchPatterns(glob, "").inexpressible);

const withoutApp: Mend = {
  summary: "Give the App's number, which its settings page shows, with `--app-id`; then the ruleset can be printed.",
  commands: [],
  ruleset: null,
};

/** Makes the gate's own ruleset, or replaces it where there is one. */
export function rulesetMend(policy: Policy, gate: GateId, rulesets: Seen<Listed<Ruleset>>, place: MendPlace): Mend {
  if (place.appId === null) return withoutApp;
  const ruleset = rulesetFor(policy, gate, place.appId);
  if (ruleset === null) return { summary: "GitHub's patterns cannot express this guard; use a simpler one.", commands: [], ruleset: null };
  const mine = rulesets.seen ? rulesets.value.items.find(({ name, isOwn }) => isOwn && name === ruleset.name) : undefined;
  const target = mine === undefined ? `--method POST ${repo(place)}/rulesets` : `--method PUT ${repo(place)}/rulesets/${mine.id}`;
  const print = `pilotgate doctor --repo ${place.owner}/${place.name} --app-id ${place.appId} --gate ${gate} --format ruleset`;
  return {
    summary: `${mine === undefined ? "Add" : "Replace"} the ruleset "${ruleset.name}" (or import it under Settings > Rules > Rulesets).`,
    commands: [`${print} | ${api(place)} ${target} --input -`],
    ruleset,
  };
}

/** Where only the enforcement is missing. */
export function activateMend(ruleset: Ruleset, place: MendPlace): Mend | null {
  if (!ruleset.isOwn) return null;
  return {
    summary: "Activate the ruleset.",
    commands: [`${api(place)} --method PUT ${repo(place)}/rulesets/${ruleset.id} -f enforcement=active`],
    ruleset: null,
  };
}

export const bindAdministratorsMend = (branch: string, place: MendPlace): Mend => ({
  summary: "Bind administrators too.",
  commands: [`${api(place)} --method POST ${repo(place)}/branches/${inAddress(branch)}/protection/enforce_admins`],
  ruleset: null,
});

export const createEnvironmentMend = (environment: string, place: MendPlace): Mend => ({
  summary: "Create the environment.",
  commands: [`${api(place)} --method PUT ${repo(place)}/environments/${inAddress(environment)}`],
  ruleset: null,
});

export function enableRuleMend(environment: string, place: MendPlace): Mend {
  if (place.appId === null) return { ...withoutApp, summary: "Give the App's number with `--app-id`; then the command can be printed." };
  const address = `${repo(place)}/environments/${inAddress(environment)}/deployment_protection_rules`;
  return {
    summary: "Set the App's deployment protection rule on the environment.",
    commands: [`${api(place)} --method POST ${address} -F integration_id=${place.appId}`],
    ruleset: null,
  };
}

export function disableRuleMend(environment: string, rule: number, place: MendPlace): Mend {
  const address = `${repo(place)}/environments/${inAddress(environment)}/deployment_protection_rules/${rule}`;
  return {
    summary: "Take the rule off until a version answers it, and guard the branch that is deployed from (`gates.….branches`).",
    commands: [`${api(place)} --method DELETE ${address}`],
    ruleset: null,
  };
}

/** Says again what is set, because what is left out may fall back to its default. */
export function bindEnvironmentAdministratorsMend(settings: EnvironmentSettings, place: MendPlace): Mend {
  const body = {
    wait_timer: settings.waitMinutes,
    prevent_self_review: settings.preventSelfReview,
    reviewers: settings.reviewers,
    deployment_branch_policy:
      settings.branches === null
        ? null
        : { protected_branches: settings.branches.protectedOnly, custom_branch_policies: !settings.branches.protectedOnly },
    can_admins_bypass: false,
  };
  return {
    summary: "Clear `Allow administrators to bypass configured protection rules` under Settings > Environments.",
    commands: [
      `echo '${JSON.stringify(body)}' | ${api(place)} --method PUT ${repo(place)}/environments/${inAddress(settings.name)} --input -`,
    ],
    ruleset: null,
  };
}
