import { defineCriterion } from "../define-criterion.ts";
import { judgeLatency } from "../latency.ts";
import { figures, isAtLeast, isAtMost, percents } from "../limits.ts";
import { loadFigures } from "../load-figures.ts";
import { loadTestRuns, type LoadTestRuns, type Run } from "../load-runs.ts";
import { originFindings } from "../measurement-origin.ts";
import { toMs } from "../time.ts";
import type { Risk } from "../../shapes/vocabulary.ts";
import type { Finding } from "../types.ts";
import { figure, percent, plural } from "../words.ts";

const POLICY = ".github/pilotgate.yml";

export default defineCriterion({
  id: "load-test",
  gate: "infrastructure",
  title: "Load test at a multiple of the expected peak",
  asks: [
    "The rate of good answers, rate x (1 - error rate), sustained at 2x the expected peak; tokens too where they are declared and measured.",
    "Of a run with stages, or one that shows its load over time: the longest window at or above that rate. Runs of several regions at one time add up.",
    "Long enough, with few errors, p95 and time to first token within their thresholds.",
    "The run's own thresholds passed, and it was no stub.",
    "Measured lately, on the pinned model, with nothing changed since.",
  ],
  suppliers: ["sre"],
  places: ["evidence/load-test/"],
  remedy:
    "Run a load test at twice the expected peak (k6, autocannon or another tool) and commit its result under `evidence/load-test/`, or name it in `criteria.load-test.evidence`.",
  example: {
    path: "docs/readiness/evidence/load-test/summary.json.evidence.yml",
    content: `# Beside summary.json, written by k6 run --summary-export=summary.json load.js
commit: 3f9c2d1e
measured-at: 2026-11-12T10:00:00Z
model: gpt-4o-2024-11-20
`,
  },
  needs: { evidence: ["load-test"], policy: ["traffic", "models"] },
  decisions: [{ role: "product-owner", question: "Is the peak credible?", declaration: { fragment: "traffic.expectedPeak" } }],
  judge({ at, risk, thresholds, evidence, policy, changedAt, lastChange }) {
    const peak = policy.traffic?.expectedPeak;
    if (peak === undefined || !(peak.requestsPerSecond > 0)) return { summary: noPeak.text, findings: [noPeak] };
    const target = thresholds.multiple * peak.requestsPerSecond;
    const test = loadTestRuns(evidence["load-test"], policy.traffic?.regions ?? [], target);
    const load = { path: test.runs[0].path, measurement: test.window.figures };
    const rate = judgeRate(load, peak.requestsPerSecond, thresholds.multiple, test.window.words);
    const models = policy.models.map(({ model }) => model);
    const changed = lastChange(POLICY);
    return {
      summary: rate.words,
      figures: loadFigures(test, { ...thresholds, peak: peak.requestsPerSecond }),
      findings: [
        ...rate.findings,
        ...errorFindings(load, thresholds.errorRate),
        ...durationFindings(load, thresholds.minutes),
        ...tokenFindings(load, peak.tokensPerMinute, thresholds.multiple, risk),
        ...latencyFindings(test, thresholds, risk),
        ...test.runs.flatMap((run) => [
          ...ownFindings(run),
          ...originFindings(run, { at, maxAgeDays: thresholds.maxAgeDays, models, changedAt, risk }),
          ...(changed !== undefined && toMs(changed.at) > toMs(run.origin.measuredAt ?? "")
            ? [note(run, `${POLICY} changed after the run: look whether the expected peak did.`)]
            : []),
        ]),
        ...test.findings,
      ],
    };
  },
});

/** What is compared with the targets: figures, and the file that a finding names. */
type Load = Pick<Run, "path" | "measurement">;

/** Every run keeps its own percentiles: they cannot be added up. */
function latencyFindings(
  { runs, window }: LoadTestRuns,
  { p95Ms, timeToFirstTokenP95Ms }: { p95Ms?: number; timeToFirstTokenP95Ms?: number },
  risk: Risk,
): Finding[] {
  const findings = runs.flatMap(({ path, measurement }) => {
    const { latencyMs, timeToFirstTokenMs } = window.ownLatencies ? window.figures : measurement;
    const place = { path };
    return [
      ...judgeLatency(latencyMs, { name: "p95", key: "p95Ms", limit: p95Ms, risk, place }),
      ...judgeLatency(timeToFirstTokenMs, {
        name: "time to first token",
        key: "timeToFirstTokenP95Ms",
        limit: timeToFirstTokenP95Ms,
        risk,
        place,
      }),
    ];
  });
  const [run] = runs;
  if (runs.length > 1 || window.words === undefined || window.ownLatencies) return findings;
  return [...findings, note(run, `Latencies are those of the whole run, not of ${window.words} alone.`)];
}

const noPeak = {
  state: "missing" as const,
  path: POLICY,
  text: "The policy does not declare the expected peak, so there is nothing to compare the load with.",
  remedy: "Add to the system in the policy, with your own figure: `traffic: { expectedPeak: { requestsPerSecond: 40 } }`.",
};

interface Judged {
  words: string;
  findings: Finding[];
}

function judgeRate({ path, measurement }: Load, peak: number, multiple: number, part: string | undefined): Judged {
  const { requests, ratePerSecond, errorRate } = measurement;
  const target = multiple * peak;
  const asked = `${figure(multiple)}x the expected peak of ${figure(peak)} is ${figure(target)}`;
  const unknown = (why: string): Judged => {
    const text = `${path} ${why}; ${asked} requests/s.`;
    return {
      words: text,
      findings: [
        { state: "inconclusive", path, text, remedy: `Export the result again with requests, duration and errors, and replace ${path}.` },
      ],
    };
  };
  if (requests !== undefined && !(requests > 0)) return unknown("holds no request");
  if (ratePerSecond === undefined || !(ratePerSecond >= 0) || ratePerSecond === Infinity)
    return unknown("does not say at which rate requests were sent");
  const known = errorRate !== undefined && errorRate >= 0 && errorRate <= 1;
  const sustained = known ? ratePerSecond * (1 - errorRate) : ratePerSecond;
  const [reached] = figures(sustained, target);
  const words = `${reached} requests/s ${known ? "sustained" : "sent"}${part === undefined ? "" : ` in ${part}`}; ${asked}`;
  if (isAtLeast(sustained, target)) return { words: `${words}${asides(measurement)}`, findings: [] };
  // Good answers are never more than those sent, so this holds whatever the errors were.
  return {
    words,
    findings: [
      {
        state: "not-met",
        path,
        text: `${words}.`,
        remedy: `Scale the system, run the load test again and replace ${path}.`,
      },
    ],
  };
}

function asides({ errorRate, latencyMs }: Run["measurement"]): string {
  const errors = errorRate === undefined ? "" : `; error rate ${percent(errorRate)}`;
  return latencyMs?.p95 === undefined ? errors : `${errors}; p95 ${figure(latencyMs.p95)} ms`;
}

function errorFindings({ path, measurement }: Load, limit: number): Finding[] {
  const { errorRate, requests, failed } = measurement;
  if (errorRate === undefined || !(errorRate >= 0 && errorRate <= 1)) {
    const remedy = `Use a tool or an export that counts failed requests, and replace ${path}.`;
    return [{ state: "inconclusive", path, text: `${path} does not say how many requests failed.`, remedy }];
  }
  if (isAtMost(errorRate, limit)) return [];
  const [rate, accepted] = percents(errorRate, limit);
  const counted = failed !== undefined && requests !== undefined ? `${figure(failed)} of ${plural(requests, "request")} failed: ` : "";
  return [
    {
      state: "not-met",
      path,
      text: `${counted}error rate ${rate}; at most ${accepted} is accepted.`,
      remedy: `Find what fails under load, mend it, run the load test again and replace ${path}.`,
    },
  ];
}

/** Seconds are rounded: generators stop a few milliseconds before the last request's due time. */
function durationFindings({ path, measurement }: Load, minutes: number): Finding[] {
  const seconds = measurement.durationSeconds ?? secondsFromRate(measurement);
  const computed: Finding[] =
    measurement.durationSeconds === undefined && seconds !== undefined
      ? [{ state: "note", path, text: `${path} names no duration; its requests over its rate give ${figure(seconds / 60)} min.` }]
      : [];
  if (seconds !== undefined && isAtLeast(Math.round(seconds), minutes * 60)) return computed;
  const text =
    seconds === undefined || !(seconds >= 0)
      ? `${path} does not say how long the load lasted; ${figure(minutes)} min are asked for.`
      : `${figures(seconds / 60, minutes)[0]} min at load; ${figure(minutes)} are asked for.`;
  return [
    ...computed,
    { state: "inconclusive", path, text, remedy: `Run the load test for at least ${figure(minutes)} min and replace ${path}.` },
  ];
}

/** A tool's rate is its requests over its duration, so it cannot flatter both: a higher rate makes the run shorter. */
function secondsFromRate({ requests, ratePerSecond }: Run["measurement"]): number | undefined {
  return requests !== undefined && ratePerSecond !== undefined && ratePerSecond > 0 ? requests / ratePerSecond : undefined;
}

function tokenFindings({ path, measurement }: Load, tokensPerMinute: number | undefined, multiple: number, risk: string): Finding[] {
  if (tokensPerMinute === undefined) return [];
  const { totalTokensPerSecond } = measurement;
  const target = multiple * tokensPerMinute;
  if (totalTokensPerSecond === undefined || !(totalTokensPerSecond >= 0)) {
    const state = risk === "high" ? "inconclusive" : "note";
    const remedy = `Measure tokens a second too (vLLM bench, AIPerf or another tool for LLM serving), and replace ${path}.`;
    return [{ state, path, text: `A peak of ${figure(tokensPerMinute)} tokens/min is declared, and ${path} measured no tokens.`, remedy }];
  }
  if (isAtLeast(totalTokensPerSecond * 60, target)) return [];
  const [reached, asked] = figures(totalTokensPerSecond * 60, target);
  const text = `${reached} tokens/min sustained; ${figure(multiple)}x the expected peak of ${figure(tokensPerMinute)} is ${asked}.`;
  return [{ state: "not-met", path, text, remedy: `Scale the system or its quota, run the load test again and replace ${path}.` }];
}

/** What the run says of itself: its own thresholds, latencies that never vary, load that it could not send. */
function ownFindings(run: Run): Finding[] {
  const { path, measurement } = run;
  const findings: Finding[] = [];
  const failed = measurement.thresholds?.failed ?? 0;
  if (failed !== 0) {
    const text = `${plural(failed, "threshold")} of the run's own failed.`;
    findings.push({
      state: "not-met",
      path,
      text,
      remedy: `Look at the thresholds of the load test, mend the cause, run it again and replace ${path}.`,
    });
  }
  if (isStub(run)) {
    const text = `The latencies in ${path} hardly vary (p50 and p99 are within 1 %, or all are alike: ${figure(Object.values(measurement.latencyMs ?? {})[0] ?? NaN)} ms): this looks like a stub.`;
    findings.push({ state: "not-met", path, text, remedy: `Measure the real system with its real model and replace ${path}.` });
  }
  const dropped = measurement.dropped ?? 0;
  if (dropped > 0) findings.push(note(run, `The generator could not send ${plural(dropped, "request")} that were planned.`));
  return findings;
}

/** Share of the median within which the slow end must not lie: a real model answers at many speeds. */
const LEAST_SPREAD = 0.01;

/** Three figures of the distribution are all alike, or its slow end is hardly slower than its middle. */
function isStub({ measurement: { latencyMs } }: Run): boolean {
  const values = Object.values(latencyMs ?? {});
  if (values.length < 3) return false;
  if (values.every((value) => value === values[0])) return true;
  const { p50, p99 } = latencyMs ?? {};
  return p50 !== undefined && p99 !== undefined && p50 > 0 && p99 - p50 < LEAST_SPREAD * p50;
}

function note({ path }: Run, text: string): Finding {
  return { state: "note", path, text };
}
