import { PortError, type RepositoryRef } from "../app/ports.ts";
import type { FileProposal, Proposed } from "../app/forge.ts";
import { pullUrl } from "./file-pages.ts";
import type { Installation } from "./installation.ts";

/* A pull request into the head branch of another one. Nothing is overwritten: neither a file, nor a branch that holds anything else. */

const REPO = "/repos/{owner}/{repo}";

type Place = {
  owner: string;
  repo: string;
};

const isNot = (error: unknown, ...codes: string[]) => !(error instanceof PortError && codes.includes(error.code));

async function nullIfAbsent<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: unknown) => {
    if (isNot(error, "not-found")) throw error;
    return null;
  });
}

const refPath = (branch: string) => `heads/${branch.split("/").map(encodeURIComponent).join("/")}`;

/** Tree of the tip of a branch; null where there is no such branch. */
async function treeOfBranch(installation: Installation, place: Place, branch: string): Promise<string | null> {
  const ref = await nullIfAbsent(
    installation.get<{ ref?: string; object: { sha: string } }>(`GET ${REPO}/git/ref/${refPath(branch)}`, place),
  );
  return ref?.ref === `refs/heads/${branch}` ? treeOfCommit(installation, place, ref.object.sha) : null;
}

async function treeOfCommit(installation: Installation, place: Place, commit: string): Promise<string> {
  const route = `GET ${REPO}/git/commits/{commit_sha}`;
  return (await installation.get<{ tree: { sha: string } }>(route, { ...place, commit_sha: commit })).tree.sha;
}

/** The tree that the head would have with the files; the same files give the same tree. */
async function makeTree(installation: Installation, place: Place, { into, files }: FileProposal): Promise<string> {
  const entries = files.map(({ path, text }) => ({ path, mode: "100644", type: "blob", content: text }));
  const base_tree = await treeOfCommit(installation, place, into.headSha);
  return (await installation.get<{ sha: string }>(`POST ${REPO}/git/trees`, { ...place, base_tree, tree: entries })).sha;
}

async function makeBranch(
  installation: Installation,
  place: Place,
  branch: string,
  { into, title }: FileProposal,
  tree: string,
): Promise<void> {
  const commit = { ...place, message: title, tree, parents: [into.headSha] };
  const { sha } = await installation.get<{ sha: string }>(`POST ${REPO}/git/commits`, commit);
  try {
    await installation.raw(`POST ${REPO}/git/refs`, { ...place, ref: `refs/heads/${branch}`, sha });
  } catch (error) {
    if (isNot(error, "invalid") || (await treeOfBranch(installation, place, branch)) === null) throw error;
    throw new PortError("conflict", "Another call makes this branch.", { retryable: true, retryAfterMs: 2000 });
  }
}

async function openPullFrom(installation: Installation, place: Place, branch: string): Promise<number | null> {
  const asked = { ...place, state: "open", head: `${place.owner}:${branch}`, per_page: 10 };
  const pulls = await installation.get<{ number: number; head: { ref: string } }[]>(`GET ${REPO}/pulls`, asked);
  // An unknown filter would list them all.
  return pulls.find(({ head }) => head.ref === branch)?.number ?? null;
}

/** GitHub may not list at once what was just opened: then it refuses a second one. */
async function openPull(
  installation: Installation,
  place: Place,
  branch: string,
  { head, title, body }: FileProposal,
): Promise<["opened" | "was-open", number]> {
  try {
    const asked = { ...place, title, body, head: branch, base: head.branch };
    return ["opened", (await installation.get<{ number: number }>(`POST ${REPO}/pulls`, asked)).number];
  } catch (error) {
    const number = isNot(error, "invalid") ? null : await openPullFrom(installation, place, branch);
    if (number === null) throw error;
    return ["was-open", number];
  }
}

/** Opens the pull request, or finds the one that is open. PortError `forbidden` or `invalid` where rules of the repository forbid it. */
export async function proposeFiles(installation: Installation, repository: RepositoryRef, proposal: FileProposal): Promise<Proposed> {
  const place = { owner: repository.owner, repo: repository.name };
  const { into } = proposal;
  const found = (kind: "opened" | "was-open", number: number): Proposed => ({
    kind,
    number,
    url: pullUrl(installation.webUrl, repository, number),
  });
  const first = `pilotgate/add-missing-${into.number}`;
  const branches = [first, `${first}-${into.headSha.slice(0, 7)}`];
  for (const branch of branches) {
    const number = await openPullFrom(installation, place, branch);
    if (number !== null) return found("was-open", number);
  }
  const tree = await makeTree(installation, place, proposal);
  for (const branch of branches) {
    const there = await treeOfBranch(installation, place, branch);
    // What an attempt before this one left behind has the very same content; anything else is not ours to show under our name.
    if (there !== null && there !== tree) continue;
    if (there === null) await makeBranch(installation, place, branch, proposal, tree);
    return found(...(await openPull(installation, place, branch, proposal)));
  }
  return { kind: "branch-taken", branch: first };
}
