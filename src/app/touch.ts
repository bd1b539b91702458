import { matcher } from "../policy/globs.ts";
import type { System } from "../shapes/policy.ts";
import { criterionIds, documentNames } from "../shapes/vocabulary.ts";
import { documentPaths, evidencePaths } from "./evidence-places.ts";
import { toPathIndex } from "./path-index.ts";
import { POLICY_PATH } from "./forge.ts";
import type { ChangedPaths } from "./changed-paths.ts";

/** What a change does to a system: nothing, only its documents, evidence or policy, or the system itself. */
export type Touch = "none" | "evidence" | "system";

/* Formats that only carry data. Anything else may be code, wherever it stands. */
const dataFormat = /\.(md|markdown|txt|ya?ml|json|jsonl|ndjson|csv|tsv|xml|log|png|jpe?g|gif|svg|webp|pdf)$/i;
const WORKFLOWS = ".github/workflows/";

/** Changed paths that are documents or evidence of the system, by the policy in force. */
function evidenceAmong(system: System, changed: readonly string[]): Set<string> {
  const index = toPathIndex(changed);
  const inDocuments = system.documents === "" || system.documents === "." ? [] : index.under(system.documents);
  const named = [
    ...documentNames.flatMap((name) => documentPaths(system, name, index)),
    ...criterionIds.flatMap((id) => evidencePaths(system, id, index)),
  ];
  const product = matcher([
    ...system.fingerprint.prompts,
    ...system.fingerprint.guardrails,
    ...system.fingerprint.retrieval,
    ...system.relevantPaths,
  ]);
  return new Set([...inDocuments, ...named].filter((path) => dataFormat.test(path) && !path.startsWith(WORKFLOWS) && !product(path)));
}

export function touchOf(system: System, changed: ChangedPaths): Touch {
  if (changed === "all") return "system";
  const paths = [...changed];
  const evidence = evidenceAmong(system, paths);
  const belongs = matcher([...system.paths, ...system.relevantPaths]);
  const rest = paths.filter((path) => path !== POLICY_PATH && !evidence.has(path));
  if (rest.some(belongs)) return "system";
  return evidence.size > 0 || changed.has(POLICY_PATH) ? "evidence" : "none";
}
