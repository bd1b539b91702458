import { createHash } from "node:crypto";
import { PortError, type RepositoryRef } from "../app/ports.ts";
import { toListing, type Listing, type TreeAnswer } from "./listing.ts";
import { parseAnswer } from "./octokit.ts";
import type { CommitTree } from "../app/forge.ts";
import type { Installation } from "./installation.ts";

/* Files of a commit: one recursive listing, then only the blobs that are asked for, each once for an installation. */

const TREE = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
const BLOB = "GET /repos/{owner}/{repo}/git/blobs/{file_sha}";
const commitId = /^[0-9a-f]{40}$/;

/** Git's own name of these bytes. */
export const gitBlobId = (bytes: Uint8Array): string => createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");

async function fetchBlob(installation: Installation, repository: RepositoryRef, id: string): Promise<Uint8Array> {
  const answer = await installation.raw(BLOB, {
    owner: repository.owner,
    repo: repository.name,
    file_sha: id,
    headers: { accept: "application/vnd.github.raw+json" },
  });
  const wrapped = /^application\/json\b/.test(answer.contentType);
  const bytes = wrapped ? Buffer.from(parseAnswer<{ content: string }>(answer, BLOB).content, "base64") : answer.body;
  // Whatever a proxy or cache in between did: only the bytes that the commit names count.
  if (gitBlobId(bytes) !== id)
    throw new PortError("unavailable", "GitHub's answer is not the file that was asked for.", { retryable: true });
  // A copy: the answer may be a small part of a large buffer, and this is kept.
  return new Uint8Array(bytes);
}

async function readListing(installation: Installation, repository: RepositoryRef, commit: string): Promise<Listing> {
  const key = `${repository.id} ${commit}`;
  const known = installation.listings.get(key);
  if (known) return known;
  return installation.once(key, async () => {
    const listing = toListing(
      await installation.get<TreeAnswer>(TREE, { owner: repository.owner, repo: repository.name, tree_sha: commit, recursive: "1" }),
    );
    installation.listings.set(key, listing, listing.entries.size + 20);
    return listing;
  });
}

export async function readCommitTree(installation: Installation, repository: RepositoryRef, commit: string): Promise<CommitTree> {
  // A branch or tag of that name must not stand for the commit.
  if (!commitId.test(commit)) throw new PortError("invalid", "A tree is read by the full id of a commit.");
  const { entries, ids, truncated } = await readListing(installation, repository, commit);

  async function blobId(path: string): Promise<string> {
    const id = ids.get(path);
    if (id === undefined) throw new PortError("not-found", "There is no such file at this commit.");
    return id;
  }
  async function read(path: string, limit: number): Promise<Uint8Array> {
    const entry = entries.get(path);
    if (entry?.kind !== "file") throw new PortError("not-found", "There is no regular file at this path.");
    if (entry.size > limit) throw new PortError("too-large", `The file has ${entry.size} bytes; at most ${limit} are read.`);
    const id = await blobId(path);
    const bytes =
      installation.blobs.get(id) ?? (await installation.once(`${repository.id} ${id}`, () => fetchBlob(installation, repository, id)));
    installation.blobs.set(id, bytes, bytes.length + 100);
    if (bytes.length > limit) throw new PortError("too-large", `The file has ${bytes.length} bytes; at most ${limit} are read.`);
    return bytes;
  }
  return { commit, entries, truncated, blobId, read, idOf: (path) => ids.get(path) };
}
