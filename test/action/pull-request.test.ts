import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readyFiles, without, type Files } from "../app/a-repository.ts";
import { startSmallGitHub, type SmallGitHub } from "../server/a-small-github.ts";
import { aCheckout, removeFolders, runJob, type Job, type JobOptions } from "./a-job.ts";

/* The Action beside a small GitHub, for everything that a pull request or merge group can be. */

const POLICY = ".github/pilotgate.yml";
const VENDOR = "docs/readiness/vendors/openai.md";
const ready = readyFiles();
const policy = ready[POLICY] ?? "";
const code = { "src/answer.ts": "export const answer = 42;\n" };
const lacking = without(ready, VENDOR);
const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) });

let github: SmallGitHub;
beforeAll(async () => {
  github = await startSmallGitHub();
});
afterAll(async () => {
  await github.close();
  removeFolders();
});

let number = 0;
/** A pull request from `head` to a main branch that holds `base`, judged in a checkout of `head`. */
async function judge(base: Files, head: Files, options: Partial<JobOptions> = {}): Promise<Job> {
  number += 1;
  github.setBranch("main", github.commit(base));
  github.open(number, github.commit(head));
  return runJob({
    event: "pull_request",
    payload: github.event(number),
    workspace: aCheckout(head),
    apiUrl: github.url,
    ref: `refs/pull/${number}/merge`,
    ...options,
  });
}
/** The same while GitHub answers otherwise. */
async function judgeWhile(instead: SmallGitHub["instead"], base: Files, head: Files, options: Partial<JobOptions> = {}): Promise<Job> {
  github.instead = instead;
  return judge(base, head, options).finally(() => (github.instead = null));
}

const titles = ({ annotations }: Job, level: string) =>
  annotations.filter((one) => one.level === level).map(({ properties }) => properties["title"]);

describe("a pull request", () => {
  it("that is ready passes; what is unseen is neither met nor a reason to fail", async () => {
    const job = await judge(ready, { ...ready, ...code });
    expect([job.errors, job.exit, titles(job, "error")]).toEqual(["", 0, []]);
    expect(job.outputs).toMatchObject({ verdict: "hold", held: "canary-stability", unseen: "canary-stability" });
    expect(job.summary).toMatch(/^## Pilotgate: hold\n/);
    expect(job.summary).toContain("**canary-stability**: missing, unseen here (deployments, alerts and requests served)");
    expect(job.summary).toContain("Judged by the policy of the default branch, main.");
  });

  it("passes by the gate that was asked for", async () => {
    const job = await judge(ready, { ...ready, ...code }, { inputs: { gate: "governance", "fail-on": "hold" } });
    expect([job.exit, job.outputs["verdict"], job.outputs["held"]]).toEqual([0, "pass", ""]);
    expect(job.summary).not.toContain("#### rollout");
  });

  it("that lacks evidence fails, with the reason on the file and in the summary", async () => {
    const job = await judge(ready, { ...lacking, ...code });
    expect([job.errors, job.exit]).toEqual(["", 1]);
    expect(job.outputs["held"]?.split(",")).toContain("vendor-terms");
    expect(job.annotations).toContainEqual({
      level: "error",
      properties: {
        file: "docs/readiness/legal-privacy.md",
        line: expect.stringMatching(/^\d+$/),
        title: "legal-privacy-architecture: missing",
      },
      message: expect.stringContaining("Next (legal-privacy, product-owner): Write docs/readiness/vendors/openai.md"),
    });
    expect(titles(job, "error")).toContain("vendor-terms: missing");
    expect(job.summary).toContain("The job fails: governance of support-assistant holds and blocks here.");
    expect(job.log).toContain("HOLD Governance and Architecture Clearance");
  });

  it.each([
    ["only its evidence", { ...lacking, "docs/readiness/notes.md": "Asked the vendor.\n" }],
    ["nothing", lacking],
  ])("that changes %s does not fail for what was held before", async (_, head) => {
    const job = await judge(lacking, head);
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 0, "hold"]);
    expect(job.summary).toContain("The hold stands.");
    expect(titles(job, "error")).toEqual([]);
    expect(titles(job, "warning")).toContain("vendor-terms: missing");
  });

  it("is held where GitHub does not say what it changes", async () => {
    const forbidden: SmallGitHub["instead"] = ({ path }) => (/\/pulls\/\d+\/files/.test(path) ? json({}, 403) : undefined);
    expect((await judgeWhile(forbidden, lacking, { ...lacking, "docs/readiness/notes.md": "Asked.\n" })).exit).toBe(1);
  });

  it.each([
    ["weakens the policy", policy.replace("risk: low", "risk: low\n    gates: { governance: { enforcement: advisory } }")],
    ["breaks the policy", "version: 1\nsystems: [\n"],
    ["deletes its systems", "version: 1\nsystems: []\n"],
  ])("that %s is judged by the policy of the default branch all the same", async (_, weaker) => {
    const job = await judge(ready, { ...lacking, ...code, [POLICY]: weaker }, { inputs: { policy: POLICY } });
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 1, "hold"]);
    expect(job.summary).toContain("a pull request cannot choose what judges it");
  });

  it.each(["pull_request_target", "pull_request_review"])(
    "of the event %s is judged by the policy of the default branch",
    async (event) => {
      const job = await judge(ready, { ...lacking, ...code, [POLICY]: policy.replace("low", "high") }, { event });
      expect(job.exit).toBe(1);
      expect(JSON.parse(job.report ?? "")).toMatchObject({ systems: [{ risk: "low" }] });
    },
  );

  it("whose payload does not say what it is about is no mere commit", async () => {
    const job = await judge(ready, ready, { payload: {} });
    expect([job.exit, job.outputs["verdict"]]).toEqual([1, undefined]);
    expect(job.annotations[0]?.message).toBe("The event's payload does not say which pull request or merge group it is about.");
  });
});

describe("where a hold fails the job", () => {
  const warning = { ...ready, [POLICY]: policy.replace("risk: low", "risk: low\n    gates: { governance: { enforcement: warn } }") };
  it.each([
    ["enforced", ready, 1],
    ["hold", ready, 1],
    ["never", ready, 0],
    ["enforced", warning, 0],
    ["hold", warning, 1],
  ])("fail-on: %s", async (failOn, base, exit) => {
    const job = await judge(base, { ...without(base, VENDOR), ...code }, { inputs: { "fail-on": failOn } });
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", exit, "hold"]);
  });

  it("is nowhere by itself on a branch that no gate guards, and said so", async () => {
    const base = { ...ready, [POLICY]: policy.replace("risk: low", 'risk: low\n    gates: { governance: { branches: ["release/**"] } }') };
    const head = { ...without(base, VENDOR), ...code };
    const free = await judge(base, head);
    expect([free.exit, free.outputs["verdict"], titles(free, "error")]).toEqual([0, "hold", []]);
    expect(free.summary).toContain("No gate guards main");
    expect((await judge(base, head, { inputs: { gate: "governance" } })).exit).toBe(1);
  });

  it("with fail-on: hold is also where only unseen facts are wanting", async () => {
    const job = await judge(ready, { ...ready, ...code }, { inputs: { "fail-on": "hold" } });
    expect([job.exit, job.outputs["held"], job.outputs["unseen"]]).toEqual([1, "canary-stability", "canary-stability"]);
  });
});

describe("decisions", () => {
  const medium = { ...ready, [POLICY]: policy.replace("risk: low", "risk: medium") };
  it("that nobody here can see are unseen: they fail no job, and are never met", async () => {
    const job = await judge(medium, { ...medium, ...code }, { inputs: { gate: "governance" } });
    const unseen = job.outputs["unseen"]?.split(",") ?? [];
    expect(unseen).toContain("business-baseline");
    expect(job.summary).toContain("**business-baseline**: needs a decision, unseen here (approvals)");
    const report = JSON.parse(job.report ?? "") as { facts: string; systems: { gates: { criteria: { id: string; state: string }[] }[] }[] };
    expect(report.facts).toBe("none");
    const states = new Map(report.systems[0]?.gates.flatMap(({ criteria }) => criteria.map(({ id, state }) => [id, state])));
    for (const id of unseen) expect(states.get(id)).toBe("needs-decision");
  });
});

describe("the App's check", () => {
  const run = (more: object) => ({
    name: "pilotgate/governance",
    status: "completed",
    conclusion: "success",
    app: { id: 4242, slug: "pilotgate" },
    ...more,
  });
  const checks =
    (...runs: object[]): SmallGitHub["instead"] =>
    ({ path }) =>
      /\/commits\/[0-9a-f]{40}\/check-runs\?/.test(path) ? json({ total_count: runs.length, check_runs: runs }) : undefined;
  const ask = (instead: SmallGitHub["instead"], inputs: Record<string, string> = { "app-id": "4242" }) =>
    judgeWhile(instead, ready, { ...ready, ...code }, { inputs });

  it.each([
    ["holds", run({ conclusion: "action_required" }), 1, "holds on this commit"],
    ["failed", run({ conclusion: "failure" }), 1, "holds on this commit"],
    ["passes", run({}), 0, "does not hold on this commit"],
    ["is advice", run({ conclusion: "neutral" }), 0, "does not hold on this commit"],
    ["is not finished", run({ status: "in_progress", conclusion: null }), 0, "is not finished on this commit"],
    ["is another App's", run({ conclusion: "failure", app: { id: 7, slug: "other" } }), 0, "is not finished on this commit"],
    ["passes in another App's name", run({ app: { id: 7, slug: "other" } }), 0, "is not finished on this commit"],
    ["has another name", run({ conclusion: "failure", name: "pilotgate/policy" }), 0, "is not finished on this commit"],
  ])("that %s", async (_, check, exit, words) => {
    const job = await ask(checks(check));
    expect([job.errors, job.exit]).toEqual(["", exit]);
    expect(job.summary).toContain(`The App's check ${words}`);
  });

  it("of GitHub Actions itself is nobody's word: any workflow writes it", async () => {
    const job = await ask(checks(run({ app: { id: 15368, slug: "github-actions" } })), { "app-id": "15368" });
    expect(job.summary).toContain("The App's check is not finished on this commit: pilotgate/governance.");
  });

  it("is unseen without the right, and that fails nothing", async () => {
    const job = await ask(({ path }) => (path.includes("/check-runs") ? json({}, 403) : undefined));
    expect([job.exit, job.summary.includes("the permission `checks: read` shows them")]).toEqual([0, true]);
  });

  it("is not asked for without its number", async () => {
    const asked = github.asked.length;
    expect((await ask(checks(run({ conclusion: "failure" })), {})).exit).toBe(0);
    expect(github.asked.slice(asked).filter(({ path }) => path.includes("check-runs"))).toEqual([]);
  });

  it("is not asked for where only some systems are judged: it is about all", async () => {
    const two = {
      ...ready,
      [POLICY]: policy
        .replace(
          "systems:\n",
          "systems:\n  - { id: other, risk: low, paths: [other/**], documents: other, models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }] }\n",
        )
        .replace("    risk: low\n    started", "    risk: low\n    documents: docs/readiness\n    started"),
    };
    const inputs = { "app-id": "4242", system: "support-assistant" };
    const job = await judgeWhile(checks(run({ conclusion: "failure" })), two, { ...two, ...code }, { inputs });
    expect([job.errors, job.exit, job.summary.includes("The App's check")]).toEqual(["", 0, false]);
  });

  it("never undoes what is seen here", async () => {
    const job = await judgeWhile(checks(run({})), ready, { ...lacking, ...code }, { inputs: { "app-id": "4242" } });
    expect(job.exit).toBe(1);
  });
});

describe("a merge group", () => {
  const group = (headSha: string) => ({
    action: "checks_requested",
    merge_group: {
      head_sha: headSha,
      head_ref: "refs/heads/gh-readonly-queue/main/pr-7-abc",
      base_ref: "refs/heads/main",
      base_sha: "b".repeat(40),
    },
    ...github.envelope,
  });
  const weaker = { [POLICY]: policy.replace("risk: low", "risk: low\n    gates: { governance: { enforcement: advisory } }") };

  it.each([
    ["of merge groups", "merge_group", "refs/heads/gh-readonly-queue/main/pr-7-abc"],
    ["of pushes, where a server sends no others", "push", "refs/heads/gh-readonly-queue/main/pr-7-abc"],
  ])("by the event %s is judged by the policy of the default branch", async (_, event, ref) => {
    const head = { ...lacking, ...code, ...weaker };
    const sha = github.commit(head);
    const payload = event === "push" ? { ...github.envelope, ref } : group(sha);
    const held = await judge(ready, head, { event, ref, sha, payload });
    expect([held.errors, held.exit]).toEqual(["", 1]);
    expect(held.summary).toContain("Judged by the policy of the default branch, main.");
  });

  it("that is ready passes", async () => {
    const head = { ...ready, ...code };
    expect(
      (
        await judge(ready, head, {
          event: "merge_group",
          payload: group(github.commit(head)),
          ref: "refs/heads/gh-readonly-queue/main/pr-7-abc",
        })
      ).exit,
    ).toBe(0);
  });
});
