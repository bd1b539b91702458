import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { readyFiles, type Files } from "../app/a-repository.ts";
import { startEmulatedGitHub, type EmulatedGitHub } from "../github/start-emulator.ts";
import { aCheckout, removeFolders, runJob, type Job } from "./a-job.ts";

/* The built Action against the emulated GitHub: a pull request as its API and its events tell of it. */

const VENDOR = "docs/readiness/vendors/openai.md";
const ready = readyFiles();

let github: EmulatedGitHub;
beforeAll(async () => {
  github = await startEmulatedGitHub({ organization: "acme", repositories: ["assistant"], people: ["octo-dev"] });
});
afterAll(async () => {
  await github?.close();
  removeFolders();
});

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await github.as("octo-dev")(method, `/repos/acme/assistant${path}`, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status}`);
  return answer.body as T;
}
const tip = async (branch: string) => (await call<{ object: { sha: string } }>("GET", `/git/ref/heads/${branch}`)).object.sha;

/** Commits so that the branch holds these files besides its own; null removes one. */
async function commit(branch: string, files: Readonly<Record<string, string | null>>): Promise<void> {
  const parent = await tip(branch);
  const { tree } = await call<{ tree: { sha: string } }>("GET", `/git/commits/${parent}`);
  const entries = Object.entries(files).map(([path, content]) => ({
    path,
    mode: "100644",
    type: "blob",
    ...(content === null ? { sha: null } : { content }),
  }));
  const next = await call<{ sha: string }>("POST", "/git/trees", { base_tree: tree.sha, tree: entries });
  const { sha } = await call<{ sha: string }>("POST", "/git/commits", { message: "A change", tree: next.sha, parents: [parent] });
  await call("PATCH", `/git/refs/heads/${branch}`, { sha });
}

async function judge(number: number, files: Files): Promise<Job> {
  const [pull, repository] = [await call<object>("GET", `/pulls/${number}`), await call<object>("GET", "")];
  return runJob({
    event: "pull_request",
    payload: { action: "synchronize", number, pull_request: pull, repository },
    workspace: aCheckout(files),
    apiUrl: github.url,
    ref: `refs/pull/${number}/merge`,
    inputs: { token: "token-of-octo-dev", gate: "governance" },
  });
}

it("holds a pull request until its evidence is there", async () => {
  await commit("main", ready);
  await call("POST", "/git/refs", { ref: "refs/heads/change", sha: await tip("main") });
  const code = { "src/answer.ts": "export const answer = 42;\n" };
  await commit("change", { ...code, [VENDOR]: null });
  const { number } = await call<{ number: number }>("POST", "/pulls", { title: "A change", head: "change", base: "main", body: "" });

  const { [VENDOR]: record = "", ...rest } = ready;
  const held = await judge(number, { ...rest, ...code });
  expect([held.errors, held.exit, held.outputs["verdict"]]).toEqual(["", 1, "hold"]);
  expect(held.annotations.map(({ properties }) => properties["title"])).toContain("vendor-terms: missing");

  await commit("change", { [VENDOR]: record });
  const passed = await judge(number, { ...ready, ...code });
  expect([passed.errors, passed.exit, passed.outputs]).toEqual(["", 0, expect.objectContaining({ verdict: "pass", held: "" })]);
});
