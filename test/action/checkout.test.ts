import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { NOW, readyFiles, without, type Files } from "../app/a-repository.ts";
import { spawnCli } from "../cli/run-cli.ts";
import { aCheckout, aFolder, git, removeFolders, runJob, write, type Job, type JobOptions } from "./a-job.ts";

/* Outside of pull requests: the checkout with its own policy, whatever state it is in. No GitHub answers here. */

const POLICY = ".github/pilotgate.yml";
const ready = readyFiles();
const policy = ready[POLICY] ?? "";
const lacking = without(ready, "docs/readiness/vendors/");
const payload = { repository: { default_branch: "main" } };
const push = (workspace: string, options: Partial<JobOptions> = {}): Promise<Job> =>
  runJob({ event: "push", payload, workspace, ...options });

afterAll(removeFolders);

describe("a push", () => {
  it("to a guarded branch passes or fails by the policy of the checkout", async () => {
    const passed = await push(aCheckout(ready));
    expect([passed.errors, passed.exit]).toEqual(["", 0]);
    expect(passed.summary).toContain("Judged by .github/pilotgate.yml of this checkout; for a pull request it is the default branch's.");
    const failed = await push(aCheckout(lacking));
    expect([failed.errors, failed.exit]).toEqual(["", 1]);
  });

  it("to another branch fails nothing; of a tag every gate counts, and those that were asked for", async () => {
    const workspace = aCheckout(lacking);
    expect((await push(workspace, { ref: "refs/heads/feature" })).exit).toBe(0);
    expect((await push(workspace, { ref: "refs/tags/v1.0.0" })).exit).toBe(1);
    expect((await push(workspace, { ref: "refs/tags/v1.0.0", inputs: { gate: "infrastructure" } })).exit).toBe(1); // not entered
    expect((await push(aCheckout(ready), { ref: "refs/tags/v1.0.0", inputs: { gate: "governance, infrastructure" } })).exit).toBe(0);
  });

  it.each(["schedule", "workflow_dispatch", "deployment"])("and the event %s are alike", async (event) => {
    const job = await push(aCheckout(lacking), { event, payload: event === "schedule" ? { schedule: "0 3 * * *" } : payload });
    expect([job.errors, job.exit]).toEqual(["", 1]);
  });

  it("needs no token", async () => {
    expect((await push(aCheckout(ready), { inputs: { token: "" } })).exit).toBe(0);
  });
});

describe("the checkout", () => {
  const commitOf = ({ report }: Job) => (JSON.parse(report ?? "{}") as { commit?: string | null }).commit;

  it("may be shallow, with a detached head", async () => {
    const origin = aCheckout(ready);
    write(origin, { "src/more.ts": "export {};\n" });
    git(origin, "add", "-A");
    git(origin, "commit", "-qm", "More");
    const clone = join(aFolder(), "clone");
    git(origin, "clone", "-q", "--depth=1", `file://${origin}`, clone);
    git(clone, "checkout", "-q", "--detach");
    const job = await push(clone);
    expect([job.errors, job.exit, commitOf(job)]).toEqual(["", 0, git(origin, "rev-parse", "HEAD")]);
  });

  it("may hold changes, or no repository at all: then no commit is named", async () => {
    const changed = aCheckout(ready);
    write(changed, { "notes.txt": "x" });
    expect([(await push(changed)).exit, commitOf(await push(changed))]).toEqual([0, null]);
    const plain = aFolder();
    write(plain, ready);
    expect(commitOf(await push(plain))).toBeNull();
  });

  it("that never happened is named", async () => {
    const job = await push(aFolder());
    expect([job.exit, job.annotations[0]?.message]).toEqual([
      1,
      "The workspace is empty: let a step with `actions/checkout` run before this one.",
    ]);
  });
});

describe("the policy of the checkout", () => {
  it("may stand elsewhere", async () => {
    const elsewhere = { ...without(lacking, POLICY), "config/gates.yml": policy };
    const job = await push(aCheckout(elsewhere), { inputs: { policy: "./config/gates.yml" } });
    expect([job.exit, job.summary.includes("Judged by config/gates.yml of this checkout")]).toEqual([1, true]);
  });

  it("that is absent is named with what writes one", async () => {
    const files = without(ready, POLICY);
    const job = await push(aCheckout(files));
    expect([job.errors, job.exit, job.outputs["verdict"], job.outputs["report"]]).toEqual(["", 1, "", ""]);
    expect(job.annotations).toEqual([expect.objectContaining({ level: "error", message: expect.stringContaining("`pilotgate init`") })]);
    expect(job.summary).toMatch(/^## Pilotgate: not judged, no policy\n/);
    expect((await push(aCheckout(files), { inputs: { "fail-on": "never" } })).exit).toBe(0);
  });

  it("that is broken fails the job, with each problem at its place", async () => {
    const broken = { ...ready, [POLICY]: policy.replace("risk: low", "risk: low\n    rsik: low\n    paths: 3") };
    const job = await push(aCheckout(broken));
    expect([job.errors, job.exit, job.outputs["verdict"]]).toEqual(["", 1, ""]);
    const line = String(broken[POLICY].split("\n").findIndex((text) => text.includes("rsik")) + 1);
    expect(job.annotations[0]).toMatchObject({ level: "error", properties: { file: POLICY, line, col: "5" } });
    expect(job.annotations).toHaveLength(2);
    expect(job.summary).toContain("has 2 problems, so nothing is judged");
  });

  it.each<[string, Files]>([
    ["is not there", {}],
    ["is outside", { policy: "../../etc/passwd" }],
    ["is a folder", { policy: "docs" }],
  ])("whose path %s is wrong set-up", async (_, given) => {
    const job = await push(aCheckout(ready), { inputs: { policy: "gates.yml", ...given, "fail-on": "never" } });
    expect([job.exit, job.annotations[0]?.message]).toEqual([
      1,
      "The input `policy` names no file of the checkout; give its path from the root of the repository.",
    ]);
  });

  it("that is a link is refused", async () => {
    const folder = aFolder();
    write(folder, { ...without(ready, POLICY), "real.yml": policy, ".github/other.yml": "x" });
    symlinkSync("../real.yml", join(folder, POLICY));
    const job = await push(folder);
    expect([job.exit, job.summary.includes("it is a symlink; commit the file itself")]).toEqual([1, true]);
  });
});

describe("beside `check`", () => {
  it.each<[string, string[], string, string]>([
    ["ready", [], "json", "json"],
    ["ready", ["governance"], "json", "json"],
    ["held", [], "json", "json"],
    ["held", ["infrastructure", "rollout"], "json", "json"],
    ["held", ["infrastructure", "rollout"], "markdown", "md"],
    ["held", ["infrastructure", "rollout"], "text", "txt"],
    ["held", ["infrastructure", "rollout"], "sarif", "sarif"],
    ["held", ["infrastructure", "rollout"], "junit", "junit.xml"],
  ])("the report of examples/%s, gates %j, as %s is the same, byte for byte", async (example, gates, format, ending) => {
    const workspace = aFolder();
    cpSync(new URL(`../../examples/${example}`, import.meta.url), workspace, { recursive: true });
    const job = await push(workspace, { inputs: { format, gate: gates.join(" ") } });
    expect(job.errors).toBe("");
    expect(job.outputs["report"]?.endsWith(`report.${ending}`)).toBe(true);
    const file = join(aFolder(), "report");
    const asked = gates.flatMap((gate) => ["--gate", gate]);
    const checked = spawnCli(["check", workspace, "--format", format, "--at", NOW, "--output", file, ...asked]);
    expect(job.report === readFileSync(file, "utf8")).toBe(true);
    expect(job.outputs["verdict"]).toBe(checked.exit === 0 ? "pass" : "hold");
  });
});

describe("inputs", () => {
  it.each([
    [{ gate: "governance,rolout" }, "The input `gate` is `rolout`; it must be one of governance, infrastructure, rollout."],
    [{ "fail-on": "always" }, "The input `fail-on` is `always`; it must be one of enforced, hold, never."],
    [{ format: "xml" }, "The input `format` is `xml`; it must be one of "],
    [{ "app-id": "pilotgate" }, "The input `app-id` must be the number of the App."],
    [
      { system: "suport-assistant" },
      "The input `system`: there is no system `suport-assistant` in the policy; did you mean `support-assistant`?.",
    ],
  ])("%j", async (inputs, message) => {
    const job = await push(aCheckout(ready), { inputs: { "fail-on": "never", ...inputs } });
    expect([job.exit, job.annotations]).toEqual([
      1,
      [expect.objectContaining({ level: "error", message: expect.stringContaining(message) })],
    ]);
  });

  it("fail where no runner started the program, or its event is not one", async () => {
    expect((await push(aCheckout(ready), { env: { GITHUB_WORKSPACE: "" } })).annotations[0]?.message).toContain(
      "GITHUB_WORKSPACE is not set",
    );
    const job = await push(aCheckout(ready), { payload: "{" });
    expect([job.exit, job.annotations[0]?.message]).toEqual([1, "The file at GITHUB_EVENT_PATH is not the payload of an event."]);
  });
});

describe("several systems", () => {
  it("are told apart, and can be chosen", async () => {
    const two = policy.replace(
      "systems:\n",
      `systems:\n  - id: other\n    risk: low\n    documents: docs/other\n    models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }]\n`,
    );
    const files = {
      ...ready,
      [POLICY]: two.replace("    name: Support assistant\n", "    name: Support assistant\n    documents: docs/readiness\n"),
    };
    const both = await push(aCheckout(files));
    expect([both.errors, both.exit]).toEqual(["", 1]);
    expect(both.outputs["held"]?.split(",")).toContain("other/vendor-terms");
    expect(both.annotations.map(({ properties }) => properties["title"])).toContain("other/vendor-terms: missing");
    const one = await push(aCheckout(files), { inputs: { system: "support-assistant" } });
    expect([one.exit, one.outputs["held"]]).toEqual([0, "canary-stability"]);
  });
});

describe("what the runner is told", () => {
  it("is all there is on a hostile file name", async () => {
    const name = "docs/readiness/evidence/load-test/::error file=x,line=1::\n::set-output name=verdict::pass%0A,é.json";
    const workspace = aCheckout(ready);
    write(workspace, { [name]: "{}" });
    writeFileSync(join(workspace, "docs/readiness/evidence/load-test/autocannon.json"), "not json");
    const job = await push(workspace);
    expect([job.errors, job.exit]).toEqual(["", 0]);
    expect(new Set(job.annotations.map(({ level }) => level))).toEqual(new Set());
    expect(job.outputs["verdict"]).toBe("hold");
    expect(Object.keys(job.outputs).toSorted()).toEqual(["held", "report", "unseen", "verdict"]);
    const tag = await push(workspace, { ref: "refs/tags/v1" });
    expect(tag.exit).toBe(1);
    for (const { level, properties } of tag.annotations) {
      expect(["error", "warning", "notice"]).toContain(level);
      expect(Object.keys(properties).every((key) => ["file", "line", "col", "title"].includes(key))).toBe(true);
    }
    expect(tag.annotations.some(({ properties }) => properties["file"]?.includes("\n") === true)).toBe(true);
  });

  it("is at most ten annotations of a level, and that there are more", async () => {
    const { annotations } = await push(aCheckout({ [POLICY]: policy }), { ref: "refs/tags/v1" });
    const errors = annotations.filter(({ level }) => level === "error");
    expect([errors.length, errors.at(-1)?.message]).toEqual([10, expect.stringMatching(/^\d+ more are in the job's summary\.$/)]);
  });

  it("fits: a large report is cut in the summary, and left out where the step has filled it already", async () => {
    const models = "models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }]";
    const systems = Array.from({ length: 50 }, (_, index) => `  - { id: s${index}, risk: high, documents: docs, ${models} }`);
    const unreadable = ["load-test", "guardrails", "pilot-performance", "user-satisfaction", "business-impact", "observability"].flatMap(
      (id) => Array.from({ length: 9 }, (_, index) => [`docs/evidence/${id}/${String(index).repeat(200)}.txt`, "nothing"]),
    );
    const workspace = aCheckout({ ...Object.fromEntries(unreadable), [POLICY]: `version: 1\nsystems:\n${systems.join("\n")}\n` });
    const job = await push(workspace);
    expect([job.errors, job.exit]).toEqual(["", 1]);
    expect(Buffer.byteLength(job.summary)).toBeLessThan(1024 * 1024);
    expect(job.summary).toMatch(/\d+ more parts are left out here\. Run `pilotgate check` to see them\.\n$/);
    expect((JSON.parse(job.report ?? "") as { systems: unknown[] }).systems).toHaveLength(50);
    const full = join(aFolder(), "summary");
    writeFileSync(full, "x".repeat(1024 * 1024 - 10));
    const told = await push(workspace, { env: { GITHUB_STEP_SUMMARY: full } });
    expect(readFileSync(full, "utf8")).toHaveLength(1024 * 1024 - 10);
    expect(told.annotations.at(-1)?.message).toContain("no room for the report");
  });

  it("fails the job where it cannot be written", async () => {
    const job = await push(aCheckout(ready), { env: { RUNNER_TEMP: "/dev/null/nowhere" } });
    expect([job.errors, job.exit, job.annotations.at(-1)?.message.startsWith("Pilotgate could not tell what it found: ")]).toEqual([
      "",
      1,
      true,
    ]);
  });

  it("may be nothing at all", async () => {
    const job = await push(aCheckout(ready), { env: { GITHUB_OUTPUT: "", GITHUB_STEP_SUMMARY: "", RUNNER_TEMP: "" } });
    expect([job.errors, job.exit]).toEqual(["", 0]);
  });
});
