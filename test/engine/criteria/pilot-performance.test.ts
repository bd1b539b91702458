import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/pilot-performance.ts";
import { wilson } from "../../../src/engine/statistics.ts";
import type { FileEvidence } from "../../../src/engine/types.ts";
import type { Evaluation, Origin } from "../../../src/shapes/measurements.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { change, document, judge, measured, signed, subject, unreadable } from "../subject.ts";

const CARD = "docs/readiness/pilot-data.md";
const PROMPT = "prompts/system.md";
const DATA = "sha256:AA11";
const set = (changed: Record<string, unknown> = {}) => ({
  digest: "aa11",
  source: "production-sample",
  n: 320,
  sampling: "every 40th",
  labellers: "two people",
  ...changed,
});
const evaluation = (
  passed: number,
  total: number,
  origin: { [P in keyof Origin]?: Origin[P] | undefined } = {},
  more: Partial<Evaluation> = {},
) =>
  measured(
    "evaluation",
    { total, passed, failed: total - passed, metrics: [], ...more },
    { data: DATA, ...origin },
    "docs/readiness/evidence/pilot-performance/results.json",
  );
const named = (metrics: Evaluation["metrics"], more: Partial<Evaluation> = {}) =>
  measured("evaluation", { metrics, ...more }, { data: DATA }, "results.json");

interface Case {
  name: string;
  data?: unknown;
  strata?: unknown;
  thresholds?: unknown;
  files?: FileEvidence[];
  referenced?: FileEvidence[];
  history?: [string, string][] | null;
  risk?: Risk;
  absent?: boolean;
  state: State;
  says?: RegExp;
}

/** One result of a metric for each stratum, a share and a number of cases. */
const byStratum = (...strata: [task: string, value: number, n: number][]) =>
  named(strata.map(([task, value, n]) => ({ name: "f1", value, n, task })));
const twoStrata = [
  { name: "German", n: 120 },
  { name: "English", n: 200 },
];
const f1 = [{ metric: "f1", "at-least": 0.85 }];

const settled: [string, string][] = [
  [CARD, "2026-11-01T00:00:00Z"],
  [PROMPT, "2026-11-10T00:00:00Z"],
];
const table: Case[] = [
  {
    name: "190 of 200 on a card of 320",
    state: "met",
    says: /"pass-rate" 95 % of 200 cases, at least 91 % with 95 % confidence; 80 % asked for; 320 cases, 320 of them real/,
  },
  { name: "no card", absent: true, state: "missing" },
  { name: "no result", files: [], state: "missing", says: /No evaluation result or test result at / },
  { name: "an unreadable result", files: [unreadable("results.json")], state: "missing", says: /cannot be read/ },
  { name: "an unreadable file beside a good one", files: [evaluation(190, 200), unreadable("old.json")], state: "met" },
  {
    name: "the lower bound below the threshold, the point above it",
    files: [evaluation(170, 200)],
    state: "not-met",
    says: /85 % of 200 cases, at least 79\.\d* %/,
  },
  { name: "exactly at the threshold", thresholds: [{ metric: "pass-rate", "at-least": wilson(190, 200).lower }], state: "met" },
  { name: "a threshold of nothing", thresholds: [{ metric: "pass-rate", "at-least": 0 }], state: "not-met", says: /asks for nothing/ },
  { name: "a hair above it", thresholds: [{ metric: "pass-rate", "at-least": wilson(190, 200).lower + 1e-6 }], state: "not-met" },
  { name: "one case too few", files: [evaluation(199, 199)], state: "inconclusive", says: /at least 200 are asked for/ },
  { name: "too few decide nothing, however bad", files: [evaluation(0, 199)], state: "inconclusive" },
  {
    name: "NaN",
    thresholds: [{ metric: "f1" }],
    files: [named([{ name: "f1", value: NaN, n: 300 }])],
    state: "not-met",
    says: /not a share/,
  },
  { name: "a negative value", thresholds: [{ metric: "f1" }], files: [named([{ name: "f1", value: -0.1, n: 300 }])], state: "not-met" },
  { name: "a value above one", thresholds: [{ metric: "f1" }], files: [named([{ name: "f1", value: 95, n: 300 }])], state: "not-met" },
  {
    name: "no number of cases",
    thresholds: [{ metric: "f1" }],
    files: [named([{ name: "f1", value: 0.95 }])],
    state: "inconclusive",
    says: /on how many cases/,
  },
  {
    name: "a metric under another spelling",
    thresholds: [{ metric: "answer-correctness", "at-least": 0.8 }],
    files: [named([{ name: "answer_correctness", value: 0.95, n: 300 }])],
    state: "met",
  },
  {
    name: "a metric of the card that no result names",
    thresholds: [{ metric: "f1" }, { metric: "tone" }],
    files: [named([{ name: "f1", value: 0.95, n: 300 }])],
    state: "missing",
    says: /No result names the metric "tone"/,
  },
  {
    name: "the weakest of several tasks decides",
    thresholds: [{ metric: "f1" }],
    files: [
      named([
        { name: "f1", value: 0.99, n: 300, task: "a" },
        { name: "f1", value: 0.7, n: 300, task: "b" },
      ]),
    ],
    state: "not-met",
    says: /"f1" on "b" 70 %/,
  },
  {
    name: "every stratum reaches the threshold, though one has too few cases of its own",
    strata: twoStrata,
    thresholds: f1,
    files: [byStratum(["german", 0.95, 120], ["English", 0.95, 200])],
    state: "met",
    says: /"f1" on "german" 95 % of 120 cases, at least 89\.5 % with 95 % confidence; 85 % asked for/,
  },
  {
    name: "exactly at the threshold in the weakest stratum",
    strata: twoStrata,
    thresholds: [{ metric: "f1", "at-least": wilson(0.95 * 120, 120).lower }],
    files: [byStratum(["German", 0.95, 120], ["English", 0.99, 200])],
    state: "met",
  },
  {
    name: "a stratum that is surely below, whatever the others do",
    strata: twoStrata,
    thresholds: f1,
    files: [byStratum(["German", 0.7, 120], ["English", 1, 200])],
    state: "not-met",
    says: /"f1" on "German" 70 % of 120 cases/,
  },
  {
    name: "a stratum that may be below and has few cases",
    strata: twoStrata,
    thresholds: f1,
    files: [byStratum(["German", 0.88, 120], ["English", 1, 200])],
    state: "inconclusive",
    says: /"f1" on "German" 88 % of 120 cases, at least 81 % with 95 % confidence/,
  },
  {
    name: "a large stratum is judged by its bound alone",
    strata: twoStrata,
    thresholds: f1,
    files: [byStratum(["German", 1, 120], ["English", 0.88, 200])],
    state: "not-met",
  },
  {
    name: "too few cases in all strata",
    strata: twoStrata,
    thresholds: f1,
    files: [byStratum(["German", 1, 99], ["English", 1, 100])],
    state: "inconclusive",
    says: /199 in all strata: at least 200 are asked for/,
  },
  {
    name: "a stratum that counts more cases than the card gives it",
    strata: [
      { name: "German", n: 20 },
      { name: "English", n: 200 },
    ],
    thresholds: f1,
    files: [byStratum(["German", 0.95, 5000], ["English", 1, 200])],
    state: "inconclusive",
    says: /counts 5000 cases and the card lists 20/,
  },
  {
    name: "one stratum twice counts once",
    strata: twoStrata,
    thresholds: f1,
    files: [byStratum(["German", 1, 90], ["German", 1, 90], ["English", 1, 90])],
    state: "inconclusive",
    says: /180 in all strata/,
  },
  {
    name: "a stratum of the card that no result gives",
    strata: twoStrata,
    thresholds: f1,
    files: [byStratum(["English", 1, 300])],
    state: "missing",
    says: /No result gives "f1" for the stratum "German"/,
  },
  {
    name: "results that know no strata",
    strata: twoStrata,
    state: "missing",
    says: /No result gives "pass-rate" for the stratum "German"/,
  },
  {
    name: "a stratum larger than the card",
    strata: [{ name: "German", n: 321 }],
    thresholds: f1,
    files: [byStratum(["German", 1, 320])],
    state: "not-met",
    says: /"German" has 321 cases and the card lists 320/,
  },
  { name: "a stratum without a number", strata: [{ name: "German" }], state: "not-met", says: /A stratum on the card has no name/ },
  { name: "a stratum named twice", strata: [...twoStrata, { name: "GERMAN ", n: 3 }], state: "not-met", says: /"GERMAN" is named twice/ },
  {
    name: "strata without end",
    strata: Array.from({ length: 51 }, (_, index) => ({ name: `s${index}`, n: 6 })),
    state: "not-met",
    says: /51 strata; at most 50 are judged/,
  },
  {
    name: "errors are no successes",
    files: [evaluation(190, 300, {}, { failed: 10, errors: 100 })],
    state: "not-met",
    says: /100 cases in .* ended in an error/,
  },
  {
    name: "errors left out of a metric's n",
    thresholds: [{ metric: "f1" }],
    files: [named([{ name: "f1", value: 1, n: 200 }], { errors: 100 })],
    state: "not-met",
  },
  {
    name: "skipped tests are no passes",
    files: [measured("tests", { total: 300, passed: 200, failed: 0, skipped: 100, errors: 0 }, { data: DATA })],
    state: "not-met",
  },
  {
    name: "tests alone",
    files: [measured("tests", { total: 300, passed: 290, failed: 10, skipped: 0, errors: 0 }, { data: DATA })],
    state: "met",
  },
  {
    name: "more cases than the card lists",
    data: [set({ n: 210 })],
    files: [evaluation(5000, 5200)],
    state: "met",
    says: /counts 5200 cases and the card lists 210/,
  },
  {
    name: "a lower-is-better metric within",
    thresholds: [{ metric: "hallucination-rate", "at-most": 0.1 }],
    files: [named([{ name: "hallucination-rate", value: 0.04, n: 300 }])],
    state: "met",
  },
  {
    name: "a lower-is-better metric exactly at its bound",
    thresholds: [{ metric: "hallucination-rate", "at-most": wilson(0.04 * 300, 300).upper }],
    files: [named([{ name: "hallucination-rate", value: 0.04, n: 300 }])],
    state: "met",
  },
  {
    name: "a hair beyond it",
    thresholds: [{ metric: "hallucination-rate", "at-most": wilson(0.04 * 300, 300).upper - 1e-6 }],
    files: [named([{ name: "hallucination-rate", value: 0.04, n: 300 }])],
    state: "not-met",
  },
  {
    name: "a lower-is-better metric on too few cases",
    thresholds: [{ metric: "hallucination-rate", "at-most": 0.1 }],
    files: [named([{ name: "hallucination-rate", value: 0, n: 199 }])],
    state: "inconclusive",
  },
  {
    name: "a lower-is-better metric beyond",
    thresholds: [{ metric: "hallucination-rate", "at-most": 0.05 }],
    files: [named([{ name: "hallucination-rate", value: 0.04, n: 300 }])],
    state: "not-met",
  },
  {
    name: "a threshold that is no share",
    thresholds: [{ metric: "pass-rate", "at-least": 85 }],
    state: "not-met",
    says: /no share from 0 to 1/,
  },
  {
    name: "a threshold below the profile's",
    thresholds: [{ metric: "pass-rate", "at-least": 0.5 }],
    state: "met",
    says: /The card asks 50 %/,
  },
  { name: "no data on the card", data: [], state: "missing", says: /on which data the pilot/ },
  {
    name: "too little real data",
    data: [set({ n: 255 }), set({ digest: "bb", source: "synthetic", n: 65 })],
    state: "not-met",
    says: /79\.7 % of the evaluation data/,
  },
  { name: "exactly enough real data", data: [set({ n: 256 }), set({ digest: "bb", source: "synthetic", n: 64 })], state: "met" },
  {
    name: "measured on the synthetic part alone",
    data: [set({ digest: "bb", n: 900 }), set({ source: "synthetic", n: 210 })],
    state: "not-met",
    says: /0 % of the evaluation data/,
  },
  { name: "one set listed twice", data: [set(), set({ digest: "sha256:AA11" })], state: "not-met", says: /listed twice/ },
  { name: "an unknown source", data: [set({ source: "production" })], state: "not-met", says: /none of production-sample/ },
  { name: "no number of cases on the card", data: [set({ n: undefined })], state: "not-met", says: /whole number above zero/ },
  { name: "no sampling", data: [set({ sampling: " " })], state: "missing", says: /how data set 1 was sampled/ },
  { name: "no labellers", data: [set({ labellers: [] })], state: "missing", says: /who labelled/ },
  { name: "neither path nor digest", data: [set({ digest: undefined })], state: "not-met", says: /neither a path nor a digest/ },
  {
    name: "data that is not there",
    data: [set({ digest: undefined, path: "none.jsonl" })],
    state: "not-met",
    says: /"none.jsonl" is not there/,
  },
  {
    name: "data in the repository, whatever its format",
    data: [set({ digest: undefined, path: "data.jsonl" })],
    referenced: [{ ...unreadable("data.jsonl"), digest: "sha256:aa11" }],
    state: "met",
  },
  {
    name: "data that is not what the card says",
    data: [set({ path: "data.jsonl" })],
    referenced: [{ ...unreadable("data.jsonl"), digest: "sha256:cc" }],
    state: "not-met",
    says: /another digest/,
  },
  { name: "measured on other data", files: [evaluation(190, 200, { data: "sha256:ff" })], state: "not-met", says: /not on the card/ },
  { name: "data not said", files: [evaluation(190, 200, { data: undefined })], state: "met", says: /does not say on which data/ },
  {
    name: "data not said at high risk",
    risk: "high",
    files: [evaluation(310, 310, { data: undefined })],
    state: "missing",
    says: /does not say on which data/,
  },
  {
    name: "another model",
    files: [evaluation(190, 200, { model: "gpt-4o-2024-08-06" })],
    state: "stale",
    says: /was measured on "gpt-4o-2024-08-06"/,
  },
  { name: "no time", files: [evaluation(190, 200, { measuredAt: undefined })], state: "inconclusive", says: /age is unknown/ },
  { name: "a time ahead", files: [evaluation(190, 200, { measuredAt: "2026-11-24T00:00:00Z" })], state: "not-met", says: /lies ahead/ },
  {
    name: "prompts changed since",
    history: [
      [CARD, "2026-11-01T00:00:00Z"],
      [PROMPT, "2026-11-13T00:00:00Z"],
    ],
    state: "stale",
    says: /prompts\/system\.md changed on 2026-11-13/,
  },
  { name: "no history", history: null, state: "met", says: /not checked: no history/ },
  {
    name: "the card changed after the result",
    history: [
      [CARD, "2026-11-12T10:00:01Z"],
      [PROMPT, "2026-11-10T00:00:00Z"],
    ],
    state: "not-met",
    says: /threshold was changed after the result/,
  },
  {
    name: "the card changed at the instant of the result",
    history: [
      [CARD, "2026-11-12T10:00:00Z"],
      [PROMPT, "2026-11-10T00:00:00Z"],
    ],
    state: "met",
  },
];

function judgeCase({
  data = [set()],
  strata,
  thresholds,
  files = [evaluation(190, 200)],
  referenced = [],
  history = settled,
  risk = "medium",
  absent,
}: Omit<Case, "state" | "name">) {
  const card = document("pilot-data", { data, strata, ...(thresholds === undefined ? {} : { thresholds }) });
  const facts = history === null ? {} : { lineage: history.map(([path, at]) => change(path, at)) };
  return judge(
    criterion,
    signed(criterion, subject({ risk, documents: absent ? [] : [card], evidence: { "pilot-performance": files }, referenced, facts })),
  );
}

describe("pilot-performance", () => {
  it.each(table)("$state: $name", ({ state, says, name: _name, ...parts }) => {
    const judged = judgeCase(parts);
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
  });

  it.each<[Risk, number, State]>([
    ["low", 100, "met"],
    ["low", 99, "inconclusive"],
    ["medium", 200, "met"],
    ["medium", 199, "inconclusive"],
  ])("at %s risk %d perfect answers are %s", (risk, n, state) => expect(judgeCase({ risk, files: [evaluation(n, n)] }).state).toBe(state));

  it("judges a card and results without end in bounded time, and holds", () => {
    const thresholds = Array.from({ length: 20_000 }, (_, index) => ({ metric: `m-${index % 100}` }));
    const metrics = Array.from({ length: 100_000 }, (_, index) => ({ name: `m-${index % 20}`, value: 1, n: 300 }));
    const judged = judgeCase({ thresholds, files: [named(metrics)] });
    expect(judged.state).toBe("not-met");
    expect(judged.findings.join()).toMatch(/20 000 thresholds; at most 50 are judged/);
  });

  it("prints the sidecar to write", () => {
    expect(judgeCase({ files: [evaluation(190, 200, { measuredAt: undefined })] }).remedy?.summary).toMatch(
      /results\.json\.evidence\.yml .*`commit: .*`measured-at: .*`model: gpt-4o-2024-11-20`/,
    );
  });
});
