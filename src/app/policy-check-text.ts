import { toMarkdownText } from "../report/escape.ts";
import { enforcementPhrase } from "../report/phrases.ts";
import type { Loosening } from "../shapes/loosening.ts";
import type { System } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import { listed, POLICY_CHECK, type CheckDecision } from "./check-decision.ts";

/* What `pilotgate/policy` says. Foreign text is escaped here. */

const decision = (conclusion: CheckDecision["conclusion"], title: string, summary: string, text = ""): CheckDecision => ({
  name: POLICY_CHECK,
  conclusion,
  output: { title, summary, text },
});

/** The verdict under the proposed policy, a line a gate. */
export function previewText(report: Report): string {
  const lines = report.systems.flatMap((system) =>
    system.gates.map((gate) => {
      const open = gate.criteria.filter(({ state }) => state !== "met" && state !== "waived" && state !== "not-applicable").length;
      const verdict = gate.verdict === "pass" ? "pass" : `hold, ${open} of ${gate.criteria.length} criteria open`;
      return `- **${toMarkdownText(system.id)}**, ${gate.id}: ${verdict} (${enforcementPhrase(gate)})`;
    }),
  );
  return ["### Under this policy, this commit would be told", ...lines].join("\n");
}

export const proposedBroken = (problems: readonly string[]): CheckDecision =>
  decision(
    "failure",
    "The proposed policy cannot be used",
    `Mend ${problems.length === 1 ? "this" : "these"} first; \`pilotgate validate\` shows the same.\n\n${listed(problems)}`,
  );

export const firstPolicy = (preview: string): CheckDecision =>
  decision("success", "A valid first policy", "Nothing is in force yet. From the merge on, this policy is.", preview);

export const notLooser = (preview: string): CheckDecision =>
  decision(
    "success",
    "The policy loosens nothing",
    "The proposed policy is valid and asks for nothing less than the one in force.",
    preview,
  );

const sentences = (loosenings: readonly Loosening[]) => listed(loosenings.map(({ text }) => text));

export const looseningApproved = (loosenings: readonly Loosening[], by: readonly string[], preview: string): CheckDecision =>
  decision(
    "success",
    `Loosens the policy; approved by ${by.map((login) => toMarkdownText(login)).join(", ")}`,
    `Holders of roles of the policy in force approved this commit.\n\n${sentences(loosenings)}`,
    preview,
  );

const rolesOf = (system: System) =>
  Object.entries(system.roles).map(([role, holders]) => `${role}: ${holders.map((holder) => toMarkdownText(holder)).join(", ")}`);

export function looseningWaits(loosenings: readonly Loosening[], waiting: readonly System[], preview: string): CheckDecision {
  const who = waiting.map((system) => {
    const roles = rolesOf(system);
    return `- **${toMarkdownText(system.id)}**: ${roles.length > 0 ? roles.join("; ") : "nobody has a role in the policy in force, so only an administrator's bypass can merge this"}`;
  });
  return decision(
    "action_required",
    `Loosens the policy in ${loosenings.length === 1 ? "one point" : `${loosenings.length} points`}: waits for an approval`,
    `${sentences(loosenings)}\n\nAn approving review of this commit by a holder of a role, who wrote none of it, settles this:\n\n${who.join("\n")}`,
    preview,
  );
}

export const repairWaits = (preview: string): CheckDecision =>
  decision(
    "action_required",
    "Repairs a broken policy: waits for an administrator",
    "The policy in force cannot be read, so nobody can tell what this loosens or who has a role. An approving review of this commit by an administrator of the repository, who wrote none of it, settles this.",
    preview,
  );

export const repairApproved = (by: readonly string[], preview: string): CheckDecision =>
  decision(
    "success",
    `Repairs a broken policy; approved by ${by.map((login) => toMarkdownText(login)).join(", ")}`,
    "An administrator of the repository approved this commit.",
    preview,
  );
