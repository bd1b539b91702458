import type { Diagnosis } from "../../shapes/diagnosis.ts";
import type { Policy } from "../../shapes/policy.ts";
import type { CommitTree, Forge } from "../forge.ts";
import type { PolicyReader } from "../policy-in-force.ts";
import { PortError, type RepositoryRef } from "../ports.ts";
import type { RepositoryFacts, SettingsReader } from "../settings.ts";
import { diagnose, unseenPolicy, type DiagnosisHead } from "./diagnose.ts";
import { identifyApp } from "./identify-app.ts";
import { observe } from "./observe.ts";

/* From a repository's name to a diagnosis: by the policy in force, which is the default branch's. */

export interface DoctorDeps {
  settings: SettingsReader;
  forge: Pick<Forge, "branchTip" | "tree">;
  readPolicy: PolicyReader;
  toolVersion: string;
  /** ISO 8601 instant, UTC. */
  at: string;
  /** Host of GitHub's pages. */
  host: string;
  onStep?: (share: number) => void;
}

export type Doctored =
  | { kind: "diagnosis"; diagnosis: Diagnosis; policy: Policy; commit: string }
  | { kind: "unseen"; diagnosis: Diagnosis }
  | { kind: "absent"; defaultBranch: string }
  | { kind: "broken"; problems: string[] };

const CONTENTS = "Contents: read";

/** Tree of the default branch's tip; null where the token may not see the content. */
export async function treeInForce(
  { forge }: Pick<DoctorDeps, "forge">,
  repository: RepositoryRef,
  defaultBranch: string,
): Promise<CommitTree | null> {
  try {
    const tip = await forge.branchTip(repository, defaultBranch);
    return tip === null ? null : await forge.tree(repository, tip);
  } catch (error) {
    if (error instanceof PortError && (error.code === "forbidden" || error.code === "not-found")) return null;
    throw error;
  }
}

/** `appId` is the number that was given, null where none was. Throws PortError. */
export async function runDoctor(deps: DoctorDeps, facts: RepositoryFacts, installationId: number, appId: number | null): Promise<Doctored> {
  const { owner, name, id, defaultBranch } = facts;
  const repository = { installationId, id, owner, name };
  const { toolVersion, at, host, settings } = deps;
  const tree = await treeInForce(deps, repository, defaultBranch);
  const nobody = { id: appId, slug: null, source: appId === null ? ("unknown" as const) : ("given" as const) };
  const headFor = (app: Diagnosis["app"]): DiagnosisHead => ({
    toolVersion,
    at,
    defaultBranch,
    app,
    place: { owner, name, host: host === "github.com" ? null : host, appId: app.id },
  });
  if (tree === null) return { kind: "unseen", diagnosis: unseenPolicy(headFor(nobody), CONTENTS) };
  const read = await deps.readPolicy(tree);
  if (read.kind === "absent") return { kind: "absent", defaultBranch };
  if (read.kind === "broken") return read;
  const [{ app, notes }, observed] = await Promise.all([
    identifyApp(settings, repository, appId),
    observe(settings, repository, { policy: read.policy, tree, defaultBranch }, deps.onStep),
  ]);
  const diagnosis = diagnose(headFor(app), read.policy, observed);
  return {
    kind: "diagnosis",
    diagnosis: { ...diagnosis, notes: [...notes, ...diagnosis.notes] },
    policy: read.policy,
    commit: tree.commit,
  };
}
