import { effectiveEnforcement } from "../../engine/effective-enforcement.ts";
import type { Diagnosis, Finding } from "../../shapes/diagnosis.ts";
import type { Policy } from "../../shapes/policy.ts";
import { gateIds } from "../../shapes/vocabulary.ts";
import { examineBranches } from "./examine-branches.ts";
import { examineEnvironments } from "./examine-environments.ts";
import { guardsOf } from "./guards.ts";
import type { MendPlace } from "./mends.ts";
import type { Observed } from "./observe.ts";
import { worst } from "./requirement.ts";

/** Does the App of this version answer waiting deployments? docs/doctor.md says what follows from it. */
export const ANSWERS_DEPLOYMENTS = false;

export interface DiagnosisHead {
  toolVersion: string;
  /** ISO 8601 instant, UTC. */
  at: string;
  defaultBranch: string;
  app: Diagnosis["app"];
  place: MendPlace;
}

/** A diagnosis of these findings. */
export function toDiagnosis(
  { toolVersion, at, defaultBranch, app, place }: DiagnosisHead,
  findings: Finding[],
  notes: string[],
): Diagnosis {
  return {
    schema: "pilotgate/doctor/v1",
    toolVersion,
    at,
    repository: `${place.owner}/${place.name}`,
    defaultBranch,
    app,
    outcome: worst(findings.map(({ outcome }) => outcome)),
    findings,
    notes: [...new Set(notes)],
  };
}

function enforcementNotes(policy: Policy, at: string): string[] {
  return policy.systems.flatMap((system) =>
    gateIds.flatMap((id) => {
      const gate = system.gates[id];
      if (gate.branches.length + gate.environments.length === 0) return [`The ${id} gate of \`${system.id}\` guards nothing.`];
      const now = effectiveEnforcement(gate, at);
      const from = gate.enforceFrom === null ? "" : ` until ${gate.enforceFrom}`;
      return now === "enforce"
        ? []
        : [`The policy sets the ${id} gate of \`${system.id}\` to \`${now}\`${from}: its check is neutral and blocks nothing.`];
    }),
  );
}

const guardsNothing: Finding = {
  question: "policy",
  gate: null,
  guards: null,
  outcome: "open",
  summary: "The policy guards no branch and no environment, so no gate can block anything.",
  details: [],
  missing: null,
  mend: {
    summary: "Name `branches` or `environments` in `gates`, or leave `gates` out for the default guards.",
    commands: [],
    ruleset: null,
  },
};

/** Every question about every guard of the policy, from what was observed. Pure. */
export function diagnose(head: DiagnosisHead, policy: Policy, observed: Observed, answersDeployments = ANSWERS_DEPLOYMENTS): Diagnosis {
  const { place } = head;
  const guards = guardsOf(policy);
  if (guards.length === 0) return toDiagnosis(head, [guardsNothing], []);
  const examined = guards.map((guard) =>
    guard.kind === "branches"
      ? examineBranches({ guard, policy, observed, place })
      : examineEnvironments({ guard, observed, place, answersDeployments }),
  );
  return toDiagnosis(
    head,
    examined.flatMap(({ findings }) => findings),
    [...enforcementNotes(policy, head.at), ...examined.flatMap(({ notes }) => notes)],
  );
}

/** Where the policy in force could not be read: nothing is claimed. */
export const unseenPolicy = (head: DiagnosisHead, missing: string): Diagnosis =>
  toDiagnosis(
    head,
    [
      {
        question: "policy",
        gate: null,
        guards: null,
        outcome: "unknown",
        summary: "The policy on the default branch could not be read, so nothing is known about any gate.",
        details: [],
        missing,
        mend: null,
      },
    ],
    [],
  );
