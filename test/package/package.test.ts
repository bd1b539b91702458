import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { root } from "../cli/run-cli.ts";
import { readyFiles, without } from "../app/a-repository.ts";
import { createFolder, deliver, environment, eventually, spawnApp, type AppProcess } from "../server/a-running-app.ts";
import { startSmallGitHub } from "../server/a-small-github.ts";
import { copyExample, installPackage, isBuilt, manifestOf, type Consumer } from "./a-package.ts";

/* What a team gets that installs Pilotgate: packed as for the registry, installed in an empty folder, run there. */

/** Bytes; 965,213 packed and 4,037,671 unpacked on 2026-11-26, and some room. What is much larger holds something that it should not. */
const MOST_PACKED = 1_250_000;
const MOST_UNPACKED = 5_200_000;

const belongs = [
  /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|app(?:\.contents-write)?\.yml)$/,
  /^dist\/cli\/(?:app\.cjs|main\.js|doctor\.js|serve\.js|demo\.js)$/,
  /^dist\/chunks\/[\w-]+\.js$/,
  /^dist\/third-party\.txt$/,
  /^schema\/(?:documents\/)?[a-z-]+\.schema\.json$/,
  /^types\/index\.d\.ts$/,
];

(isBuilt ? describe : describe.skip)("the package", () => {
  let consumer: Consumer;
  beforeAll(() => {
    consumer = installPackage();
  });
  afterAll(() => consumer?.remove());

  it("holds the program, schemas, types and nothing else: no source, test, example, or demo", () => {
    const { paths } = consumer.packed;
    expect(paths.filter((path) => !belongs.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(paths.filter((path) => path.includes("demo"))).toEqual(["dist/cli/demo.js"]);
    expect(paths).toEqual(
      expect.arrayContaining([
        "app.yml",
        "dist/cli/main.js",
        "schema/policy.schema.json",
        "types/index.d.ts",
        "LICENSE",
        "dist/third-party.txt",
      ]),
    );
  });

  it("is small", () => {
    expect(consumer.packed.size).toBeLessThan(MOST_PACKED);
    expect(consumer.packed.unpackedSize).toBeLessThan(MOST_UNPACKED);
  });

  it("brings no other package", () => {
    expect(readdirSync(join(consumer.folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["pilotgate"]);
    const { dependencies, optionalDependencies } = manifestOf(join(consumer.folder, "node_modules/pilotgate"));
    expect([dependencies, optionalDependencies]).toEqual([undefined, undefined]);
  });

  it("names every package whose code it holds, with its licence", () => {
    const notices = readFileSync(join(consumer.folder, "node_modules/pilotgate/dist/third-party.txt"), "utf8");
    for (const name of ["commander", "js-yaml", "kysely", "markdown-it", "pg", "pino", "probot", "saxes"])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC)\\)$`, "m"));
  });

  it("has no database and no client of GitHub in the script of `check`", () => {
    const script = readFileSync(join(consumer.folder, "node_modules/pilotgate/dist/cli/app.cjs"), "latin1");
    expect(script).not.toMatch(/pglite|kysely|octokit|create table/i);
  });

  it("checks, explains and tells its version", () => {
    const { version } = manifestOf(root);
    expect(consumer.pilotgate(["--version"])).toEqual({ exit: 0, out: `${String(version)}\n`, err: "" });
    expect(consumer.pilotgate(["explain", "load-test"])).toMatchObject({ exit: 0, out: expect.stringContaining("Load test") });
    for (const name of ["ready", "held"]) copyExample(name, join(consumer.folder, name));
    const at = ["--at", "2026-11-23T20:00:00Z"];
    const passed = consumer.pilotgate(["check", "ready", "--facts", "ready/facts.json", ...at]);
    expect(passed).toMatchObject({ exit: 0, out: expect.stringContaining("PASS every gate passes") });
    expect(consumer.pilotgate(["check", "held", ...at])).toMatchObject({ exit: 1, out: expect.stringContaining("HOLD 16 of 16") });
  });

  it("says that the demo needs a checkout", () => {
    const { exit, out, err } = consumer.pilotgate(["demo"]);
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toContain("`pilotgate demo` needs a checkout of the project");
  });

  it("gives types that need no other package, and schemas by their paths", () => {
    writeFileSync(
      join(consumer.folder, "use.mts"),
      `import type { CriterionReport, Documents, Facts, PolicyFile, Report } from "pilotgate";
import schema from "pilotgate/schema/report.schema.json" with { type: "json" };
export const held = (report: Report): CriterionReport["id"][] =>
  report.systems.flatMap(({ gates }) => gates).flatMap(({ criteria }) => criteria).filter(({ state }) => state !== "met").map(({ id }) => id);
export const policy: PolicyFile = { version: 1, systems: [{ id: "a", risk: "low", models: [{ id: "chat", provider: "openai", model: "m-1" }] }] };
export const facts: Facts = { repository: "acme/assistant" };
export const owner = (vendor: Documents["vendor"]): string => vendor.owner;
// @ts-expect-error there is no such risk
export const wrong: PolicyFile = { version: 1, systems: [{ id: "a", risk: "huge", models: [] }] };
export const title: string = schema.title;
`,
    );
    const options = "--ignoreConfig --noEmit --strict --module nodenext --resolveJsonModule --target es2023 --types".split(" ");
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const { stdout, status } = spawnSync(process.execPath, [compiler, ...options, "", "use.mts"], {
      cwd: consumer.folder,
      encoding: "utf8",
    });
    expect([stdout, status]).toEqual(["", 0]);
  });

  it("serves with the embedded database beside it, and names the command where that is absent", async () => {
    const github = await startSmallGitHub();
    const data = createFolder();
    let app: AppProcess | undefined;
    try {
      const env = environment(github.url, data.path);
      const absent = consumer.pilotgate(["serve"], env);
      expect([absent.exit, absent.out.includes("listening")]).toEqual([2, false]);
      expect(absent.err).toMatch(/Run `npm install @electric-sql\/pglite@[\d.]+` where pilotgate is installed/);

      consumer.addEmbeddedDatabase();
      app = await spawnApp(env, [join(consumer.folder, "node_modules/pilotgate/dist/cli/main.js"), "serve"]);
      expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
      github.setBranch("main", github.commit(readyFiles()));
      const sha = github.commit({ ...without(readyFiles(), "docs/readiness/vendors/"), "src/a.mjs": "1" });
      github.open(1, sha);
      expect(await deliver(app.url, "pull_request", github.event(1))).toBe(202);
      const check = await eventually(() => github.checks.find(({ head_sha: head }) => head === sha));
      expect([check.name, check.conclusion]).toEqual(["pilotgate/governance", "failure"]);
      app.child.kill("SIGTERM");
      expect(await app.ended).toEqual({ code: 0, signal: null });
    } finally {
      app?.child.kill("SIGKILL");
      await github.close();
      data.remove();
    }
  });
});
