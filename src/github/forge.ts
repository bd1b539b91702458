import { PortError, type RepositoryRef } from "../app/ports.ts";
import type { CheckToWrite, Forge } from "../app/forge.ts";
import { readCommitTree } from "./commit-tree.ts";
import { toActions } from "./buttons.ts";
import { createFilePages } from "./file-pages.ts";
import { committersOf, isActiveMember, isAdministrator, mayWrite, requestReviews, reviewsOf } from "./people.ts";
import { proposeFiles } from "./propose-files.ts";
import { toPullState, type PullAnswer } from "./pull-state.ts";
import type { AppIdentity } from "./app-auth.ts";
import type { Installation } from "./installation.ts";

const REPO = "/repos/{owner}/{repo}";
const FILES_LISTED = 3000;
const OUTPUT_LIMIT = 65_535;

const place = ({ owner, name }: RepositoryRef) => ({ owner, repo: name });
/** At most `limit` UTF-16 units, never half a character. */
const cut = (text: string, limit: number) => (text.length <= limit ? text : text.slice(0, limit).toWellFormed());

function toCheckBody({ name, headSha, conclusion, output, buttons }: CheckToWrite) {
  return {
    name,
    head_sha: headSha,
    status: "completed",
    conclusion,
    output: { title: output.title, summary: cut(output.summary, OUTPUT_LIMIT), text: cut(output.text, OUTPUT_LIMIT) || undefined },
    actions: toActions(buttons),
  };
}

interface CommentAnswer {
  id: number;
  body?: string;
  user?: { login: string; type: string } | null;
  performed_via_github_app?: { id: number } | null;
}

/** Only GitHub sets these two: a comment that merely carries our marker is somebody else's. */
function isOurs(comment: CommentAnswer, marker: string, app: AppIdentity): boolean {
  if (comment.body?.startsWith(marker) !== true) return false;
  const via = comment.performed_via_github_app;
  return via ? via.id === app.id : comment.user?.type === "Bot" && comment.user.login === `${app.slug}[bot]`;
}

async function nullIfAbsent<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PortError && error.code === "not-found") return null;
    throw error;
  }
}

/** GitHub, for the App's use cases. `identity` is asked when the first comment is looked for. */
export function createForge(installation: (id: number) => Installation, identity: () => Promise<AppIdentity>): Forge {
  const of = (repository: RepositoryRef) => installation(repository.installationId);

  async function openPullsOf(repository: RepositoryRef, maxPages: number) {
    return of(repository).pages<PullAnswer>(
      `GET ${REPO}/pulls`,
      { ...place(repository), state: "open", sort: "updated", direction: "desc" },
      maxPages,
    );
  }

  async function pullsWithHead(repository: RepositoryRef, headSha: string) {
    const route = `GET ${REPO}/commits/{commit_sha}/pulls`;
    const found =
      (await nullIfAbsent(of(repository).pages<PullAnswer>(route, { ...place(repository), commit_sha: headSha }, 10))) ??
      (await openPullsOf(repository, 30));
    if (!found.complete) throw new PortError("too-large", "This commit is in more pull requests than are read.");
    return found.items.map(toPullState).filter((pull) => pull.open && pull.headSha === headSha);
  }

  return {
    async pull(repository, number) {
      return toPullState(
        await of(repository).get<PullAnswer>(`GET ${REPO}/pulls/{pull_number}`, { ...place(repository), pull_number: number }),
      );
    },
    async branchTip(repository, branch) {
      // No branch is called so; an address could be.
      if (branch.split("/").some((segment) => segment === "" || segment === "." || segment === "..")) return null;
      // The branch itself: a tag of the same name must not stand for it.
      const route = `GET ${REPO}/git/ref/heads/${branch.split("/").map(encodeURIComponent).join("/")}`;
      const ref = await nullIfAbsent(of(repository).get<{ ref?: string; object?: { sha: string } }>(route, place(repository)));
      return ref?.ref === `refs/heads/${branch}` ? (ref.object?.sha ?? null) : null;
    },
    tree: (repository, commit) => readCommitTree(of(repository), repository, commit),
    readings: (repository) => of(repository).readings,
    async changedFiles(repository, number) {
      const { items, complete } = await of(repository).pages<{ filename: string; previous_filename?: string }>(
        `GET ${REPO}/pulls/{pull_number}/files`,
        { ...place(repository), pull_number: number },
        FILES_LISTED / 100,
      );
      const paths = items.flatMap((file) =>
        file.previous_filename === undefined ? [file.filename] : [file.filename, file.previous_filename],
      );
      return { paths, complete: complete && items.length < FILES_LISTED };
    },
    pullsWithHead,
    async openPulls(repository, limit) {
      const { items } = await openPullsOf(repository, Math.ceil(limit / 100));
      return items.slice(0, limit).map((pull) => pull.number);
    },
    async createCheck(repository, check) {
      return (await of(repository).get<{ id: number }>(`POST ${REPO}/check-runs`, { ...place(repository), ...toCheckBody(check) })).id;
    },
    async updateCheck(repository, id, check) {
      const { head_sha: _fixed, ...body } = toCheckBody(check);
      await of(repository).raw(`PATCH ${REPO}/check-runs/{check_run_id}`, { ...place(repository), check_run_id: id, ...body });
    },
    async findComment(repository, number, marker) {
      const app = await identity();
      const { items } = await of(repository).pages<CommentAnswer>(
        `GET ${REPO}/issues/{issue_number}/comments`,
        { ...place(repository), issue_number: number },
        30,
      );
      return items.find((comment) => isOurs(comment, marker, app))?.id ?? null;
    },
    async createComment(repository, number, body) {
      const route = `POST ${REPO}/issues/{issue_number}/comments`;
      return (await of(repository).get<{ id: number }>(route, { ...place(repository), issue_number: number, body })).id;
    },
    async updateComment(repository, id, body) {
      await of(repository).raw(`PATCH ${REPO}/issues/comments/{comment_id}`, { ...place(repository), comment_id: id, body });
    },
    reviews: (repository, number) => reviewsOf(of(repository), place(repository), number),
    committers: (repository, number) => committersOf(of(repository), place(repository), number),
    isActiveMember: (repository, organization, team, login) => isActiveMember(of(repository), organization, team, login),
    isAdministrator: (repository, login) => isAdministrator(of(repository), place(repository), login),
    mayWrite: (repository, login) => mayWrite(of(repository), place(repository), login),
    filePages: (repository, { head }) => (head === null ? null : createFilePages(of(repository).webUrl, head)),
    async mayPropose(repository) {
      const { contents, pull_requests: pulls } = await of(repository).permissions();
      return contents === "write" && pulls === "write";
    },
    proposeFiles: (repository, proposal) => proposeFiles(of(repository), repository, proposal),
    requestReviews: (repository, number, asked) => requestReviews(of(repository), place(repository), number, asked),
  };
}
