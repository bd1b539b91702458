import { documentDefinitions } from "../shapes/document-definitions.ts";
import { documentNames, type Risk } from "../shapes/vocabulary.ts";
import { evidenceGuides, type MeasuredCriterion } from "./evidence-guides.ts";
import { newDocument, type About, type NewFile } from "./new-document.ts";
import { newEvidence } from "./new-evidence.ts";
import { newRegistry } from "./new-registry.ts";
import { yamlText } from "./yaml-text.ts";

const SIDECAR = ".evidence.yml";

/**
 * What to begin a missing file with, by the path at which a finding misses it: a document, the registry, a sidecar; of a folder of evidence
 * its README with the commands. Undefined where there is nothing to begin with.
 */
export function newFile(path: string, about: About & { risk: Risk }): NewFile | undefined {
  if (path.endsWith(SIDECAR)) return newSidecar(path, about);
  if (!path.startsWith(`${about.documents}/`)) return undefined;
  const below = path.slice(about.documents.length + 1);
  if (/^model-registry\.ya?ml$/.test(below)) return { ...newRegistry(about), path };
  const [, vendor] = /^vendors\/([^/<>]{1,100})\.md$/.exec(below) ?? [];
  if (vendor !== undefined) return { ...newDocument("vendor", about, { vendor }), path };
  const name = below === "vendors/" ? "vendor" : documentNames.find((one) => documentDefinitions[one].file === below);
  if (name !== undefined) return newDocument(name, about);
  const criterion = /^evidence\/([a-z-]{1,60})(?:\/|$)/.exec(below)?.[1];
  return criterion !== undefined && isMeasured(criterion) ? newEvidence(criterion, about, about.risk) : undefined;
}

function isMeasured(id: string): id is MeasuredCriterion {
  return Object.hasOwn(evidenceGuides, id);
}

/** Where a file comes from. Until each line has a value it does not count, and says so. */
function newSidecar(path: string, { models }: About): NewFile {
  const [model] = models;
  return {
    path,
    text: [
      "commit: # The commit that was measured: git rev-parse HEAD",
      "measured-at: # When, for example 2026-11-12T10:00:00Z",
      `model: ${model === undefined ? "# The pinned model" : yamlText(model.model)}`,
      "",
    ].join("\n"),
  };
}
