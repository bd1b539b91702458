import { describe, expect, it } from "@jest/globals";
import { criteria } from "../../src/engine/criteria/index.ts";
import { lintAgainstTree } from "../../src/policy/lint-against-tree.ts";
import { parsePolicy, type GoodPolicy } from "../../src/policy/parse-policy.ts";
import { fullPolicy, smallPolicy } from "./examples.ts";

function good(text: string): GoodPolicy {
  const parsed = parsePolicy(text, { file: "pilotgate.yml" });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed;
}

const peak = "    traffic: { expectedPeak: { requestsPerSecond: 1 } }\n";
const warningsOf = (text: string) => good(text).warnings.map(({ line, column, code }) => `${line}:${column} ${code}`);
const asked = new Set(criteria.flatMap(({ decisions }) => decisions.map(({ role }) => role)));

describe("warnings", () => {
  it("says nothing of a small policy at low risk that has its peak", () => {
    expect(good(`${smallPolicy}${peak}`).warnings).toEqual([]);
  });

  it.each([
    ["no expected peak", smallPolicy, ["3:5 no-expected-peak"]],
    [
      "a gate that guards nothing",
      `${smallPolicy}${peak}    gates:\n      rollout: { branches: [], environments: [] }\n`,
      ["8:16 guards-nothing"],
    ],
    [
      "a canary behind its own gate",
      `${smallPolicy}${peak}    stages: [{ environment: production, trafficPercent: 10 }]\n`,
      ["7:29 canary-guarded-by-rollout"],
    ],
    [
      "two systems with one folder",
      `${smallPolicy}${peak}    documents: docs/all\n${smallPolicy.replace(/^[^]*systems:\n/, "").replace("bot", "other")}${peak}    documents: docs/all/\n`,
      ["12:16 shared-documents"],
    ],
    ["all traffic in production", `${smallPolicy}${peak}    stages: [{ environment: production, trafficPercent: 100 }]\n`, []],
  ])("warns of %s", (_, text, expected) => {
    expect(warningsOf(text)).toEqual(expected);
  });

  it("warns at medium and high risk of every role that is asked and has no holder", () => {
    const parsed = good(`${smallPolicy.replace("low", "medium")}${peak}`);
    expect(parsed.warnings).toHaveLength(asked.size);
    for (const { code, severity } of parsed.warnings) expect([code, severity]).toEqual(["role-without-holder", "warning"]);
  });

  it("warns of a role that one person holds alone, not of a team", () => {
    const roles = (holder: string) => [...asked].map((role) => `      ${role}: ["${holder}"]\n`).join("");
    expect(warningsOf(`${smallPolicy.replace("low", "high")}${peak}    roles:\n${roles("@acme/all")}`)).toEqual([]);
    expect(good(`${smallPolicy.replace("low", "high")}${peak}    roles:\n${roles("@solo")}`).warnings.map(({ code }) => code)).toEqual(
      [...asked].map(() => "single-holder"),
    );
  });
});

describe("lintAgainstTree", () => {
  const tree = ["services/assistant/server/main.ts", "docs/readiness/vendors/openai.md", "prompts/a.txt", "tests/contract/crm.test.ts"];

  it("finds globs and paths that match no file, with their places", () => {
    expect(lintAgainstTree(good(fullPolicy), tree).map(({ line, message }) => `${line} ${message}`)).toEqual([
      "14 `guardrails/**` matches no file.",
      "14 `retrieval/config.yml` matches no file.",
      "43 `docs/readiness/evidence/user-satisfacti…` matches no file.",
    ]);
  });

  it("is silent where everything matches, and about defaults", () => {
    expect(lintAgainstTree(good(smallPolicy), [])).toEqual([]);
    expect(lintAgainstTree(good(`${smallPolicy}    paths: ["**/*.ts"]\n`), tree)).toEqual([]);
  });
});
