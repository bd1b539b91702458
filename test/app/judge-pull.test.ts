import { beforeEach, describe, expect, it } from "@jest/globals";
import { judgePull } from "../../src/app/judge-pull.ts";
import { PortError } from "../../src/app/ports.ts";
import { createRepository, NOW, readyFiles, repository, without, type Files, type TestRepository } from "./a-repository.ts";

const GOVERNANCE = "pilotgate/governance";
const POLICY = ".github/pilotgate.yml";
const ready = readyFiles();
const unready = without(ready, "docs/readiness/vendors/");
const edit = (files: Files, more: Record<string, string>): Files => ({ ...files, ...more });
const withPolicy = (files: Files, change: (text: string) => string): Files => edit(files, { [POLICY]: change(files[POLICY] ?? "") });

let at: TestRepository;
const judge = (number = 1, asked = false) => judgePull(at.deps, { repository, number, asked });
const check = (sha: string, name = GOVERNANCE) => at.checks.findLast((one) => one.headSha === sha && one.name === name);

beforeEach(() => {
  at = createRepository();
});

/** The default branch with `base`, one pull request whose head has `head`. */
function given(base: Files, head: Files, pull: Parameters<TestRepository["open"]>[0] | object = {}): string {
  at.setBranch("main", at.commit(base));
  const headSha = at.commit(head);
  at.open({ headSha, ...pull });
  return headSha;
}

describe("what a gate's check says", () => {
  const cases: [string, () => string, string | undefined][] = [
    ["pass where everything is there", () => given(ready, edit(ready, { "src/a.mjs": "1" })), "success"],
    ["failure where code is held", () => given(unready, edit(unready, { "src/a.mjs": "1" })), "failure"],
    [
      "failure where the pull request deletes evidence together with code",
      () => given(ready, edit(unready, { "src/a.mjs": "1" })),
      "failure",
    ],
    ["neutral where only documents change", () => given(unready, edit(unready, { "docs/readiness/note.md": "x" })), "neutral"],
    ["failure where code hides among the documents", () => given(unready, edit(unready, { "docs/readiness/run.mjs": "x" })), "failure"],
    ["failure where a prompt changes, data format or not", () => given(unready, edit(unready, { "prompts/extra.md": "x" })), "failure"],
    [
      "success where no system is touched",
      () => {
        const files = withPolicy(unready, (text) => text.replace("risk: low", 'risk: low\n    paths: ["src/**"]'));
        return given(files, edit(files, { "other/readme.md": "x" }));
      },
      "success",
    ],
    [
      "neutral where the gate only warns",
      () => {
        const files = withPolicy(
          unready,
          (text) => `${text}    gates: { governance: { branches: [main], enforcement: warn, enforceFrom: 2027-01-01 } }\n`,
        );
        return given(files, edit(files, { "src/a.mjs": "1" }));
      },
      "neutral",
    ],
    ["nothing on a branch that no gate guards", () => given(unready, edit(unready, { "src/a.mjs": "1" }), { baseRef: "topic" }), undefined],
    [
      "nothing where there is no policy",
      () => given(without(unready, POLICY), edit(without(unready, POLICY), { "src/a.mjs": "1" })),
      undefined,
    ],
  ];
  it.each(cases)("%s", async (_, arrange, conclusion) => {
    const sha = arrange();
    await judge();
    expect(check(sha)?.conclusion).toBe(conclusion);
  });

  const ladder = (how: string) => {
    const files = withPolicy(unready, (text) => `${text}    gates: { governance: { branches: [main], ${how} } }\n`);
    return given(files, edit(files, { "src/a.mjs": "1" }));
  };

  it.each<[rung: string, now: string, conclusion: string, title: RegExp, comment: RegExp | null, counted: string[]]>([
    ["enforcement: advisory", NOW, "neutral", /^Advisory: \d of 6/, null, []],
    ["enforcement: advisory, enforceFrom: 2026-12-01", NOW, "neutral", /^Advisory \(blocks from 2026-12-01\): \d of 6/, null, []],
    ["enforcement: warn", NOW, "neutral", /^Would have held: \d of 6/, /\*\*Hold\*\* · warns · /, ["governance"]],
    [
      "enforcement: warn, enforceFrom: 2026-12-01",
      NOW,
      "neutral",
      /^Would have held \(blocks from 2026-12-01\): \d of 6/,
      /would have held\n\nNothing here blocks the merge yet.*\*\*Hold\*\* · warns, blocks from 2026-12-01, in 8 days as of 2026-11-23 · /s,
      ["governance"],
    ],
    [
      "enforcement: warn, enforceFrom: 2026-12-01",
      "2026-11-30T23:59:59Z",
      "neutral",
      /^Would/,
      /in 1 day as of 2026-11-30/,
      ["governance"],
    ],
    ["enforcement: warn, enforceFrom: 2026-12-01", "2026-12-01T00:00:00Z", "failure", /^Hold: /, /: hold\n.*· blocks · /s, []],
    ["enforcement: advisory, enforceFrom: 2026-12-01", "2026-12-02T00:00:00Z", "failure", /^Hold: /, /: hold\n.*· blocks · /s, []],
    ["enforcement: enforce", NOW, "failure", /^Hold: /, /: hold\n.*· blocks · /s, []],
  ])("climbs the ladder: %s at %s", async (rung, now, conclusion, title, comment, expected) => {
    const counted: string[] = [];
    at.deps.now = () => now;
    at.deps.wouldHaveHeld = (gate) => void counted.push(gate);
    const sha = ladder(rung);
    await judge();
    await judge();
    expect(check(sha)?.conclusion).toBe(conclusion);
    expect(check(sha)?.output.title).toMatch(title);
    if (comment === null) expect(at.comments).toEqual([]);
    else expect(at.comments[0]?.body).toMatch(comment);
    expect(counted).toEqual(expected);
  });

  it("writes nothing again when only the days until a gate blocks are fewer", async () => {
    ladder("enforcement: warn, enforceFrom: 2026-12-01");
    await judge();
    at.calls.length = 0;
    at.deps.now = () => "2026-11-24T20:00:00Z";
    await judge();
    expect(at.calls.filter((name) => /create|update/.test(name))).toEqual([]);
  });

  it("fails all gates with the place where the policy in force is broken", async () => {
    const sha = given(
      withPolicy(ready, (text) => `${text}\nunknown: 1\n`),
      edit(ready, { [POLICY]: `${ready[POLICY]}\nunknown: 1\n`, "src/a.mjs": "1" }),
    );
    await judge();
    for (const gate of ["governance", "infrastructure", "rollout"]) {
      expect(check(sha, `pilotgate/${gate}`)?.conclusion).toBe("failure");
      expect(check(sha, `pilotgate/${gate}`)?.output.summary).toMatch(/pilotgate\.yml:\d+:\d+/);
    }
  });

  it("refuses a listing that GitHub cut short", async () => {
    at.setBranch("main", at.commit(ready));
    at.open({ headSha: at.commit(ready, { truncated: true }) });
    await expect(judge()).rejects.toThrow(PortError);
    expect(at.checks).toEqual([]);
  });
});

describe("what is asked and written", () => {
  it("asks nothing about files where the plain verdict needs no softening", async () => {
    given(ready, edit(ready, { "src/a.mjs": "1" }));
    await judge();
    expect(at.calls.sort()).toEqual(["branchTip", "createCheck", "pull", "tree", "tree"]);
  });

  it("writes nothing where nothing changed, and again where somebody asked", async () => {
    given(unready, edit(unready, { "src/a.mjs": "1" }));
    await judge();
    at.calls.length = 0;
    await judge();
    expect(at.calls.filter((name) => /create|update/.test(name))).toEqual([]);
    await judge(1, true);
    expect(at.calls.filter((name) => /create|update/.test(name))).toEqual(["updateCheck"]);
  });

  it("does not build on checks that an earlier run of the App, or another database, tells of", async () => {
    const sha = given(unready, edit(unready, { "src/a.mjs": "1" }));
    await judge();
    at.checks.length = 0;
    at.deps.startedAt = "2026-11-23T20:00:01Z";
    await judge();
    expect(at.inForce(sha, GOVERNANCE)).toBe("failure");
  });

  it("keeps one comment: edited in place, all clear when nothing is open, made anew when somebody deleted it", async () => {
    const sha = given(unready, edit(unready, { "src/a.mjs": "1" }));
    await judge();
    expect(at.comments).toHaveLength(1);
    expect(at.comments[0]?.body).toContain("vendor-terms");
    at.setBranch("main", at.commit(ready));
    at.open({ number: 1, headSha: at.commit(edit(ready, { "src/a.mjs": "1" })), comments: 1 });
    await judge();
    expect(at.comments).toHaveLength(1);
    expect(at.comments[0]?.body).toContain("Nothing is open");
    at.comments.length = 0;
    at.open({ number: 1, headSha: sha, comments: 0 });
    await judge();
    expect(at.comments).toHaveLength(1);
  });

  it("finds its comment again after the store was lost", async () => {
    given(unready, edit(unready, { "src/a.mjs": "1" }));
    await judge();
    at.records.clear();
    await judge();
    expect(at.comments).toHaveLength(1);
  });

  it.each([
    ["a draft", unready, { draft: true }],
    ["a pass", ready, {}],
  ])("writes no comment for %s", async (_, files, pull) => {
    given(files, edit(files, { "src/a.mjs": "1" }), pull);
    await judge();
    expect(at.checks).not.toEqual([]);
    expect(at.comments).toEqual([]);
  });

  it("reads the state again while GitHub answers an older one than the event told", async () => {
    const sha = given(ready, edit(ready, { "src/a.mjs": "1" }));
    const newer = at.commit(edit(unready, { "src/a.mjs": "2" }));
    const hint = { headSha: newer, baseRef: "main", defaultBranch: "main", open: true, draft: false, updatedAt: "2026-11-23T19:30:00Z" };
    at.deps.pause = async () => void at.open({ number: 1, headSha: newer, updatedAt: hint.updatedAt });
    await judgePull(at.deps, { repository, number: 1, asked: false, hint });
    expect(check(sha)).toBeUndefined();
    expect(check(newer)?.conclusion).toBe("failure");
  });

  it("ignores a closed pull request, whatever the event said", async () => {
    const headSha = given(ready, ready, { open: false });
    await judgePull(at.deps, {
      repository,
      number: 1,
      asked: false,
      hint: { headSha, baseRef: "main", defaultBranch: "main", open: true, draft: false, updatedAt: "2026-11-23T18:00:00Z" },
    });
    expect(at.checks).toEqual([]);
  });
});

describe("a check belongs to a commit", () => {
  /** main is held; `weak` already holds the code, so that a pull request into it changes nothing of the system. */
  function twoBases() {
    const files = withPolicy(unready, (text) => `${text}    gates: { governance: { branches: [main, weak] } }\n`);
    at.setBranch("main", at.commit(files));
    const head = edit(files, { "src/attack.mjs": "1" });
    at.setBranch("weak", at.commit(head));
    return at.commit(head);
  }

  it("is not softened by a base that already holds the change", async () => {
    const sha = twoBases();
    at.open({ headSha: sha, baseRef: "weak" });
    await judge();
    expect(at.inForce(sha, GOVERNANCE)).toBe("failure");
  });

  it("is judged by the default branch's policy, not by a weaker one of base or head", async () => {
    const weak = withPolicy(unready, (text) => text.replace("risk: low", 'risk: low\n    paths: ["nothing/**"]'));
    at.setBranch("main", at.commit(unready));
    at.setBranch("topic", at.commit(weak));
    const sha = at.commit(edit(weak, { "src/attack.mjs": "1" }));
    at.open({ headSha: sha, baseRef: "topic" });
    await judge();
    expect(at.inForce(sha, GOVERNANCE)).toBeUndefined();
    at.open({ number: 1, headSha: sha, baseRef: "main" });
    await judge();
    expect(at.inForce(sha, GOVERNANCE)).not.toBe("success");
    expect(at.inForce(sha, GOVERNANCE)).not.toBe("neutral");
  });

  /** Two systems: `a` is held and guards main, `b` has nothing and guards topic. */
  function twoSystems() {
    const files = withPolicy(unready, (text) =>
      `${text}    gates: { governance: { branches: [main] } }\n  - id: other\n    risk: low\n    models: []\n    paths: ["other/**"]\n    gates: { governance: { branches: [topic] } }\n`.replace(
        "risk: low",
        "risk: low\n    documents: docs/readiness",
      ),
    );
    at.setBranch("main", at.commit(files));
    at.setBranch("topic", at.commit(files));
    return at.commit(edit(files, { "src/a.mjs": "1" }));
  }

  it("says the worst of all open pull requests with its head", async () => {
    const sha = twoSystems();
    at.open({ number: 1, headSha: sha, baseRef: "topic" });
    await judge(1);
    expect(at.inForce(sha, GOVERNANCE)).toBe("success");
    at.open({ number: 2, headSha: sha, baseRef: "main" });
    await judge(2);
    expect(at.inForce(sha, GOVERNANCE)).toBe("failure");
    await judge(1, true);
    expect(at.inForce(sha, GOVERNANCE)).toBe("failure");
  });

  it("notices a pull request that was opened and judged while it wrote a softer answer", async () => {
    const sha = twoSystems();
    at.open({ number: 1, headSha: sha, baseRef: "topic" });
    at.before.set("createCheck", async () => {
      at.before.delete("createCheck");
      at.open({ number: 2, headSha: sha, baseRef: "main" });
      await judge(2);
    });
    await judge(1);
    expect(at.inForce(sha, GOVERNANCE)).toBe("failure");
  });

  it("is judged again when the pull request that held it closes", async () => {
    const sha = twoSystems();
    at.open({ number: 1, headSha: sha, baseRef: "topic" });
    at.open({ number: 2, headSha: sha, baseRef: "main" });
    await judge(1);
    await judge(2);
    at.open({ number: 2, headSha: sha, baseRef: "main", open: false });
    await judge(2);
    expect(at.enqueued.map(({ key }) => key)).toEqual(["77#1"]);
    await judge(1);
    expect(at.inForce(sha, GOVERNANCE)).toBe("success");
  });
});
