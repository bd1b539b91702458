import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/support-readiness.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { Training } from "../../../src/shapes/measurements.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { AT, document, judge, measured, signed, subject, unreadable } from "../subject.ts";

const PATH = "training.csv";
const RUNBOOK = "docs/runbooks/wrong-answer.md";
const ten = Array.from({ length: 10 }, (_, index) => `octo-${index}`);
const fields = {
  rota: ["@octo-sam", "@octo-kim"],
  training: PATH,
  "material-version": "1.4",
  "released-version": "1.4",
  forecast: { "contacts-per-day": 90, "handle-minutes": 6, "staffed-hours-per-day": 16 },
};
type Entry = Training["records"][number];
const entry = (person: string, changed: { [K in keyof Entry]?: Entry[K] | undefined } = {}): Entry => {
  const whole = { person, material: "macros", version: "1.4", completed: "2026-11-12", ...changed };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as Entry; // the fields asked for stay
};
const record = (records: Entry[] = [entry("octo-sam"), entry("octo-kim")], path = PATH) => measured("training", { records }, {}, path);

interface Case {
  name: string;
  changed?: Record<string, unknown>;
  files?: FileEvidence[];
  found?: FileEvidence[];
  runbooks?: string;
  risk?: Risk;
  state: State;
  says?: RegExp;
}
const forecast = (changed: Record<string, unknown>) => ({ forecast: { ...fields.forecast, ...changed } });
const sams = (changed: Parameters<typeof entry>[1]) => [record([entry("octo-sam", changed), entry("octo-kim")])];

const table: Case[] = [
  {
    name: "everybody trained",
    state: "met",
    says: /^2 of 2 people on the rota trained on "1\.4" \(100 %\); 9 h of work in 16 staffed hours a day \(56\.3 %\)/,
  },
  {
    name: "logins in another case and with @",
    changed: { rota: ["Octo-Sam", "@OCTO-KIM"] },
    files: [record([entry("@octo-SAM"), entry(" octo-kim ")])],
    state: "met",
  },
  { name: "somebody twice on the rota", changed: { rota: ["@octo-sam", "octo-sam"] }, state: "met", says: /1 of 1 person/ },
  {
    name: "nobody trained",
    files: [record([])],
    state: "not-met",
    says: /0 % of the rota are trained on "1\.4"; 90 % are asked for\. Not trained: "octo-kim" and "octo-sam"/,
  },
  {
    name: "nine of ten at low risk",
    changed: { rota: ten },
    files: [record(ten.slice(1).map((one) => entry(one)))],
    state: "met",
    says: /Not trained yet: "octo-0"/,
  },
  { name: "eight of ten at low risk", changed: { rota: ten }, files: [record(ten.slice(2).map((one) => entry(one)))], state: "not-met" },
  {
    name: "nine of ten at high risk",
    risk: "high",
    changed: { rota: ten },
    files: [record(ten.slice(1).map((one) => entry(one)))],
    state: "not-met",
    says: /100 % are asked for/,
  },
  { name: "ten of ten at high risk", risk: "high", changed: { rota: ten }, files: [record(ten.map((one) => entry(one)))], state: "met" },
  { name: "trained on another version", files: sams({ version: "1.3" }), state: "not-met" },
  { name: "not completed", files: sams({ completed: undefined }), state: "not-met" },
  { name: "completed ahead", files: sams({ completed: "2026-11-24" }), state: "not-met" },
  { name: "completed this very instant", files: sams({ completed: AT }), state: "met" },
  { name: "completed today", files: sams({ completed: "2026-11-23" }), state: "met" },
  { name: "completed on a day that is none", files: sams({ completed: "2026-02-30" }), state: "not-met" },
  { name: "a bad score is no rule", files: sams({ score: 0 }), state: "met" },
  {
    name: "an older entry beside the current one",
    files: [record([entry("octo-sam", { version: "1.3" }), entry("octo-sam"), entry("octo-kim")])],
    state: "met",
  },
  {
    name: "entries spread over two files",
    files: [record([entry("octo-sam")])],
    found: [record([entry("octo-kim")], "b.csv")],
    state: "met",
  },
  {
    name: "a record in the evidence folder that nobody names",
    changed: { training: undefined },
    files: [],
    found: [record()],
    state: "met",
  },
  { name: "no record", changed: { training: undefined }, files: [], state: "missing", says: /where the training record is/ },
  { name: "a record that is not there", files: [], state: "missing", says: /The training record "training\.csv" is not there/ },
  { name: "a record that cannot be read", files: [unreadable(PATH)], state: "missing", says: /it is not JSON/ },
  {
    name: "a record that is something else",
    files: [measured("tests", { total: 1, passed: 1, failed: 0, skipped: 0, errors: 0 }, {}, PATH)],
    state: "missing",
    says: /reads as tests/,
  },
  { name: "no rota", changed: { rota: undefined }, state: "missing", says: /who is on the support rota/ },
  { name: "an empty rota", changed: { rota: [] }, state: "missing" },
  { name: "a rota of nobody", changed: { rota: ["@", " "] }, state: "missing" },
  {
    name: "material of another version",
    changed: { "material-version": "1.3" },
    state: "not-met",
    says: /material is of version "1\.3"; "1\.4" is released/,
  },
  { name: "versions as numbers", changed: { "material-version": 1.4, "released-version": 1.4 }, state: "met" },
  { name: "1.10 without quotes", changed: { "material-version": "1.10", "released-version": 1.1 }, state: "not-met" },
  { name: "no released version", changed: { "released-version": undefined }, state: "missing" },
  { name: "no material version", changed: { "material-version": undefined }, state: "missing" },
  { name: "a runbook that is there", runbooks: "- [Wrong answer](../runbooks/wrong-answer.md#first)", state: "met" },
  { name: "a runbook from the root", runbooks: `[Wrong answer](/${RUNBOOK}) and [again](${RUNBOOK} "title")`, state: "met" },
  {
    name: "a runbook that is not there",
    runbooks: "- [Wrong answer](../runbooks/other.md)",
    state: "not-met",
    says: /1 runbook link of .* leads nowhere: "\.\.\/runbooks\/other\.md"/,
  },
  { name: "a reference to a runbook that is not there", runbooks: "[Wrong answer][wrong]\n\n[wrong]: other.md", state: "not-met" },
  { name: "one of many missing", runbooks: "[a](../runbooks/wrong-answer.md) [b](<../run books/x.md>)", state: "not-met" },
  {
    name: "links to other sites",
    runbooks: "[a](https://wiki.example/x) [b](mailto:a@b.example) [c](#below)",
    state: "met",
    says: /2 runbook links to other sites are not checked/,
  },
  { name: "no link", runbooks: "Ask Sam.", state: "met", says: /links no runbook/ },
  { name: "a forecast exactly at 80 %", changed: forecast({ "contacts-per-day": 128 }), state: "met", says: /\(80 %\)/ },
  {
    name: "one contact more",
    changed: forecast({ "contacts-per-day": 129 }),
    state: "not-met",
    says: /The forecast takes 129 x 6 min = 12\.9 h a day, 80\.6 % of 16 staffed hours; at most 80 %/,
  },
  { name: "no forecast", changed: { forecast: undefined }, state: "missing" },
  {
    name: "a forecast without hours",
    changed: forecast({ "staffed-hours-per-day": undefined }),
    state: "missing",
    says: /does not say staffed-hours-per-day/,
  },
  { name: "a forecast of nothing", changed: forecast({ "contacts-per-day": 0 }), state: "not-met" },
  { name: "contacts of no length", changed: forecast({ "handle-minutes": 0 }), state: "not-met" },
  { name: "nobody staffed", changed: forecast({ "staffed-hours-per-day": 0 }), state: "not-met" },
  { name: "a negative forecast", changed: forecast({ "handle-minutes": -6 }), state: "not-met" },
  { name: "NaN", changed: forecast({ "handle-minutes": NaN }), state: "missing" },
  {
    name: "thousands of people and links",
    changed: { rota: Array.from({ length: 5000 }, (_, index) => `p${index}`) },
    files: [record(Array.from({ length: 5000 }, (_, index) => entry(`p${index}`)))],
    runbooks: Array.from({ length: 5000 }, (_, index) => `[x](${index}.md)`).join("\n"),
    state: "not-met",
    says: /500 runbook links .* and 495 more/,
  },
];

describe("support-readiness", () => {
  it.each(table)("$state: $name", ({ state, says, risk = "low", changed = {}, files = [record()], found = [], runbooks }) => {
    const texts = runbooks === undefined ? {} : { Runbooks: runbooks };
    const whole = subject({
      risk,
      documents: [document("support", { ...fields, ...changed }, texts)],
      referenced: files,
      evidence: { "support-readiness": found },
      exists: [RUNBOOK],
    });
    const judged = judge(criterion, signed(criterion, whole));
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it("is missing without the document and asks the support lead with it", () => {
    expect(judge(criterion, subject()).state).toBe("missing");
    const whole = subject({ risk: "medium", documents: [document("support", fields)], referenced: [record()] });
    expect(judge(criterion, whole)).toMatchObject({
      state: "needs-decision",
      decision: { role: "support-lead", question: "Is the capacity confirmed?" },
    });
  });
});
