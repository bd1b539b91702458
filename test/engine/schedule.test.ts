import { describe, expect, it } from "@jest/globals";
import { dueNext, scheduleOf, weekAt } from "../../src/engine/schedule.ts";
import { gateIds, type GateId } from "../../src/shapes/vocabulary.ts";
import { system } from "./subject.ts";

it.each([
  ["2026-09-07", "2026-09-06T23:59:59Z", null],
  ["2026-09-07", "2026-09-07T00:00:00Z", 1],
  ["2026-09-07", "2026-09-13T23:59:59Z", 1],
  ["2026-09-07", "2026-09-14T00:00:00Z", 2],
  ["2026-09-07", "2026-11-23T09:00:00Z", 12],
  [undefined, "2026-11-23T09:00:00Z", null],
])("started %s, at %s it is week %p", (started, at, week) => expect(weekAt(started, at)).toBe(week));

describe("dueNext", () => {
  const gates = (...held: GateId[]) => gateIds.map((id) => ({ id, verdict: held.includes(id) ? ("hold" as const) : ("pass" as const) }));
  it.each<[string, ReturnType<typeof gates>, number | null, string | null]>([
    ["before the due week", gates("governance", "rollout"), 3, "governance by the end of week 4"],
    ["in the due week", gates("governance"), 4, "governance by the end of week 4"],
    ["a week late", gates("governance"), 5, "governance by the end of week 4, 1 week late"],
    ["weeks late", gates("infrastructure", "rollout"), 12, "infrastructure by the end of week 9, 3 weeks late"],
    ["all passed", gates(), 13, "broad release in week 14"],
    ["all passed and released", gates(), 15, null],
    ["no start declared", gates("governance"), null, null],
  ])("%s", (_name, verdicts, week, expected) => expect(dueNext(system(), verdicts, week)).toBe(expected));

  it("follows the policy's schedule", () => {
    expect(dueNext(system({ schedule: { governance: 6, infrastructure: 9, rollout: 13 } }), gates("governance"), 6)).toBe(
      "governance by the end of week 6",
    );
  });
});

it("dates each gate and the release by the last day of its week", () => {
  expect(scheduleOf(system({ started: "2026-09-07", schedule: { governance: 6, infrastructure: 9, rollout: 13 } }))).toEqual({
    started: "2026-09-07",
    milestones: [
      { id: "governance", week: 6, date: "2026-10-18" },
      { id: "infrastructure", week: 9, date: "2026-11-08" },
      { id: "rollout", week: 13, date: "2026-12-06" },
      { id: "broad-release", week: 14, date: "2026-12-13" },
    ],
  });
  const { started: _, ...undated } = system();
  expect(scheduleOf(undated)).toBeNull();
});
