import { beforeEach, describe, expect, it } from "@jest/globals";
import { handleJob, isHopeless } from "../../src/app/handle-job.ts";
import { toJob } from "../../src/app/jobs.ts";
import { createNews } from "../../src/app/news.ts";
import { PortError, type Job, type JudgeSubject, type PullHint } from "../../src/app/ports.ts";
import { publishFault } from "../../src/app/publish-fault.ts";
import { createRepository, readyFiles, repository, without, type TestRepository } from "./a-repository.ts";

const ready = readyFiles();
const unready = without(ready, "docs/readiness/vendors/");
const job = (subject: JudgeSubject, event = "pull_request", asked = false): Job =>
  toJob(repository, subject, { event, action: null, deliveryId: "d", ...(asked ? { asked } : {}) });

let at: TestRepository;
let sha: string;
let hint: PullHint;
beforeEach(() => {
  at = createRepository();
  at.setBranch("main", at.commit(unready));
  sha = at.commit({ ...unready, "src/a.mjs": "1" });
  at.open({ headSha: sha });
  hint = { headSha: sha, baseRef: "main", defaultBranch: "main", open: true, draft: false, updatedAt: "2026-11-23T19:00:00Z" };
});

describe("events that say the same", () => {
  /** Judges once while `during` arrives, then what waited. */
  async function withArrivals(during: (PullHint | null)[]) {
    const news = createNews();
    const pull = job({ kind: "pull", number: 1, hint });
    news.arrived(pull.key, hint);
    at.before.set("createCheck", () => {
      for (const one of during) news.arrived(pull.key, one);
    });
    expect(await handleJob(at.deps, news, pull)).toBe("judged");
    return { news, outcome: await handleJob(at.deps, news, pull) };
  }
  it.each([
    ["cost one evaluation", () => [hint, hint, hint], "old"],
    ["are judged when one brings another head", () => [hint, { ...hint, headSha: "0".repeat(40) }, hint], "judged"],
    ["are judged when one brings another base", () => [{ ...hint, baseRef: "topic" }], "judged"],
    ["are judged when one closes it", () => [{ ...hint, open: false }], "judged"],
    ["are judged when one cannot tell", () => [hint, null], "judged"],
    ["are judged when nobody knows what arrived", () => [], "judged"],
  ])("%s", async (_, during, outcome) => {
    expect((await withArrivals(during())).outcome).toBe(outcome);
  });

  it("are judged when they come later", async () => {
    const { news } = await withArrivals([hint]);
    const pull = job({ kind: "pull", number: 1, hint });
    news.arrived(pull.key, hint);
    expect(await handleJob(at.deps, news, pull)).toBe("judged");
  });

  it("are judged when the evaluation before failed", async () => {
    const news = createNews();
    const pull = job({ kind: "pull", number: 1, hint });
    news.arrived(pull.key, hint);
    at.before.set("createCheck", () => {
      news.arrived(pull.key, hint);
      throw new PortError("unavailable", "down", { retryable: true });
    });
    await expect(handleJob(at.deps, news, pull)).rejects.toThrow("down");
    at.before.clear();
    expect(await handleJob(at.deps, news, pull)).toBe("judged");
  });
});

describe("jobs", () => {
  it("of a re-run are always judged and published", async () => {
    await handleJob(at.deps, null, job({ kind: "pull", number: 1 }));
    await handleJob(at.deps, null, job({ kind: "pull", number: 1 }, "check_run", true));
    expect(at.calls.filter((name) => name === "updateCheck")).toHaveLength(1);
  });

  it("of a head become jobs of its pull requests, asked for as before", async () => {
    expect(await handleJob(at.deps, null, job({ kind: "head", headSha: sha }, "check_run", true))).toBe("fanned-out");
    expect(at.enqueued).toMatchObject([{ key: "77#1", reason: { asked: true } }]);
  });

  it("of a new policy become jobs of all open pull requests", async () => {
    at.open({ headSha: sha, open: false });
    at.open({ headSha: sha });
    await handleJob(at.deps, null, job({ kind: "policy" }, "push"));
    expect(at.enqueued.map(({ key }) => key)).toEqual(["77#1", "77#3"]);
  });

  it("of a review are not needed where no change of the policy waits", async () => {
    await handleJob(at.deps, null, job({ kind: "pull", number: 1 }));
    at.calls.length = 0;
    expect(await handleJob(at.deps, null, job({ kind: "pull", number: 1 }, "pull_request_review"))).toBe("not-needed");
    expect(at.calls).toEqual([]);
  });

  it("of something that is gone need no answer", async () => {
    expect(await handleJob(at.deps, null, job({ kind: "pull", number: 404 }))).toBe("not-needed");
  });

  it("fail where only a part is not found", async () => {
    at.before.set("tree", () => {
      throw new PortError("not-found", "no such commit");
    });
    await expect(handleJob(at.deps, null, job({ kind: "pull", number: 1 }))).rejects.toThrow("no such commit");
  });
});

describe("a merge group", () => {
  const group = (headSha: string): Job => job({ kind: "merge-group", headSha, baseRef: "main", defaultBranch: "main" }, "merge_group");
  it.each([
    ["with code that is held", () => ({ ...unready, "src/b.mjs": "2" }), "failure"],
    ["with evidence alone", () => ({ ...unready, "docs/readiness/note.md": "x" }), "neutral"],
  ])("%s", async (_, files, conclusion) => {
    const head = at.commit(files());
    await handleJob(at.deps, null, group(head));
    expect(at.inForce(head, "pilotgate/governance")).toBe(conclusion);
  });

  it("is judged by the policy of the branch it merges into, not by its own", async () => {
    const head = at.commit({
      ...unready,
      "src/b.mjs": "2",
      ".github/pilotgate.yml": "version: 1\nsystems:\n  - { id: x, risk: low, models: [], paths: [none] }\n",
    });
    await handleJob(at.deps, null, group(head));
    expect(at.inForce(head, "pilotgate/governance")).toBe("failure");
  });
});

describe("a job that is given up", () => {
  const cases: [string, () => void, Record<string, string | undefined>][] = [
    ["fails the gates that guard the branch", () => {}, { governance: "failure", infrastructure: undefined }],
    [
      "is neutral where the gate only warns",
      () =>
        at.setBranch(
          "main",
          at.commit({
            ...unready,
            ".github/pilotgate.yml": `${unready[".github/pilotgate.yml"]}    gates: { governance: { branches: [main], enforcement: warn } }\n`,
          }),
        ),
      { governance: "neutral", infrastructure: undefined },
    ],
    [
      "fails all gates where the policy cannot be read",
      () =>
        at.before.set("branchTip", () => {
          throw new PortError("unavailable", "down");
        }),
      { governance: "failure", infrastructure: "failure", rollout: "failure" },
    ],
    ["says nothing where there is no policy", () => at.setBranch("main", at.commit({})), { governance: undefined }],
  ];
  it.each(cases)("%s", async (_, arrange, conclusions) => {
    arrange();
    await publishFault(at.deps, job({ kind: "pull", number: 1, hint }), new PortError("too-large", "GitHub said <b>too much</b>."));
    for (const [gate, conclusion] of Object.entries(conclusions)) expect(at.inForce(sha, `pilotgate/${gate}`)).toBe(conclusion);
    for (const check of at.checks) {
      expect(check.output.title).toBe("Could not judge");
      expect(check.output.summary).not.toContain("<b>");
    }
  });

  it("tells nothing of a bug's message", async () => {
    await publishFault(at.deps, job({ kind: "pull", number: 1 }), new Error("secret in /etc/passwd"));
    expect(at.checks[0]?.output.summary).not.toContain("passwd");
  });

  it("replaces an older answer on the same commit", async () => {
    at.setBranch("main", at.commit(ready));
    await handleJob(at.deps, null, job({ kind: "pull", number: 1 }));
    await publishFault(at.deps, job({ kind: "pull", number: 1 }), new Error("bug"));
    expect(at.checks).toHaveLength(1);
    expect(at.inForce(sha, "pilotgate/governance")).toBe("failure");
  });
});

it.each([
  ["a mistake of ours", new TypeError("undefined is not a function"), true],
  ["a missing right", new PortError("forbidden", "no"), true],
  ["a listing that was cut", new PortError("too-large", "cut"), true],
  ["something not found yet", new PortError("not-found", "404"), false],
  ["an outage", new PortError("unavailable", "503", { retryable: true }), false],
  ["a limit", new PortError("rate-limited", "429", { retryable: true }), false],
])("%s: is there no use in trying again?", (_, error, hopeless) => {
  expect(isHopeless(error)).toBe(hopeless);
});
