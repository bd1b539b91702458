import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { parsePolicy, parsePolicyBytes } from "../../src/policy/parse-policy.ts";
import { problemCodes } from "../../src/shapes/problem.ts";
import { fullPolicy, organizationPolicy, policyFrom, smallPolicy } from "./examples.ts";

const file = ".github/pilotgate.yml";

function problemsOf(text: string, scope: "repository" | "organization" = "repository") {
  const parsed = parsePolicy(text, { file, scope });
  return parsed.ok ? [] : parsed.problems;
}

/** `line:column code` of each problem. */
function placesOf(text: string, scope?: "repository" | "organization") {
  return problemsOf(text, scope).map(({ line, column, code }) => `${line}:${column} ${code}`);
}

/** One system with this below its obligatory keys. */
const withSystem = (lines: string) => `${smallPolicy}${lines.replaceAll(/^/gm, "    ")}\n`;

describe("parsePolicy", () => {
  it("accepts every key there is", () => {
    const policy = policyFrom(fullPolicy);
    expect(policy.systems?.[0]?.started).toBe("2026-09-07");
    expect(policy.systems?.[0]?.criteria?.["load-test"]?.thresholds).toEqual({ p95Ms: 1800, timeToFirstTokenP95Ms: 900 });
    expect(policyFrom(organizationPolicy, "organization").organization?.floors?.risk).toBe("medium");
  });

  it("fills nothing in", () => {
    expect(policyFrom(smallPolicy).systems?.[0]).toEqual({
      id: "bot",
      risk: "low",
      models: [{ id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" }],
    });
  });

  it.each([
    ["empty", "", "1:1 empty"],
    ["only a comment", "# nothing yet\n", "1:1 empty"],
    ["an empty document", "---\n", "1:1 empty"],
    ["null", "null\n", "1:1 empty"],
    ["text", "just text\n", "1:1 not-a-mapping"],
    ["a list", "- version: 1\n", "1:1 not-a-mapping"],
    ["two documents", "version: 1\n---\nversion: 1\n", "1:1 several-documents"],
    ["a tab", "version: 1\nsystems:\n\t- id: a\n", "3:1 not-yaml"],
    ["an open bracket", "version: 1\nsystems: [\n", "3:1 not-yaml"],
    ["an open quote", 'version: "1\n', "2:1 not-yaml"],
    ["two colons", "version: 1: 2\n", "1:11 not-yaml"],
    ["an unknown alias", "version: *one\n", "1:10 not-yaml"],
    ["an alias inside its own anchor", "version: 1\nsystems: &all [*all]\n", "2:16 not-yaml"],
    ["an unknown tag", "version: !secret 1\n", "1:10 not-yaml"],
    ["a list as key", "? [a]\n: 1\n", "1:1 not-yaml"],
    ["a control character", "version: 1\nname: \u0007\n", "2:7 not-yaml"],
    ["too deep", `version: ${"[".repeat(60)}${"]".repeat(60)}\n`, "1:49 too-deep"],
  ])("says where the text itself is wrong: %s", (_, text, place) => {
    expect(placesOf(text)).toEqual([place]);
  });

  it("refuses aliases that stand for too much before it builds anything", () => {
    const levels = Array.from({ length: 30 }, (_, i) => `k${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`);
    expect(placesOf(`k0: &a0 [x, x]\n${levels.join("\n")}\n`)).toEqual(["10:10 too-many-aliases"]);
  });

  it("allows a few aliases", () => {
    expect(problemsOf(withSystem("paths: &all [src/**]\nrelevantPaths: *all"))).toEqual([]);
  });

  it("refuses more than 1 MiB without parsing it", () => {
    expect(problemsOf("a: b\n".repeat(2_000_000)).map(({ code }) => code)).toEqual(["too-large"]);
    const parsed = parsePolicyBytes(new Uint8Array(10 * 1024 * 1024), { file });
    expect(parsed).toMatchObject({ ok: false, problems: [{ code: "too-large" }] });
  });

  it("refuses bytes that are not UTF-8 and accepts those that are", () => {
    expect(parsePolicyBytes(Uint8Array.of(0x76, 0xff, 0xfe), { file })).toMatchObject({
      ok: false,
      problems: [{ code: "not-utf8", line: 1 }],
    });
    expect(parsePolicyBytes(new TextEncoder().encode(`\uFEFF${fullPolicy}`), { file }).ok).toBe(true);
  });

  it.each([
    ["unknown key", "sytems: []\nversion: 1\nsystems: []", "1:1 unknown-key", "Unknown key `sytems`, did you mean `systems`?"],
    ["wrong version", smallPolicy.replace("version: 1", "version: 2"), "1:10 not-a-choice", "`version` must be 1; it is `2`."],
    [
      "the version as text",
      smallPolicy.replace("version: 1", 'version: "1"'),
      "1:10 not-a-choice",
      "`version` must be 1; leave out the quotes around `1`.",
    ],
    ["a choice", smallPolicy.replace("low", "hgih"), "4:11 not-a-choice", "`risk` must be low, medium or high; it is `hgih`."],
    [
      "a number as text",
      withSystem('traffic: { expectedPeak: { requestsPerSecond: "40" } }'),
      "6:51 wrong-type",
      "`requestsPerSecond` must be a number; leave out the quotes around `40`.",
    ],
    ["text as a number", withSystem("name: 7"), "6:11 wrong-type", "`name` must be text; put quotes around `7`."],
    ["yes", withSystem("architecture: { tools: yes }"), "6:28 wrong-type", "`tools` must be true or false; it is `yes`."],
    ["nothing", withSystem("gates:"), "6:5 wrong-type", "`gates` must be a mapping (`key: value`); it is empty."],
    [
      "a day that is none",
      withSystem("started: 2026-02-30"),
      "6:14 bad-date",
      "`started` must be a date such as 2026-09-07; it is `2026-02-30`.",
    ],
    ["out of range", withSystem("schedule: { governance: 0 }"), "6:29 out-of-range", "`governance` must be from 1 to 104; it is `0`."],
    ["a fraction", withSystem("schedule: { governance: 1.5 }"), "6:29 wrong-type", "`governance` must be a whole number; it is `1.5`."],
    [
      "a share over one",
      withSystem("criteria: { load-test: { thresholds: { errorRate: 5 } } }"),
      "6:55 out-of-range",
      "`errorRate` must be from 0 to 1; it is `5`.",
    ],
    ["an empty role", withSystem("roles: { sre: [] }"), "6:14 wrong-count", "`sre` is an empty list; leave it out or fill it."],
    [
      "a holder",
      withSystem("roles: { sre: [octo] }"),
      "6:20 bad-text",
      "`sre[0]` must be a GitHub user (`@login`) or team (`@org/team`); it is `octo`.",
    ],
    ["an id", smallPolicy.replace("bot", "My Bot"), "3:9 bad-text", "`id` must be small letters, digits and hyphens; it is `My Bot`."],
    [
      "an unknown criterion",
      withSystem("criteria: { lod-test: {} }"),
      "6:17 unknown-key",
      "Unknown key `lod-test`, did you mean `load-test`?",
    ],
    ["nothing near", withSystem("zebra: 1"), "6:5 unknown-key", "Unknown key `zebra`; known here: `id`,"],
    ["a merge key", withSystem("<<: { name: x }"), "6:5 unknown-key", "Merge keys (`<<`) are not part of YAML 1.2; write the keys out."],
    ["a prototype key", withSystem("__proto__: { risk: high }"), "6:5 unknown-key", "Unknown key `__proto__`"],
    ["a repeated key", withSystem("name: a\nname: b"), "7:5 duplicate-key", "The key `name` stands twice; keep one."],
    [
      "no source",
      withSystem("criteria: { load-test: { evidence: {} } }"),
      "6:30 wrong-count",
      "`evidence` must name one of `file`, `artifact` and `check`.",
    ],
    [
      "two sources in one",
      withSystem("criteria: { load-test: { evidence: { file: a, check: { app: a, name: b } } } }"),
      "6:30 wrong-count",
      "write a list for several",
    ],
    [
      "a misspelt source",
      withSystem("criteria: { load-test: { evidence: { fle: a } } }"),
      "6:42 unknown-key",
      "Unknown key `fle`, did you mean `file`?",
    ],
    [
      "a source as text",
      withSystem("criteria: { load-test: { evidence: a.json } }"),
      "6:40 wrong-type",
      "`evidence` must be a source (`file`, `artifact` or `check`) or a list of sources; it is `a.json`.",
    ],
    [
      "a list with a bad source",
      withSystem("criteria: { load-test: { evidence: [{ file: a }, { check: { app: x } }] } }"),
      "6:56 missing-key",
      "`check` needs `name`.",
    ],
    [
      "an alternative that is empty",
      withSystem("criteria: { load-test: { evidence: } }"),
      "6:30 wrong-type",
      "or a list of sources; it is empty.",
    ],
    [
      "an alternative that is an empty list",
      withSystem("criteria: { load-test: { evidence: [] } }"),
      "6:30 wrong-count",
      "`evidence` is an empty list; leave it out or fill it.",
    ],
    [
      "an entry of no shape in an alternative",
      withSystem("criteria: { load-test: { evidence: [{ file: a }, 3] } }"),
      "6:54 wrong-type",
      "`evidence[1]` must be a mapping (`key: value`); it is `3`.",
    ],
    [
      "a column's name",
      withSystem("criteria: { business-impact: { columns: { Score: a } } }"),
      "6:47 unknown-key",
      "The key `Score` must begin with a small letter",
    ],
  ])("explains %s", (_, text, place, message) => {
    const [first] = problemsOf(text);
    expect(`${first?.line}:${first?.column} ${first?.code}`).toBe(place);
    expect(first?.message).toContain(message);
  });

  it("gives one problem for one mistake in a source", () => {
    for (const evidence of ["{ fle: a }", "[3]", "{ artifact: { workflow: w } }", "nothing"]) {
      expect(problemsOf(withSystem(`criteria: { load-test: { evidence: ${evidence} } }`))).toHaveLength(1);
    }
  });

  it("puts what is missing at its parent, and names a misspelt key once", () => {
    expect(placesOf("version: 1\n")).toEqual(["1:1 missing-key"]);
    expect(placesOf("version: 1\nsystems:\n  - id: a\n    rsk: low\n    models: []\n")).toEqual(["4:5 unknown-key"]);
    const [problem] = problemsOf("version: 1\nsystems:\n  - id: a\n    models: []\n");
    expect(problem).toEqual({
      severity: "error",
      code: "missing-key",
      message: "`systems[0]` needs `risk` (low, medium or high).",
      file,
      line: 3,
      column: 5,
      path: "systems[0]",
    });
  });

  it.each([
    ["two systems with one id", `${smallPolicy}  - id: bot\n    risk: low\n    models: []\n`, "6:9 duplicate-system"],
    ["an organisation in a repository", `${smallPolicy}organization: {}\n`, "6:1 wrong-scope"],
    ["days to wait without waiting", withSystem("gates: { rollout: { waitDays: 3 } }"), "6:35 wait-days-without-wait"],
    [
      "a day from which, though enforced",
      withSystem("gates: { rollout: { enforceFrom: 2027-01-01 } }"),
      "6:38 enforce-from-without-effect",
    ],
    ["a schedule that does not ascend", withSystem("schedule: { governance: 9 }"), "6:29 schedule-order"],
    ["a schedule that goes back", withSystem("schedule: { rollout: 5, infrastructure: 6 }"), "6:26 schedule-order"],
    [
      "a stage that stands twice",
      withSystem("stages: [{ environment: Canary, trafficPercent: 10 }, { environment: canary, trafficPercent: 20 }]"),
      "6:74 duplicate-stage",
    ],
    [
      "a waiver of what cannot be waived",
      withSystem("waivers: [{ criterion: escalation, until: 2027-01-01, reason: x }]"),
      "6:28 non-negotiable",
    ],
    ["not applicable, though it always is", withSystem("notApplicable: [{ criterion: model-registry, reason: x }]"), "6:34 non-negotiable"],
    [
      "two waivers of one criterion",
      withSystem(
        "waivers:\n  - { criterion: load-test, until: 2027-01-01, reason: x }\n  - { criterion: load-test, until: 2027-02-01, reason: y }",
      ),
      "8:22 duplicate-criterion",
    ],
    ["a glob that excludes", withSystem('paths: ["!src/**"]'), "6:13 bad-glob"],
    ["an extended glob", withSystem('paths: ["+(a|b)"]'), "6:13 bad-glob"],
    ["too many alternatives", withSystem('paths: ["{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"]'), "6:13 bad-glob"],
    ["a bad glob among branches", withSystem('gates: { rollout: { branches: ["!main"] } }'), "6:36 bad-glob"],
    ["a path that leaves", withSystem("documents: ../elsewhere"), "6:16 bad-path"],
    ["an absolute path", withSystem('paths: ["/etc/**"]'), "6:13 bad-path"],
    ["a path with ./", withSystem('fingerprint: { prompts: ["./prompts/**"] }'), "6:30 bad-path"],
    ["the whole repository as a folder", withSystem("documents: ."), "6:16 bad-path"],
    ["a path with an empty step", withSystem("documents: docs//readiness"), "6:16 bad-path"],
    ["a path with a step of one dot", withSystem("documents: docs/./readiness"), "6:16 bad-path"],
    ["a path with a drive", withSystem('integrations: [{ name: a, contractTest: "C:/x" }]'), "6:45 bad-path"],
    ["a path in a source", withSystem('criteria: { load-test: { evidence: [{ file: "a/../../b" }] } }'), "6:49 bad-path"],
    [
      "a glob in an artifact",
      withSystem('criteria: { load-test: { evidence: { artifact: { workflow: w, name: n, file: "!x" } } } }'),
      "6:82 bad-glob",
    ],
  ])("keeps the rules over several keys: %s", (_, text, place) => {
    expect(placesOf(text)).toEqual([place]);
  });

  it("keeps the rules of the organisation's policy", () => {
    expect(placesOf(smallPolicy, "organization")).toEqual(["1:1 missing-key", "2:1 wrong-scope"]);
    expect(placesOf('version: 1\norganization:\n  required: { repositories: ["!a"] }\n', "organization")).toEqual(["3:30 bad-glob"]);
    expect(placesOf("version: 1\norganization:\n  inherit: [{ criterion: vendor-terms, file: ../x.md }]\n", "organization")).toEqual([
      "3:46 bad-path",
    ]);
  });

  it("reports everything at once, in the order of the text", () => {
    const text = withSystem(
      'paths: ["../x"]\nrisk: high\nnam: x\nwaivers: [{ criterion: escalation, until: tomorrow }]\nschedule: { governance: 9 }',
    );
    expect(placesOf(text)).toEqual([
      "6:13 bad-path",
      "7:5 duplicate-key",
      "8:5 unknown-key",
      "9:15 missing-key",
      "9:28 non-negotiable",
      "9:47 bad-date",
      "10:29 schedule-order",
    ]);
  });

  it("caps a flood of problems and says how many are left out", () => {
    const problems = problemsOf(withSystem(Array.from({ length: 250 }, (_, i) => `zebra${i}: 1`).join("\n")));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatchObject({ code: "too-many-problems", message: "150 more problems are not shown; mend these first." });
  });

  it("caps a flood of values that no rule could read", () => {
    const system = `{ id: a, risk: low, models: [], paths: [${"1, ".repeat(199)}1] }`;
    const problems = problemsOf(`version: 1\nsystems: [${`${system}, `.repeat(20)}${system}]\n`);
    expect(problems.slice(0, 100).every(({ code }) => code === "wrong-type")).toBe(true);
    expect(problems.at(-1)).toMatchObject({ code: "too-many-problems", message: "900 more problems are not shown; mend these first." });
  });

  it("never quotes at length, nor anything that could be taken for markup or a control", () => {
    const hostile = `${"x".repeat(500)}`;
    const texts = [
      withSystem(`name: 1\nstarted: "${hostile}"`),
      withSystem(`"\\u202e\`evil\\n\\u0007": 1`),
      smallPolicy.replace("low", `"${hostile}"`),
    ];
    for (const problem of texts.flatMap((text) => problemsOf(text))) {
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(problem.message).not.toMatch(/[\u0000-\u001f\u202e]|x{41}/);
    }
  });

  it("counts lines of every kind of line break", () => {
    expect(placesOf(`${smallPolicy}zebra: 1\n`.replaceAll("\n", "\r\n"))).toEqual(["6:1 unknown-key"]);
    expect(placesOf(`${smallPolicy}zebra: 1\n`.replaceAll("\n", "\r"))).toEqual(["6:1 unknown-key"]);
  });

  it("survives anything", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "version: 1\n",
        "systems:\n",
        "  - id: a\n",
        "    risk: low\n",
        "    models: []\n",
        "&a ",
        "*a",
        "[",
        "]",
        "{",
        "}",
        "? ",
        ": ",
        "| \n",
        "---\n",
        "!!str ",
        '"',
        "<<: ",
        "\t",
        "# ",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const parsed = parsePolicy(pieces.join(""), { file });
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { code, line, column } of parsed.problems) {
          expect(problemCodes).toContain(code);
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("gates", "criteria", "roles", "models", "waivers", "paths", "stages"), (value, key) => {
        const text = JSON.stringify({
          version: 1,
          systems: [{ id: "a", risk: "low", models: [], [key]: value }, value],
          organization: value,
        });
        expect(parsePolicy(text, { file }).ok).toBe(false);
      }),
    );
  });
});
