import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readyFiles, without } from "../app/a-repository.ts";
import { startEmulatedGitHub, type EmulatedGitHub } from "../github/start-emulator.ts";
import { createEmulatedRepository, type Check } from "./a-emulated-repository.ts";
import { createFolder, deliver, environment, eventually, startApp, type LoggedApp } from "./a-running-app.ts";

/* Buttons, from the signed event to what stands on GitHub. The emulator sends no presses, so they are delivered by hand. */

const ORGANIZATION = "acme";
const GATE = "pilotgate/governance";
const MISSING = "docs/readiness/vendors/openai.md";
const unready = without(readyFiles(), "docs/readiness/vendors/");

describe.each(["read", "write"] as const)("an App that may %s files", (contents) => {
  let github: EmulatedGitHub;
  let app: LoggedApp;
  const folder = createFolder();
  beforeAll(async () => {
    github = await startEmulatedGitHub({
      organization: ORGANIZATION,
      repositories: ["assistant"],
      people: ["octo-dev", "octo-mia"],
      contents,
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

  it("answers who may press, and writes what is missing only where it may, once", async () => {
    const repo = createEmulatedRepository(github, ORGANIZATION, "assistant");
    await repo.commit("main", unready);
    await repo.branch("feature");
    const sha = await repo.commit("feature", { "src/returns.mjs": "export const days = 30;\n" });
    const number = await repo.open("feature");
    const held = await eventually(() => repo.check(sha));
    expect(held.output.summary).toContain(
      `[${MISSING}](${github.url}/${ORGANIZATION}/assistant/new/feature?filename=docs%2Freadiness%2Fvendors%2Fopenai.md&value=`,
    );

    const press = async (by: string, told: RegExp, button = "add-missing"): Promise<Check> => {
      const origin = await repo.must<object>("GET", "");
      const event = {
        action: "requested_action",
        requested_action: { identifier: button },
        check_run: {
          id: held.id,
          name: GATE,
          head_sha: sha,
          app: { id: github.appId },
          pull_requests: [{ number }],
          check_suite: { head_branch: "feature" },
        },
        repository: origin,
        installation: { id: 1 },
        sender: { login: by },
      };
      expect(await deliver(app.url, "check_run", event, github.webhookSecret)).toBe(202);
      return eventually(async () => {
        const now = await repo.check(sha);
        return now !== undefined && told.test(now.output.summary) && now;
      });
    };

    await press("octo-eve", /^> octo-eve pressed \*\*Add what is missing\*\*, and may not: that takes write access to this repository\.\n/);
    const branches = async () => (await repo.must<{ ref: string }[]>("GET", "/git/matching-refs/heads/")).map(({ ref }) => ref);
    const opened = async () =>
      (await repo.must<{ number: number; head: { ref: string } }[]>("GET", "/pulls?state=open")).filter((one) => one.number !== number);
    expect(await opened()).toEqual([]);

    if (contents === "read") {
      await press("octo-mia", /^> octo-mia pressed \*\*Add what is missing\*\*\. The links under/);
      expect([await opened(), await branches()]).toEqual([[], expect.not.arrayContaining([expect.stringContaining("pilotgate/")])]);
      return;
    }
    const answered = await press("octo-mia", /begins 1 file\.\n/);
    expect(answered).toMatchObject({ id: held.id, conclusion: "failure" });
    const [proposal] = await opened();
    expect(proposal?.head.ref).toBe(`pilotgate/add-missing-${number}`);
    expect(answered.output.summary).toContain(
      `[pull request ${proposal?.number}](${github.url}/${ORGANIZATION}/assistant/pull/${proposal?.number})`,
    );
    const { base, body, title } = await repo.must<{ base: { ref: string }; body: string; title: string }>(
      "GET",
      `/pulls/${proposal?.number}`,
    );
    expect([base.ref, title, body]).toEqual([
      "feature",
      `Begin what pull request ${number} is held for`,
      expect.stringContaining(`\`${MISSING}\``),
    ]);
    const files = await repo.must<{ filename: string; status: string }[]>("GET", `/pulls/${proposal?.number}/files`);
    expect(files.map(({ filename, status }) => [filename, status])).toEqual([[MISSING, "added"]]);

    await press("octo-dev", /is open already\.\n/);
    expect(await opened()).toHaveLength(1);
  });
});
