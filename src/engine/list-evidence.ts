import type { CriterionReport } from "../shapes/report.ts";
import type { Level } from "../shapes/vocabulary.ts";
import type { AnyCriterion, Subject, SystemEvidence } from "./types.ts";

type Listed = CriterionReport["evidence"][number];

/** Everything that was looked at for a criterion, with digest and level: a number counts only with what it was measured on. */
export function listEvidence(criterion: AnyCriterion, evidence: SystemEvidence, subject: Subject, approved: Level | undefined): Listed[] {
  const listed: Listed[] = [];
  for (const name of [...(criterion.needs.documents ?? []), ...(criterion.needs.optionalDocuments ?? [])]) {
    for (const { path, digest, reading } of evidence.documents[name] ?? []) {
      listed.push({
        source: "file",
        path,
        digest,
        format: reading.ok ? reading.format : null,
        level: reading.ok ? (approved ?? "E1") : null,
      });
    }
  }
  for (const { path, digest, reading } of evidence.evidence[criterion.id] ?? []) {
    listed.push({ source: "file", path, digest, format: reading.ok ? reading.format : null, level: reading.ok ? "E1" : null });
  }
  for (const { declaration } of criterion.decisions) {
    if (!("fragment" in declaration)) continue;
    const digest = evidence.fragments[declaration.fragment];
    if (digest !== undefined)
      listed.push({ source: "policy", path: declaration.fragment, digest, format: "policy", level: approved ?? "E1" });
  }
  for (const { source, label } of evidence.unreadSources[criterion.id] ?? [])
    listed.push({ source, path: label, digest: null, format: null, level: null });
  for (const fact of criterion.needs.facts ?? []) {
    if (subject.facts?.[fact] !== undefined) listed.push({ source: "facts", path: fact, digest: null, format: null, level: null });
  }
  return listed;
}
