import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { Terminal } from "../../src/cli/terminal.ts";
import { monorepo, repositories } from "../scaffold/repositories.ts";
import { aFolder, entry, run, smallPolicy, spawnCli } from "./run-cli.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function repository(files: Readonly<Record<string, string>>, { git = true } = {}): string {
  const folder = aFolder(files);
  folders.push(folder);
  if (git) spawnSync("git", ["init", "-q"], { cwd: folder });
  return folder;
}

const listing = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !item.parentPath.includes(`${folder}/.git/`) && item.parentPath !== `${folder}/.git`)
    .map((item) => `${item.parentPath}/${item.name}`.slice(folder.length + 1))
    .sort();

const files = repositories["every tool"] ?? {};

describe("init, as a process of its own", () => {
  it("writes a policy that validates and documents that check asks about, line by line", () => {
    const folder = repository(files);
    const { exit, out, err } = spawnCli(["init", "--yes"], {}, folder);
    expect([exit, err]).toEqual([0, ""]);
    expect(out).toContain("  models: gpt-4o-2024-11-20 (app/a.py:2)\n");
    expect(out).toContain("  + .github/pilotgate.yml\n");
    expect(out).toContain("Next: pilotgate check\n");
    const validated = spawnCli(["validate"], {}, folder);
    expect([validated.exit, validated.out]).toEqual([0, expect.stringContaining(".github/pilotgate.yml is valid")]);
    expect(validated.out).not.toContain("matches no file");
    const checked = spawnCli(["check", "--verbose"], {}, folder);
    expect(checked.exit).toBe(1);
    expect(checked.out.replaceAll(/\s+/g, " ")).toContain("docs/readiness/legal-privacy.md line 6: `data-categories` is empty.");
    expect(checked.out.replaceAll(/\s+/g, " ")).toContain(
      'docs/readiness/escalation.md line 20: the section "Edge cases" is not filled in.',
    );
    expect(checked.out).toContain("HOLD 16 of 16 criteria open");
  });

  it("adds nothing the second time", () => {
    const folder = repository(files);
    spawnCli(["init", "--yes"], {}, folder);
    const before = listing(folder);
    const { exit, out } = spawnCli(["init", "--yes"], {}, folder);
    expect([exit, listing(folder)]).toEqual([0, before]);
    expect(out).toContain("Wrote nothing\n");
    expect(out).toContain("  = .github/pilotgate.yml\n");
  });

  it("adds only a new service the second time, and says what the policy lacks", () => {
    const folder = repository(monorepo);
    spawnCli(["init", "--yes"], {}, folder);
    const before = listing(folder);
    const policy = readFileSync(join(folder, ".github/pilotgate.yml"), "utf8");
    mkdirSync(join(folder, "services/search"));
    writeFileSync(join(folder, "services/search/requirements.txt"), "openai\n");
    writeFileSync(join(folder, "services/search/main.py"), 'import openai\nx(model="gpt-4o-2024-11-20")\n');
    const { exit, out } = spawnCli(["init", "--yes"], {}, folder);
    const added = listing(folder).filter((path) => !before.includes(path) && !path.startsWith("services/search/"));
    expect([exit, added.every((path) => path.startsWith("docs/readiness/search/")), added.length > 10]).toEqual([0, true, true]);
    expect(readFileSync(join(folder, ".github/pilotgate.yml"), "utf8")).toBe(policy);
    expect(out).toContain("Add this to its `systems`:\n\n  - id: search\n");
  });

  it("writes nothing with --dry-run and shows the policy", () => {
    const folder = repository(files);
    const before = listing(folder);
    const { exit, out } = spawnCli(["init", "--dry-run", "--risk", "high"], {}, folder);
    expect([exit, listing(folder)]).toEqual([0, before]);
    expect(out).toContain("Would write");
    expect(out).toContain("    risk: high\n");
    expect(out).not.toContain("Next:");
  });

  it.each([
    ["an empty folder", {}, true, "nothing seen: languages, libraries, models"],
    ["a folder outside of git", { "a.py": "x = 1" }, false, "This is no git repository yet; history and approvals need one."],
  ])("works in %s", (_, content, git, text) => {
    const folder = repository(content, { git });
    const { exit, out } = spawnCli(["init", "--yes"], {}, folder);
    expect([exit, existsSync(join(folder, ".github/pilotgate.yml"))]).toEqual([0, true]);
    expect(out.replaceAll(/\s+/g, " ")).toContain(text);
    expect(spawnCli(["validate"], {}, folder).exit).toBe(0);
  });

  it("writes no second registry and no second record of a vendor", () => {
    const folder = repository({
      ...files,
      "docs/readiness/model-registry.yaml": "models: []\n",
      "docs/readiness/vendors/oai.md": "---\nstatus: draft\nvendor: OpenAI # ours\n---\n",
    });
    const { out } = spawnCli(["init", "--yes"], {}, folder);
    expect(out).toContain("Left 2 files as they are\n  = docs/readiness/vendors/oai.md\n  = docs/readiness/model-registry.yaml\n");
    expect(listing(folder).filter((path) => /vendors|registry/.test(path))).toEqual([
      "docs/readiness/model-registry.yaml",
      "docs/readiness/vendors/oai.md",
    ]);
  });

  it("says which model the policy does not name", () => {
    const { out } = spawnCli(
      ["init"],
      {},
      repository({ ...files, ".github/pilotgate.yml": smallPolicy.replace("gpt-4o-2024-11-20", "gpt-4.1-2025-04-14") }),
    );
    expect(out).toContain("No system of the policy names gpt-4o-2024-11-20 (app/a.py:2).\n");
  });

  it("takes a folder as check does, and says where the policy belongs", () => {
    const folder = repository({ "sub/a.py": "x = 1" });
    const { exit, out } = spawnCli(["init", "sub", "--yes"], {}, folder);
    expect([exit, existsSync(join(folder, "sub/.github/pilotgate.yml"))]).toEqual([0, true]);
    expect(out.replaceAll(/\s+/g, " ")).toContain("The repository begins above this folder; GitHub reads the policy in its root only.");
    expect(out).toContain("Next: pilotgate check sub\n");
  });

  it("leaves out what git ignores", () => {
    const folder = repository({ ".gitignore": "old/\n", "old/a.py": 'import openai\nx(model="gpt-4o")\n', "a.py": "x = 1" });
    expect(spawnCli(["init", "--yes"], {}, folder).out).toContain("nothing seen: libraries, models");
  });

  it("behaves as with --yes where nobody can answer, and says so", () => {
    const { exit, err } = spawnCli(["init", "--dry-run"], {}, repository({}));
    expect([exit, err]).toEqual([
      0,
      "No terminal to ask on, so this is `pilotgate init --yes`: what nobody answered stays a question in the files.\n",
    ]);
  });

  it("survives binary, huge, unreadable and oddly named files", () => {
    const folder = repository({
      ...repositories["hostile names"],
      "big.json": `"${"x".repeat(700_000)}"`,
      "binary.py": 'import openai\u0000x(model="gpt-4o")',
    });
    writeFileSync(join(folder, "closed.py"), "import openai");
    chmodSync(join(folder, "closed.py"), 0o000);
    const { exit, out, err } = spawnCli(["init", "--yes"], {}, folder);
    expect([exit, err]).toEqual([0, ""]);
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(/\d files were not looked into: too large, no text, or not to be read\./);
    expect(spawnCli(["validate"], {}, folder).exit).toBe(0);
  });
});

describe("init refuses", () => {
  it("a policy that is broken, with its problems, and writes nothing", () => {
    const folder = repository({ ".github/pilotgate.yml": smallPolicy.replace("risk: low", "risk: hihg") });
    const { exit, out, err } = spawnCli(["init", "--yes"], {}, folder);
    expect([exit, out, listing(folder)]).toEqual([2, "", [".github/pilotgate.yml"]]);
    expect(err).toContain("`risk` must be");
    expect(err).toContain("The policy is broken, so nothing was written.");
  });

  it("a policy that is a link", () => {
    const folder = repository({ "other.yml": smallPolicy });
    mkdirSync(join(folder, ".github"));
    symlinkSync("../other.yml", join(folder, ".github/pilotgate.yml"));
    const { exit, err } = spawnCli(["init", "--yes"], {}, folder);
    expect([exit, err]).toEqual([2, expect.stringContaining("it is a symbolic link")]);
  });

  it.each([
    [["init", "absent"], "the folder absent cannot be used: it is not there."],
    [["init", "--risk", "extreme"], "Allowed choices are low, medium, high."],
    [["init", "--force"], "unknown option '--force'"],
    [["init", "a", "b"], "too many arguments"],
  ])("%j", (argv, message) => {
    const { exit, err } = spawnCli(argv, {}, repository({}));
    expect([exit, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("to write through a link, and says what was written before", () => {
    const folder = repository({ "elsewhere/x": "" });
    symlinkSync("elsewhere", join(folder, "docs"));
    const { exit, out, err } = spawnCli(["init", "--yes"], {}, folder);
    expect([exit, readdirSync(join(folder, "elsewhere"))]).toEqual([2, ["x"]]);
    expect(out).toContain("Wrote 1 file\n  + .github/pilotgate.yml\n");
    expect(err).toContain(
      "cannot be written: its path leads through a symbolic link. What is listed above was written; run it again to go on.",
    );
  });
});

describe("init asks", () => {
  const answering = (typed: (string | null)[]): { asked: string[]; openTerminal: () => Promise<Terminal> } => {
    const asked: string[] = [];
    return {
      asked,
      openTerminal: async () => ({
        ask: async (question) => {
          asked.push(question);
          return typed.shift() ?? null;
        },
        close: () => undefined,
      }),
    };
  };

  it("six questions with what was seen as the usual answer, and writes what was answered", async () => {
    const folder = repository(files);
    const { asked, openTerminal } = answering(["Shop helper", "low", "", "y", "n", "12"]);
    const { exit } = await run(["init"], { cwd: folder, openTerminal });
    expect([exit, asked.length, asked[2]]).toEqual([0, 6, "Who is the product owner, as @login or @org/team? [@acme/product] "]);
    const policy = readFileSync(join(folder, ".github/pilotgate.yml"), "utf8");
    for (const line of [
      "  - id: shop-helper",
      "    name: Shop helper",
      "    risk: low",
      "      public: true",
      "      tools: false",
      '      product-owner: ["@acme/product"]',
    ])
      expect(policy.split("\n")).toContain(line);
  });

  it("again after what is no answer, three times at most, and leaves it open then", async () => {
    const folder = repository({});
    const { asked, openTerminal } = answering(["", "extreme", "very", "all", "later", "later", "later", "later"]);
    const { exit, out } = await run(["init"], { cwd: folder, openTerminal });
    expect([exit, asked.length]).toEqual([0, 8]);
    expect(out).toContain("It must be low, medium or high.\n");
    expect(readFileSync(join(folder, ".github/pilotgate.yml"), "utf8")).toContain("risk: medium # Question:");
  });

  it("and writes nothing where the questions are broken off", async () => {
    const folder = repository({});
    const { openTerminal } = answering(["", null]);
    const { exit, err } = await run(["init"], { cwd: folder, openTerminal });
    expect([exit, err, listing(folder)]).toEqual([2, "Broken off; nothing was written.\n", []]);
  });

  it("nothing with --yes, and nothing about a policy that is there", async () => {
    const { asked, openTerminal } = answering([]);
    expect((await run(["init", "--yes"], { cwd: repository({}), openTerminal })).exit).toBe(0);
    expect((await run(["init"], { cwd: repository({ ".github/pilotgate.yml": smallPolicy }), openTerminal })).exit).toBe(0);
    expect(asked).toEqual([]);
  });
});

/* util-linux has a program that runs another one on a terminal of its own. */
const hasScript = spawnSync("script", ["--version"]).stdout?.toString().includes("util-linux") === true;

(hasScript ? describe : describe.skip)("init on a terminal", () => {
  /** Types each text once what comes before it was printed. */
  async function onTerminal(folder: string, steps: [shown: string, typed: string][]): Promise<{ exit: number | null; out: string }> {
    const child = spawn("script", ["-qec", `'${process.execPath}' '${entry}' init`, "/dev/null"], {
      cwd: folder,
      env: { PATH: process.env["PATH"], TERM: "xterm", NO_COLOR: "1" },
    });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      const [next] = steps;
      if (next === undefined || !out.includes(next[0])) return;
      steps.shift();
      child.stdin.write(next[1]);
    });
    const exit = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { exit, out };
  }

  it("takes lines that are typed ahead", async () => {
    const folder = repository({});
    const { exit, out } = await onTerminal(folder, [["called?", "Helper\nhigh\n@octo-mia\nn\nn\n40\n"]]);
    expect([exit, out]).toEqual([0, expect.stringContaining("Wrote ")]);
    expect(readFileSync(join(folder, ".github/pilotgate.yml"), "utf8")).toContain("requestsPerSecond: 40 }");
  });

  it.each([
    ["Ctrl-C", "\u0003"],
    ["the end of the input", "\u0004"],
  ])("writes nothing after %s", async (_, typed) => {
    const folder = repository({});
    const { exit, out } = await onTerminal(folder, [
      ["called?", "Helper\n"],
      ["at stake", typed],
    ]);
    expect([exit, listing(folder)]).toEqual([2, []]);
    expect(out).toContain("Broken off; nothing was written.");
  });
});
