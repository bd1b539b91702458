import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import {
  anEnvironment,
  aRuleset,
  forbidden,
  policyFor,
  someSettings,
  startSettingsGitHub,
  TOKEN,
  type Settings,
  type SettingsGitHub,
} from "../github/a-settings-github.ts";
import { aFolder, entry, root, run, type Ran } from "./run-cli.ts";

let github: SettingsGitHub;
let folder: string;
beforeAll(async () => {
  github = await startSettingsGitHub();
  folder = aFolder({ "README.md": "" });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await github.close();
});

const env = (more: Record<string, string> = {}) => ({ GITHUB_TOKEN: TOKEN, GITHUB_API_URL: `${github.url}/api/v3`, ...more });
const ask = (settings: Partial<Settings>, argv: string[] = [], more: Record<string, string> = {}) => {
  github.settings = someSettings(settings);
  return run(["doctor", "--repo", "acme/assistant", "--app-id", "4242", ...argv], { env: env(more), cwd: folder });
};

/** The command line as a process of its own, while this process answers it. */
function start(argv: string[], more: Record<string, string>, cwd = folder): Promise<Ran> {
  const child = spawn(process.execPath, [entry, "doctor", ...argv], { cwd, env: { PATH: process.env["PATH"], ...more } });
  const ran: Ran = { exit: null, out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (ran.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString()));
  return new Promise((resolve) => child.on("close", (exit) => resolve({ ...ran, exit })));
}

const twoGates = {
  ".github/pilotgate.yml": policyFor(
    'governance: { branches: [main] }\ninfrastructure: { branches: ["release/**"] }\nrollout: { branches: [] }',
  ),
};

describe("pilotgate doctor", () => {
  it("is done where every question is proven", async () => {
    const { exit, out, err } = await ask({ rulesets: [aRuleset()] });
    expect([exit, err]).toEqual([0, ""]);
    expect(out).toContain("governance guards the branches main (helper)");
    expect(out).toContain("✔ pinned: `main` takes the check from App 4242 only.");
    expect(out).toContain("4 proven");
  });

  it("prints for every gap what closes it, on a line of its own", async () => {
    const { exit, out } = await ask({});
    expect(exit).toBe(1);
    expect(out).toContain("✖ required: `main` does not require `pilotgate/governance`.");
    expect(out).toContain(
      "\n      $ pilotgate doctor --repo acme/assistant --app-id 4242 --gate governance --format ruleset | gh api --hostname 127.0.0.1 --method POST repos/acme/assistant/rulesets --input -\n",
    );
    expect(out).toContain("Mend: the same as above.");
  });

  it("fails where something is not proven, and says which right is missing", async () => {
    const { exit, out } = await ask({ isAdministrator: false, rulesets: [aRuleset()] });
    expect(exit).toBe(1);
    expect(out).toContain("Not proven; it takes Administration: write on the repository (an administrator's");
    expect(out).toContain("NOT PROVEN");
  });

  it("claims nothing with a token that sees next to nothing", async () => {
    const refused = [{ path: /^\//, reply: forbidden("contents=read") }];
    const { exit, out } = await ask({ refused, rulesets: [aRuleset()] });
    expect(exit).toBe(1);
    expect(out).toContain("Not proven; it takes Contents: read.");
    expect(out).not.toContain("✔");
    expect(out).not.toContain("✖");
  });

  it("prints JSON as its schema has it", async () => {
    const schema = JSON.parse(readFileSync(join(root, "schema/doctor.schema.json"), "utf8")) as object;
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    const environments = [anEnvironment("production", { can_admins_bypass: true })];
    const everything = { ".github/pilotgate.yml": policyFor("governance: { branches: [main] }") };
    for (const settings of [{}, { files: twoGates }, { files: everything, environments, isAdministrator: false, rulesets: [aRuleset()] }]) {
      const { out } = await ask(settings, ["--format", "json"]);
      validate(JSON.parse(out));
      expect(validate.errors).toBeNull();
    }
  });

  it("prints one ruleset that can be imported, or one for each gate", async () => {
    const one = await ask({ files: twoGates }, ["--format", "ruleset", "--gate", "infrastructure"]);
    expect(one.exit).toBe(0);
    expect(JSON.parse(one.out)).toEqual({
      name: "Pilotgate: infrastructure",
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["refs/heads/release", "refs/heads/release/**/*"], exclude: [] } },
      rules: [
        { type: "deletion" },
        { type: "non_fast_forward" },
        {
          type: "required_status_checks",
          parameters: {
            strict_required_status_checks_policy: false,
            do_not_enforce_on_create: false,
            required_status_checks: [{ context: "pilotgate/infrastructure", integration_id: 4242 }],
          },
        },
      ],
      bypass_actors: [],
    });
    const all = await ask({ files: twoGates }, ["--format", "ruleset"]);
    expect((JSON.parse(all.out) as { name: string }[]).map(({ name }) => name)).toEqual([
      "Pilotgate: governance",
      "Pilotgate: infrastructure",
    ]);
  });

  it("asks about one gate alone", async () => {
    const { out } = await ask({ files: twoGates, rulesets: [aRuleset()] }, ["--gate", "governance"]);
    expect(out).not.toContain("infrastructure");
    expect(out).toContain("PROVEN");
  });

  it.each<[string, string[], Record<string, string>, string]>([
    ["no token", [], { GITHUB_TOKEN: "" }, "GITHUB_TOKEN=$(gh auth token)"],
    ["a token that is none", [], { GITHUB_TOKEN: "two words" }, "GITHUB_TOKEN is not a token"],
    ["a token that GitHub refuses", [], { GITHUB_TOKEN: "ghp_revoked" }, "GitHub does not accept GITHUB_TOKEN"],
    ["a repository that cannot be seen", ["--repo", "acme/other"], {}, "acme/other is not there, or this token may not see it."],
    ["a name that is none", ["--repo", "../.."], {}, "--repo must be OWNER/NAME."],
    ["a number that is none", ["--app-id", "pilotgate"], {}, "--app-id must be the number of the App"],
    ["APP_ID that is none", ["--repo", "acme/assistant"], { APP_ID: "x" }, ""],
    ["an address that is none", [], { GITHUB_API_URL: "http://example.com" }, "GITHUB_API_URL: use the https address"],
  ])("refuses %s in one line, without a value of the token", async (_, argv, more, message) => {
    const { exit, out, err } = await ask({ rulesets: [aRuleset()] }, argv, more);
    if (message === "") return expect(exit).toBe(0); // --app-id was given and counts
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect(err).not.toMatch(/two words|ghp_/);
  });

  it("says that there is no policy, and that one is broken", async () => {
    const absent = await ask({ files: { "README.md": "" } });
    expect([absent.exit, absent.err]).toEqual([2, expect.stringContaining("`pilotgate init`")]);
    const broken = await ask({ files: { ".github/pilotgate.yml": "version: 1\nsystems: []\nsystem: 3\n" } });
    expect(broken.exit).toBe(2);
    expect(broken.err).toContain(".github/pilotgate.yml:3:1: ");
  });

  it("proves nothing where GitHub cannot be reached", async () => {
    const { exit, out, err } = await ask({}, [], { GITHUB_API_URL: "http://127.0.0.1:9" });
    expect([exit, out]).toEqual([1, ""]);
    expect(err).toContain("Nothing was proven.");
  });

  it("shows no escape sequence or mention of a stranger's name", async () => {
    const hostile = "x\u001B[31m\u202E`@everyone\n::error::";
    const files = {
      ".github/pilotgate.yml": policyFor(
        'governance: { branches: ["**"] }\ninfrastructure: { branches: [] }\nrollout: { environments: ["prod*"] }',
      ),
      ".github/workflows/a\u001B[2J.yml": 'jobs:\n  a:\n    environment: "prod\\e[31m"\n',
    };
    const branches = ["main", "a\u001B]0;b\u0007", "b'$(id)`id`"];
    const rulesets = [aRuleset({ name: hostile, bypass_actors: [{ actor_id: 1, actor_type: hostile }] })];
    const { out } = await ask({
      files,
      branches,
      rulesets,
      environments: [anEnvironment("prod'; id \u001B[31m", { can_admins_bypass: true })],
    });
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
    expect(out).not.toMatch(/^::/m);
    const commands = out.split("\n").filter((line) => line.startsWith("      $ "));
    expect(commands.some((line) => line.includes("environments/prod%27%3B%20id%20%1B%5B31m"))).toBe(true);
    expect(commands.join("\n")).not.toMatch(/; id|\$\(id\)|`id`/);
  });
});

describe("the built command", () => {
  it("takes the repository from the remote, and GitHub from GITHUB_API_URL", async () => {
    github.settings = someSettings({ rulesets: [aRuleset()] });
    const git = (...argv: string[]) => spawnSync("git", argv, { cwd: folder });
    git("init", "-q");
    git("remote", "add", "origin", "git@127.0.0.1:acme/assistant.git");
    const own = await start([], env({ APP_ID: "4242" }));
    expect([own.exit, own.err]).toEqual([0, ""]);
    git("remote", "set-url", "origin", "https://github.com/acme/assistant.git");
    const other = await start([], env());
    expect([other.exit, other.out]).toEqual([2, ""]);
    expect(other.err).toContain("the remote `origin` is at github.com, and 127.0.0.1 would be asked");
  });

  it("says what is missing, in one line", async () => {
    const elsewhere = aFolder({});
    const none = await start([], env(), elsewhere);
    rmSync(elsewhere, { recursive: true, force: true });
    expect([none.exit, none.err]).toEqual([
      2,
      "pilotgate: this folder has no git remote `origin` that names a repository; give --repo OWNER/NAME.\n",
    ]);
    const tokenless = await start(["--repo", "acme/assistant"], {});
    expect(tokenless.exit).toBe(2);
    expect(tokenless.err.trimEnd().split("\n")).toHaveLength(1);
  });
});
