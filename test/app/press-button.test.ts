import { beforeEach, describe, expect, it } from "@jest/globals";
import type { PullState } from "../../src/app/forge.ts";
import { handleJob } from "../../src/app/handle-job.ts";
import { toJob } from "../../src/app/jobs.ts";
import { PortError, type Press } from "../../src/app/ports.ts";
import { createRepository, readyFiles, repository, without, type Files, type TestRepository } from "./a-repository.ts";

const GOVERNANCE = "pilotgate/governance";
const POLICY = ".github/pilotgate.yml";
const ready = readyFiles();
const without2 = without(without(ready, "docs/readiness/vendors/"), "docs/readiness/legal-privacy.md");
const held: Files = {
  ...without2,
  "docs/readiness/business-metrics.md": ready["docs/readiness/business-metrics.md"]?.replace(/owner: .*/, "owner:") ?? "",
  "src/a.mjs": "1",
};

let at: TestRepository;
let headSha: string;
beforeEach(() => {
  at = createRepository();
  at.setBranch("main", at.commit(ready));
  headSha = at.commit(held);
});

const open = (pull: Partial<PullState> = {}) => at.open({ headSha, ...pull });
const press = (button: string, more: Partial<Press> = {}): Press => ({
  kind: "press",
  button,
  by: "octo-mia",
  check: GOVERNANCE,
  headSha,
  numbers: [1],
  ...more,
});
const jobOf = (pressed: Press) => toJob(repository, pressed, { event: "check_run", action: "requested_action", deliveryId: "d" });

/** Presses, then does the jobs that came of it. */
async function pressed(button: string, more: Partial<Press> = {}): Promise<string> {
  await handleJob(at.deps, null, jobOf(press(button, more)));
  for (const job of at.enqueued.splice(0)) await handleJob(at.deps, null, job);
  return answer();
}
const check = (name = GOVERNANCE) => at.checks.findLast((one) => one.headSha === headSha && one.name === name);
const answer = (name = GOVERNANCE) => /^> (.*)\n\n/.exec(check(name)?.output.summary ?? "")?.[1] ?? "";

describe("a check that holds", () => {
  it("offers what helps, and links to every file that is missing or to be completed", async () => {
    open();
    await pressed("recheck", { by: "octo-dev" });
    expect(check()?.buttons).toEqual(["add-missing", "ask-holders", "recheck"]);
    const links = [
      ...(check()?.output.summary ?? "").matchAll(
        /^- \[(.*?)\]\((https:\/\/github\.example\/acme\/assistant\/(\w+)\/feature\S*)\): (.*)$/gm,
      ),
    ];
    expect(links.map(([, path, , page, what]) => [path, page, what])).toEqual([
      ["docs/readiness/legal-privacy.md", "new", "new, for legal-privacy-architecture"],
      ["docs/readiness/model-selection.md", "edit", "to complete, for model-selection"],
      ["docs/readiness/business-metrics.md", "edit", "to complete, for business-baseline"],
      ["docs/readiness/vendors/openai.md", "new", "new, for vendor-terms"],
    ]);
    const query = new URL(links[0]?.[2] ?? "").searchParams;
    expect(query.get("filename")).toBe("docs/readiness/legal-privacy.md");
    expect(query.get("value")).toMatch(/^---\nstatus: draft .*\n(?:.*\n)*## /);
    expect(at.comments[0]?.body).toContain(links[0]?.[2]);
  });

  it("offers none of it where it passes, nor links where the branch is gone", async () => {
    const passing = at.commit({ ...ready, "src/a.mjs": "1" });
    at.open({ headSha: passing });
    await handleJob(
      at.deps,
      null,
      toJob(repository, { kind: "pull", number: 1 }, { event: "pull_request", action: "opened", deliveryId: "d" }),
    );
    expect(at.checks.at(-1)).toMatchObject({ conclusion: "success", buttons: [] });
    open({ number: 2, head: null });
    await pressed("recheck", { numbers: [2], by: "octo-dev" });
    expect(check()?.buttons).toEqual(["ask-holders", "recheck"]);
    expect(check()?.output.summary).not.toContain("Add what is missing");
  });
});

describe("who may press", () => {
  const person = { owner: "acme", name: "assistant", branch: "feature", fork: false };
  it.each<[string, string, string, Partial<PullState>, boolean]>([
    ["a writer, everything", "add-missing", "octo-writer", {}, true],
    ["the author of a branch of this repository", "add-missing", "octo-dev", {}, true],
    ["the author, however it is written", "add-missing", "Octo-Dev", {}, true],
    ["not the author of a fork", "add-missing", "octo-dev", { head: { ...person, owner: "octo-dev", fork: true } }, false],
    ["not the author of a fork, to have others asked", "ask-holders", "octo-dev", { head: { ...person, fork: true } }, false],
    ["the author of a fork, to be judged again", "recheck", "octo-dev", { head: { ...person, fork: true } }, true],
    ["nobody else", "recheck", "octo-eve", {}, false],
    ["nobody for an author without an account", "add-missing", "octo-eve", { author: null }, false],
  ])("%s", async (_, button, by, pull, may) => {
    at.writers = ["octo-writer"];
    at.mayPropose = true;
    open(pull);
    const told = await pressed(button, { by });
    expect(/may not: that takes write access/.test(told)).toBe(!may);
    expect(at.proposed.length + at.asked.length > 0).toBe(may && button !== "recheck");
  });

  it("is asked when it is acted upon, not when it was pressed", async () => {
    at.writers = ["octo-mia"];
    at.mayPropose = true;
    open();
    at.before.set("mayWrite", () => void (at.writers = []));
    expect(await pressed("add-missing")).toContain("may not");
    expect(at.proposed).toEqual([]);
  });

  it("is nobody for a button that we do not have", async () => {
    open();
    await pressed("merge", { by: "octo-dev" });
    expect([at.calls, at.checks]).toEqual([[], []]);
  });
});

describe("Add what is missing", () => {
  beforeEach(() => {
    at.writers = ["octo-mia"];
    open();
  });

  it("points to the pages where the App may not write", async () => {
    expect(await pressed("add-missing")).toBe(
      "octo-mia pressed **Add what is missing**. The links under *Add what is missing* open each file, filled in.",
    );
    expect(at.proposed).toEqual([]);
    expect(check()).toMatchObject({ conclusion: "failure" });
  });

  it("opens one pull request into the head branch where it may, with new files only", async () => {
    at.mayPropose = true;
    expect(await pressed("add-missing")).toBe(
      "octo-mia pressed **Add what is missing**: [pull request 100](https://github.example/pull/100) begins 2 files.",
    );
    const [proposal] = at.proposed;
    expect(proposal).toMatchObject({
      into: { number: 1, headSha },
      head: { branch: "feature" },
      title: "Begin what pull request 1 is held for",
    });
    expect(proposal?.files.map(({ path }) => path)).toEqual(["docs/readiness/legal-privacy.md", "docs/readiness/vendors/openai.md"]);
    expect(proposal?.files.every(({ path }) => held[path] === undefined)).toBe(true);
    expect(proposal?.body).toContain("- `docs/readiness/vendors/openai.md`");
    expect(await pressed("add-missing")).toContain("[pull request 100](https://github.example/pull/100) is open already.");
    expect(at.proposed).toHaveLength(1);
  });

  it("finds the pull request of a fork by its head, and leaves the branch to its author", async () => {
    at.mayPropose = true;
    at.open({ number: 1, headSha, head: { owner: "octo-fork", name: "assistant", branch: "fix", fork: true } });
    expect(await pressed("add-missing", { numbers: [] })).toContain("The branch is another repository's, so its author adds them.");
    expect(at.proposed).toEqual([]);
    expect(check()?.output.summary).toContain("(https://github.example/octo-fork/assistant/new/fix?filename=");
  });

  it("says so where rules of the repository refuse it, and tries again where GitHub stumbled", async () => {
    at.mayPropose = true;
    at.before.set("proposeFiles", () => {
      throw new PortError("invalid", "GitHub answered 422.");
    });
    expect(await pressed("add-missing")).toContain(
      "GitHub refused the branch or the pull request: rules of this repository may forbid it.",
    );
    at.before.set("proposeFiles", () => {
      throw new PortError("unavailable", "GitHub answered 502.", { retryable: true });
    });
    await expect(pressed("add-missing")).rejects.toMatchObject({ code: "unavailable" });
  });

  it("never puts a file in the place of a link or a folder, nor below a file", async () => {
    at.mayPropose = true;
    headSha = at.commit({
      ...without(held, "docs/readiness/architecture.md"),
      "docs/readiness/legal-privacy.md/inside.txt": "a folder",
      "docs/readiness/vendors": "a file",
    });
    at.open({ number: 1, headSha });
    await pressed("add-missing");
    expect(at.proposed[0]?.files.map(({ path }) => path)).toEqual(["docs/readiness/architecture.md"]);
  });

  it("begins nothing where the listing of files is cut", async () => {
    at.mayPropose = true;
    headSha = at.commit(held, { truncated: true });
    at.open({ number: 1, headSha });
    await expect(pressed("add-missing")).rejects.toMatchObject({ code: "too-large" });
    expect(at.proposed).toEqual([]);
  });

  it("does nothing for a pull request that was closed or is gone", async () => {
    at.open({ number: 1, headSha, open: false });
    await pressed("add-missing");
    await pressed("add-missing", { numbers: [7] });
    expect([at.proposed, at.checks]).toEqual([[], []]);
  });
});

describe("Ask who can help", () => {
  beforeEach(() => {
    at.writers = ["octo-mia"];
  });

  it("requests reviews from those who hold the roles that are asked, the author left out", async () => {
    at.setBranch("main", at.commit({ ...ready, [POLICY]: ready[POLICY]?.replaceAll("@example/", "@acme/") ?? "" }));
    at.unknown = ["octo-tom"];
    open({ author: "octo-mia" });
    const told = await pressed("ask-holders");
    expect(at.asked).toEqual([{ people: [], teams: expect.arrayContaining(["privacy"]) as unknown }]);
    expect(told).toMatch(
      /^octo-mia pressed \*\*Ask who can help\*\*: a review is requested from .*the team privacy.*\. GitHub did not let us ask octo-tom: have they access here\?$/,
    );
  });

  it("asks no team of another organisation, and says whom it could not ask", async () => {
    at.unknown = ["octo-mia", "octo-tom"];
    open();
    expect(await pressed("ask-holders")).toBe(
      "octo-mia pressed **Ask who can help**, and nobody could be asked. GitHub did not let us ask octo-mia and octo-tom: have they access here?",
    );
  });

  it("says where the policy names nobody", async () => {
    const nobody = ready[POLICY]?.replace(/ {4}roles:\n(?: {6}.*\n)+/, "") ?? "";
    at.setBranch("main", at.commit({ ...ready, [POLICY]: nobody }));
    headSha = at.commit({ ...held, [POLICY]: nobody });
    open();
    expect(await pressed("ask-holders")).toContain("the policy names nobody to ask");
    expect(check()?.buttons).toEqual(["add-missing", "recheck"]);
  });

  it("is offered by a change of the policy that waits for a role", async () => {
    headSha = at.commit({ ...ready, [POLICY]: ready[POLICY]?.replace("thresholds: { p95Ms: 400 }", "thresholds: { multiple: 1 }") ?? "" });
    open();
    const told = await pressed("ask-holders", { check: "pilotgate/policy" });
    expect(check("pilotgate/policy")).toMatchObject({ conclusion: "action_required", buttons: ["ask-holders", "recheck"] });
    expect([told, answer("pilotgate/policy")]).toEqual(["", expect.stringContaining("a review is requested from octo-mia, octo-tom")]);
  });
});

describe("Judge again in the merge queue", () => {
  it.each([
    ["octo-mia", 1],
    ["octo-eve", 0],
  ])("pressed by %s", async (by, jobs) => {
    at.writers = ["octo-mia"];
    await handleJob(at.deps, null, jobOf(press("recheck", { by, numbers: [], group: { baseRef: "main", defaultBranch: "main" } })));
    expect(at.enqueued.map(({ subject }) => subject.kind)).toEqual(Array.from({ length: jobs }, () => "merge-group"));
    expect(at.enqueued.every(({ reason }) => reason.asked === true)).toBe(true);
  });
});
