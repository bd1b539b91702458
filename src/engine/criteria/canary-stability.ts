import { canaryFigures } from "../canary-figures.ts";
import { findCanary, isCanaryShare, trafficShares, type Canary, type CanaryWindow } from "../canary-window.ts";
import { defineCriterion } from "../define-criterion.ts";
import { figures, isAtLeast } from "../limits.ts";
import { listSome } from "../list-some.ts";
import { servedRequests } from "../served-requests.ts";
import { HOUR, toMs } from "../time.ts";
import { trafficFindings } from "../traffic-findings.ts";
import type { CriterionInput, Finding, Judgement, Needs } from "../types.ts";
import { judgeAlerts } from "../window-alerts.ts";
import { figure, plural, quoted } from "../words.ts";

const needs = {
  facts: ["deployments", "alerts", "requests"],
  optionalEvidence: ["traffic"],
  policy: ["stages", "severities"],
} as const satisfies Needs;
type Input = CriterionInput<"canary-stability", typeof needs>;

/** Earlier runs of the same commit that are looked at, newest first. */
const MAX_EARLIER = 20;

export default defineCriterion({
  id: "canary-stability",
  gate: "rollout",
  title: "Canary stable",
  asks: [
    "72 unbroken hours at 10 % of the traffic (8 to 12) with one commit; any redeploy restarts the clock.",
    "No critical alert in that time, and no silence on one.",
    "Alert data covers the time without gaps.",
    "Enough requests were served in it.",
    "Models, prompts, guardrails and `relevantPaths` stayed as they were when it began.",
    "The plan and status of the rollout, where they are given, do not contradict any of that.",
  ],
  suppliers: ["sre"],
  places: [],
  remedy: "Deploy to an environment that takes 10 % of the traffic, let it run, and give deployments, alerts and requests as facts.",
  example: {
    path: ".github/pilotgate.yml",
    content: `version: 1
systems:
  - id: support-assistant
    risk: high
    models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }]
    stages:
      - { environment: production-canary, trafficPercent: 10 }
    severities: { critical: [critical, page, sev1] }
`,
  },
  needs,
  decisions: [],
  judge(input) {
    const { at, thresholds, facts, policy } = input;
    const canary = findCanary(facts.deployments, policy.stages, thresholds.trafficPercent, at);
    const newest = canary?.windows.at(-1);
    const asked = { percent: thresholds.trafficPercent, hours: thresholds.hours, since: newest?.start };
    const traffic = trafficFindings(input.evidence.traffic, asked);
    if (canary === undefined) return withTraffic(noCanary(input), traffic);
    const judged =
      newest === undefined ? neverRan(canary, thresholds.trafficPercent, thresholds.hours) : judgeWindow(newest, canary, input);
    const settled = worst(judged) === "inconclusive" ? (earlierRun(canary, input) ?? judged) : judged;
    return withTraffic({ ...settled, findings: [...settled.findings, ...undatedFindings(canary)] }, traffic);
  },
});

/** The deployments are judged first; what steers the traffic can only speak against them. */
function withTraffic({ summary, findings, ...rest }: Judgement, traffic: readonly Finding[]): Judgement {
  const against = traffic.find(({ state }) => state === "not-met");
  return {
    summary: against?.path === undefined ? summary : `${summary}; ${against.path} speaks against it`,
    findings: [...findings, ...traffic],
    ...rest,
  };
}

function noCanary({ thresholds, facts, policy }: Input): Judgement {
  const percent = thresholds.trafficPercent;
  const asked = `${figure(0.8 * percent)} to ${figure(1.2 * percent)} %`;
  const shares = trafficShares(policy.stages);
  const other = facts.deployments.filter((one) => (shares(one) ?? 100) < 100 && !isCanaryShare(shares(one), percent));
  const remedy = `Deploy to an environment that takes ${asked} of the traffic, and name it under \`stages\` in the policy.`;
  if (other.length === 0) {
    const text = `Nothing was deployed to an environment that is known to take ${asked} of the traffic.`;
    return { summary: text, findings: [{ state: "missing", text, remedy }] };
  }
  const names = [...new Set(other.map((one) => `${one.environment} at ${figure(shares(one) ?? NaN)} %`))].sort();
  const text = `No deployment took ${asked} of the traffic: ${listSome(names)}.`;
  return { summary: text, findings: [{ state: "not-met", text, remedy }] };
}

/** The commit that was deployed last has no run at the canary's share. */
function neverRan({ environment, commit, share, pending }: Canary, percent: number, hours: number): Judgement {
  const what = `Commit ${short(commit)} in ${quoted(environment)}`;
  const remedy = `Deploy it at ${figure(percent)} % of the traffic and let it run ${figure(hours)} h.`;
  const one = (state: Finding["state"], text: string): Judgement => ({ summary: text, findings: [{ state, text, remedy }] });
  if (!isCanaryShare(share, percent)) {
    if (share === undefined) return one("missing", `${what} takes a share of the traffic that nobody says.`);
    return one(
      "not-met",
      `${what} takes ${figure(share)} % of the traffic; ${figure(0.8 * percent)} to ${figure(1.2 * percent)} % is asked for.`,
    );
  }
  return pending
    ? one("inconclusive", `${what} is being deployed: 0 of ${figure(hours)} h done.`)
    : one("not-met", `${what} was never deployed with success.`);
}

function judgeWindow(window: CanaryWindow, canary: Canary, input: Input): Judgement {
  const { thresholds, facts, policy } = input;
  const span = { from: window.start, to: window.end };
  const hours = (window.end - window.start) / HOUR;
  const alerts = judgeAlerts(facts.alerts, {
    window: span,
    critical: policy.severities.critical,
    allowed: thresholds.criticalAlerts,
    coverage: thresholds.coverage,
  });
  const served = servedRequests(facts.requests, window.deployment.environment, span);
  const [done, asked] = figures(hours, thresholds.hours);
  const share = trafficShares(policy.stages)(window.deployment) ?? NaN;
  return {
    summary: `${isAtLeast(hours, thresholds.hours) ? done : `${done} of ${asked}`} h unbroken at ${figure(share)} % with commit ${short(window.deployment.commit)}; ${alerts.words}; ${plural(served.count, "request")}`,
    findings: [
      ...hoursFindings(window, hours, thresholds.hours, canary.pending),
      ...alerts.findings,
      ...requestFindings(served, thresholds.requests),
      ...changeFindings(window, input),
    ],
    figures: canaryFigures(window, canary, served.count, {
      alerts: facts.alerts,
      critical: policy.severities.critical,
      percent: thresholds.trafficPercent,
      hours: thresholds.hours,
      requests: thresholds.requests,
    }),
  };
}

function hoursFindings(window: CanaryWindow, hours: number, asked: number, pending: boolean): Finding[] {
  const ended = window.running ? "" : ` It ended at ${instant(window.end)}.`;
  if (isAtLeast(hours, asked)) return window.running ? [] : [{ state: "note", text: `The run lasted ${figure(hours)} h.${ended}` }];
  const [done, all] = figures(hours, asked);
  if (!window.running) {
    const text = `The canary ran ${done} h unbroken; ${all} are asked for.${ended}`;
    return [{ state: pending ? "inconclusive" : "not-met", text, remedy: `Deploy again and let it run ${all} h without a redeploy.` }];
  }
  const text = `${done} of ${all} h done, ${figure(asked - hours)} h left, until ${instant(window.start + asked * HOUR)}.`;
  return [{ state: "inconclusive", text, remedy: "Let the canary run on without a redeploy, then judge again." }];
}

function requestFindings({ count, leftOut }: ReturnType<typeof servedRequests>, least: number): Finding[] {
  const findings: Finding[] = [];
  if (leftOut > 0)
    findings.push({ state: "note", text: `${plural(leftOut, "count")} of requests left out: not wholly in the window, or told twice.` });
  if (isAtLeast(count, least)) return findings;
  const text = `The canary served ${plural(count, "request")} in the window; ${figure(least)} are asked for.`;
  return [{ state: "inconclusive", text, remedy: "Let the canary run on, or send it more of the real traffic." }, ...findings];
}

/** A canary shows something of what answers now only where that stayed as it was when the canary began. */
function changeFindings({ start }: CanaryWindow, { changedAt, risk }: Input): Finding[] {
  if (changedAt === null) return [];
  const remedy = "Give the history of the files with the facts (`lineage`).";
  const unknown = "Whether anything changed since the canary began is not checked: no history.";
  if (changedAt === undefined) return [{ state: risk === "high" ? "inconclusive" : "note", text: unknown, remedy, unseen: "lineage" }];
  const changed = toMs(changedAt.at);
  if (changed <= start) return [];
  const when = Number.isNaN(changed) ? "at an unknown time" : `at ${instant(changed)}`;
  const text = `${changedAt.path} changed ${when}, after the canary began at ${instant(start)}.`;
  return [{ state: "stale", path: changedAt.path, text, remedy: "Deploy what is judged as a canary and let it run." }];
}

/** A run of the same commit that was stable before the one that is under way. */
function earlierRun(canary: Canary, input: Input): Judgement | undefined {
  const long = canary.windows.slice(0, -1).filter(({ start, end }) => isAtLeast((end - start) / HOUR, input.thresholds.hours));
  for (const window of long.slice(-MAX_EARLIER).reverse()) {
    const judged = judgeWindow(window, canary, input);
    if (worst(judged) === undefined) return judged;
  }
  return undefined;
}

function undatedFindings({ undated }: Canary): Finding[] {
  if (undated === 0) return [];
  const text = `${plural(undated, "deployment")} cannot be placed in time, so whether the clock restarted is not known.`;
  return [{ state: "inconclusive", text, remedy: "Give each deployment its statuses with their times." }];
}

function worst({ findings }: Judgement): "not-met" | "inconclusive" | undefined {
  if (findings.some(({ state }) => state === "not-met")) return "not-met";
  return findings.some(({ state }) => state !== "note") ? "inconclusive" : undefined;
}

function short(commit: string): string {
  return commit.slice(0, 12);
}

/** `2026-11-23 09:00 UTC` */
function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
