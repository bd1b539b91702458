import { describe, expect, it } from "@jest/globals";
import { isDeclaredModel, originFindings } from "../../src/engine/measurement-origin.ts";
import type { Origin } from "../../src/shapes/measurements.ts";
import { AT, MODEL } from "./subject.ts";

type Asked = Parameters<typeof originFindings>[1];
const origin: Origin = { measuredAt: "2026-11-12T10:00:00Z", commit: "3f9c2d1e", model: MODEL };
const changedAt = (at: string): Asked["changedAt"] => ({ path: "prompts/system.md", at });
const judge = (changed: Partial<Origin>, asked: Partial<Asked> = {}, leave: (keyof Origin)[] = []) => {
  const said = Object.fromEntries(Object.entries({ ...origin, ...changed }).filter(([key]) => !leave.includes(key as keyof Origin)));
  return originFindings({ path: "run.json", origin: said }, { at: AT, models: [MODEL], changedAt: null, risk: "medium", ...asked }).map(
    ({ state }) => state,
  );
};

describe("originFindings", () => {
  it("says nothing of what is fresh, on the model, and unchanged since", () => expect(judge({})).toEqual([]));

  it.each<[string, Partial<Origin>, number, string[]]>([
    ["exactly as old as it may be", { measuredAt: "2026-08-25T09:00:00Z" }, 90, []],
    ["a second older", { measuredAt: "2026-08-25T08:59:59Z" }, 90, ["stale"]],
    ["at the instant of the judgement", { measuredAt: AT }, 90, []],
    ["ahead", { measuredAt: "2026-11-23T09:00:01Z" }, 90, ["not-met"]],
    ["at no time that can be read", { measuredAt: "yesterday" }, 90, ["inconclusive"]],
  ])("%s", (_name, changed, maxAgeDays, states) => expect(judge(changed, { maxAgeDays })).toEqual(states));

  it("does not know the age of what says no time, and prints the sidecar to write", () => {
    const [finding] = originFindings({ path: "run.json", origin: {} }, { at: AT, models: [MODEL], changedAt: null, risk: "low" });
    expect(finding).toMatchObject({ state: "inconclusive", path: "run.json" });
    expect(finding?.remedy).toBe(
      "Write run.json.evidence.yml with the lines `commit: <the commit that was measured>`, `measured-at: <2026-01-31T10:00:00Z>` and `model: gpt-4o-2024-11-20`.",
    );
  });

  it.each<[string, Asked["changedAt"], Asked["risk"], string[]]>([
    ["changed before", changedAt("2026-11-12T09:59:59Z"), "high", []],
    ["changed at that instant", changedAt("2026-11-12T10:00:00Z"), "high", []],
    ["changed after", changedAt("2026-11-12T10:00:01Z"), "low", ["stale"]],
    ["changed at no time that can be read", changedAt("once"), "low", ["stale"]],
    ["no file could change", null, "high", []],
    ["no history", undefined, "medium", ["note"]],
    ["no history at high risk", undefined, "high", ["inconclusive"]],
  ])("%s", (_name, changed, risk, states) => expect(judge({}, { changedAt: changed, risk })).toEqual(states));

  it.each<[string, Partial<Origin>, Partial<Asked>, (keyof Origin)[], string[]]>([
    ["another model", { model: "gpt-4o-2024-08-06" }, {}, [], ["stale"]],
    ["one of several models", {}, { models: ["text-embedding-ada-002", MODEL] }, [], []],
    ["no model said", {}, {}, ["model"], ["note"]],
    ["no model said and no history", {}, { changedAt: undefined, risk: "high" }, ["model"], ["inconclusive", "inconclusive"]],
    ["the policy names no model", { model: "anything" }, { models: [] }, [], []],
  ])("%s", (_name, changed, asked, leave, states) => expect(judge(changed, asked, leave)).toEqual(states));
});

it.each<[string, boolean]>([
  [MODEL, true],
  [` ${MODEL.toUpperCase()} `, true],
  [`openai/${MODEL}`, true],
  [`openai:chat:${MODEL}`, true],
  [`not-${MODEL}`, false],
  ["gpt-4o", false],
  ["", false],
])("%p is the declared model: %p", (measured, expected) => expect(isDeclaredModel(measured, ["", MODEL])).toBe(expected));
