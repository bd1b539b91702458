import type { Approval } from "../shapes/facts.ts";
import type { System } from "../shapes/policy.ts";
import type { Decision } from "../shapes/report.ts";
import type { CriterionId, Level, Role } from "../shapes/vocabulary.ts";
import { profiles } from "./profile.ts";
import { toMs } from "./time.ts";
import type { AnyCriterion, Declaration, Finding, Subject, SystemEvidence } from "./types.ts";
import { list } from "./words.ts";

interface Outcome {
  findings: Finding[];
  /** Decisions still open, in the order of the criterion's list. */
  open: Decision[];
  /** E2 when every declaration carries its approvals, else E1; undefined where there is nothing to declare. */
  level: Level | undefined;
}

interface Declared {
  path: string;
  digest: string;
}

/** Which declarations a decision binds to; empty while they are missing, because nobody can sign what is not there. */
export function declared(declaration: Declaration, evidence: SystemEvidence): Declared[] {
  if ("document" in declaration)
    return (evidence.documents[declaration.document] ?? [])
      .filter(({ reading }) => reading.ok)
      .map(({ path, digest }) => ({ path, digest }));
  if ("evidence" in declaration)
    return (evidence.evidence[declaration.evidence] ?? [])
      .filter(({ reading }) => reading.ok)
      .map(({ path, digest }) => ({ path, digest }));
  const digest = evidence.fragments[declaration.fragment];
  return digest === undefined ? [] : [{ path: `policy: ${declaration.fragment}`, digest }];
}

/**
 * Are the criterion's decisions answered, on this very content, by somebody other than its author? An approval counts for the
 * system it names (or all), the role, and the digest; at high risk a second person must have signed in the gates that ask for it.
 */
export function judgeApprovals(
  criterion: AnyCriterion,
  system: System,
  evidence: SystemEvidence,
  subject: Subject,
  asked: boolean,
): Outcome {
  const profile = profiles[system.risk];
  const findings: Finding[] = [];
  const open: Decision[] = [];
  const signers = new Set<string>();
  let anything = false;
  let all = true;
  for (const { role, question, declaration } of criterion.decisions) {
    for (const { path, digest } of declared(declaration, evidence)) {
      anything = true;
      const approvals = approvalsOf(subject, criterion.id, system, digest, path).filter((approval) => approval.role === role);
      for (const { by } of approvals) signers.add(login(by));
      if (approvals.length > 0) continue;
      all = false;
      if (!asked) continue;
      open.push({ role, question, command: command(criterion.id), digest });
      findings.push({
        state: "needs-decision",
        ...("fragment" in declaration ? {} : { path }),
        text: `${role} has not answered for ${path}: ${question}`,
        remedy: `Ask ${role} to approve ${path}, or to comment \`${command(criterion.id)}\`.`,
        roles: [role],
        ...(subject.facts?.approvals === undefined ? { unseen: "approvals" } : {}),
      });
    }
  }
  if (asked && anything && all && profile.secondPerson.includes(criterion.gate)) {
    addOtherSigners(criterion, system, evidence, subject, signers);
    if (signers.size < 2) {
      const roles = decidingRoles(criterion.gate, system);
      open.push({
        role: roles[0] ?? "product-owner",
        question: "Do you, as a second person, agree?",
        command: command(criterion.id),
        digest: null,
      });
      findings.push({
        state: "needs-decision",
        text: `At high risk a second person must sign; only ${list([...signers])} has.`,
        remedy: `Ask a second holder of ${list(roles)} to comment \`${command(criterion.id)}\`.`,
        roles,
      });
    }
  }
  return { findings, open, level: anything ? (all ? "E2" : "E1") : undefined };
}

function command(criterion: CriterionId): string {
  return `/pilotgate sign-off ${criterion}`;
}

/** Approvals of a criterion on one content, without its last author's own. A delegated answer is not enough at high risk. */
function approvalsOf(subject: Subject, criterion: CriterionId, system: System, digest: string, path: string): Approval[] {
  const authors = lastAuthors(subject, path);
  return (subject.facts?.approvals ?? []).filter(
    (approval) =>
      approval.criterion === criterion &&
      (approval.system === undefined || approval.system === system.id) &&
      approval.digest === digest &&
      toMs(approval.at) <= toMs(subject.at) &&
      !authors.has(login(approval.by)) &&
      !/\[bot\]$/i.test(approval.by.trim()) &&
      !(approval.source?.trim().toLowerCase() === "delegated" && system.risk === "high"),
  );
}

/** Who wrote the content last, and who committed the same content before; several where the history has several entries at that instant. */
function lastAuthors(subject: Subject, path: string): Set<string> {
  const entries = (subject.facts?.lineage ?? []).filter((entry) => entry.path === path);
  // An entry without a readable time may be the newest.
  const newest = entries.reduce((latest, { at }) => Math.max(latest, Number.isNaN(toMs(at)) ? -Infinity : toMs(at)), -Infinity);
  const isLast = ({ at }: { at: string }) => !(toMs(at) < newest);
  const blobs = new Set(entries.filter(isLast).flatMap(({ blob }) => (blob === undefined ? [] : [blob])));
  return new Set(entries.filter((entry) => isLast(entry) || blobs.has(entry.blob ?? "")).map(({ author }) => login(author)));
}

function login(name: string): string {
  return name.trim().replace(/^@/, "").toLowerCase();
}

/** A second person may hold any deciding role of the gate. */
function addOtherSigners(criterion: AnyCriterion, system: System, evidence: SystemEvidence, subject: Subject, signers: Set<string>): void {
  const roles: readonly Role[] = gateRoles[criterion.gate];
  for (const { declaration } of criterion.decisions) {
    for (const { path, digest } of declared(declaration, evidence)) {
      for (const { by, role } of approvalsOf(subject, criterion.id, system, digest, path)) if (roles.includes(role)) signers.add(login(by));
    }
  }
}

const gateRoles = {
  governance: ["legal-privacy", "architecture", "security", "product-owner"],
  infrastructure: ["sre", "security", "product-owner", "legal-privacy"],
  rollout: ["product-owner", "support-lead", "sre"],
} as const satisfies Record<string, readonly Role[]>;

function decidingRoles(gate: AnyCriterion["gate"], system: System): Role[] {
  const held = gateRoles[gate].filter((role) => (system.roles[role] ?? []).length > 0);
  return held.length > 0 ? held : [...gateRoles[gate]];
}
