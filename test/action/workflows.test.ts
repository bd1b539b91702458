import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { load } from "js-yaml";
import { removeFolders, root } from "./a-job.ts";
import { createLinter } from "./lint-workflows.ts";

/* The example workflows, as GitHub would read them. */

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; steps: Step[] }>;
}

const folder = join(root, "examples/workflows");
const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
const { inputs, outputs } = load(readFileSync(join(root, "action/action.yml"), "utf8")) as Record<
  "inputs" | "outputs",
  Record<string, unknown>
>;

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});
afterAll(removeFolders);

it("there are five, and their page names each", () => {
  expect(files).toEqual(["code-scanning.yml", "load-test.yml", "pilotgate.yml", "red-team.yml", "release.yml"]);
  const page = readFileSync(join(root, "docs/action.md"), "utf8");
  for (const file of files) expect(page).toContain(`../examples/workflows/${file}`);
});

it.each([
  ["a key that is none", "x.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepps: []\n"],
  [
    "a context that is none",
    "x.yml",
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ githb.sha }}\n",
  ],
  ["an action without a description", "action.yml", "name: x\nruns: { using: node24, main: index.js }\n"],
])("the parser finds %s", (_, name, content) => expect(lint(name, content)).toHaveLength(1));

it("action.yml is as GitHub's parser wants it", () => {
  expect(lint("action.yml", readFileSync(join(root, "action/action.yml"), "utf8"))).toEqual([]);
});

describe.each(files)("%s", (file) => {
  const workflow = load(textOf(file)) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it("is as GitHub's parser wants it", () => {
    expect(lint(file, textOf(file))).toEqual([]);
  });

  it("asks for rights by name, writes only where it proposes evidence, and runs no stranger's code with them", () => {
    expect(Object.values(workflow.permissions)).not.toContain("write");
    const writing = Object.values(workflow.jobs).flatMap(({ permissions = {} }) =>
      Object.entries(permissions).filter(([, right]) => right === "write"),
    );
    expect(writing.every(([name]) => ["contents", "pull-requests", "security-events"].includes(name))).toBe(true);
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    // Findings may be shown of a pull request; code and pull requests are never written for one.
    if (writing.some(([name]) => name !== "security-events")) expect(Object.keys(workflow.on)).not.toContain("pull_request");
  });

  it("puts nothing that others write into a script", () => {
    expect(steps.flatMap(({ run }) => run ?? []).filter((run) => run.includes("${{"))).toEqual([]);
  });

  it("names actions by major version, and gives ours only inputs that it has", () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@v\d+$/);
    for (const step of steps.filter(({ uses }) => uses?.startsWith("OWNER/pilotgate/action@")))
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    for (const [, name = ""] of textOf(file).matchAll(/steps\.pilotgate\.outputs\.(\w+)/g)) expect(Object.keys(outputs)).toContain(name);
  });
});
