import { afterEach, describe, expect, it } from "@jest/globals";
import { readyFiles } from "../app/a-repository.ts";
import type { Job } from "../../src/app/ports.ts";
import { startDoctorSchedule } from "../../src/server/doctor-schedule.ts";
import { createFolder, deliver, environment, eventually, startApp, type LoggedApp } from "./a-running-app.ts";
import { startSmallGitHub, type SmallGitHub } from "./a-small-github.ts";

const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

describe("the doctor in the App", () => {
  let github: SmallGitHub | undefined;
  let app: LoggedApp | undefined;
  const folder = createFolder();
  afterEach(async () => {
    await app?.close();
    await github?.close();
    folder.remove();
  });

  it("looks again when its check is run again, and says what it may not see", async () => {
    github = await startSmallGitHub();
    const sha = github.commit(readyFiles());
    github.setBranch("main", sha);
    github.instead = ({ path }) => {
      const rest = path.replace(/\?.*/, "").replace("/repos/acme/assistant", "");
      if (rest === "") return json({ id: 77, name: "assistant", owner: { login: "acme" }, default_branch: "main" });
      if (rest === "/branches") return json([{ name: "main", protected: false }]);
      return rest.startsWith("/rules") ? json([]) : undefined;
    };
    app = await startApp(environment(github.url, folder.path));
    const check = { name: "pilotgate/doctor", head_sha: sha, app: { id: 4242 }, pull_requests: [], check_suite: { head_branch: "main" } };
    expect(await deliver(app.url, "check_run", { action: "rerequested", check_run: check, ...github.envelope })).toBe(202);
    const written = await eventually(() => github?.checks.find(({ name }) => name === "pilotgate/doctor"));
    expect(written).toMatchObject({ head_sha: sha, conclusion: "neutral" });
    expect(written.output.title).toContain("Not every gate blocks");
  });
});

describe("the rounds of the doctor", () => {
  it("queue what is due, go on after a failure, and end", async () => {
    const jobs: Job[] = [];
    let turn = 0;
    const takeDue = async (limit: number) => {
      turn += 1;
      if (turn === 1) throw new Error("the store does not answer");
      return [{ installationId: 1, id: turn, owner: "acme", name: `r${limit}` }];
    };
    const rounds = {
      takeDue,
      all: async () => [],
      remember: async () => {},
      forget: async () => {},
      written: async () => null,
      save: async () => {},
    };
    const stop = startDoctorSchedule({ rounds, queue: { enqueue: async (job) => void jobs.push(job) }, log: quiet, everyMs: 5, most: 3 });
    await eventually(() => jobs.length >= 2);
    await stop();
    const count = jobs.length;
    expect(jobs[0]).toMatchObject({ key: "2/settings", subject: { kind: "settings" }, repository: { name: "r3" } });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(jobs).toHaveLength(count);
  });

  it("ask every repository once when a day begins, and again on the next", async () => {
    const jobs: Job[] = [];
    let today = "2026-11-30T23:59:00Z";
    const all = async () => [{ installationId: 1, id: 7, owner: "acme", name: "assistant" }];
    let looks = 0;
    const takeDue = async () => {
      looks += 1;
      return [];
    };
    const none = async () => {};
    const rounds = { takeDue, all, remember: none, forget: none, written: async () => null, save: none };
    const enqueue = async (job: Job) => void jobs.push(job);
    const stop = startDoctorSchedule({ rounds, queue: { enqueue }, log: quiet, everyMs: 5, now: () => new Date(today) });
    await eventually(() => looks >= 3);
    expect(jobs.map(({ key, reason }) => [key, reason.deliveryId])).toEqual([["7/day", "2026-11-30"]]);
    today = "2026-12-01T00:01:00Z";
    await eventually(() => jobs.length >= 2);
    await stop();
    expect(jobs.map(({ reason }) => reason.deliveryId)).toEqual(["2026-11-30", "2026-12-01"]);
  });
});
