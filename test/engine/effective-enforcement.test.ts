import { describe, expect, it } from "@jest/globals";
import { effectiveEnforcement } from "../../src/engine/effective-enforcement.ts";

describe("effectiveEnforcement", () => {
  it.each([
    ["warn", null, "2026-12-01T00:00:00Z", "warn"],
    ["warn", "2026-12-01", "2026-11-30T23:59:59Z", "warn"],
    ["warn", "2026-12-01", "2026-12-01T00:00:00Z", "enforce"],
    ["advisory", "2026-12-01", "2027-01-01T00:00:00Z", "enforce"],
    ["advisory", "2026-12-01", "2026-12-01T01:00:00+02:00", "advisory"],
    ["enforce", null, "2026-12-01T00:00:00Z", "enforce"],
  ] as const)("%s from %s at %s is %s", (enforcement, enforceFrom, at, expected) => {
    expect(effectiveEnforcement({ enforcement, enforceFrom }, at)).toBe(expected);
  });
});
