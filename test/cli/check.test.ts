import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Report } from "../../src/shapes/report.ts";
import { aFolder, run, smallPolicy } from "./run-cli.ts";

let folder: string;
beforeAll(() => {
  folder = aFolder({
    ".github/pilotgate.yml": smallPolicy,
    "two.yml": `${smallPolicy}  - { id: triage, risk: medium, models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }] }\n`,
    "broken.yml": "version: 1\nsytems: []\n",
    "text.yml": "just text",
    "facts.json": "{}",
    "broken-facts.json": '{ "aprovals": [] }',
    "not-json.json": "{",
    "docs/readiness/escalation.md": "no front matter",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (argv: readonly string[], width = 100) => run(["check", ...argv], { cwd: folder, width });
const reportOf = (text: string) => JSON.parse(text) as Report;

describe("check", () => {
  it("prints gates, why, what next and who, and holds", async () => {
    const { exit, out, err } = await check([]);
    expect(exit).toBe(1);
    expect(out).toMatch(/^helper\nlow risk\n/);
    for (const words of ["HOLD Governance and Architecture Clearance", "Missing:", "Next (", "HOLD 16 of 16 criteria open. Start with:"]) {
      expect(out).toContain(words);
    }
    expect(err.replaceAll("\n", " ")).toBe(
      "Judged by the policy of this working tree; on GitHub the policy of the default branch is in force. It has 1 warning: see `pilotgate validate`. ",
    );
  });

  it("gives the same bytes for the same input, with every gate and no clock of its own", async () => {
    const at = "2026-11-20T10:00:00+01:00";
    const first = await check(["--format", "json", "--at", at]);
    const second = await run(["check", "--format", "json", "--at", at], { cwd: folder, now: () => new Date(0) });
    expect(second.out).toBe(first.out);
    const report = reportOf(first.out);
    expect(report).toMatchObject({
      schema: "pilotgate/report/v1",
      at: "2026-11-20T09:00:00Z",
      commit: null,
      facts: "none",
      verdict: "hold",
    });
    expect(report.systems[0]?.gates.map(({ id }) => id)).toEqual(["governance", "infrastructure", "rollout"]);
  });

  it("judges as of now, to the second, where no instant is given", async () => {
    expect(reportOf((await check(["--format", "json"])).out).at).toBe("2026-11-23T09:00:00Z");
  });

  it("shows one gate, and its verdict counts", async () => {
    const text = await check(["--gate", "rollout"]);
    expect(text.out).toContain("Staged Deployment Validation");
    expect(text.out).not.toContain("Governance and Architecture");
    const json = reportOf((await check(["--gate", "rollout", "--format", "json"])).out);
    expect(json.systems[0]?.gates).toHaveLength(3);
  });

  it.each([
    [["triage"], ["triage"]],
    [
      ["triage", "helper"],
      ["helper", "triage"],
    ],
  ])("judges the systems asked for: %j", async (wanted, judged) => {
    const { out } = await check(["--policy", "two.yml", "--format", "json", ...wanted.flatMap((id) => ["--system", id])]);
    expect(reportOf(out).systems.map(({ id }) => id)).toEqual(judged);
  });

  it("has one digest of the policy, whatever part of it is judged", async () => {
    const digest = async (argv: string[]) => reportOf((await check(["--policy", "two.yml", "--format", "json", ...argv])).out).policyDigest;
    expect(await digest(["--system", "triage"])).toBe(await digest([]));
  });

  it("takes facts from a file", async () => {
    expect(reportOf((await check(["--facts", "facts.json", "--format", "json"])).out).facts).toBe("file");
  });

  it("takes several gates, and all of them must pass", async () => {
    const text = await check(["--gate", "governance", "--gate", "rollout"]);
    expect(text.exit).toBe(1);
    expect(text.out).toContain("Governance and Architecture Clearance");
    expect(text.out).toContain("Staged Deployment Validation");
    expect(text.out).not.toContain("Production Infrastructure Readiness");
  });

  it("writes a file whole, keeps its mode, and leaves a link in its place", async () => {
    writeFileSync(join(folder, "kept.json"), "earlier", { mode: 0o600 });
    symlinkSync("kept.json", join(folder, "link.json"));
    await check(["--output", "link.json", "--format", "json"]);
    expect(readlinkSync(join(folder, "link.json"))).toBe("kept.json");
    expect(reportOf(readFileSync(join(folder, "kept.json"), "utf8")).verdict).toBe("hold");
    expect(statSync(join(folder, "kept.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    for (const name of ["kept.json", "link.json"]) rmSync(join(folder, name));
  });

  it("refuses a policy in its own place that is a link", async () => {
    const linked = aFolder({ "real.yml": smallPolicy, ".github/other.yml": "" });
    symlinkSync("../real.yml", join(linked, ".github/pilotgate.yml"));
    for (const command of ["check", "validate"]) {
      const { exit, out, err } = await run([command], { cwd: linked });
      expect([exit, out]).toEqual([2, ""]);
      expect(err).toContain("the policy .github/pilotgate.yml cannot be used: it is a symbolic link; commit the file itself.");
    }
    expect((await run(["check", "--policy", ".github/pilotgate.yml"], { cwd: linked })).exit).toBe(1);
    rmSync(linked, { recursive: true });
  });

  it("writes to a file, and says so on standard error only", async () => {
    const { exit, out, err } = await check(["--output", "report.md", "--format", "markdown"]);
    expect([exit, out]).toEqual([1, ""]);
    expect(err.replace(/\n/g, " ")).toContain("Written to report.md: hold.");
    expect(readFileSync(join(folder, "report.md"), "utf8")).toMatch(/^## Pilotgate: hold\n/);
    rmSync(join(folder, "report.md"));
  });

  it("writes SARIF and JUnit XML of the gates asked for", async () => {
    const sarif = await check(["--format", "sarif", "--gate", "rollout"]);
    expect(sarif.exit).toBe(1);
    const [run] = (JSON.parse(sarif.out) as { runs: [{ automationDetails: object; results: { ruleId: string }[] }] }).runs;
    expect(run.automationDetails).toEqual({ id: "pilotgate/rollout/" });
    expect(run.results.length).toBeGreaterThan(3);
    expect(new Set(run.results.map(({ ruleId }) => ruleId))).not.toContain("escalation");
    const junit = await check(["--format", "junit", "--gate", "rollout"]);
    expect(junit.exit).toBe(1);
    expect(junit.out.match(/<testsuite /g)).toHaveLength(1);
  });

  it("writes a badge and charts beside the report, which refers to what was written", async () => {
    const argv = ["--format", "markdown", "--output", "report.md", "--badge", "badge.svg", "--charts", "new/charts"];
    const { exit, err } = await check(argv);
    expect(exit).toBe(1);
    expect(err.replace(/\n/g, " ")).toContain("Written to report.md: hold. 0 charts in new/charts.");
    expect(readFileSync(join(folder, "badge.svg"), "utf8")).toContain(">hold at governance</text>");
    expect(readdirSync(join(folder, "new/charts"))).toEqual([]);
    for (const name of ["report.md", "badge.svg", "new"]) rmSync(join(folder, name), { recursive: true });
    const ready = ["check", "examples/ready", "--facts", "examples/ready/facts.json", "--at", "2026-11-23T20:00:00Z"];
    const drawn = await run([...ready, "--format", "markdown", "--charts", join(folder, "pictures")]);
    expect(drawn.exit).toBe(0);
    const names = readdirSync(join(folder, "pictures")).sort();
    expect(names).toEqual(["support-assistant-canary-stability.svg", "support-assistant-load-test.svg"]);
    for (const name of names) expect(drawn.out).toMatch(new RegExp(`!\\[.+\\]\\(\\S+/pictures/${name}\\)`));
    rmSync(join(folder, "pictures"), { recursive: true });
  });

  it("fits a narrow terminal", async () => {
    const { out } = await check([], 40);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it.each<[string, string[], string]>([
    ["no policy", ["docs"], "there is no policy at docs/.github/pilotgate.yml. `pilotgate init`"],
    ["a folder that is not there", ["absent"], "the folder absent cannot be judged: it is not there."],
    ["a file for a folder", ["two.yml"], "the folder two.yml cannot be judged: it is not a folder."],
    ["an output without a name", ["--output", ""], "--output names no file."],
    ["a second gate that is not there", ["--gate", "rollout", "--gate", "x"], "Allowed choices are governance, infrastructure, rollout"],
    ["no such policy", ["--policy", "absent.yml"], "there is no policy at absent.yml"],
    ["a policy that is a folder", ["--policy", "docs"], "the policy docs cannot be used: it is a folder."],
    ["a broken policy", ["--policy", "broken.yml"], "Unknown key `sytems`, did you mean `systems`?"],
    ["a policy that is text", ["--policy", "text.yml"], "The policy must be a mapping"],
    ["an absent folder", ["absent", "--policy", "two.yml"], "the folder absent cannot be judged:"],
    ["a system that is not there", ["--system", "helpr"], "there is no system `helpr` in the policy; did you mean `helper`?"],
    ["a gate that is not there", ["--gate", "production"], "Allowed choices are governance, infrastructure, rollout"],
    ["a format that is not there", ["--format", "xml"], "Allowed choices are text, json, markdown, sarif, junit"],
    ["a date for an instant", ["--at", "2026-11-23"], "--at must be an instant with its zone"],
    ["a day that is not there", ["--at", "2026-02-30T00:00:00Z"], "--at must be an instant with its zone"],
    ["an instant before the first year", ["--at", "0000-01-01T00:00:00+01:00"], "--at must be an instant with its zone"],
    ["an organisation's policy", ["--org-policy", "two.yml"], "--org-policy is not available in this version."],
    ["a repository alone", ["--repo", "acme/assistant"], "--repo and --sha belong together"],
    ["a repository without owner", ["--repo", "assistant", "--sha", "a".repeat(40)], "--repo must be OWNER/NAME."],
    ["a short commit", ["--repo", "acme/assistant", "--sha", "abc"], "--sha must be a full commit id"],
    ["facts from GitHub", ["--repo", "acme/assistant", "--sha", "a".repeat(40)], "--repo and --sha are not available in this version"],
    ["no facts", ["--facts", "absent.json"], "the facts file absent.json cannot be used: there is no such file."],
    ["facts with an unknown key", ["--facts", "broken-facts.json"], "did you mean `approvals`?"],
    ["facts that are no JSON", ["--facts", "not-json.json"], "The facts are not valid JSON."],
    ["an output that cannot be written", ["--output", "absent/report.txt"], "absent/report.txt cannot be written."],
    ["a badge that cannot be written", ["--badge", "absent/badge.svg"], "--badge absent/badge.svg cannot be written."],
    ["a file for a folder of charts", ["--charts", "two.yml"], "--charts two.yml cannot be written."],
    ["charts without a folder", ["--charts", ""], "--charts names no folder."],
    ["an unknown option", ["--verbos"], "unknown option '--verbos'"],
    ["too many arguments", ["a", "b"], "too many arguments"],
  ])("refuses %s with exit code 2 and nothing on standard output", async (_, argv, message) => {
    const { exit, out, err } = await check(argv);
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
