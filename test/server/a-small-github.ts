import { createHash } from "node:crypto";
import type { Files } from "../app/a-repository.ts";
import { startServer, type AServer, type Asked, type Reply } from "../github/a-server.ts";

/* As much of GitHub as one repository needs, for what the emulator cannot do: the merge queue, limits, outages. */

export interface WrittenCheck {
  name: string;
  head_sha: string;
  conclusion: string;
  output: { title: string; summary: string };
}

export interface SmallGitHub extends AServer {
  checks: WrittenCheck[];
  commit(files: Files): string;
  setBranch(name: string, sha: string): void;
  open(number: number, headSha: string): void;
  /** What an event about a pull request carries. */
  event(number: number, action?: string): object;
  envelope: object;
  /** Answers in its place while it is set. */
  instead: ((asked: Asked) => Reply | undefined | Promise<Reply | undefined>) | null;
}

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");
const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });

export async function startSmallGitHub(): Promise<SmallGitHub> {
  const trees = new Map<string, Files>();
  const blobs = new Map<string, string>();
  const branches = new Map<string, string>();
  const pulls = new Map<number, string>();
  const checks: WrittenCheck[] = [];
  const blobId = (content: string) => sha1(`blob ${Buffer.byteLength(content)}\0${content}`);
  const toPull = (number: number) => ({
    number,
    state: "open",
    draft: false,
    user: { login: "octo-dev" },
    head: { sha: pulls.get(number) ?? "" },
    base: { ref: "main", repo: { default_branch: "main" } },
    comments: 0,
    updated_at: "2026-11-23T19:00:00Z",
  });

  function answer({ method, path, body }: Asked): Reply {
    if (path === "/app") return json({ id: 4242, slug: "pilotgate" });
    if (path.endsWith("/access_tokens"))
      return json({ token: "ghs_smallsmallsmall", expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions: {} }, 201);
    const rest = path.replace(/^(?:\/api\/v3)?\/repos\/acme\/assistant/, "").replace(/\?.*/, "");
    const last = rest.split("/").at(-1) ?? "";
    if (method === "POST" && rest === "/check-runs") return json({ id: checks.push(JSON.parse(body) as WrittenCheck) }, 201);
    if (method === "PATCH" && rest.startsWith("/check-runs/")) {
      const at = Number(last) - 1;
      checks[at] = { ...checks[at], ...(JSON.parse(body) as WrittenCheck) };
      return json({ id: at + 1 });
    }
    if (method === "POST" && rest.endsWith("/comments")) return json({ id: 1 }, 201);
    if (rest.startsWith("/git/ref/heads/"))
      return branches.has(last) ? json({ ref: `refs/heads/${last}`, object: { sha: branches.get(last) } }) : json({}, 404);
    if (rest.startsWith("/git/blobs/"))
      return { body: blobs.get(last) ?? "", headers: { "content-type": "application/vnd.github.raw+json" } };
    if (rest.startsWith("/git/trees/")) {
      const files = trees.get(last);
      if (!files) return json({}, 404);
      return json({
        truncated: false,
        tree: Object.entries(files).map(([file, content]) => ({
          path: file,
          mode: "100644",
          type: "blob",
          sha: blobId(content),
          size: Buffer.byteLength(content),
        })),
      });
    }
    if (/^\/pulls\/\d+$/.test(rest)) return pulls.has(Number(last)) ? json(toPull(Number(last))) : json({}, 404);
    return rest.endsWith("/files") || rest.endsWith("/pulls") ? json([]) : json({}, 404);
  }

  const envelope = {
    repository: { id: 77, name: "assistant", owner: { login: "acme" }, default_branch: "main" },
    installation: { id: 1 },
    sender: { login: "octo-dev" },
  };
  const server = await startServer(async (asked) => (await small.instead?.(asked)) ?? answer(asked));
  const small: SmallGitHub = Object.assign(server, {
    checks,
    envelope,
    instead: null,
    commit(files: Files) {
      for (const content of Object.values(files)) blobs.set(blobId(content), content);
      const sha = sha1(JSON.stringify(files));
      trees.set(sha, files);
      return sha;
    },
    setBranch: (name: string, sha: string) => void branches.set(name, sha),
    open: (number: number, headSha: string) => void pulls.set(number, headSha),
    event: (number: number, action = "opened") => ({ action, number, pull_request: toPull(number), ...envelope }),
  });
  return small;
}
