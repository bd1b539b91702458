import { toMarkdownCode, toMarkdownText } from "../report/escape.ts";
import { decidePull } from "./decide-pull.ts";
import type { PullState } from "./forge.ts";
import { isFolder } from "./missing-files.ts";
import { PortError, type RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";
import { readPullState } from "./read-pull-state.ts";

const PAGES = "The links under *Add what is missing* open each file, filled in.";

function bodyFor(pull: PullState, files: readonly { path: string }[], by: string, branch: string): string {
  return [
    `Begins the files that #${pull.number} is held for: what is known is filled in, everything else is a question. Nothing that exists is changed.`,
    "",
    ...files.map(({ path }) => `- ${toMarkdownCode(path)}`),
    "",
    `Merge it into ${toMarkdownCode(branch)} and answer the questions there, or close it and take what you need. Asked for by ${toMarkdownText(by)}.`,
  ].join("\n");
}

/**
 * Where the App may write files: opens, once, a pull request into the head branch that begins the missing files of every gate that holds.
 * Elsewhere points to the pages. Returns what to tell, as the end of a sentence. Throws PortError what is worth another try.
 */
export async function addMissing(deps: AppDeps, repository: RepositoryRef, pull: PullState, by: string): Promise<string> {
  const { forge } = deps;
  const state = await readPullState(deps, { repository, number: pull.number, asked: true });
  if (!("head" in state)) return " when the pull request was closed.";
  const { files } = await decidePull(deps, repository, state);
  const fresh = files.flatMap(({ path, text }) => (text === null || isFolder(state.head, path) ? [] : [{ path, text }]));
  const { head } = state.pull;
  if (files.length === 0) return ", and there is no file to begin: what is open is asked of people or of what runs.";
  if (head === null) return ", and the branch of the pull request is gone.";
  if (fresh.length === 0) return `, and every file is there already. ${PAGES}`;
  if (head.fork) return `. The branch is another repository's, so its author adds them. ${PAGES}`;
  if (!(await forge.mayPropose(repository))) return `. ${PAGES}`;
  try {
    const title = `Begin what pull request ${pull.number} is held for`;
    const body = bodyFor(state.pull, fresh, by, head.branch);
    const proposed = await forge.proposeFiles(repository, { into: state.pull, head, files: fresh, title, body });
    if (proposed.kind === "branch-taken")
      return `, and the branch ${toMarkdownCode(proposed.branch)} is there with other content: delete it and press again. ${PAGES}`;
    const link = `[pull request ${proposed.number}](${proposed.url})`;
    return proposed.kind === "opened"
      ? `: ${link} begins ${fresh.length === 1 ? "1 file" : `${fresh.length} files`}.`
      : `: ${link} is open already.`;
  } catch (error) {
    if (!(error instanceof PortError) || !["forbidden", "invalid", "not-found"].includes(error.code)) throw error;
    deps.log.warn({ err: error, repository: repository.id, number: pull.number }, "the pull request with missing files was refused");
    return `, and GitHub refused the branch or the pull request: rules of this repository may forbid it. ${PAGES}`;
  }
}
