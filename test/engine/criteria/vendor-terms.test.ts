import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/vendor-terms.ts";
import type { DocumentEvidence, FileEvidence } from "../../../src/engine/types.ts";
import type { System } from "../../../src/shapes/policy.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { document, judge, measured, MODEL, signed, subject, unreadable } from "../subject.ts";

const OTHER = "mistral-large-2411";
const parts = {
  sla: { availability: 0.999, tier: "enterprise", "contract-until": "2027-12-31" },
  dpa: { signed: "2026-08-14", regions: ["eu-west-1"], retention: "P30D", "trains-on-our-data": false },
  "rate-limits": { "requests-per-minute": 4800, "tokens-per-minute": 1_800_000 },
  pricing: { currency: "EUR", "unit-cost": { "1x": 0.021, "2x": 0.02, "5x": 0.018 }, "pilot-estimate": 0.015, "as-of": "2026-10-01" },
  exit: { alternative: OTHER, evaluation: "eval/b.json" },
};
type Part = keyof typeof parts;

const record = (vendor = "openai", changed: { [P in Part]?: unknown } = {}) => document("vendor", { vendor, ...parts, ...changed });
/** The record with single fields of one part changed; undefined takes one away. */
const but = (part: Part, fields: Record<string, unknown>) => [
  record("openai", {
    [part]: Object.fromEntries(Object.entries({ ...parts[part], ...fields }).filter(([, value]) => value !== undefined)),
  }),
];
const result = measured("evaluation", { total: 200, passed: 190, failed: 10, metrics: [] }, { model: OTHER }, "eval/b.json");
const prices = (cost: number) => but("pricing", { "unit-cost": { "1x": 0.01, "2x": 0.02, "5x": cost }, "pilot-estimate": 0.01 });

interface Case {
  name: string;
  documents?: DocumentEvidence[];
  files?: FileEvidence[];
  system?: Partial<System>;
  state: State;
  says?: RegExp;
}

const table: Case[] = [
  {
    name: "quota exactly twice the peak",
    state: "met",
    says: /1 vendor record for 1 vendor of the policy's models; unit cost up to 1\.4 times/,
  },
  { name: "no record", documents: [], state: "missing", says: /"openai" serves a model and has no vendor record/ },
  { name: "a record of somebody else", documents: [record("initech")], state: "missing", says: /"openai" serves a model/ },
  {
    name: "our own weights, no vendor",
    documents: [],
    system: { models: [{ id: "chat", provider: "self-hosted", model: MODEL }] },
    state: "met",
    says: /is no vendor/,
  },
  { name: "no models at all", documents: [], system: { models: [] }, state: "missing", says: /names no model/ },
  {
    name: "two records of one vendor",
    documents: [record(), { ...record("OpenAI"), path: "docs/readiness/vendors/two.md" }],
    state: "not-met",
    says: /records of one vendor/,
  },
  { name: "a draft", documents: [document("vendor", { vendor: "openai", ...parts, status: "draft" })], state: "not-met" },
  { name: "no SLA", documents: [record("openai", { sla: undefined })], state: "missing", says: /the SLA names no availability/ },
  { name: "availability in percent", documents: but("sla", { availability: 99.9 }), state: "not-met", says: /99\.9 is no share/ },
  { name: "no tier", documents: but("sla", { tier: "" }), state: "missing", says: /no tier/ },
  { name: "the contract ends today", documents: but("sla", { "contract-until": "2026-11-23" }), state: "met" },
  {
    name: "the contract ended yesterday",
    documents: but("sla", { "contract-until": "2026-11-22" }),
    state: "not-met",
    says: /ended on 2026-11-22/,
  },
  { name: "a contract without an end", documents: but("sla", { "contract-until": undefined }), state: "missing" },
  { name: "not signed", documents: but("dpa", { signed: undefined }), state: "missing", says: /no day of signature/ },
  { name: "signed tomorrow", documents: but("dpa", { signed: "2026-11-24" }), state: "not-met", says: /lies ahead/ },
  { name: "no regions", documents: but("dpa", { regions: [] }), state: "missing", says: /no region/ },
  { name: "no retention", documents: but("dpa", { retention: "a while" }), state: "missing", says: /how long data is kept/ },
  { name: "trains on our data", documents: but("dpa", { "trains-on-our-data": true }), state: "not-met", says: /trains on our data/ },
  {
    name: "says so in words",
    documents: but("dpa", { "trains-on-our-data": "false" }),
    state: "not-met",
    says: /not the plain value false/,
  },
  { name: "says zero", documents: but("dpa", { "trains-on-our-data": 0 }), state: "not-met" },
  {
    name: "does not say",
    documents: but("dpa", { "trains-on-our-data": undefined }),
    state: "missing",
    says: /does not say whether the vendor trains/,
  },
  {
    name: "quota of requests just below",
    documents: but("rate-limits", { "requests-per-minute": 4799 }),
    state: "not-met",
    says: /4799 requests a minute is below 4800, 2x the expected peak of 2400/,
  },
  {
    name: "quota of tokens just below",
    documents: but("rate-limits", { "tokens-per-minute": 1_799_999 }),
    state: "not-met",
    says: /tokens a minute is below/,
  },
  {
    name: "no quota of tokens",
    documents: but("rate-limits", { "tokens-per-minute": undefined }),
    state: "missing",
    says: /no quota in tokens/,
  },
  { name: "NaN as quota", documents: but("rate-limits", { "requests-per-minute": NaN }), state: "missing" },
  { name: "no peak", system: { traffic: {} }, state: "missing", says: /expected peak in requests and tokens/ },
  {
    name: "no peak in tokens",
    system: { traffic: { expectedPeak: { requestsPerSecond: 40 } } },
    state: "missing",
    says: /expected peak in tokens/,
  },
  {
    name: "quota of a vendor that serves no model",
    documents: [record(), record("initech", { "rate-limits": { "requests-per-minute": 1, "tokens-per-minute": 1 } })],
    state: "met",
  },
  { name: "unit cost at twice the estimate", documents: prices(0.02), state: "met", says: /up to 2 times/ },
  { name: "unit cost beyond twice", documents: prices(0.021), state: "met", says: /2\.1 times the pilot's estimate; from 2 times on/ },
  { name: "unit cost at eight times", documents: prices(0.08), state: "met" },
  {
    name: "unit cost beyond eight times",
    documents: prices(0.081),
    state: "not-met",
    says: /8\.1 times the pilot's estimate; more than 8/,
  },
  {
    name: "unit cost beyond eight times, accepted",
    documents: but("pricing", { "unit-cost": { "1x": 1, "2x": 1, "5x": 1 }, accepted: "still a tenth of a call" }),
    state: "met",
    says: /says that this is accepted/,
  },
  {
    name: "unit cost not accepted with a false",
    documents: but("pricing", { "unit-cost": { "1x": 1, "2x": 1, "5x": 1 }, accepted: false }),
    state: "not-met",
  },
  {
    name: "unit cost at one volume alone",
    documents: but("pricing", { "unit-cost": { "1x": 0.02 } }),
    state: "not-met",
    says: /no unit cost at 2x, 5x/,
  },
  { name: "a unit cost below zero", documents: prices(-0.01), state: "not-met", says: /below zero/ },
  { name: "an estimate of zero", documents: but("pricing", { "pilot-estimate": 0 }), state: "not-met", says: /not above zero/ },
  { name: "no estimate", documents: but("pricing", { "pilot-estimate": undefined }), state: "missing" },
  { name: "no currency", documents: but("pricing", { currency: undefined }), state: "missing" },
  { name: "prices of a year ago", documents: but("pricing", { "as-of": "2025-11-23" }), state: "met" },
  {
    name: "prices older than a year",
    documents: but("pricing", { "as-of": "2025-11-22" }),
    state: "stale",
    says: /prices are of 2025-11-22, more than 12 months/,
  },
  { name: "prices of tomorrow", documents: but("pricing", { "as-of": "2026-11-24" }), state: "not-met" },
  { name: "no way out", documents: [record("openai", { exit: {} })], state: "missing", says: /no way out/ },
  {
    name: "an alternative without evaluation",
    documents: but("exit", { evaluation: undefined }),
    state: "missing",
    says: /names no evaluation/,
  },
  { name: "an alternative whose evaluation is not there", files: [], state: "missing", says: /is not there: "eval\/b\.json"/ },
  { name: "an alternative whose evaluation cannot be read", files: [unreadable("eval/b.json")], state: "missing", says: /cannot be read/ },
  {
    name: "an evaluation of another model",
    files: [measured("evaluation", { total: 9, metrics: [] }, { model: MODEL }, "eval/b.json")],
    state: "not-met",
    says: /measured on/,
  },
  { name: "the alternative is what runs", documents: but("exit", { alternative: MODEL }), state: "not-met", says: /runs already/ },
  { name: "a drill", documents: [record("openai", { exit: { drill: "2026-06-01" } })], state: "met" },
  {
    name: "a drill too long ago",
    documents: [record("openai", { exit: { drill: "2025-11-22" } })],
    state: "stale",
    says: /drill is of 2025-11-22/,
  },
  { name: "a drill ahead", documents: [record("openai", { exit: { drill: "2026-12-01" } })], state: "not-met" },
  { name: "an old drill beside a good alternative", documents: but("exit", { drill: "2020-01-01" }), state: "met" },
];

describe("vendor-terms", () => {
  it.each(table)("$state: $name", ({ documents = [record()], files = [result], system = {}, state, says }) => {
    const judged = judge(
      criterion,
      signed(criterion, subject({ risk: "medium", documents, referenced: files, system: { ...system, risk: "medium" } })),
    );
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it.each<[Risk, State]>([
    ["low", "met"],
    ["medium", "needs-decision"],
  ])("at %s risk an unsigned record is %s", (risk, state) =>
    expect(judge(criterion, subject({ risk, documents: [record()], referenced: [result] })).state).toBe(state),
  );

  it("asks two roles for each vendor", () => {
    const judged = judge(criterion, subject({ risk: "medium", documents: [record(), record("initech")], referenced: [result] }));
    expect(judged.decisions.map(({ role }) => role)).toEqual(["product-owner", "product-owner", "legal-privacy", "legal-privacy"]);
  });

  it("lists another multiple than the framework's and judges by it", () => {
    const judged = judge(
      criterion,
      subject({
        documents: but("rate-limits", { "requests-per-minute": 2400, "tokens-per-minute": 900_000 }),
        referenced: [result],
        thresholds: { "vendor-terms": { quotaMultiple: 1 } },
      }),
    );
    expect(judged).toMatchObject({ state: "met", deviations: ["1 times the expected peak as vendor quota; the framework asks for 2"] });
  });
});
