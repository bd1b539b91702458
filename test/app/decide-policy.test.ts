import { beforeEach, describe, expect, it } from "@jest/globals";
import { judgePull } from "../../src/app/judge-pull.ts";
import type { Review } from "../../src/app/forge.ts";
import { createRepository, readyFiles, repository, without, type Files, type TestRepository } from "./a-repository.ts";

const POLICY = ".github/pilotgate.yml";
const GOVERNANCE = "pilotgate/governance";
const ready = readyFiles();
const text = ready[POLICY] ?? "";
const policy = (change: (text: string) => string): Files => ({ ...ready, [POLICY]: change(text) });
/** A gate that only warns says less than one that blocks. */
const looser = policy((old) => `${old}    gates: { governance: { branches: ["~DEFAULT_BRANCH"], enforcement: warn } }\n`);

let at: TestRepository;
const judge = (number = 1) => judgePull(at.deps, { repository, number, asked: false });
const check = (sha: string, name = "pilotgate/policy") => at.checks.findLast((one) => one.headSha === sha && one.name === name);

function given(base: Files, head: Files): string {
  at.setBranch("main", at.commit(base));
  const headSha = at.commit(head);
  at.open({ headSha });
  return headSha;
}

beforeEach(() => {
  at = createRepository();
});

describe("pilotgate/policy", () => {
  const cases: [string, Files, Files, string | undefined, RegExp][] = [
    ["nothing where the policy stays", ready, { ...ready, "src/a.mjs": "1" }, undefined, /^$/],
    [
      "failure with the line for a policy that breaks",
      ready,
      policy((old) => old.replace("systems:", "sytems:")),
      "failure",
      /pilotgate\.yml:\d+:\d+: .*sytems/,
    ],
    ["action_required for a loosening", ready, looser, "action_required", /enforce/],
    ["action_required for a deletion", ready, without(ready, POLICY), "action_required", /deleted/],
    ["success for a comment", ready, policy((old) => `# a comment\n${old}`), "success", /asks for nothing less/],
    ["success for a higher risk", ready, policy((old) => old.replace("risk: low", "risk: high")), "success", /asks for nothing less/],
    ["success for a first policy", without(ready, POLICY), ready, "success", /Nothing is in force yet/],
    ["failure for a first policy that is broken", without(ready, POLICY), policy((old) => `${old}x: 1\n`), "failure", /pilotgate\.yml/],
  ];
  it.each(cases)("%s", async (_, base, head, conclusion, summary) => {
    const sha = given(base, head);
    await judge();
    expect(check(sha)?.conclusion).toBe(conclusion);
    expect(check(sha)?.output.summary ?? "").toMatch(summary);
  });

  it("shows what the new policy would say", async () => {
    const sha = given(
      ready,
      policy((old) => old.replace("risk: low", "risk: high")),
    );
    await judge();
    expect(check(sha)?.output.text).toMatch(/support-assistant\*\*, governance: (pass|hold)/);
  });

  it("says nothing about a head that is only behind", async () => {
    const old = at.commit(looser);
    at.setBranch("main", old);
    const headSha = at.commit({ ...looser, "src/a.mjs": "1" });
    at.open({ headSha, baseRef: "main" });
    // The pull request does not change the policy: main did, after it was branched off.
    const files = at.deps.forge.changedFiles;
    at.deps.forge.changedFiles = async (...all) => ({ ...(await files(...all)), paths: ["src/a.mjs"] });
    at.setBranch("main", at.commit(ready));
    await judge();
    expect(check(headSha)).toBeUndefined();
  });

  it("lets no gate in before the policy is settled", async () => {
    const sha = given(ready, looser);
    await judge();
    expect(check(sha, GOVERNANCE)?.conclusion).toBe("action_required");
    expect(check(sha, GOVERNANCE)?.output.title).toContain("pilotgate/policy");
  });
});

describe("approving a loosening", () => {
  const mia: Review = { login: "octo-mia", bot: false, state: "APPROVED", commit: null };
  const cases: [string, (sha: string) => void, "success" | "action_required"][] = [
    ["a holder of a role", (sha) => at.reviews.set(1, [{ ...mia, commit: sha }]), "success"],
    ["a holder in other letters", (sha) => at.reviews.set(1, [{ ...mia, login: "Octo-MIA", commit: sha }]), "success"],
    [
      "a member of a team that holds a role",
      (sha) => {
        at.setBranch("main", at.commit(policy((old) => old.replaceAll("@example/", "@acme/"))));
        at.teams.set("acme/sre", ["ops"]);
        at.reviews.set(1, [{ ...mia, login: "ops", commit: sha }]);
      },
      "success",
    ],
    [
      "a member of another organisation's team",
      (sha) => (at.teams.set("example/sre", ["ops"]), at.reviews.set(1, [{ ...mia, login: "ops", commit: sha }])),
      "action_required",
    ],
    ["somebody without a role", (sha) => at.reviews.set(1, [{ ...mia, login: "stranger", commit: sha }]), "action_required"],
    ["an approval of an earlier commit", () => at.reviews.set(1, [{ ...mia, commit: "0".repeat(40) }]), "action_required"],
    [
      "an approval that was dismissed",
      (sha) =>
        at.reviews.set(1, [
          { ...mia, commit: sha },
          { ...mia, commit: sha, state: "DISMISSED" },
        ]),
      "action_required",
    ],
    [
      "changes requested afterwards",
      (sha) =>
        at.reviews.set(1, [
          { ...mia, commit: sha },
          { ...mia, commit: sha, state: "CHANGES_REQUESTED" },
        ]),
      "action_required",
    ],
    [
      "a comment afterwards",
      (sha) =>
        at.reviews.set(1, [
          { ...mia, commit: sha },
          { ...mia, commit: sha, state: "COMMENTED" },
        ]),
      "success",
    ],
    ["a bot of that name", (sha) => at.reviews.set(1, [{ ...mia, bot: true, commit: sha }]), "action_required"],
    [
      "the author",
      (sha) => (at.open({ number: 1, headSha: sha, author: "octo-mia" }), at.reviews.set(1, [{ ...mia, commit: sha }])),
      "action_required",
    ],
    [
      "somebody who committed to it",
      (sha) => (at.committers.set(1, ["octo-dev", "octo-mia"]), at.reviews.set(1, [{ ...mia, commit: sha }])),
      "action_required",
    ],
    [
      "a deleted author's pull request",
      (sha) => (at.open({ number: 1, headSha: sha, author: null }), at.reviews.set(1, [{ ...mia, commit: sha }])),
      "action_required",
    ],
  ];
  it.each(cases)("by %s", async (_, arrange, conclusion) => {
    const sha = given(ready, looser);
    arrange(sha);
    await judge();
    expect(check(sha)?.conclusion).toBe(conclusion);
  });

  it("takes roles from the policy in force, not from the proposed one", async () => {
    const sha = given(ready, { ...looser, [POLICY]: (looser[POLICY] ?? "").replaceAll("octo-mia", "octo-evil") });
    at.reviews.set(1, [{ ...mia, login: "octo-evil", commit: sha }]);
    await judge();
    expect(check(sha)?.conclusion).toBe("action_required");
  });

  it("asks a holder of each system that is loosened", async () => {
    const two = (roles: string) =>
      `version: 1\nsystems:\n  - { id: a, risk: high, models: [], roles: { sre: ["@ann"] } }\n  - { id: b, risk: high, models: [], roles: { sre: ["@bob"] } }\n`.replaceAll(
        "risk: high",
        roles,
      );
    const sha = given({ [POLICY]: two("risk: high") }, { [POLICY]: two("risk: low") });
    at.reviews.set(1, [{ ...mia, login: "ann", commit: sha }]);
    await judge();
    expect(check(sha)?.conclusion).toBe("action_required");
    at.reviews.set(1, [
      { ...mia, login: "ann", commit: sha },
      { ...mia, login: "bob", commit: sha },
    ]);
    await judge();
    expect(check(sha)?.conclusion).toBe("success");
  });

  it("counts another pull request's change of the policy on the same head", async () => {
    at.setBranch("main", at.commit(ready));
    at.setBranch("release/1", at.commit(looser));
    const sha = at.commit(looser);
    at.open({ number: 1, headSha: sha, baseRef: "release/1" });
    at.open({ number: 2, headSha: sha, baseRef: "main" });
    await judge(2);
    await judge(1);
    expect(at.inForce(sha, "pilotgate/policy")).toBe("action_required");
  });
});

describe("mending a broken policy in force", () => {
  const broken = policy((old) => `${old}\nunknown: 1\n`);
  it.each([
    ["waits", [], "action_required", "failure"],
    ["is let in by an administrator", ["octo-admin"], "success", "neutral"],
  ])("%s", async (_, administrators, policyConclusion, gateConclusion) => {
    const sha = given(broken, ready);
    at.administrators.push(...administrators);
    at.reviews.set(1, [{ login: "octo-admin", bot: false, state: "APPROVED", commit: sha }]);
    await judge();
    expect(check(sha)?.conclusion).toBe(policyConclusion);
    expect(check(sha, GOVERNANCE)?.conclusion).toBe(gateConclusion);
  });

  it("lets nothing else in with it", async () => {
    const sha = given(broken, { ...ready, "src/a.mjs": "1" });
    at.administrators.push("octo-admin");
    at.reviews.set(1, [{ login: "octo-admin", bot: false, state: "APPROVED", commit: sha }]);
    await judge();
    expect(check(sha, GOVERNANCE)?.conclusion).toBe("failure");
  });
});
