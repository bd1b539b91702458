import { quote } from "../../policy/quote.ts";
import type { BranchRule, ClassicProtection, RequiredCheck } from "../settings.ts";
import { MOST_NAMES, type BranchSettings, type Observed } from "./observe.ts";
import { fromProtection, fromRuleset, strongest, type Answer, type Requirement } from "./requirement.ts";

/* One branch, existing or thought up, and one check. */

export interface BranchAnswers {
  required: Answer;
  /** The next three are null where nothing requires the check. */
  pinned: Answer | null;
  bound: Answer | null;
  creation: Answer | null;
  history: Answer;
  requirement: Requirement | null;
  /** Do the branch's changes wait in a merge queue? */
  queued: boolean;
}

interface Known {
  rules: BranchRule[];
  protection: ClassicProtection | null;
  /** Where not everything could be seen: the right that is missing. */
  missing: string | undefined;
}

function known({ rules, protection }: BranchSettings): Known {
  const unseen = [rules, protection].find((one) => !one.seen && !one.byPlan);
  return {
    rules: rules.seen ? rules.value : [],
    protection: protection.seen ? protection.value : null,
    missing: unseen && !unseen.seen ? unseen.missing : undefined,
  };
}

function requirementsOf({ rules, protection }: Known, observed: Observed, check: string, ours: number | null): Requirement[] {
  const rulesets = observed.rulesets.seen ? observed.rulesets.value.items : [];
  const isIt = ({ context }: RequiredCheck) => context === check;
  const byRuleset = rules.flatMap((rule) =>
    rule.checks.filter(isIt).map((one) =>
      fromRuleset(
        rulesets.find(({ id }) => id === rule.rulesetId),
        rule,
        one,
        ours,
      ),
    ),
  );
  const byProtection = protection === null ? [] : protection.checks.filter(isIt).map((one) => fromProtection(protection, one, ours));
  return [...byRuleset, ...byProtection];
}

/** What looks open may be closed by what the token cannot see. */
const cautious = (answer: Answer, { missing }: Known): Answer =>
  answer.outcome === "open" && missing !== undefined ? { ...answer, outcome: "unknown", missing } : answer;

function historyAnswer({ rules, protection }: Known): Answer {
  const has = (type: string) => rules.some((rule) => rule.type === type);
  const forced = has("non_fast_forward") || protection?.forcePushes === false;
  const deleted = has("deletion") || protection?.deletions === false;
  if (forced && deleted) return { outcome: "proven", text: "can be neither overwritten nor deleted" };
  const untold = protection !== null && ((!forced && protection.forcePushes === null) || (!deleted && protection.deletions === null));
  const ways = [forced ? "" : "overwritten by a forced push", deleted ? "" : "deleted and made anew"].filter((way) => way !== "");
  const text = `can be ${ways.join(" and ")}`;
  return untold ? { outcome: "unknown", text: `perhaps ${text}`, missing: "Administration: read" } : { outcome: "open", text };
}

function creationAnswer({ rules }: Known, { onCreation }: Requirement): Answer {
  if (onCreation) return { outcome: "proven", text: "begins at a commit that passed" };
  return rules.some(({ type }) => type === "creation")
    ? { outcome: "proven", text: "is made only by whom its ruleset names" }
    : { outcome: "open", text: "can be made by everybody with write access, at a commit that no gate has seen" };
}

function requiredAnswer({ missing }: Known, { rules }: BranchSettings, observed: Observed, check: string): Answer {
  const byPlan = !rules.seen && rules.byPlan;
  const asleep = observed.rulesets.seen
    ? observed.rulesets.value.items.find(
        (one) => one.enforcement !== "active" && one.rules.some((rule) => rule.checks.some(({ context }) => context === check)),
      )
    : undefined;
  const why = byPlan
    ? "; the plan of this repository has no rulesets"
    : asleep === undefined
      ? ""
      : `; the ruleset ${quote(asleep.name)} would, and its enforcement is ${quote(asleep.enforcement)}`;
  return missing === undefined
    ? { outcome: "open", text: `does not require \`${check}\`${why}` }
    : { outcome: "unknown", text: `may require \`${check}\` or not`, missing };
}

const notAsked: BranchSettings = {
  rules: { seen: false, missing: `fewer branches: ${MOST_NAMES} are asked about at most`, byPlan: false },
  protection: { seen: true, value: null },
};

/** `ours` is the number of the App, null where nobody said. */
export function examineBranch(name: string, observed: Observed, check: string, ours: number | null): BranchAnswers {
  const settings = observed.onBranch.get(name) ?? notAsked;
  const seen = known(settings);
  const best = strongest(requirementsOf(seen, observed, check, ours));
  return {
    required: best
      ? { outcome: "proven", text: `requires \`${check}\` by ${best.source}` }
      : requiredAnswer(seen, settings, observed, check),
    pinned: best && cautious(best.pinned, seen),
    bound: best && cautious(best.bound, seen),
    creation: best && cautious(creationAnswer(seen, best), seen),
    history: cautious(historyAnswer(seen), seen),
    requirement: best,
    queued: seen.rules.some(({ type }) => type === "merge_queue"),
  };
}
