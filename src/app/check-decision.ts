import { toMarkdownText } from "../report/escape.ts";
import type { FileLinks } from "../report/file-links.ts";
import { toCheckOutput } from "../report/to-check-output.ts";
import type { Report } from "../shapes/report.ts";
import type { GateId } from "../shapes/vocabulary.ts";
import type { Button, CheckOutputText, Conclusion } from "./forge.ts";
import { blocks, type GateConclusion } from "./conclude.ts";
import type { Answer } from "./ports.ts";

/** A check run as it shall stand on a commit. */
export interface CheckDecision {
  name: string;
  conclusion: Conclusion;
  output: CheckOutputText;
  /** What can be pressed besides "Judge again". */
  offers?: readonly Button[];
}

export const POLICY_CHECK = "pilotgate/policy";
export const checkName = (gate: GateId): string => `pilotgate/${gate}`;

const bullets = (sentences: readonly string[]) => sentences.map((sentence) => `- ${toMarkdownText(sentence)}`).join("\n");
const MAX_LISTED = 100;

/** Sentences as a list, each escaped; very long lists are cut. */
export function listed(sentences: readonly string[]): string {
  const rest = sentences.length - MAX_LISTED;
  return bullets(sentences.slice(0, MAX_LISTED)) + (rest > 0 ? `\n- … and ${rest} more` : "");
}

const EVIDENCE_ONLY = "This pull request changes only documents, evidence or policy, so it may be merged; the gate still holds.";

export interface GateExtras {
  /** Where the documentation stands. */
  docsUrl: string | undefined;
  links?: FileLinks | undefined;
  offers?: readonly Button[];
}

/** `others` are pull requests with the same head that are held. */
export function gateDecision(
  report: Report,
  row: GateConclusion,
  others: readonly number[],
  { docsUrl, links, offers = [] }: GateExtras,
): CheckDecision {
  const note = [
    ...(others.length > 0
      ? [`Held because of ${others.map((number) => `pull request ${number}`).join(", ")}, which has the same head commit.`]
      : []),
    ...(row.evidenceOnly ? [EVIDENCE_ONLY] : []),
  ].join(" ");
  if (row.systems.length === 0)
    return {
      name: checkName(row.gate),
      conclusion: row.conclusion,
      output: {
        title: others.length > 0 ? "Hold: another pull request has this head" : "Pass: no declared system is touched",
        summary: note || "This pull request changes no file of a system that the gate guards on this branch.",
        text: "",
      },
    };
  const output = toCheckOutput(report, row.gate, {
    systems: row.systems,
    docsUrl,
    links,
    ...(note === "" ? {} : { note }),
  });
  const title = row.evidenceOnly && row.conclusion === "neutral" ? `Evidence only; the gate still holds. ${output.title}` : output.title;
  return { name: checkName(row.gate), conclusion: row.conclusion, output: { ...output, title }, offers };
}

/** The policy in force cannot be used: nothing can be judged, so nothing passes. */
export function brokenPolicyDecision(gate: GateId, problems: readonly string[]): CheckDecision {
  return {
    name: checkName(gate),
    conclusion: "failure",
    output: {
      title: "The policy in force cannot be used",
      summary: `The policy on the default branch has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}. Mend it there; \`pilotgate validate\` shows the same.\n\n${listed(problems)}`,
      text: "",
    },
  };
}

/** While the policy in force is broken: the change that mends it, and nothing else. */
export function repairDecision(gate: GateId): CheckDecision {
  return {
    name: checkName(gate),
    conclusion: "neutral",
    output: {
      title: "Mends the policy; the gate cannot be judged before",
      summary: "The policy in force cannot be used. This pull request changes only the policy, and an administrator approved it.",
      text: "",
    },
  };
}

/** No gate lets a policy in that is not settled: only the gates' checks are sure to be required. */
export function withPolicy(decision: CheckDecision, policy: CheckDecision | null): CheckDecision {
  if (policy === null || !blocks(policy.conclusion) || blocks(decision.conclusion)) return decision;
  const note = `This pull request changes the policy, and that is not settled: see the check \`${POLICY_CHECK}\`.`;
  return {
    ...decision,
    conclusion: policy.conclusion,
    output: { ...decision.output, title: "Waits for pilotgate/policy", summary: `${note}\n\n${decision.output.summary}` },
  };
}

/** What a press led to stands first on the check that was pressed. */
export function withAnswer(decision: CheckDecision, answer: Answer | undefined): CheckDecision {
  if (answer?.check !== decision.name) return decision;
  return { ...decision, output: { ...decision.output, summary: `> ${answer.text}\n\n${decision.output.summary}` } };
}

/** A fault of ours or of the way to GitHub: never a pass where the gate is enforced or that is unknown. */
export function faultDecision(gate: GateId, conclusion: "failure" | "neutral", why: string): CheckDecision {
  return {
    name: checkName(gate),
    conclusion,
    output: {
      title: "Could not judge",
      summary: `Pilotgate could not judge this commit: ${toMarkdownText(why)} Press **Re-run** to try again.`,
      text: "",
    },
  };
}
