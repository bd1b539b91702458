import type { Files } from "../app/a-repository.ts";
import type { EmulatedGitHub } from "../github/start-emulator.ts";

export interface Check {
  id: number;
  name: string;
  status: string;
  conclusion: string;
  output: { title: string; summary: string };
}

/** A repository as a developer uses it. */
export function createEmulatedRepository(github: EmulatedGitHub, organization: string, name: string) {
  const call = github.as("octo-dev");
  const ask = async (method: string, path: string, body?: unknown) => call(method, `/repos/${organization}/${name}${path}`, body);
  async function must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
  const tip = async (branch: string) => (await must<{ object: { sha: string } }>("GET", `/git/ref/heads/${branch}`)).object.sha;
  return {
    ask,
    must,
    tip,
    async branch(branch: string, from = "main") {
      await must("POST", "/git/refs", { ref: `refs/heads/${branch}`, sha: await tip(from) });
    },
    async commit(branch: string, files: Files, removed: string[] = []): Promise<string> {
      const parent = await tip(branch);
      const { tree } = await must<{ tree: { sha: string } }>("GET", `/git/commits/${parent}`);
      const entries = [
        ...Object.entries(files).map(([path, content]) => ({ path, mode: "100644", type: "blob", content })),
        ...removed.map((path) => ({ path, mode: "100644", type: "blob", sha: null })),
      ];
      const next = await must<{ sha: string }>("POST", "/git/trees", { base_tree: tree.sha, tree: entries });
      const commit = await must<{ sha: string }>("POST", "/git/commits", { message: "A change", tree: next.sha, parents: [parent] });
      await must("PATCH", `/git/refs/heads/${branch}`, { sha: commit.sha });
      return commit.sha;
    },
    protect: (branch: string, contexts = ["pilotgate/governance"]) =>
      must("PUT", `/branches/${branch}/protection`, {
        required_status_checks: { strict: false, contexts },
        enforce_admins: true,
        required_pull_request_reviews: null,
        restrictions: null,
      }),
    open: async (head: string, base = "main") =>
      (await must<{ number: number }>("POST", "/pulls", { title: `From ${head}`, head, base, body: "" })).number,
    async check(sha: string, gate = "pilotgate/governance"): Promise<Check | undefined> {
      const { check_runs: runs } = await must<{ check_runs: Check[] }>("GET", `/commits/${sha}/check-runs?per_page=100`);
      return runs.filter((run) => run.name === gate).sort((a, b) => b.id - a.id)[0];
    },
    merge: async (number: number) => (await ask("PUT", `/pulls/${number}/merge`, {})).status,
    comments: (number: number) => must<{ id: number; body: string; user: { login: string } }[]>("GET", `/issues/${number}/comments`),
  };
}
