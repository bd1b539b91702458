import { createHash } from "node:crypto";
import { COMMENT_MARKER } from "../report/render-comment.ts";
import type { Forge } from "./forge.ts";
import { PortError, type PullRecord, type RepositoryRef } from "./ports.ts";

type Comment = PullRecord["comment"];

export interface CommentToWrite {
  body: string;
  /** The same without what only the clock changes: equal ones are not written again. */
  undated: string;
}

const ALL_CLEAR = `${COMMENT_MARKER}\nNothing is open here: no gate that guards this branch holds this pull request.`;
const digestOf = (body: string) => createHash("sha256").update(body).digest("hex");

/**
 * Makes the one comment say this; null says that nothing is open, which only edits a comment that is there.
 * `comments` is how many the conversation has, so that nothing is looked for where there is none.
 */
export async function publishComment(
  forge: Forge,
  repository: RepositoryRef,
  pull: { number: number; comments: number },
  known: Comment,
  comment: CommentToWrite | null,
): Promise<Comment> {
  if (comment === null && known === null) return null;
  const text = comment?.body ?? ALL_CLEAR;
  const digest = digestOf(comment?.undated ?? ALL_CLEAR);
  if (known?.digest === digest) return known;
  const id = known?.id ?? (pull.comments === 0 ? null : await forge.findComment(repository, pull.number, COMMENT_MARKER));
  if (id !== null) {
    try {
      await forge.updateComment(repository, id, text);
      return { id, digest };
    } catch (error) {
      if (!(error instanceof PortError && error.code === "not-found")) throw error;
    }
  }
  // Somebody deleted it, or it is the first one.
  return comment === null ? null : { id: await forge.createComment(repository, pull.number, text), digest };
}
