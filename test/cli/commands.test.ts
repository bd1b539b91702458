import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { criterionIds } from "../../src/shapes/vocabulary.ts";
import { aFolder, run, smallPolicy } from "./run-cli.ts";

const k6 = JSON.stringify({
  root_group: { name: "", path: "" },
  metrics: {
    http_reqs: { count: 120, rate: 12 },
    http_req_failed: { passes: 3, fails: 117, value: 0.025 },
    http_req_duration: { avg: 10, min: 1, med: 9, max: 40, "p(90)": 20, "p(95)": 30 },
  },
});

let folder: string;
beforeAll(() => {
  folder = aFolder({
    "k6.json": k6,
    "foreign.txt": "nothing that we know",
    "hostile\u001B[31m.json": k6,
    "empty.json": "",
    ".github/pilotgate.yml": smallPolicy,
    "warned.yml": smallPolicy.replace("risk: low", "risk: high"),
    "broken.yml": "version: 1\nsystems:\n  - id: a\n    risk: hihg\n    models: []\n    nmae: \u202Ex\n",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("pilotgate", () => {
  it.each(["check", "read", "explain", "init", "validate", "doctor", "serve", "demo"])(
    "%s explains itself with an example",
    async (command) => {
      const { exit, out, err } = await run([command, "--help"]);
      expect([exit, err]).toEqual([0, ""]);
      expect(out).toContain(`Usage: pilotgate ${command}`);
      expect(out).toContain("Examples:\n  $ ");
    },
  );

  it("says its version", async () => {
    const { exit, out } = await run(["--version"]);
    expect(exit).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each<[string[], string]>([
    [[], "Usage: pilotgate"],
    [["chek"], "Did you mean check?"],
    [["--vers"], "unknown option"],
    [["export"], "`pilotgate export` is not available in this version."],
    [["export", "--help"], "`pilotgate export` is not available in this version."],
    [["read"], "missing required argument 'file'"],
  ])("answers %j with exit code 2", async (argv, message) => {
    const { exit, out, err } = await run(argv);
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  it("blames itself for what it did not expect, with a trace only when asked", async () => {
    const now = () => {
      throw new Error("the clock\nstopped \u001B[31m");
    };
    const plain = await run(["check"], { now });
    expect([plain.exit, plain.out]).toEqual([3, ""]);
    expect(plain.err).toMatch(/^pilotgate: the clock stopped\nThis is a fault of ours/);
    expect(plain.err).not.toContain("    at ");
    expect((await run(["check"], { now, env: { DEBUG: "pilotgate" } })).err).toContain("    at ");
  });
});

describe("read", () => {
  it("says what a file is and what was measured, with units", async () => {
    const { exit, out, err } = await run(["read", "k6.json"], { cwd: folder });
    expect([exit, err]).toEqual([0, ""]);
    expect(out.split("\n").slice(0, 6)).toEqual([
      "k6.json",
      "  load-test, format k6-summary, written by k6",
      "  requests           120",
      "  failed             3",
      "  error rate         2.5 %",
      "  requests a second  12",
    ]);
    expect(out).toContain("  latency            mean 10 ms, p50 9 ms, p90 20 ms, p95 30 ms, max 40 ms\n");
  });

  it("prints one object for one file and an array for several, also where one fails", async () => {
    const one = await run(["read", "--format", "json", "k6.json"], { cwd: folder });
    const several = await run(["read", "k6.json", "foreign.txt", "absent.json", ".", "empty.json", "--format", "json"], { cwd: folder });
    expect([one.exit, several.exit]).toEqual([0, 2]);
    const [first, ...failed] = JSON.parse(several.out) as object[];
    expect(JSON.parse(one.out)).toEqual(first);
    expect(first).toMatchObject({
      path: "k6.json",
      format: "k6-summary",
      kind: "load-test",
      tool: { name: "k6" },
      measurement: { requests: 120, failed: 3, ratePerSecond: 12, latencyMs: { p95: 30 } },
    });
    expect(failed).toMatchObject([
      { path: "foreign.txt", kind: null, measurement: null, problem: { code: "unknown-format" } },
      { path: "absent.json", problem: { code: "missing", message: "There is no such file." } },
      { path: ".", problem: { code: "unknown-format", message: "The folder is none that is evidence as a whole. Name the files in it." } },
      { path: "empty.json", problem: { code: "empty" } },
    ]);
  });

  it("says once what a sidecar says", async () => {
    const there = aFolder({ "a.json.evidence.yml": "commit: 3f9c2d1e\nmeasured-at: 2026-11-12T10:00:00Z\nmodel: gpt-4o-2024-11-20\n" });
    const { exit, out } = await run(["read", "a.json.evidence.yml"], { cwd: there });
    expect([exit, out.match(/3f9c2d1e/g)]).toEqual([0, ["3f9c2d1e"]]);
    rmSync(there, { recursive: true });
  });

  it("prints every file although one fails, and shows no control character of a name", async () => {
    const { exit, out } = await run(["read", "absent.json", "hostile\u001B[31m.json"], { cwd: folder });
    expect(exit).toBe(2);
    expect(out).toContain("absent.json\n  not readable: There is no such file.\n\nhostile.json\n");
  });
});

describe("explain", () => {
  it("lists every criterion", async () => {
    const { exit, out } = await run(["explain"]);
    expect(exit).toBe(0);
    for (const id of criterionIds) expect(out).toMatch(new RegExp(`^  ${id}  `, "m"));
  });

  it.each(criterionIds)("says what %s asks at which risk", async (id) => {
    for (const width of [40, 100]) {
      const { exit, out } = await run(["explain", id], { width });
      expect(exit).toBe(0);
      expect(out).toContain(`${id}, of the gate`.slice(0, 38));
      expect(out).toContain("low");
      expect(out).toContain("Who can supply it");
      // Headings are wrapped; tables and examples are there to be read across and copied.
      for (const line of out.split("\n").filter((text) => /^\S/.test(text))) expect(line.length).toBeLessThanOrEqual(width);
      expect(out.replace(/\s/g, "")).toContain(`docs/criteria/${id}.md`);
      expect(out).not.toContain("undefined");
    }
  });

  it("suggests the nearest name", async () => {
    const near = await run(["explain", "loadtest"]);
    const far = await run(["explain", "\u001B[31mx"]);
    expect([near.exit, near.err]).toEqual([2, "pilotgate: there is no criterion `loadtest`, did you mean `load-test`?\n"]);
    expect([far.exit, far.err]).toEqual([2, "pilotgate: there is no criterion `x`; `pilotgate explain` lists them all.\n"]);
  });
});

describe("validate", () => {
  it("accepts a policy, warnings and all", async () => {
    const { exit, out } = await run(["validate"], { cwd: folder });
    expect(exit).toBe(0);
    expect(out).toContain(".github/pilotgate.yml is valid: helper (low risk).\n");
    const warned = await run(["validate", "warned.yml"], { cwd: folder });
    expect(warned.exit).toBe(0);
    expect(warned.out).toMatch(/warning: Nobody holds `security`/);
  });

  it("shows every problem with its place and the line itself", async () => {
    const { exit, out } = await run(["validate", "broken.yml"], { cwd: folder });
    expect(exit).toBe(2);
    expect(out).toContain("broken.yml:4:11: error: ");
    expect(out).toContain("  4 |     risk: hihg\n    |           ^\n");
    expect(out).toContain("broken.yml:6:");
    expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("accepts an organisation's policy, and no mix of both", async () => {
    const organization = "version: 1\norganization:\n  floors: { risk: medium }\n";
    const there = aFolder({
      "pilotgate.yml": organization,
      ".github/pilotgate.yml": organization,
      "both.yml": `${smallPolicy}organization: {}\n`,
    });
    const { exit, out } = await run(["validate", "pilotgate.yml"], { cwd: there });
    expect([exit, out]).toEqual([0, "pilotgate.yml is valid: a policy of an organisation.\n"]);
    expect((await run(["validate"], { cwd: there })).exit).toBe(2);
    expect((await run(["validate", "both.yml"], { cwd: there })).exit).toBe(2);
    rmSync(there, { recursive: true });
  });

  it("refuses a file that is not there", async () => {
    const { exit, out, err } = await run(["validate", "absent.yml"], { cwd: folder });
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toContain("there is no policy at absent.yml");
  });
});

describe("serve", () => {
  it("refuses to start without its settings, all of them at once", async () => {
    const { exit, err } = await run(["serve"]);
    expect(exit).toBe(2);
    for (const name of ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]) expect(err).toContain(`  - ${name}`);
  });
});
