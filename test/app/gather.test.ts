import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { gather } from "../../src/app/gather.ts";
import type { Tree } from "../../src/app/ports.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import type { System } from "../../src/shapes/policy.ts";

function system(more = ""): System {
  const text = `version: 1\nsystems:\n  - id: a\n    risk: low\n    models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }]\n${more}`;
  const parsed = parsePolicy(text, { file: "pilotgate.yml" });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(" "));
  const [first] = resolvePolicy(parsed.policy).systems;
  if (first === undefined) throw new Error("the policy has no system");
  return first;
}

/** A tree in memory that writes down what was read of it. */
function toTree(files: Record<string, string>): { tree: Tree; reads: string[] } {
  const reads: string[] = [];
  const entries = new Map(Object.entries(files).map(([path, { length }]) => [path, { path, kind: "file" as const, size: length }]));
  const tree: Tree = {
    commit: null,
    entries,
    truncated: false,
    blobId: async (path) =>
      createHash("sha1")
        .update(files[path] ?? "")
        .digest("hex"),
    read: async (path) => {
      reads.push(path);
      return new TextEncoder().encode(files[path]);
    },
  };
  return { tree, reads };
}

const SURVEY = "docs/readiness/evidence/user-satisfaction/a.csv";
const DESCRIPTION = "docs/readiness/user-survey.md";
const describedAs = (scale: string) => `---\nscale: ${scale}\n---\n\n## Representative of whom\n\nThe canary.\n`;

async function surveyOf(files: Record<string, string>, of = system()) {
  const { tree, reads } = toTree(files);
  const { evidence } = await gather(of, tree, undefined);
  const reading = evidence["user-satisfaction"]?.[0]?.reading;
  return { measurement: reading?.ok === true && reading.kind === "survey" ? reading.measurement : undefined, reads };
}

describe("the scale of a survey", () => {
  const answers = "user,score\na,5\nb,9\n";
  const own = "    criteria: { user-satisfaction: { scale: 1-10 } }\n";
  it.each([
    ["the policy, whatever the description says", { [SURVEY]: answers, [DESCRIPTION]: describedAs('"0-10"') }, own, "1-10"],
    ["the description", { [SURVEY]: answers, [DESCRIPTION]: describedAs('"0-10"') }, "", "0-10"],
    ["the export, which knows what people saw", { [SURVEY]: "user,score (1-10)\na,5\n", [DESCRIPTION]: describedAs('"0-10"') }, "", "1-10"],
    ["nobody", { [SURVEY]: answers }, "", undefined],
    ["a description that says it as a number", { [SURVEY]: answers, [DESCRIPTION]: describedAs("10") }, "", undefined],
    ["a description that cannot be read", { [SURVEY]: answers, [DESCRIPTION]: "---\nscale: [\n---\n" }, "", undefined],
  ])("is taken from %s", async (_from, files, policy, scale) => {
    const { measurement } = await surveyOf(files, system(policy));
    expect(measurement).toMatchObject({ responses: 2 - Number(files[SURVEY]?.includes("(") === true) });
    expect(measurement?.scale).toBe(scale);
  });

  it("costs no second reading of the description", async () => {
    const { reads } = await surveyOf({ [SURVEY]: answers, [DESCRIPTION]: describedAs('"0-10"') });
    expect(reads.sort()).toEqual([SURVEY, DESCRIPTION].sort());
  });
});
