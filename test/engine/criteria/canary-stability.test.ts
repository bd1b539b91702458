import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/canary-stability.ts";
import type { Facts } from "../../../src/shapes/facts.ts";
import type { System } from "../../../src/shapes/policy.ts";
import type { ThresholdOptions } from "../../../src/shapes/thresholds.ts";
import type { State } from "../../../src/shapes/vocabulary.ts";
import type { TrafficResource } from "../../../src/shapes/running-system.ts";
import { AT, change, judge, measured, subject } from "../subject.ts";

type Deployment = NonNullable<Facts["deployments"]>[number];
type AlertFacts = NonNullable<Facts["alerts"]>;
type Alert = AlertFacts["alerts"][number];
type Requests = NonNullable<Facts["requests"]>;

const CANARY = "production-canary";
const now = Date.parse(AT);
/** The instant so many hours before the judgement. */
const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
const deployment = (id: number, commit: string, statuses: [string, number][], changed: Partial<Deployment> = {}): Deployment => ({
  id,
  environment: CANARY,
  commit,
  statuses: statuses.map(([state, hours]) => ({ state, at: ago(hours) })),
  ...changed,
});
const running = (hours: number, id = 1, commit = "aaaa") =>
  deployment(id, commit, [
    ["in_progress", hours + 0.1],
    ["success", hours],
  ]);
const alert = (changed: Partial<Alert> = {}): Alert => ({
  name: "HighErrorRate",
  severity: "critical",
  startsAt: ago(10),
  endsAt: ago(9),
  ...changed,
});
const watched = (from = 200, to = 0, changed: Partial<AlertFacts> = {}): AlertFacts => ({
  from: ago(from),
  to: ago(to),
  coverage: [{ from: ago(from), to: ago(to) }],
  alerts: [],
  silences: [],
  ...changed,
});
const served = (count: number, from = 72, to = 0, environment = CANARY): Requests[number] => ({
  environment,
  from: ago(from),
  to: ago(to),
  count,
});

interface Case {
  name: string;
  deployments?: Deployment[];
  alerts?: AlertFacts;
  requests?: Requests;
  stages?: System["stages"];
  thresholds?: ThresholdOptions<"canary-stability">;
  /** A file that steers the traffic. */
  traffic?: Partial<TrafficResource>;
  state: State;
  says?: RegExp;
}
const hourly = (count: number, hours: number) => Array.from({ length: hours }, (_, index) => served(count, index + 1, index));
const fired = (changed: Partial<Alert>) => watched(200, 0, { alerts: [alert(changed)] });
const silenced = (changed: Partial<AlertFacts["silences"][number]>, also: Partial<AlertFacts> = {}) =>
  watched(200, 0, { silences: [{ startsAt: ago(10), endsAt: ago(9), ...changed }], ...also });
const covered = (...spans: [number, number][]) =>
  watched(200, 0, { coverage: spans.map(([from, to]) => ({ from: ago(from), to: ago(to) })) });

const table: Case[] = [
  {
    name: "exactly 72 hours",
    state: "met",
    says: /^72 h unbroken at 10 % with commit aaaa; 0 critical alerts, alert data covers 100 %; 1000 requests/,
  },
  {
    name: "a minute less",
    deployments: [running(72 - 1 / 60)],
    state: "inconclusive",
    says: /71\.98\d* of 72 h done, 0\.0167 h left, until 2026-11-23 09:01 UTC/,
  },
  {
    name: "41.5 hours done",
    deployments: [running(41.5)],
    state: "inconclusive",
    says: /41\.5 of 72 h done, 30\.5 h left, until 2026-11-24 15:30 UTC/,
  },
  {
    name: "only the hours are missing",
    deployments: [running(71.9)],
    requests: [served(1000, 71, 0)],
    state: "inconclusive",
    says: /0\.1 h left/,
  },
  {
    name: "only the hours are missing, and it is deployed again",
    deployments: [
      deployment(1, "aaaa", [
        ["success", 80],
        ["in_progress", 10],
      ]),
    ],
    requests: [served(1000, 79, 11)],
    state: "inconclusive",
  },
  {
    name: "deployed at this very instant",
    deployments: [running(0)],
    requests: [],
    state: "inconclusive",
    says: /^0 of 72 h unbroken .* covers 0 %/,
  },
  {
    name: "72 clean hours, redeployed, and a critical alert since",
    deployments: [running(80), running(5, 2)],
    requests: [served(1000, 80, 6)],
    alerts: watched(200, 0, { alerts: [alert({ startsAt: ago(1), endsAt: null })] }),
    state: "not-met",
  },
  {
    name: "72 hours with a critical alert, redeployed",
    deployments: [running(80), running(5, 2)],
    requests: [served(1000, 80, 6)],
    alerts: watched(200, 0, { alerts: [alert({ startsAt: ago(50), endsAt: ago(49) })] }),
    state: "inconclusive",
  },
  {
    name: "two canaries: the one that was deployed last counts",
    stages: [
      { environment: "a", trafficPercent: 10 },
      { environment: "b", trafficPercent: 10 },
    ],
    deployments: [
      { ...running(100), environment: "a" },
      { ...running(5, 2), environment: "b" },
    ],
    requests: [served(1000, 100, 0, "a"), served(1000, 5, 0, "b")],
    state: "inconclusive",
    says: /5 of 72 h/,
  },
  {
    name: "the last deployment takes a share that nobody says",
    stages: [],
    deployments: [{ ...running(80), trafficPercent: 10 }, running(5, 2, "bbbb")],
    state: "missing",
    says: /a share of the traffic that nobody says/,
  },
  { name: "nothing deployed", deployments: [], state: "missing", says: /Nothing was deployed/ },
  { name: "only production deployed", deployments: [{ ...running(80), environment: "production" }], state: "missing" },
  { name: "deployed in the time to come only", deployments: [running(-1)], state: "missing" },
  {
    name: "environment in another case",
    deployments: [{ ...running(72), environment: "Production-Canary" }],
    requests: [served(1000, 72, 0, "PRODUCTION-CANARY")],
    state: "met",
  },
  ...[8, 10, 12].map((percent) => ({
    name: `${percent} % of the traffic`,
    deployments: [{ ...running(72), trafficPercent: percent }],
    state: "met" as const,
    says: new RegExp(`at ${percent} %`),
  })),
  ...[7.9, 12.1, 25].map((percent) => ({
    name: `${percent} % of the traffic`,
    stages: [{ environment: CANARY, trafficPercent: percent }],
    state: "not-met" as const,
    says: /No deployment took 8 to 12 % of the traffic: "production-canary at/,
  })),
  { name: "no stage names the share", stages: [], state: "missing" },
  {
    name: "the deployment's own share instead of a stage",
    stages: [],
    deployments: [{ ...running(72), trafficPercent: 10 }],
    state: "met",
  },
  {
    name: "raised to 25 % after 80 hours",
    deployments: [running(90), { ...running(10, 2), trafficPercent: 25 }],
    requests: [served(1000, 90, 11)],
    state: "met",
  },
  {
    name: "raised to 25 % after 10 hours",
    deployments: [running(90), { ...running(80, 2), trafficPercent: 25 }],
    state: "not-met",
    says: /ran 9\.9 h unbroken; 72 are asked for\. It ended at/,
  },
  {
    name: "another commit at 25 %",
    deployments: [running(90), { ...running(10, 2, "bbbb"), trafficPercent: 25 }],
    state: "not-met",
    says: /Commit bbbb .* takes 25 %/,
  },
  {
    name: "redeployed with another commit",
    deployments: [running(100), running(5, 2, "bbbb")],
    state: "inconclusive",
    says: /5 of 72 h .* commit bbbb/,
  },
  { name: "redeployed with the same commit too early", deployments: [running(76), running(5, 2)], state: "inconclusive" },
  {
    name: "redeployed with the same commit after 72 hours",
    deployments: [running(80), running(5, 2)],
    requests: [served(1000, 80, 6)],
    state: "met",
  },
  {
    name: "rolled back to a commit that ran long before",
    deployments: [running(200, 1, "old"), running(100, 2, "new"), running(5, 3, "old")],
    alerts: watched(300),
    requests: [served(1000, 200, 101)],
    state: "met",
    says: /commit old/,
  },
  {
    name: "a newer commit is being deployed",
    deployments: [running(80), deployment(2, "bbbb", [["in_progress", 1]])],
    state: "inconclusive",
    says: /Commit bbbb .* is being deployed: 0 of 72 h/,
  },
  {
    name: "a newer commit waits",
    deployments: [
      running(72),
      deployment(2, "bbbb", [
        ["queued", 1],
        ["waiting", 0.5],
      ]),
    ],
    state: "met",
  },
  {
    name: "a newer commit failed",
    deployments: [
      running(80),
      deployment(2, "bbbb", [
        ["in_progress", 1],
        ["failure", 0.5],
      ]),
    ],
    state: "not-met",
    says: /Commit bbbb .* was never deployed with success/,
  },
  {
    name: "a newer deployment without any status",
    deployments: [running(72), deployment(2, "bbbb", [])],
    state: "inconclusive",
    says: /1 deployment cannot be placed in time/,
  },
  { name: "an older deployment without any status", deployments: [deployment(1, "aaaa", []), running(72, 2)], state: "met" },
  {
    name: "a status at no time",
    deployments: [
      {
        ...running(72),
        statuses: [
          { state: "success", at: ago(72) },
          { state: "failure", at: "lately" },
        ],
      },
    ],
    state: "inconclusive",
  },
  ...["failure", "error", "inactive", "in_progress", "queued", "exploded"].map((state) => ({
    name: `a later status ${state}`,
    deployments: [
      deployment(1, "aaaa", [
        ["success", 80],
        [state, 20],
      ]),
    ],
    state: (state === "in_progress" || state === "queued" ? "inconclusive" : "not-met") as State,
    says: /ran 60 h unbroken; 72 are asked for/,
  })),
  {
    name: "made inactive after 72 hours",
    deployments: [
      deployment(1, "aaaa", [
        ["success", 80],
        ["inactive", 2],
      ]),
    ],
    state: "met",
    requests: [served(1000, 70, 2)],
    says: /The run lasted 78 h\. It ended at 2026-11-23 07:00 UTC/,
  },
  {
    name: "success said twice",
    deployments: [
      deployment(1, "aaaa", [
        ["success", 72],
        ["success", 20],
      ]),
    ],
    state: "met",
  },
  {
    name: "all statuses in one second",
    deployments: [
      deployment(1, "aaaa", [
        ["success", 72],
        ["in_progress", 72],
        ["queued", 72],
      ]),
    ],
    state: "met",
  },
  {
    name: "one that was under way finishes later",
    deployments: [
      deployment(1, "bbbb", [
        ["in_progress", 101],
        ["success", 60],
      ]),
      running(100, 2),
    ],
    state: "inconclusive",
    says: /60 of 72 h/,
  },
  { name: "a deployment elsewhere", deployments: [running(72), { ...running(5, 2, "bbbb"), environment: "staging" }], state: "met" },
  { name: "a deployment told twice", deployments: [running(72), running(72)], state: "met" },

  {
    name: "a critical alert",
    alerts: fired({}),
    state: "not-met",
    says: /1 critical alert fired in the window: "HighErrorRate"; 0 are accepted/,
  },
  { name: "a critical alert in another case", alerts: fired({ severity: " SEV1 " }), state: "not-met" },
  { name: "a critical alert with marks in its label", alerts: fired({ severity: "SEV-1" }), state: "not-met" },
  { name: "a critical alert with an invisible mark", alerts: fired({ severity: "\u200Bcritical" }), state: "not-met" },
  ...["fatal", "emergency", "P0", "1"].map((severity): Case => ({
    name: `an alert of the severity ${severity}, which nobody has placed`,
    alerts: fired({ severity }),
    state: "inconclusive",
    says: /nobody says whether it is critical: "/,
  })),
  ...["high", "Warning", "info", "sev-3", "P4"].map((severity): Case => ({
    name: `an alert of the severity ${severity}`,
    alerts: fired({ severity }),
    state: "met",
  })),
  { name: "a silence of a severity that nobody has placed", alerts: silenced({ severity: "fatal" }), state: "inconclusive" },
  { name: "a critical alert that still fires", alerts: fired({ endsAt: null }), state: "not-met" },
  { name: "a critical alert from before that still fires", alerts: fired({ startsAt: ago(100), endsAt: null }), state: "not-met" },
  { name: "a critical alert that ended as the window began", alerts: fired({ startsAt: ago(73), endsAt: ago(72) }), state: "met" },
  { name: "a critical alert that reached into the window", alerts: fired({ startsAt: ago(73), endsAt: ago(71.99) }), state: "not-met" },
  { name: "a critical alert of no length", alerts: fired({ endsAt: ago(10) }), state: "not-met" },
  { name: "a critical alert that ends before it starts", alerts: fired({ endsAt: ago(100) }), state: "not-met" },
  { name: "a critical alert at no time", alerts: fired({ startsAt: "lately" }), state: "not-met" },
  { name: "a critical alert before a running window is done", deployments: [running(20)], alerts: fired({}), state: "not-met" },
  { name: "a warning", alerts: fired({ severity: "warning" }), state: "met" },
  {
    name: "an alert without severity",
    alerts: fired({ severity: null }),
    state: "not-met",
    says: /1 alert without a severity counts as critical: "HighErrorRate"/,
  },
  { name: "an alert that is allowed", alerts: fired({}), thresholds: { criticalAlerts: 1 }, state: "met" },
  {
    name: "one alert told twice",
    alerts: watched(200, 0, { alerts: [alert(), alert()] }),
    thresholds: { criticalAlerts: 1 },
    state: "met",
  },
  {
    name: "two alerts where one is allowed",
    alerts: watched(200, 0, { alerts: [alert(), alert({ startsAt: ago(3) })] }),
    thresholds: { criticalAlerts: 1 },
    state: "not-met",
  },
  {
    name: "a silence on critical alerts",
    alerts: silenced({ severity: "critical" }),
    state: "not-met",
    says: /were silenced in the window: "critical"/,
  },
  { name: "a silence on everything", alerts: silenced({}), state: "not-met", says: /"all alerts"/ },
  { name: "a silence on warnings", alerts: silenced({ severity: "warning" }), state: "met" },
  {
    name: "a silence on an alert of unknown severity",
    alerts: silenced({ name: "DiskFull" }),
    state: "inconclusive",
    says: /may hide critical alerts: "DiskFull"/,
  },
  {
    name: "a silence on an alert that is known to be a warning",
    alerts: silenced({ name: "DiskFull" }, { alerts: [alert({ name: "DiskFull", severity: "warning" })] }),
    state: "met",
  },
  {
    name: "a silence on an alert that was critical long ago",
    alerts: silenced({ name: "DiskFull" }, { alerts: [alert({ name: "DiskFull", startsAt: ago(150), endsAt: ago(149) })] }),
    state: "not-met",
  },
  { name: "a silence before the window", alerts: silenced({ startsAt: ago(100), endsAt: ago(72) }), state: "met" },
  { name: "a silence that lasts", alerts: silenced({ startsAt: ago(100), endsAt: null }), state: "not-met" },

  { name: "coverage exactly at 99 %", alerts: covered([72, 0.72]), state: "met", says: /covers 99 %/ },
  {
    name: "coverage a little less",
    alerts: covered([72, 0.73]),
    state: "inconclusive",
    says: /Alert data covers 98\.9\d* % of the window; 99 % is asked for, because a gap is not health/,
  },
  { name: "no coverage", alerts: covered(), state: "inconclusive", says: /covers 0 %/ },
  { name: "overlapping spans count once", alerts: covered([72, 30], [72, 30], [60, 31]), state: "inconclusive" },
  { name: "adjoining spans", alerts: covered([40, 0], [72, 40]), state: "met" },
  { name: "spans turned round", alerts: covered([0, 72]), state: "inconclusive" },
  { name: "spans at no time", alerts: watched(200, 0, { coverage: [{ from: "x", to: "y" }] }), state: "inconclusive" },
  {
    name: "alert data that was asked for too late",
    alerts: watched(71, 0, { coverage: [{ from: ago(200), to: ago(0) }] }),
    state: "inconclusive",
  },
  { name: "alert data that ends a minute before", alerts: watched(200, 1 / 60), state: "met" },
  { name: "alert data that ends a day before", alerts: watched(200, 24), state: "inconclusive" },

  { name: "exactly 1000 requests by the hour", requests: [...hourly(13, 71), served(77, 72, 71)], state: "met", says: /; 1000 requests$/m },
  {
    name: "one request less",
    requests: [served(999)],
    state: "inconclusive",
    says: /served 999 requests in the window; 1000 are asked for/,
  },
  { name: "no requests", requests: [], state: "inconclusive" },
  {
    name: "a count that reaches beyond the window",
    requests: [served(1000), served(5000, 73, 1)],
    state: "met",
    says: /1 count of requests left out/,
  },
  { name: "only a count that reaches beyond the window", requests: [served(5000, 73, 1)], state: "inconclusive" },
  { name: "one count told twice", requests: [served(600), served(600)], state: "inconclusive", says: /served 600 requests/ },
  {
    name: "the smaller of two counts of one span",
    requests: [served(5000), served(600)],
    state: "inconclusive",
    says: /served 600 requests/,
  },
  { name: "counts of another environment", requests: [served(5000, 72, 0, "production")], state: "inconclusive" },
  {
    name: "NaN and negative counts",
    requests: [served(NaN, 72, 40), served(-5, 40, 30), served(5000, 30, 0)],
    state: "met",
    says: /2 counts of requests left out/,
  },
  { name: "an endless count", requests: [served(Infinity)], state: "inconclusive" },
  { name: "a count turned round", requests: [served(5000, 0, 72)], state: "inconclusive" },

  { name: "fewer hours by policy", deployments: [running(24)], requests: [served(1000, 24)], thresholds: { hours: 24 }, state: "met" },
  {
    name: "a plan that waits at 10 %",
    traffic: { steps: [{ percent: 10, waitsFor: "promotion" }] },
    state: "met",
    says: /Rollout "assistant" is a plan, and a plan proves nothing: the deployments are the evidence/,
  },
  {
    name: "a plan without a step at 10 %",
    traffic: { steps: [{ percent: 20, waitsFor: "promotion" }, { percent: 50 }] },
    state: "not-met",
    says: /^72 h unbroken .*; rollout\.yaml speaks against it\n[^]*Rollout "assistant" declares 20 % and 50 % of the traffic; 8 to 12 %/,
  },
  {
    name: "a plan that leaves 10 % by itself",
    traffic: { steps: [{ percent: 10, pauseSeconds: 3600 }] },
    state: "not-met",
    says: /for 1 h/,
  },
  {
    name: "a plan of an hour where the policy asks for one",
    deployments: [running(24)],
    requests: [served(1000, 24)],
    thresholds: { hours: 1 },
    traffic: { steps: [{ percent: 10, pauseSeconds: 3600 }] },
    state: "met",
  },
  {
    name: "a plan of half of the traffic where the policy asks for it",
    stages: [{ environment: CANARY, trafficPercent: 50 }],
    thresholds: { trafficPercent: 50 },
    traffic: { splits: [[{ backend: "a", percent: 50 }]] },
    state: "met",
  },
  {
    name: "weights of 7 and 3",
    traffic: {
      splits: [
        [
          { backend: "a", percent: 70 },
          { backend: "b", percent: 30 },
        ],
      ],
    },
    state: "not-met",
  },
  { name: "a rollout that was aborted in the window", traffic: { observed: { aborted: true, since: ago(10) } }, state: "not-met" },
  { name: "a rollout that was aborted before it", traffic: { observed: { aborted: true, since: ago(73) } }, state: "met" },
  { name: "an analysis that failed", traffic: { kind: "AnalysisRun", observed: { phase: "Failed", to: ago(1) } }, state: "not-met" },
  { name: "an inconclusive analysis", traffic: { kind: "AnalysisRun", observed: { phase: "Inconclusive" } }, state: "inconclusive" },
  {
    name: "a perfect analysis, and too few hours",
    deployments: [running(41.5)],
    traffic: { kind: "AnalysisRun", observed: { phase: "Successful", from: ago(80), to: ago(0) } },
    state: "inconclusive",
    says: /30\.5 h left/,
  },
  {
    name: "a perfect plan, and nothing deployed",
    deployments: [],
    traffic: { steps: [{ percent: 10, waitsFor: "promotion" }] },
    state: "missing",
  },
  {
    name: "a plan that contradicts, and nothing deployed",
    deployments: [],
    traffic: { steps: [{ percent: 50 }] },
    state: "not-met",
    says: /Nothing was deployed .*; rollout\.yaml speaks against it/,
  },
  {
    name: "half of the traffic by policy",
    stages: [{ environment: CANARY, trafficPercent: 50 }],
    thresholds: { trafficPercent: 50 },
    state: "met",
  },
];

const fileOf = (resource: Partial<TrafficResource>) =>
  measured("traffic", { resources: [{ kind: "Rollout", name: "assistant", ...resource }] }, {}, "rollout.yaml");
const whole = ({
  deployments = [running(72)],
  alerts = watched(),
  requests = [served(1000)],
  stages,
  thresholds,
  traffic,
}: Omit<Case, "name" | "state">) =>
  subject({
    ...(traffic ? { evidence: { "canary-stability": [fileOf(traffic)] } } : {}),
    ...(stages ? { system: { stages } } : {}),
    ...(thresholds ? { thresholds: { "canary-stability": thresholds } } : {}),
    facts: { deployments, alerts, requests },
  });

describe("canary-stability", () => {
  it.each(table)("$state: $name", ({ state, says, ...parts }) => {
    const judged = judge(criterion, whole(parts));
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
    expect(judged.state).toBe(state);
    expect(judged.decisions).toEqual([]);
  });

  it.each(table)(
    "has no order: $name",
    ({ deployments = [running(72)], alerts = watched(), requests = [served(1000)], state, ...parts }) => {
      const turned = {
        ...parts,
        deployments: deployments.map((one): Deployment => Object.assign({}, one, { statuses: one.statuses.toReversed() })).reverse(),
        alerts: {
          ...alerts,
          alerts: alerts.alerts.toReversed(),
          silences: alerts.silences.toReversed(),
          coverage: alerts.coverage.toReversed(),
        },
        requests: requests.toReversed(),
      };
      expect(judge(criterion, whole(turned)).state).toBe(state);
    },
  );

  const given = { deployments: [running(72)], alerts: watched(), requests: [served(1000)] };
  const PROMPT = "prompts/system.md";

  it("obeys a policy that names its own critical labels", () => {
    const facts = { ...given, alerts: fired({ severity: "fatal" }) };
    const state = (critical: string[]) => judge(criterion, subject({ system: { severities: { critical } }, facts })).state;
    expect([state(["critical"]), state(["Fatal"])]).toEqual(["met", "not-met"]);
  });

  it.each<[string, Facts["lineage"], "low" | "high", State]>([
    ["no change since it began", [change(PROMPT, ago(72))], "low", "met"],
    ["a change since it began", [change(PROMPT, ago(71.9))], "low", "stale"],
    ["a change at no time", [change(PROMPT, "once")], "low", "stale"],
    ["no history", undefined, "low", "met"],
    ["no history at high risk", undefined, "high", "inconclusive"],
  ])("judges what answers now: %s", (_, lineage, risk, state) => {
    const requests = [served(10_000)];
    const facts = { ...given, requests, ...(lineage ? { lineage } : {}) };
    expect(judge(criterion, subject({ risk, facts })).state).toBe(state);
  });

  it("needs deployments, alerts and requests", () => {
    const facts = { deployments: [running(72)], alerts: watched(), requests: [served(1000)] };
    for (const name of ["deployments", "alerts", "requests"] as const) {
      const { [name]: _, ...rest } = facts;
      expect(judge(criterion, subject({ facts: rest })).state).toBe("missing");
    }
    expect(judge(criterion, subject({ facts: null })).state).toBe("missing");
  });

  it("never needs a file that steers the traffic, and never passes by one", () => {
    const perfect = fileOf({ steps: [{ percent: 10, waitsFor: "promotion" }], observed: { phase: "Paused", percent: 10 } });
    for (const facts of [null, { deployments: [] }, given]) {
      const [bare, beside] = [{}, { "canary-stability": [perfect] }].map(
        (evidence) => judge(criterion, subject({ facts, evidence })).state,
      );
      expect(beside).toBe(bare);
    }
  });

  it("lists hours that are not the framework's", () => {
    const judged = judge(criterion, whole({ thresholds: { hours: 24 } }));
    expect(judged.deviations).toEqual(["24 hours of canary; the framework asks for 72"]);
  });

  it("bears thousands of entries", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => running(72 + 10_000 - index, index, `c${index}`));
    const warnings = Array.from({ length: 50_000 }, (_, index) => alert({ name: `a${index}`, severity: "warning" }));
    const spans = Array.from({ length: 10_000 }, (_, index) => ({ from: ago(200 - index / 50), to: ago(200 - (index + 1) / 50) }));
    const judged = judge(criterion, whole({ deployments: many, alerts: watched(200, 0, { alerts: warnings, coverage: spans }) }));
    expect(judged.summary).toMatch(/^73 h unbroken/);
  });
});
