import type { FileLinks } from "../report/file-links.ts";
import type { Policy } from "../shapes/policy.ts";
import type { Report } from "../shapes/report.ts";
import type { GateId } from "../shapes/vocabulary.ts";
import type { DecidedGate } from "./decide-gates.ts";
import type { CommitTree, Forge, PullState } from "./forge.ts";
import type { RepositoryRef } from "./ports.ts";
import { joinFiles, missingFiles, type MissingFile } from "./missing-files.ts";

interface Decided {
  repository: RepositoryRef;
  pull: PullState;
  head: CommitTree;
  report: Report;
  policy: Policy;
  gates: readonly DecidedGate[];
}

/** What is missing of the gates that hold, and the pages on which a person begins it. */
export function filesOf(
  { forge }: { forge: Pick<Forge, "filePages"> },
  { repository, pull, head, report, policy, gates }: Decided,
): { files: MissingFile[]; toLinks(gates: readonly GateId[]): FileLinks | undefined } {
  const byGate = new Map(gates.map(({ row }) => [row.gate, missingFiles(report, policy, row, head)]));
  const pages = forge.filePages(repository, pull);
  return {
    files: joinFiles([...byGate.values()]),
    toLinks(ids) {
      const files = joinFiles(ids.map((id) => byGate.get(id) ?? []));
      if (pull.head === null || pages === null || files.length === 0) return undefined;
      const links = files.map(({ path, text, criteria }) => ({
        path,
        criteria,
        isNew: text !== null,
        ...(text === null ? { url: pages.edit(path), whole: true } : pages.create(path, text)),
      }));
      return { branch: pull.head.branch, files: links };
    },
  };
}
