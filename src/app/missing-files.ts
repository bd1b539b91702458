import { openCriteria } from "../report/phrases.ts";
import { newFile } from "../scaffold/new-file.ts";
import type { Policy, System } from "../shapes/policy.ts";
import type { Detail, Report } from "../shapes/report.ts";
import type { CriterionId } from "../shapes/vocabulary.ts";
import type { GateConclusion } from "./conclude.ts";
import { SIDECAR } from "./evidence-places.ts";
import type { CommitTree } from "./forge.ts";

/* What is missing, as files: those to begin, and those that are there and not filled in. Pure. */

export interface MissingFile {
  path: string;
  /** What to begin it with; null where it is there already. */
  text: string | null;
  criteria: CriterionId[];
}

/** So many are offered at most, in the order of gates and criteria. */
const MOST = 40;

const isDocument = (path: string, { documents }: System) =>
  path.endsWith(SIDECAR) || (path.startsWith(`${documents}/`) && /\.(?:md|ya?ml)$/.test(path));
const hasFile = (head: CommitTree, path: string) => head.entries.get(path)?.kind === "file";

/** No file or link is at the path, nor on the way to it. */
function isFree(head: CommitTree, path: string): boolean {
  return path.split("/").every((_, index, parts) => !head.entries.has(parts.slice(0, index + 1).join("/")));
}

/** Is the path a folder? Looks at every entry. */
export function isFolder(head: CommitTree, path: string): boolean {
  for (const known of head.entries.keys()) if (known.startsWith(`${path}/`)) return true;
  return false;
}

/** A workflow would be run. */
const isRun = (path: string) => /^\.git(?:hub\/workflows)?\//i.test(path);

function toFile(detail: Detail, system: System, head: CommitTree): { path: string; text: string | null } | undefined {
  const { path, state, remedy } = detail;
  if (path === null || (state !== "missing" && state !== "stale" && state !== "inconclusive")) return undefined;
  if (!hasFile(head, path)) return toNewFile(path, system, head);
  if (isDocument(path, system)) return state === "inconclusive" ? undefined : { path, text: null };
  const sidecar = `${path}${SIDECAR}`;
  if (remedy?.includes(sidecar) !== true) return undefined;
  return hasFile(head, sidecar) ? { path: sidecar, text: null } : toNewFile(sidecar, system, head);
}

function toNewFile(missed: string, system: System, head: CommitTree): { path: string; text: string } | undefined {
  const file = newFile(missed, system);
  return file !== undefined && !isRun(file.path) && isFree(head, file.path) ? file : undefined;
}

/** Files of the systems and criteria that hold a gate. The head's listing is whole: a cut one is not judged. */
export function missingFiles(report: Report, policy: Policy, row: GateConclusion, head: CommitTree): MissingFile[] {
  const files = new Map<string, MissingFile>();
  if (row.conclusion === "success") return [];
  for (const system of policy.systems) {
    const gate = report.systems.find(({ id }) => id === system.id)?.gates.find(({ id }) => id === row.gate);
    if (gate === undefined || !row.systems.includes(system.id)) continue;
    for (const criterion of openCriteria(gate))
      for (const detail of criterion.details) {
        const file = toFile(detail, system, head);
        if (file === undefined) continue;
        const known = files.get(file.path) ?? { ...file, criteria: [] };
        if (!known.criteria.includes(criterion.id)) known.criteria.push(criterion.id);
        if (files.size < MOST) files.set(file.path, known);
      }
  }
  return [...files.values()];
}

/** Every file once, with all criteria that miss it. */
export function joinFiles(lists: readonly (readonly MissingFile[])[]): MissingFile[] {
  const joined = new Map<string, MissingFile>();
  for (const { path, text, criteria } of lists.flat()) {
    const known = joined.get(path)?.criteria ?? [];
    joined.set(path, { path, text, criteria: [...new Set([...known, ...criteria])] });
  }
  return [...joined.values()].slice(0, MOST);
}
