import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serve, type RunningApp } from "../server/main.ts";
import { startEmulatedGitHub, type EmulatedGitHub } from "./emulated-github.ts";
import type { Json } from "./pull-follower.ts";

/** Evidence ages; the demonstration judges at the instant for which examples/ready was made. */
const NOW = "2026-11-23T20:00:00Z";
const OWNER = "example";
const NAME = "support-assistant";
const DEVELOPER = "octo-dev";
const CHECK = "pilotgate/governance";
const BRANCH = "answer-returns";

/** What the pull request lacks at first: the vendor's terms and the proof that the pilot works. */
const withheld = ["docs/readiness/vendors/openai.md", "docs/readiness/evidence/pilot-performance/"];

export interface DemoOptions {
  /** Folder of examples/ready. */
  example: string;
  write(text: string): void;
  bold(text: string): string;
  toolVersion: string;
}

class DemoFailed extends Error {}

/** Runs the real App on loopback against an emulated GitHub: held, evidence added, passed, merged. Throws with the step that did not hold. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { write, bold } = options;
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "pilotgate-demo-"));
  let github: EmulatedGitHub | undefined;
  let app: RunningApp | undefined;
  const step = (text: string) => write(`\n${bold(text)}\n`);
  try {
    step("1. A GitHub on this machine, and the App beside it");
    github = await startEmulatedGitHub({ organization: OWNER, repositories: [NAME], people: [DEVELOPER] });
    app = await startApp(github, folder, options);
    write(`   GitHub emulator at ${github.url}, Pilotgate at ${app.url}, its store in a temporary folder.\n`);
    const call = caller(github);

    step("2. A repository from examples/ready, and its main branch guarded");
    const files = await filesOf(options.example);
    await createRepository(
      call,
      files.filter(({ path }) => !isWithheld(path)),
    );
    write(`   ${files.length} files; main requires ${CHECK}.\n`);

    step("3. A developer opens a pull request, without two things that the gate asks for");
    const head = await openPull(call);
    const held = await waitForCheck(call, head);
    expect(held.conclusion === "failure", `the check is ${held.conclusion}, not failure`);
    write(indent(`✖ ${CHECK}: ${held.title}\n`));
    write(`\n   The comment on the pull request:\n\n${quote(await waitForComment(call))}\n`);

    step("4. Merging is refused");
    const refused = await github.as(DEVELOPER)("PUT", `/repos/${OWNER}/${NAME}/pulls/1/merge`, {});
    expect(refused.status === 422, `merging answered ${refused.status}, not 422`);
    write(`   HTTP ${refused.status}: ${text(refused.body, "message")}\n`);

    step("5. The missing evidence arrives");
    const added = files.filter(({ path }) => isWithheld(path));
    const next = await commit(call, BRANCH, added, "Add the vendor's terms and the evaluation");
    write(added.map(({ path }) => `   + ${path}\n`).join(""));
    const passed = await waitForCheck(call, next);
    expect(passed.conclusion === "success", `the check is ${passed.conclusion}: ${passed.title}`);
    write(indent(`\n✔ ${CHECK}: ${passed.title}\n`));

    step("6. The gate is open");
    const merged = await call("PUT", "/pulls/1/merge", {});
    expect((merged as { merged?: boolean }).merged === true, "GitHub did not merge");
    write(`   merged (${((performance.now() - started) / 1000).toFixed(1)} s in all)\n\n`);
    write("   Next: `npm run -s example:held` shows sixteen reasons to be held; docs/ explains each.\n");
  } finally {
    await app?.close();
    await github?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startApp(github: EmulatedGitHub, folder: string, { toolVersion }: DemoOptions): Promise<RunningApp> {
  const app = await serve(
    {
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: github.webhookSecret,
      GITHUB_API_URL: github.url,
      PILOTGATE_DATA_DIR: join(folder, "store"),
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "silent",
    },
    { toolVersion, now: () => NOW },
  );
  github.deliverTo(`${app.url}/api/github/webhooks`);
  return app;
}

type Call = (method: string, path: string, body?: unknown) => Promise<Json>;

/** Calls the repository as the developer; any refusal ends the demonstration. */
function caller(github: EmulatedGitHub): Call {
  const api = github.as(DEVELOPER);
  return async (method, path, body) => {
    const { status, body: answer } = await api(method, `/repos/${OWNER}/${NAME}${path}`, body);
    expect(status < 300, `${method} ${path} answered ${status}`);
    return answer;
  };
}

interface File {
  path: string;
  content: string;
}

async function filesOf(folder: string): Promise<File[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== "facts.json").map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files
      .sort()
      .map(async (path) => ({ path: path.slice(folder.length + 1).replaceAll("\\", "/"), content: await readFile(path, "utf8") })),
  );
}

function isWithheld(path: string): boolean {
  return withheld.some((start) => path.startsWith(start));
}

async function createRepository(call: Call, files: File[]): Promise<void> {
  await commit(call, "main", files, "A support assistant with its readiness documents");
  await call("PUT", "/branches/main/protection", {
    required_status_checks: { strict: false, contexts: [CHECK] },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  });
}

async function openPull(call: Call): Promise<string> {
  const main = text((await call("GET", "/git/ref/heads/main")) as Json, "object", "sha");
  await call("POST", "/git/refs", { ref: `refs/heads/${BRANCH}`, sha: main });
  const head = await commit(
    call,
    BRANCH,
    [{ path: "src/returns.mjs", content: "export const days = 30;\n" }],
    "Answer questions about returns",
  );
  await call("POST", "/pulls", {
    title: "Answer questions about returns",
    head: BRANCH,
    base: "main",
    body: "The assistant now knows the return policy.",
  });
  return head;
}

/** One commit on top of a branch; its id. */
async function commit(call: Call, branch: string, files: File[], message: string): Promise<string> {
  const parent = text(await call("GET", `/git/ref/heads/${branch}`), "object", "sha");
  const base = text(await call("GET", `/git/commits/${parent}`), "tree", "sha");
  const tree = await call("POST", "/git/trees", {
    base_tree: base,
    tree: files.map(({ path, content }) => ({ path, mode: "100644", type: "blob", content })),
  });
  const created = text(await call("POST", "/git/commits", { message, tree: text(tree, "sha"), parents: [parent] }), "sha");
  await call("PATCH", `/git/refs/heads/${branch}`, { sha: created });
  return created;
}

interface Check {
  conclusion: string;
  title: string;
}

async function waitForCheck(call: Call, head: string): Promise<Check> {
  return waitFor(`${CHECK} on ${head.slice(0, 7)}`, async () => {
    const { check_runs: runs } = (await call("GET", `/commits/${head}/check-runs`)) as {
      check_runs: { name: string; status: string; conclusion: string; output: { title: string } }[];
    };
    const run = runs.find(({ name, status }) => name === CHECK && status === "completed");
    return run && { conclusion: run.conclusion, title: run.output.title };
  });
}

async function waitForComment(call: Call): Promise<string> {
  return waitFor(
    "a comment",
    async () =>
      ((await call("GET", "/issues/1/comments")) as { body: string }[]).find(({ body }) => body.startsWith("<!-- pilotgate -->"))?.body,
  );
}

async function waitFor<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await ask();
    if (found !== undefined) return found;
    await pause(50);
  }
  throw new DemoFailed(`waited in vain for ${what}`);
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new DemoFailed(otherwise);
}

function text(value: Json, ...keys: string[]): string {
  let found: unknown = value;
  for (const key of keys) found = (found as Record<string, unknown> | null)?.[key];
  if (typeof found !== "string") throw new DemoFailed(`GitHub's answer has no ${keys.join(".")}`);
  return found;
}

function indent(lines: string): string {
  return lines.replace(/^(?=.)/gm, "   ");
}

/** A comment's Markdown as a reader of a terminal wants it: no marker, no folded parts, at most thirty lines. */
function quote(body: string): string {
  const lines = body
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/<details>[\s\S]*?<\/details>/g, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
    .split("\n");
  const shown = lines.length > 30 ? [...lines.slice(0, 30), "…"] : lines;
  return shown.map((line) => `   │ ${line}`).join("\n");
}
