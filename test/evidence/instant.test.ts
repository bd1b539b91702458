import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { isoOf, toInstant } from "../../src/evidence/instant.ts";

describe("instants", () => {
  it.each([
    ["2026-11-12", "2026-11-12T00:00:00Z", true],
    ["2026-11-12T10:00:00Z", "2026-11-12T10:00:00Z", true],
    ["2026-11-12T10:00:00.250Z", "2026-11-12T10:00:00.250Z", true],
    ["2026-11-12T10:00:00.123456789Z", "2026-11-12T10:00:00.123Z", true],
    ["2026-11-12T10:00:00+02:00", "2026-11-12T08:00:00Z", true],
    ["2026-11-12T10:00:00-0530", "2026-11-12T15:30:00Z", true],
    ["2026-11-12 10:00:00 UTC", "2026-11-12T10:00:00Z", true],
    ["2026-11-12T10:00", "2026-11-12T10:00:00Z", false],
    ["2026-11-12 10:00:00", "2026-11-12T10:00:00Z", false],
    ["2024-02-29", "2024-02-29T00:00:00Z", true],
    ["2026-11", "2026-11-01T00:00:00Z", true],
    ["2026-W01", "2025-12-29T00:00:00Z", true],
    ["2026-W45", "2026-11-02T00:00:00Z", true],
    ["2020W53", "2020-12-28T00:00:00Z", true],
  ])("reads %s", (text, at, zoned) => {
    expect(toInstant(text)).toEqual({ at, zoned });
  });

  it.each([
    "",
    "yesterday",
    "2026-13-01",
    "2026-02-30",
    "2026-11-31",
    "2026-W54",
    "2026-W00",
    "2026-13",
    "12.11.2026",
    "11/12/2026",
    "2026-11-12T25:00:00Z",
    "2026-11-12T10:61:00Z",
    "1763600000",
    "2026-11-12T10:00:00Zx",
  ])("refuses %j", (text) => {
    expect(toInstant(text)).toBeUndefined();
  });

  it("are written as dates are", () => {
    const times = fc.integer({ min: -8.64e15, max: 8.64e15 });
    fc.assert(
      fc.property(fc.oneof(times, fc.integer({ min: 0, max: 4e12 }), fc.double({ min: 0, max: 4e12, noNaN: true })), (time) => {
        expect(isoOf(time)).toBe(new Date(time).toISOString().replace(".000Z", "Z"));
      }),
      { seed: 7, numRuns: 2000 },
    );
    expect(() => isoOf(NaN)).toThrow(RangeError);
  });
});
