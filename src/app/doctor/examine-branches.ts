import { quote } from "../../policy/quote.ts";
import type { Finding, Mend, Outcome, QuestionId } from "../../shapes/diagnosis.ts";
import type { Policy } from "../../shapes/policy.ts";
import { checkName } from "../check-decision.ts";
import type { Ruleset } from "../settings.ts";
import { covers, toBranchPatterns } from "./branch-patterns.ts";
import { examineBranch, type BranchAnswers } from "./examine-branch.ts";
import { branchesToAsk, type AskedBranches, type Guard } from "./guards.ts";
import { activateMend, bindAdministratorsMend, rulesetMend, type MendPlace } from "./mends.ts";
import type { Observed } from "./observe.ts";
import { fromRuleset, isWorse, worst, type Answer } from "./requirement.ts";

/* One guard of branches, from what was observed to what is proven. Pure. */

interface Examined {
  name: string;
  /** Does the branch exist, or is it only what one could be called? */
  isProbe: boolean;
  answers: BranchAnswers;
}

export interface Examination {
  guard: Guard;
  policy: Policy;
  observed: Observed;
  place: MendPlace;
}

const MOST_NAMED = 3;

function subject(those: readonly Examined[]): string {
  const existing = those.filter(({ isProbe }) => !isProbe).map(({ name }) => quote(name, 80));
  const rest = existing.length - MOST_NAMED;
  const shown = [...existing.slice(0, MOST_NAMED), ...(rest > 0 ? [`${rest} more`] : [])];
  const probe = those.find(({ isProbe }) => isProbe);
  return [...shown, ...(probe === undefined ? [] : [`a new branch such as ${quote(probe.name, 80)}`])].join(", ");
}

/** One sentence for all branches that have the same answer, the worst first. */
function sentences(those: readonly { one: Examined; answer: Answer }[]): { answer: Answer; text: string }[] {
  const groups = new Map<string, { answer: Answer; members: Examined[] }>();
  for (const { one, answer } of those) {
    const group = groups.get(answer.text) ?? { answer, members: [] };
    groups.set(answer.text, group);
    group.members.push(one);
  }
  return [...groups.values()]
    .sort((a, b) => (isWorse(a.answer.outcome, b.answer.outcome) ? -1 : isWorse(b.answer.outcome, a.answer.outcome) ? 1 : 0))
    .map(({ answer, members }) => ({ answer, text: `${subject(members)}${members.length > 1 ? ":" : ""} ${answer.text}.` }));
}

const MOST_DETAILS = 10;

function toFinding(
  question: QuestionId,
  { gate, glob, systems }: Guard,
  those: readonly { one: Examined; answer: Answer | null }[],
  mend: () => Mend | null,
): Finding[] {
  const asked = those.flatMap(({ one, answer }) => (answer === null ? [] : [{ one, answer }]));
  const [first, ...others] = sentences(asked);
  if (first === undefined) return [];
  const { outcome, missing } = first.answer;
  return [
    {
      question,
      gate,
      guards: { kind: "branches", glob, systems },
      outcome,
      summary: first.text,
      details: others
        .filter(({ answer }) => answer.outcome !== "proven")
        .slice(0, MOST_DETAILS)
        .map(({ text }) => text),
      missing: outcome === "unknown" ? (missing ?? null) : null,
      mend: outcome === "proven" || missing !== undefined ? null : mend(),
    },
  ];
}

/** Only a ruleset tells which names it covers; a branch protection tells of branches that exist. */
function probeWithProtection(examined: Examined, others: readonly Examined[]): Examined {
  const { answers } = examined;
  const protectedElsewhere = others.some(({ isProbe, answers: { requirement } }) => !isProbe && requirement?.rulesetId === null);
  if (answers.required.outcome !== "open" || !protectedElsewhere) return examined;
  const text = `${answers.required.text} by a ruleset; a branch protection does for branches that exist, and its pattern is not told`;
  return { ...examined, answers: { ...answers, required: { outcome: "unknown", text } } };
}

/** Which names the pattern can take is known to the rulesets alone. */
function coverage({ guard, observed, place }: Examination, asked: AskedBranches, wanted: readonly string[]): Answer {
  if (!observed.rulesets.seen && !observed.rulesets.byPlan)
    return { outcome: "unknown", text: "Not seen: whether a ruleset covers every branch of the guard", missing: observed.rulesets.missing };
  const check = checkName(guard.gate);
  const best = (outcomes: readonly Outcome[]) => outcomes.reduce((found, next) => (isWorse(found, next) ? next : found), "open" as Outcome);
  const strengthOf = (ruleset: Ruleset) =>
    best(
      ruleset.rules
        .flatMap(({ checks, ...rule }) =>
          checks.filter(({ context }) => context === check).map((one) => fromRuleset(ruleset, { ...rule, checks }, one, place.appId)),
        )
        .map(({ pinned, bound }) => worst([pinned.outcome, bound.outcome])),
    );
  const active = observed.rulesets.seen ? observed.rulesets.value.items.filter(({ enforcement }) => enforcement === "active") : [];
  const outcomes = wanted.map((pattern) => best(active.filter((one) => covers(one, pattern, guard.glob)).map(strengthOf)));
  if (worst(outcomes) === "proven") return { outcome: "proven", text: "A ruleset covers every branch that the guard can match" };
  if (worst(outcomes) === "unknown")
    return { outcome: "unknown", text: "The ruleset that covers every branch of the guard is not proven in all points; see above" };
  const unasked = asked.complete ? "" : ", and not every branch that exists was asked about";
  return {
    outcome: "unknown",
    text: `No ruleset that requires the check surely covers every branch of the guard: its patterns differ from ${wanted.map((one) => quote(one, 80)).join(", ")}, or it excludes some${unasked}`,
  };
}

function coverageFinding(examination: Examination, asked: AskedBranches, isOpen: boolean): Finding[] {
  const { guard, observed, policy, place } = examination;
  const { wanted, inexpressible } = toBranchPatterns(guard.glob, observed.defaultBranch);
  if (wanted.length + inexpressible.length === 0 || isOpen) return [];
  const answer: Answer =
    inexpressible.length > 0
      ? { outcome: "unknown", text: `GitHub's patterns cannot express ${quote(inexpressible[0], 80)}, so no ruleset surely covers it` }
      : coverage(examination, asked, wanted);
  return [
    {
      question: "coverage",
      gate: guard.gate,
      guards: { kind: "branches", glob: guard.glob, systems: guard.systems },
      outcome: answer.outcome,
      summary: `${answer.text}.`,
      details: [],
      missing: answer.missing ?? null,
      mend: answer.outcome === "proven" || answer.missing !== undefined ? null : rulesetMend(policy, guard.gate, observed.rulesets, place),
    },
  ];
}

/** A branch protection that lacks nothing but administrators is mended where it is. */
function boundMend(those: readonly Examined[], general: Mend, place: MendPlace): Mend {
  const open = those.filter(({ answers }) => answers.bound?.outcome === "open");
  const [only] = open;
  const isClassic = open.length === 1 && only?.answers.requirement?.rulesetId === null && only.answers.pinned?.outcome === "proven";
  return only !== undefined && isClassic ? bindAdministratorsMend(only.name, place) : general;
}

function requiredMend(those: readonly Examined[], { guard, observed, place }: Examination, general: Mend): Mend {
  const check = checkName(guard.gate);
  const asleep = observed.rulesets.seen
    ? observed.rulesets.value.items.find(
        (one) => one.enforcement !== "active" && one.rules.some((rule) => rule.checks.some(({ context }) => context === check)),
      )
    : undefined;
  const nowhere = those.every(({ answers }) => answers.requirement === null);
  return (nowhere && asleep !== undefined ? activateMend(asleep, place) : null) ?? general;
}

function notesOf(those: readonly Examined[], gate: Guard["gate"]): string[] {
  const loose = those.filter(({ isProbe, answers }) => !isProbe && answers.requirement?.strict === false && !answers.queued);
  if (loose.length === 0) return [];
  return [
    `${subject(loose)}: \`${checkName(gate)}\` judges each pull request by itself, not what several make together; a merge queue, or "require branches to be up to date", closes this.`,
  ];
}

export function examineBranches(examination: Examination): { findings: Finding[]; notes: string[] } {
  const { guard, policy, observed, place } = examination;
  const asked = branchesToAsk(guard, observed.branches, observed.defaultBranch);
  const examine = (isProbe: boolean) => (name: string) => ({
    name,
    isProbe,
    answers: examineBranch(name, observed, checkName(guard.gate), place.appId),
  });
  const plain = [...asked.existing.map(examine(false)), ...asked.probes.map(examine(true))];
  const those = plain.map((one) => (one.isProbe ? probeWithProtection(one, plain) : one));
  const general = () => rulesetMend(policy, guard.gate, observed.rulesets, place);
  const each = (pick: (answers: BranchAnswers) => Answer | null, of = those) => of.map((one) => ({ one, answer: pick(one.answers) }));
  const isPattern = asked.probes.length > 0;
  const required = toFinding(
    "required",
    guard,
    each((answers) => answers.required),
    () => requiredMend(those, examination, general()),
  );
  const isOpen = required.some(({ outcome }) => outcome === "open");
  return {
    findings: [
      ...required,
      ...toFinding(
        "pinned",
        guard,
        each((answers) => answers.pinned),
        general,
      ),
      ...toFinding(
        "bound",
        guard,
        each((answers) => answers.bound),
        () => boundMend(those, general(), place),
      ),
      ...(isPattern
        ? toFinding(
            "creation",
            guard,
            each(
              (answers) => answers.creation,
              those.filter(({ isProbe }) => isProbe),
            ),
            general,
          )
        : []),
      ...coverageFinding(examination, asked, isOpen),
      ...toFinding(
        "history",
        guard,
        each((answers) => answers.history),
        general,
      ),
    ],
    notes: notesOf(those, guard.gate),
  };
}
