import type { System } from "../shapes/policy.ts";
import type { CriterionId, DocumentName, Kind } from "../shapes/vocabulary.ts";
import { toMs } from "./time.ts";
import type { AnyCriterion, CriterionInput, Finding, Measured, Needs, ReadDocument, Subject, SystemEvidence } from "./types.ts";

/** What was found for a criterion before it judges. */
export interface Gathered {
  complete: boolean;
  documents: Partial<Record<DocumentName, ReadDocument[]>>;
  evidence: Record<Kind, Measured<Kind>[]>;
  findings: Finding[];
}

/** Builds the input that a criterion declared, and nothing more. */
export function inputOf(
  criterion: AnyCriterion,
  system: System,
  evidence: SystemEvidence,
  subject: Subject,
  thresholds: Record<string, unknown>,
  gathered: Gathered,
): CriterionInput<CriterionId, Needs> {
  const { needs } = criterion;
  const input = {
    at: subject.at,
    risk: system.risk,
    systemId: system.id,
    thresholds,
    documents: gathered.documents,
    evidence: gathered.evidence,
    facts: Object.fromEntries([...(needs.facts ?? []), ...(needs.optionalFacts ?? [])].map((name) => [name, subject.facts?.[name]])),
    policy: Object.fromEntries((needs.policy ?? []).map((key) => [key, system[key]])),
    referenced: (path: string) => evidence.referenced.get(path),
    exists: (path: string) => evidence.exists(path),
    fingerprint: evidence.fingerprint,
    changedAt: latestChange(subject, [...evidence.fingerprintPaths, ...evidence.relevantPaths]),
    lastChange: (path: string) => {
      const change = latestChange(subject, [path]);
      return change ? { at: change.at, author: change.author } : undefined;
    },
  };
  // Built from the declaration at run time; `defineCriterion` typed it from the same declaration.
  return input as unknown as CriterionInput<CriterionId, Needs>;
}

/** Null where there is no such file; undefined where no history says anything of them: every file was written once, so silence is no proof. */
function latestChange(subject: Subject, paths: readonly string[]): { path: string; at: string; author: string } | null | undefined {
  const lineage = subject.facts?.lineage;
  if (lineage === undefined) return undefined;
  const wanted = new Set(paths);
  if (wanted.size === 0) return null;
  let latest: { path: string; at: string; author: string } | undefined;
  for (const { path, at, author } of lineage)
    if (wanted.has(path) && (latest === undefined || toMs(at) > toMs(latest.at))) latest = { path, at, author };
  return latest;
}
