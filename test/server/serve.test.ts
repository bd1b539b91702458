import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { readyFiles, without } from "../app/a-repository.ts";
import { createFolder, deliver, environment, eventually, spawnApp, startApp, type AppProcess, type LoggedApp } from "./a-running-app.ts";
import { startSmallGitHub, type SmallGitHub } from "./a-small-github.ts";

const GATE = "pilotgate/governance";
const unready = without(readyFiles(), "docs/readiness/vendors/");

let github: SmallGitHub;
let folder: ReturnType<typeof createFolder>;
let processes: AppProcess[] = [];

async function prepare(): Promise<void> {
  github = await startSmallGitHub();
  folder = createFolder();
  github.setBranch("main", github.commit(unready));
}
async function tidy(): Promise<void> {
  for (const { child, ended } of processes) {
    child.kill("SIGKILL");
    await ended;
  }
  processes = [];
  await github.close();
  folder.remove();
}
async function spawn() {
  const started = await spawnApp(environment(github.url, folder.path));
  processes.push(started);
  return started;
}
/** Opens a pull request whose code is held. */
function openHeld(number: number): string {
  const sha = github.commit({ ...unready, "src/a.mjs": String(number) });
  github.open(number, sha);
  return sha;
}
const get = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const checkOf = (sha: string) => github.checks.find((check) => check.head_sha === sha && check.name === GATE);

describe("nothing that was accepted is lost", () => {
  beforeEach(prepare);
  afterEach(tidy);

  it("when the process is killed between accepting and judging", async () => {
    // GitHub keeps every answer back, so nothing can be judged.
    const never = new Promise<undefined>(() => {});
    github.instead = ({ path }) => (path.startsWith("/repos/") ? never : undefined);
    const first = await spawn();
    const shas = [1, 2, 3, 4, 5].map(openHeld);
    const codes = await Promise.all(shas.map((_, index) => deliver(first.url, "pull_request", github.event(index + 1))));
    expect(codes).toEqual([202, 202, 202, 202, 202]);
    first.child.kill("SIGKILL");
    await first.ended;
    expect(github.checks).toEqual([]);

    github.instead = null;
    await spawn();
    await eventually(() => shas.every((sha) => checkOf(sha)?.conclusion === "failure"));
  });

  it("when it is asked to end: what runs is finished, what waits is kept", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = false;
    github.instead = async ({ path }) => {
      if (!path.startsWith("/repos/")) return undefined;
      asked = true;
      await held;
      return undefined;
    };
    const first = await spawn();
    const sha = openHeld(1);
    await deliver(first.url, "pull_request", github.event(1));
    await eventually(() => asked);
    first.child.kill("SIGTERM");
    await eventually(() => first.output().includes("closing"));
    await expect(deliver(first.url, "pull_request", github.event(1))).rejects.toThrow();
    release();
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(checkOf(sha)?.conclusion).toBe("failure");
  });

  it("ends at once at the second signal", async () => {
    github.instead = ({ path }) => (path.startsWith("/repos/") ? new Promise<undefined>(() => {}) : undefined);
    const first = await spawn();
    openHeld(1);
    await deliver(first.url, "pull_request", github.event(1));
    await eventually(() => github.asked.some(({ path }) => path.startsWith("/repos/")));
    first.child.kill("SIGTERM");
    await eventually(() => first.output().includes("closing"));
    first.child.kill("SIGTERM");
    expect(await first.ended).toEqual({ code: null, signal: "SIGTERM" });
  });
});

describe("a running App", () => {
  let app: LoggedApp;
  const TOKEN = "metrics-token-of-tests";
  beforeAll(async () => {
    await prepare();
    app = await startApp(environment(github.url, folder.path, { METRICS_TOKEN: TOKEN }));
  });
  afterEach(() => {
    github.instead = null;
  });
  afterAll(async () => {
    await app.close();
    await tidy();
  });

  it("loses nothing when GitHub refuses because of its limits", async () => {
    const sha = openHeld(21);
    let refusals = 0;
    github.instead = ({ path }) => {
      if (!path.includes("/git/ref/") || refusals > 0) return undefined;
      refusals += 1;
      return { status: 403, headers: { "retry-after": "1" }, body: '{"message":"You have exceeded a secondary rate limit."}' };
    };
    await deliver(app.url, "pull_request", github.event(21));
    await eventually(() => checkOf(sha)?.conclusion === "failure");
    expect(refusals).toBe(1);
  });

  it("judges once what several events tell of one change", async () => {
    const sha = openHeld(22);
    const asked = () => github.asked.filter(({ path }) => path.endsWith("/pulls/22")).length;
    const actions = ["opened", "synchronize", "ready_for_review", "reopened"];
    const codes = await Promise.all(actions.map((action) => deliver(app.url, "pull_request", github.event(22, action))));
    expect(codes).toEqual([202, 202, 202, 202]);
    await eventually(() => checkOf(sha));
    await eventually(async () =>
      /jobs_waiting 0[^]*jobs_running 0/.test((await get(`${app.url}/metrics`, { authorization: `Bearer ${TOKEN}` })).text),
    );
    expect(asked()).toBe(1);
  });

  it("says at once that it could not judge where another try would end the same way", async () => {
    const sha = openHeld(23);
    github.instead = ({ path }) => (path.includes(`/git/trees/${sha}`) ? { body: '{"truncated":true,"tree":[]}' } : undefined);
    await deliver(app.url, "pull_request", github.event(23));
    const check = await eventually(() => checkOf(sha));
    expect([check.conclusion, check.output.title]).toEqual(["failure", "Could not judge"]);
  });

  it("judges a merge group", async () => {
    const sha = github.commit({ ...unready, "src/merged.mjs": "1" });
    const group = { head_sha: sha, base_ref: "refs/heads/main", head_ref: `refs/heads/gh-readonly-queue/main/pr-1-${sha}` };
    await deliver(app.url, "merge_group", { action: "checks_requested", merge_group: group, ...github.envelope });
    expect((await eventually(() => checkOf(sha))).conclusion).toBe("failure");
  });

  it("is alive, and ready when GitHub knows it", async () => {
    expect((await get(`${app.url}/healthz`)).status).toBe(200);
    await eventually(async () => (await get(`${app.url}/readyz`)).status === 200);
  });

  it.each([
    ["nobody", {}, 404],
    ["a holder of another token", { authorization: `Bearer ${TOKEN.toUpperCase()}` }, 404],
    ["the holder of the token", { authorization: `Bearer ${TOKEN}` }, 200],
  ])("shows metrics to %s", async (_, headers, status) => {
    const answer = await get(`${app.url}/metrics`, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.text.includes("process_resident_memory_bytes")).toBe(status === 200);
  });

  it.each(["/", "/probot", "/ping", "/probot/import", "/api/github/webhooks/"])("shows nothing at %s", async (path) => {
    expect((await get(`${app.url}${path}`)).status).toBe(404);
  });
});

describe("an App that GitHub does not know", () => {
  beforeAll(prepare);
  afterAll(tidy);

  it("says so, and shows metrics on a port of their own", async () => {
    github.instead = ({ path }) => (path === "/app" ? { status: 401, body: "{}" } : undefined);
    const app = await startApp(environment(github.url, folder.path, { METRICS_PORT: "0" }));
    try {
      expect(await get(`${app.url}/readyz`)).toMatchObject({ status: 503, text: expect.stringContaining("GITHUB_API_URL") });
      expect((await get(`${app.metricsUrl}/metrics`)).text).toContain("pilotgate_jobs_waiting 0");
      expect((await get(`${app.url}/metrics`)).status).toBe(404);
    } finally {
      await app.close();
    }
  });

  it.each(["", "development"])("does not start with the secret %j", async (secret) => {
    await expect(spawnApp(environment(github.url, folder.path, { WEBHOOK_SECRET: secret }))).rejects.toThrow(/WEBHOOK_SECRET/);
  });
});
