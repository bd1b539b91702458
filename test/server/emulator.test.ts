import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readyFiles, without } from "../app/a-repository.ts";
import { startEmulatedGitHub, type EmulatedGitHub } from "../github/start-emulator.ts";
import { createEmulatedRepository } from "./a-emulated-repository.ts";
import { createFolder, environment, eventually, startApp, type LoggedApp } from "./a-running-app.ts";

/* The whole App over real HTTP against the emulated GitHub: real signatures, tokens, branch protection and refused merges. */

const ORGANIZATION = "acme";
const ready = readyFiles();
const MISSING = "docs/readiness/vendors/";
const unready = without(ready, MISSING);
const missing = Object.fromEntries(Object.entries(ready).filter(([path]) => path.startsWith(MISSING)));

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

const repository = (name: string) => createEmulatedRepository(github, ORGANIZATION, name);

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
