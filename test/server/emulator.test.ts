import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readyFiles, without, type Files } from "../app/a-repository.ts";
import { startEmulatedGitHub, type EmulatedGitHub } from "../github/start-emulator.ts";
import { createFolder, environment, eventually, startApp, type LoggedApp } from "./a-running-app.ts";

/* The whole App over real HTTP against the emulated GitHub: real signatures, tokens, branch protection and refused merges. */

const GATE = "pilotgate/governance";
const ORGANIZATION = "acme";
const ready = readyFiles();
const MISSING = "docs/readiness/vendors/";
const unready = without(ready, MISSING);
const missing = Object.fromEntries(Object.entries(ready).filter(([path]) => path.startsWith(MISSING)));

interface Check {
  id: number;
  name: string;
  status: string;
  conclusion: string;
  output: { title: string; summary: string };
}

let github: EmulatedGitHub;
let app: LoggedApp;
const folder = createFolder();

beforeAll(async () => {
  github = await startEmulatedGitHub({
    organization: ORGANIZATION,
    repositories: ["main-job", "again", "attack", "policy"],
    people: ["octo-dev", "octo-mia"],
  });
  app = await startApp({
    ...environment(github.url, folder.path),
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: github.webhookSecret,
  });
  github.deliverTo(`${app.url}/api/github/webhooks`);
});
afterAll(async () => {
  await app?.close();
  await github?.close();
  folder.remove();
});

/** A repository as a developer uses it. */
function repository(name: string) {
  const call = github.as("octo-dev");
  const ask = async (method: string, path: string, body?: unknown) => call(method, `/repos/${ORGANIZATION}/${name}${path}`, body);
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
    protect: (branch: string, contexts = [GATE]) =>
      must("PUT", `/branches/${branch}/protection`, {
        required_status_checks: { strict: false, contexts },
        enforce_admins: true,
        required_pull_request_reviews: null,
        restrictions: null,
      }),
    open: async (head: string, base = "main") =>
      (await must<{ number: number }>("POST", "/pulls", { title: `From ${head}`, head, base, body: "" })).number,
    async check(sha: string, name_ = GATE): Promise<Check | undefined> {
      const { check_runs: runs } = await must<{ check_runs: Check[] }>("GET", `/commits/${sha}/check-runs?per_page=100`);
      return runs.filter((run) => run.name === name_).sort((a, b) => b.id - a.id)[0];
    },
    merge: async (number: number) => (await ask("PUT", `/pulls/${number}/merge`, {})).status,
    comments: (number: number) => must<{ id: number; body: string; user: { login: string } }[]>("GET", `/issues/${number}/comments`),
  };
}

it("holds a pull request until its evidence is there, then lets it merge", async () => {
  const repo = repository("main-job");
  await repo.commit("main", unready);
  await repo.protect("main");
  await repo.branch("feature");
  const held = await repo.commit("feature", { "src/returns.mjs": "export const days = 30;\n" });
  const number = await repo.open("feature");

  const first = await eventually(() => repo.check(held));
  expect(first.conclusion).toBe("failure");
  const [comment] = await eventually(async () => {
    const comments = await repo.comments(number);
    return comments.length > 0 && comments;
  });
  expect(comment?.body).toContain("vendor-terms");
  expect(await repo.merge(number)).toBe(422);

  const mended = await repo.commit("feature", missing);
  const second = await eventually(() => repo.check(mended));
  expect([second.output.title, second.conclusion]).toEqual([expect.stringMatching(/^Pass/), "success"]);
  await eventually(async () => (await repo.comments(number)).some(({ body }) => body.includes("Nothing is open")));
  expect(await repo.comments(number)).toHaveLength(1);
  expect(await repo.merge(number)).toBe(200);
});

it("judges again when somebody asks for it", async () => {
  const repo = repository("again");
  await repo.commit("main", unready);
  await repo.branch("feature");
  const sha = await repo.commit("feature", { "src/returns.mjs": "export const days = 30;\n" });
  await repo.open("feature");
  const check = await eventually(() => repo.check(sha));
  await repo.must("POST", `/check-runs/${check.id}/rerequest`);
  await eventually(() => app.lines.some((line) => line.includes('"event":"check_run"') && line.includes('"outcome":"judged"')));
  const again = await eventually(async () => {
    const now = await repo.check(sha);
    return now?.status === "completed" && now;
  });
  expect([again.id, again.conclusion]).toEqual([check.id, "failure"]);
});

describe("a head that is green elsewhere", () => {
  it("cannot enter main: not by way of an unguarded branch, nor of one with a weaker policy", async () => {
    const repo = repository("attack");
    await repo.commit("main", unready);
    await repo.protect("main");
    await repo.branch("unguarded");
    await repo.branch("weak");
    const weakened = (unready[".github/pilotgate.yml"] ?? "").replace("risk: low", 'risk: low\n    paths: ["nothing/**"]');
    await repo.commit("weak", { ".github/pilotgate.yml": weakened });
    await repo.branch("attack", "weak");
    const sha = await repo.commit("attack", { "src/attack.mjs": "1\n" });

    const first = await repo.open("attack", "unguarded");
    const second = await repo.open("attack", "weak");
    // What the App was told before is answered when a later event is.
    await repo.branch("marker");
    const marker = await repo.commit("marker", { "src/marker.mjs": "1\n" });
    await repo.open("marker");
    await eventually(() => repo.check(marker));
    expect((await repo.check(sha))?.conclusion).not.toBe("success");

    const third = await repo.open("attack", "main");
    const check = await eventually(() => repo.check(sha));
    expect(["failure", "action_required"]).toContain(check.conclusion);
    expect((await eventually(() => repo.check(sha, "pilotgate/policy"))).conclusion).toBe("action_required");
    expect(await repo.merge(third)).toBe(422);
    expect([first, second, third]).toEqual([...new Set([first, second, third])]);
  });
});

it("lets a loosening of the policy in only after a holder of a role approved it", async () => {
  const repo = repository("policy");
  await repo.commit("main", ready);
  await repo.protect("main");
  await repo.branch("loosen");
  const sha = await repo.commit("loosen", {
    ".github/pilotgate.yml": `${ready[".github/pilotgate.yml"]}    gates: { governance: { branches: ["~DEFAULT_BRANCH"], enforcement: warn } }\n`,
  });
  const number = await repo.open("loosen");
  expect((await eventually(() => repo.check(sha, "pilotgate/policy"))).conclusion).toBe("action_required");
  expect(await repo.merge(number)).toBe(422);

  const review = await github.as("octo-mia")("POST", `/repos/${ORGANIZATION}/policy/pulls/${number}/reviews`, {
    event: "APPROVE",
    body: "Agreed.",
  });
  expect(review.status).toBeLessThan(300);
  await eventually(async () => (await repo.check(sha, "pilotgate/policy"))?.conclusion === "success");
  await eventually(async () => (await repo.check(sha))?.conclusion === "success");
  expect(await repo.merge(number)).toBe(200);
});

it("logged no secret in all this", () => {
  const text = app.lines.join("");
  expect(text).toContain("job done");
  expect(text).not.toMatch(/gh[a-z]_[A-Za-z0-9]{4}|BEGIN [A-Z ]*PRIVATE KEY|eyJ[A-Za-z0-9_-]+\.eyJ/);
  expect(text).not.toContain(github.webhookSecret);
});
