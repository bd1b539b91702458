import { documentDefinitions } from "../shapes/document-definitions.ts";
import type { System } from "../shapes/policy.ts";
import type { CriterionId, DocumentName } from "../shapes/vocabulary.ts";
import type { PathIndex } from "./path-index.ts";

/** Ending of the file that says where the one beside it comes from. */
export const SIDECAR = ".evidence.yml";
const MAX_VENDORS = 200;

/** Paths of a document that are there. */
export function documentPaths(system: System, name: DocumentName, index: PathIndex): string[] {
  if (name === "vendor")
    return index
      .under(`${system.documents}/vendors`)
      .filter((path) => path.endsWith(".md") && !path.slice(system.documents.length + 9).includes("/") && !isReadme(path))
      .slice(0, MAX_VENDORS);
  const path = `${system.documents}/${documentDefinitions[name].file}`;
  return index.has(path) ? [path] : [];
}

/** Files of evidence for a criterion: the policy's globs, else the default place. */
export function evidencePaths(system: System, id: CriterionId, index: PathIndex): string[] {
  const sources = system.criteria[id].evidence;
  const paths =
    sources.length > 0
      ? index.matching(sources.flatMap((source) => ("file" in source ? [source.file] : [])))
      : defaultPaths(system, id, index);
  return paths.filter((path) => !path.endsWith(SIDECAR) && !isReadme(path));
}

function defaultPaths(system: System, id: CriterionId, index: PathIndex): string[] {
  const paths = index.under(`${system.documents}/evidence/${id}`);
  if (id !== "model-registry") return paths;
  return [...["yml", "yaml"].map((ending) => `${system.documents}/model-registry.${ending}`).filter((path) => index.has(path)), ...paths];
}

/** Folders of MLflow's runs among the files of evidence, by their `meta.yaml`, with what is in them; and the other files. */
export function folderEvidence(paths: readonly string[]): { folders: Map<string, string[]>; files: string[] } {
  const withMetrics = new Set(paths.flatMap((path) => /^(.+)\/metrics\/[^/]/.exec(path)?.[1] ?? []));
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.endsWith("/meta.yaml") ? path.slice(0, -"/meta.yaml".length) : "";
    if (withMetrics.has(folder)) folders.set(folder, []);
  }
  if (folders.size === 0) return { folders, files: [...paths] };
  const files: string[] = [];
  for (const path of paths) (folders.get(folderAround(path, folders) ?? "") ?? files).push(path);
  return { folders, files };
}

/** What MLflow itself writes into the folder of a run. Whatever else lies there is read by itself, so that no result is hidden by a run around it. */
const ofRun = /^(?:meta\.yaml$|(?:metrics|params|tags|inputs|outputs|artifacts)\/)/;

function folderAround(path: string, folders: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    if (folders.has(path.slice(0, end)) && ofRun.test(path.slice(end + 1))) return path.slice(0, end);
  return undefined;
}

function isReadme(path: string): boolean {
  return /(?:^|\/)readme\.md$/i.test(path);
}
