import { describe, expect, it } from "@jest/globals";
import { addMonths, DAY, durationDays, endOfDayMs, toDate, toMs } from "../../src/engine/time.ts";

describe("toMs", () => {
  it.each([
    ["2026-11-23", Date.UTC(2026, 10, 23)],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
    ["2026-11-23T09:00:00Z", Date.UTC(2026, 10, 23, 9)],
    ["2026-11-23T09:00Z", Date.UTC(2026, 10, 23, 9)],
    ["2026-11-23t09:00:00.250z", Date.UTC(2026, 10, 23, 9, 0, 0, 250)],
    ["2026-11-23 09:00:00", Date.UTC(2026, 10, 23, 9)],
    ["2026-11-23T09:00:00", Date.UTC(2026, 10, 23, 9)],
    ["2026-11-23T09:00:00+02:00", Date.UTC(2026, 10, 23, 7)],
    ["2026-11-23T09:00:00-0530", Date.UTC(2026, 10, 23, 14, 30)],
  ])("reads %s", (text, ms) => expect(toMs(text)).toBe(ms));

  it.each([
    "",
    "soon",
    "2026",
    "2026-11",
    "2026-02-30",
    "2026-13-01",
    "2025-02-29",
    "2026-11-23T25:00:00Z",
    "2026-11-23T09",
    "2026-11-23Z",
    "Nov 23 2026",
    "1",
    "23.11.2026",
    "2026-02-30T09:00:00Z",
  ])("does not read %p as a date", (text) => expect(toMs(text)).toBeNaN());
});

describe("endOfDayMs", () => {
  it("holds a date through its last instant, and an instant as it is", () => {
    expect(endOfDayMs("2026-11-23")).toBe(Date.UTC(2026, 10, 24) - 1);
    expect(endOfDayMs("2026-11-23T09:00:00Z")).toBe(Date.UTC(2026, 10, 23, 9));
    expect(endOfDayMs("2026-02-30")).toBeNaN();
  });
});

describe("addMonths", () => {
  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2026-11-23", 12, "2027-11-23"],
    ["2026-11-23", 0, "2026-11-23"],
    ["2026-11-01", 0.5, "2026-11-16"],
  ])("%s and %d months is %s", (from, months, to) => expect(toDate(addMonths(toMs(from), months))).toBe(to));
});

describe("durationDays", () => {
  it.each([
    ["P90D", 90],
    ["P2W", 14],
    ["P1Y", 365.25],
    ["P12M", 365.25],
    ["PT36H", 1.5],
    ["P1DT12H", 1.5],
    ["PT90M", 0.0625],
  ])("%s is %d days", (text, days) => expect(durationDays(text)).toBe(days));

  it.each(["", "P", "PT", "P1DT", "90D", "P-1D", "p90d", "P90", "forever"])("%p is none", (text) =>
    expect(durationDays(text)).toBeUndefined(),
  );
});

it("names a day", () => expect(toDate(Date.UTC(2026, 0, 5) + DAY - 1)).toBe("2026-01-05"));
