import { expect, it } from "@jest/globals";
import { factsSchema, type Facts } from "../../src/shapes/facts.ts";
import type { PolicyFile } from "../../src/shapes/policy.ts";
import type { Report } from "../../src/shapes/report.ts";
import type * as published from "../../types/index.d.ts";

/* The compiler holds the published types against those that the program itself works with. */

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const same: [Same<Report, published.Report>, Same<Facts, published.Facts>, Same<PolicyFile, published.PolicyFile>] = [true, true, true];

it("publishes the types of report, facts and policy as they are", () => {
  expect(same).toEqual([true, true, true]);
  const facts: published.Facts = {};
  expect(Object.keys(facts).every((key) => key in factsSchema.properties)).toBe(true);
});
