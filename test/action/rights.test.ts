import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readyFiles, without, type Files } from "../app/a-repository.ts";
import { startServer, type Asked, type Reply } from "../github/a-server.ts";
import { startSmallGitHub, type SmallGitHub } from "../server/a-small-github.ts";
import { aCheckout, removeFolders, runJob, type Job, type JobOptions } from "./a-job.ts";

/* What a job may not see or cannot reach. */

const POLICY = ".github/pilotgate.yml";
const ready = readyFiles();
const lacking = { ...without(ready, "docs/readiness/vendors/"), "src/answer.ts": "export const answer = 42;\n" };
const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });

let github: SmallGitHub;
let workspace: string;
beforeAll(async () => {
  github = await startSmallGitHub();
  workspace = aCheckout(lacking);
});
afterAll(async () => {
  await github.close();
  removeFolders();
});

async function judge(instead: SmallGitHub["instead"], options: Partial<JobOptions> = {}, base: Files = ready): Promise<Job> {
  github.setBranch("main", github.commit(base));
  github.open(1, github.commit(lacking));
  github.instead = instead;
  const payload = github.event(1);
  return runJob({ event: "pull_request", payload, workspace, apiUrl: github.url, ref: "refs/pull/1/merge", ...options }).finally(
    () => (github.instead = null),
  );
}
const everything =
  (reply: Reply): SmallGitHub["instead"] =>
  () =>
    reply;
const at =
  (part: string, reply: Reply): SmallGitHub["instead"] =>
  ({ path }: Asked) =>
    path.includes(part) ? reply : undefined;

describe("a job without the right to see the policy in force", () => {
  it.each<[string, SmallGitHub["instead"], Record<string, string>]>([
    ["an empty token", null, { token: "" }],
    ["a token that is refused", everything(json({ message: "Bad credentials" }, 401)), {}],
    ["a token without contents: read", everything(json({ message: "Resource not accessible by integration" }, 403)), {}],
    ["a repository that the token is not shown", everything(json({ message: "Not Found" }, 404)), {}],
    ["no right to list the tree", at("/git/trees/", json({}, 403)), {}],
    ["no right to read the file", at("/git/blobs/", json({}, 404)), {}],
  ])("%s: judges nothing, says so, and does not fail for it", async (_, instead, inputs) => {
    const job = await judge(instead, { inputs });
    expect([job.errors, job.exit, job.outputs["verdict"], job.outputs["report"]]).toEqual(["", 0, "", ""]);
    expect(job.annotations).toEqual([
      {
        level: "warning",
        properties: { title: "Pilotgate: not judged, the policy is unseen" },
        message: expect.stringContaining("nothing is judged"),
      },
    ]);
    expect(job.summary).toMatch(/^## Pilotgate: not judged, the policy is unseen\n/);
  });

  it("fails where every hold shall: what is unseen is no pass", async () => {
    const job = await judge(null, { inputs: { token: "", "fail-on": "hold" } });
    expect([job.exit, job.annotations[0]?.level]).toEqual([1, "error"]);
  });

  it("says which right is wanting", async () => {
    expect((await judge(everything(json({}, 403)))).summary).toContain("`contents: read`");
    expect((await judge(null, { inputs: { token: "" } })).summary).toContain("The input `token` is empty");
  });
});

describe("a pull request from a fork", () => {
  it("is judged with a token that only reads, and nothing is written", async () => {
    const before = github.asked.length;
    const job = await judge(({ method }) => (method === "GET" ? undefined : json({}, 403)));
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 1, "hold"]);
    const asked = github.asked.slice(before);
    expect(asked.map(({ method }) => method).filter((method) => method !== "GET")).toEqual([]);
    expect(new Set(asked.map(({ headers }) => headers.authorization))).toEqual(new Set(["token ghs_testtesttest"]));
  });
});

describe("the default branch", () => {
  it("without a policy is a notice that names what writes one", async () => {
    const job = await judge(null, { inputs: { "fail-on": "hold" } }, without(ready, POLICY));
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 0, ""]);
    expect(job.annotations).toEqual([
      { level: "notice", properties: { title: "Pilotgate: not judged, no policy" }, message: expect.stringContaining("`pilotgate init`") },
    ]);
  });

  it("with a broken policy fails the job and gives the place, in no file of this change", async () => {
    const broken = { ...ready, [POLICY]: "version: 1\nsystems: [] # none\nextra: 1\n" };
    const job = await judge(null, {}, broken);
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 1, ""]);
    expect(job.annotations).toHaveLength(1);
    expect(job.annotations[0]).toMatchObject({ level: "error", properties: { title: "Pilotgate: not judged, the policy is broken" } });
    expect(job.summary).toMatch(/\.github\/pilotgate\.yml:3:1/);
  });

  it("that GitHub lists only in part proves nothing", async () => {
    const job = await judge(at("/git/trees/", json({ truncated: true, tree: [] })));
    expect([job.exit, job.annotations[0]?.message.startsWith("Pilotgate could not judge: ")]).toEqual([1, true]);
  });
});

describe("GitHub", () => {
  it.each([
    ["that answers 500", 500, "enforced", 1],
    ["that answers 500, where nothing shall fail", 500, "never", 0],
    ["at its limits", 429, "enforced", 1],
  ])("%s: could not judge", async (_, status, failOn, exit) => {
    const job = await judge(everything(json({ message: "secret words of an answer" }, status)), { inputs: { "fail-on": failOn } });
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", exit, ""]);
    expect(job.annotations[0]).toMatchObject({
      level: exit === 1 ? "error" : "warning",
      properties: { title: "Pilotgate: could not judge" },
    });
    expect(job.log + job.summary).not.toContain("secret words");
  });

  it("that is not there: could not judge, and no token is told", async () => {
    const job = await judge(null, { apiUrl: "http://127.0.0.1:9" });
    expect([job.exit, job.annotations[0]?.message]).toEqual([
      1,
      "Pilotgate could not judge: GitHub could not be reached. Run the job again.",
    ]);
    expect(job.log + job.summary).not.toContain("ghs_");
  });

  it("of an enterprise stands below a path, and only there", async () => {
    const before = github.asked.length;
    const job = await judge(null, { apiUrl: `${github.url}/api/v3/` });
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 1, "hold"]);
    const paths = github.asked.slice(before).map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !path.startsWith("/api/v3/repos/acme/assistant/"))).toEqual([]);
  });

  it("behind a proxy is reached through it", async () => {
    const through: string[] = [];
    const proxy = await startServer(async ({ path, method }) => {
      through.push(path);
      const answer = await fetch(path, { method });
      return {
        status: answer.status,
        body: Buffer.from(await answer.arrayBuffer()),
        headers: { "content-type": answer.headers.get("content-type") ?? "" },
      };
    });
    const job = await judge(null, { env: { http_proxy: proxy.url } });
    await proxy.close();
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 1, "hold"]);
    expect(through[0]).toBe(`${github.url}/repos/acme/assistant/git/ref/heads/main`);
  });
});
