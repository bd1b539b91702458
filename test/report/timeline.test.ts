import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { toMermaidText } from "../../src/report/escape.ts";
import { timelineSection } from "../../src/report/timeline.ts";
import type { SystemReport } from "../../src/shapes/report.ts";
import { aSystem, gatesWith } from "./a-report.ts";

const lines = (system: SystemReport, at: string) => (timelineSection(system, at) ?? "").split("\n").map((line) => line.trim());
const held = aSystem(
  gatesWith({ "vendor-terms": { state: "missing" }, "load-test": { state: "missing" }, "user-satisfaction": { state: "missing" } }),
);

describe("the weeks as a Gantt chart", () => {
  it.each<[string, string, string[]]>([
    [
      "before the start",
      "2026-09-06T23:59:59Z",
      ["holds, due in week 4 :2026-09-07, 2026-10-04", "holds, due in week 9 :2026-10-05, 2026-11-08"],
    ],
    [
      "on the last day",
      "2026-10-04T23:59:59Z",
      ["holds, due in week 4 :active, 2026-09-07, 2026-10-04", "judged 2026-10-04 :milestone, 2026-10-04, 0d"],
    ],
    [
      "a day late",
      "2026-10-05T00:00:00Z",
      ["holds, was due in week 4 :2026-09-07, 2026-10-04", "1 week late :crit, 2026-10-05, 2026-10-05"],
    ],
    [
      "eight days late",
      "2026-10-12T00:00:00Z",
      ["2 weeks late :crit, 2026-10-05, 2026-10-12", "holds, due in week 9 :active, 2026-10-05, 2026-11-08"],
    ],
  ])("shows a gate that holds, %s", (_, at, expected) => expect(lines(held, at)).toEqual(expect.arrayContaining(expected)));

  it("shows gates that pass, and the release", () => {
    const shown = lines(aSystem(gatesWith({})), "2026-11-23T09:00:00Z");
    expect(shown).toContain("passes, due in week 9 :done, 2026-10-05, 2026-11-08");
    expect(shown).toContain("broad release in week 14 :milestone, 2026-12-13, 0d");
    expect(shown).not.toContain(expect.stringContaining("late"));
  });

  it("is absent without a start", () => expect(timelineSection(aSystem([], { schedule: null }), "2026-11-23T09:00:00Z")).toBeNull());

  it.each([
    ["a:b;c#d", "a b c d"],
    ['say "x" & <b>y</b>', "say x b y /b"],
    ["```\n%%{init: {}}%%\nsection x", "init section x"],
    ["Büro-Hilfe (über, 2.0)", "Büro-Hilfe (über, 2.0)"],
  ])("takes of a name what is plain: %j", (name, plain) => expect(toMermaidText(name)).toBe(plain));

  it("keeps its lines, whatever the system is called", () => {
    const count = lines(held, "2026-10-12T00:00:00Z").length;
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const shown = lines({ ...held, name }, "2026-10-12T00:00:00Z");
        expect(shown).toHaveLength(count);
        expect(shown.find((line) => line.startsWith("title "))).not.toMatch(/[:;#"`<>{}%&|\\]/);
      }),
    );
  });
});
