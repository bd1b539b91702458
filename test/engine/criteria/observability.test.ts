import { describe, expect, it } from "@jest/globals";
import criterion from "../../../src/engine/criteria/observability.ts";
import type { AlertRouting, Alerts, Budget } from "../../../src/shapes/measurements.ts";
import type { Risk, State } from "../../../src/shapes/vocabulary.ts";
import { AT, document, judge, measured, signed, subject } from "../subject.ts";

const RUNBOOK = "docs/runbooks/errors.md";
const fields = {
  dashboards: ["dashboards/assistant.json"],
  "alert-test": { fired: "2026-11-13T10:00:00Z", acknowledged: "2026-11-13T10:04:00Z", by: "@octo-sre" },
  budget: { currency: "EUR", monthly: 4000, "alert-at": [0.5, 1] },
  tracing: { model: true, tokens: true },
};
type Rule = NonNullable<Alerts["rules"]>[number];
const rule = (changed: Partial<Rule> = {}): Rule => ({
  name: "HighErrorRate",
  severity: "critical",
  for: "5m",
  runbookUrl: RUNBOOK,
  ...changed,
});
const noRunbook: Rule = { name: "Nothing", severity: "page", for: null };
const budgetless = { budget: undefined };
const routing = (receiver: string, changed: Partial<AlertRouting> = {}) =>
  measured(
    "alert-routing",
    {
      receivers: [
        { name: "pager", integrations: ["pagerduty"] },
        { name: "nobody", integrations: [] },
      ],
      root: receiver,
      routes: [{ receiver, matchers: [] }],
      inhibitRules: 0,
      ...changed,
    },
    {},
    "alertmanager.yml",
  );
const byTeam = {
  routes: [
    { receiver: "pager", matchers: [] },
    { parent: 0, receiver: "nobody", matchers: [{ label: "team", operator: "=" as const, value: "assistant" }] },
  ],
};
const gateway = (...limits: Partial<Budget["budgets"][number]>[]) =>
  measured("budget", {
    budgets: limits.map((limit) => ({ scope: "all", amount: 1000, currency: "USD", alerts: true, ...limit })),
    channels: ["slack"],
  });

interface Case {
  name: string;
  changed?: Record<string, unknown>;
  rules?: Rule[] | undefined;
  also?: ReturnType<typeof measured>[];
  exists?: string[];
  risk?: Risk;
  state: State;
  says?: RegExp;
}

const table: Case[] = [
  {
    name: "everything there",
    state: "met",
    says: /^1 alert rule, 1 critical; 1 dashboard or SLO; test alert 9 days ago, acknowledged after 4 min/,
  },
  { name: "no rules in the evidence", rules: undefined, state: "missing", says: /holds no alert rule/ },
  { name: "an empty list of rules", rules: [], state: "missing" },
  {
    name: "no critical rule",
    rules: [rule({ severity: "warning" }), rule({ severity: null })],
    state: "not-met",
    says: /None of 2 alert rules is critical/,
  },
  { name: "severity in another case", rules: [rule({ severity: " CRITICAL " })], state: "met" },
  {
    name: "a critical rule without runbook",
    rules: [rule(), noRunbook],
    state: "not-met",
    says: /1 critical alert has no runbook_url: "Nothing"/,
  },
  { name: "a blank runbook", rules: [rule({ runbookUrl: " " })], state: "not-met" },
  { name: "a warning without runbook", rules: [rule(), { ...noRunbook, severity: "warning" }], state: "met" },
  {
    name: "a runbook that is not there",
    rules: [rule({ runbookUrl: "docs/runbooks/other.md" })],
    state: "not-met",
    says: /leads to no file of this repository/,
  },
  { name: "a runbook with fragment and query", rules: [rule({ runbookUrl: `./${RUNBOOK}?x=1#top` })], state: "met" },
  {
    name: "a runbook as address that ends with the path",
    rules: [rule({ runbookUrl: `https://github.com/acme/assistant/blob/main/${RUNBOOK}#top` })],
    state: "met",
  },
  { name: "a runbook on another site", rules: [rule({ runbookUrl: "https://wiki.example/runbooks" })], state: "not-met" },
  {
    name: "a runbook that is a folder's name",
    rules: [rule({ runbookUrl: "https://wiki.example/docs" })],
    exists: ["docs"],
    state: "not-met",
  },
  { name: "a runbook out of the repository", rules: [rule({ runbookUrl: `../../../../../${RUNBOOK}` })], state: "not-met" },
  { name: "a runbook that is script", rules: [rule({ runbookUrl: `javascript:${RUNBOOK}` })], state: "not-met" },
  { name: "a runbook with a broken escape", rules: [rule({ runbookUrl: "docs/%zz.md" })], state: "not-met" },
  { name: "rules with owners in a document without", changed: { owner: undefined }, rules: [rule({ owner: "team-a" })], state: "met" },
  { name: "no owner anywhere", changed: { owner: undefined }, state: "not-met", says: /has no owner/ },
  { name: "no dashboard", changed: { dashboards: [] }, state: "missing", says: /No dashboard and no SLO/ },
  {
    name: "a dashboard that is not there",
    changed: { dashboards: ["dashboards/other.json"] },
    state: "missing",
    says: /not counted: "dashboards\/other.json"/,
  },
  {
    name: "an SLO instead",
    changed: { dashboards: undefined },
    also: [measured("slo", { objectives: [{ name: "ok", target: 0.99 }] })],
    state: "met",
  },
  {
    name: "a dashboard without panels",
    changed: { dashboards: [] },
    also: [measured("dashboard", { title: "empty", panels: 0 })],
    state: "missing",
  },
  { name: "no budget and no cost alert", changed: budgetless, state: "missing", says: /Nothing warns of the cost/ },
  {
    name: "a cost alert by name",
    changed: budgetless,
    rules: [rule(), rule({ name: "DailySpendHigh", severity: "warning" })],
    state: "met",
  },
  {
    name: "a cost alert by expression",
    changed: budgetless,
    rules: [rule({ expr: "sum(gen_ai_client_token_usage_sum) > 1e6" })],
    state: "met",
  },
  { name: "an error budget is no cost", changed: budgetless, rules: [rule({ name: "ErrorBudgetBurn" })], state: "missing" },
  { name: "a sign-in token is no cost", changed: budgetless, rules: [rule({ name: "AuthTokenErrors" })], state: "missing" },
  {
    name: "a budget that alerts nobody",
    changed: { budget: { currency: "EUR", monthly: 4000, "alert-at": [] } },
    state: "missing",
    says: /names no monthly amount/,
  },
  { name: "a budget of nothing", changed: { budget: { currency: "EUR", monthly: 0, "alert-at": [1] } }, state: "missing" },
  { name: "a budget that alerts above itself", changed: { budget: { currency: "EUR", monthly: 10, "alert-at": [1.5] } }, state: "missing" },
  { name: "a budget that alerts when it is spent", changed: { budget: { currency: "EUR", monthly: 10, "alert-at": [1] } }, state: "met" },
  { name: "a budget that alerts at nothing", changed: { budget: { currency: "EUR", monthly: 10, "alert-at": [0] } }, state: "missing" },
  { name: "an SLO file without objectives", changed: { dashboards: [] }, also: [measured("slo", { objectives: [] })], state: "missing" },
  {
    name: "fired and acknowledged this very instant",
    changed: { "alert-test": { fired: AT, acknowledged: AT } },
    state: "met",
    says: /0 days ago, acknowledged after 0 min/,
  },
  { name: "no alert test", changed: { "alert-test": undefined }, state: "missing", says: /when the test alert was fired/ },
  { name: "not acknowledged", changed: { "alert-test": { fired: "2026-11-13T10:00:00Z" } }, state: "missing", says: /was acknowledged/ },
  {
    name: "acknowledged before it fired",
    changed: { "alert-test": { fired: "2026-11-13T10:00:00Z", acknowledged: "2026-11-13T09:59:59Z" } },
    state: "not-met",
    says: /before it was fired/,
  },
  {
    name: "fired ahead",
    changed: { "alert-test": { fired: "2026-11-24T10:00:00Z", acknowledged: "2026-11-24T10:01:00Z" } },
    state: "not-met",
    says: /lies ahead/,
  },
  {
    name: "acknowledged ahead",
    changed: { "alert-test": { fired: "2026-11-13T10:00:00Z", acknowledged: "2026-11-23T09:00:01Z" } },
    state: "not-met",
  },
  { name: "a test at no time", changed: { "alert-test": { fired: "lately", acknowledged: "soon" } }, state: "missing" },
  {
    name: "tested exactly 90 days ago",
    risk: "medium",
    changed: { "alert-test": { fired: "2026-08-25T09:00:00Z", acknowledged: "2026-08-25T09:00:00Z" } },
    state: "met",
  },
  {
    name: "tested a second longer ago",
    risk: "medium",
    changed: { "alert-test": { fired: "2026-08-25T08:59:59Z", acknowledged: "2026-08-25T09:00:00Z" } },
    state: "stale",
    says: /at most 90 are accepted/,
  },
  {
    name: "the same age at low risk",
    changed: { "alert-test": { fired: "2026-08-25T08:59:59Z", acknowledged: "2026-08-25T09:00:00Z" } },
    state: "met",
  },
  {
    name: "tokens not traced",
    changed: { tracing: { model: true, tokens: false } },
    state: "not-met",
    says: /not traced with token counts/,
  },
  { name: "tracing not said", changed: { tracing: undefined }, state: "missing" },
  { name: "tracing said in words", changed: { tracing: { model: "yes", tokens: true } }, state: "missing" },
  {
    name: "a collector that sends traces",
    also: [measured("telemetry", { pipelines: [{ signal: "traces", exporters: ["otlp"] }] })],
    state: "met",
  },
  {
    name: "a collector that sends no traces",
    also: [
      measured("telemetry", {
        pipelines: [
          { signal: "metrics", exporters: ["prometheus"] },
          { signal: "traces", exporters: [] },
        ],
      }),
    ],
    state: "not-met",
    says: /sends no traces anywhere/,
  },
  { name: "critical alerts that reach a pager", also: [routing("pager")], state: "met" },
  {
    name: "critical alerts that reach nobody",
    rules: [rule(), rule({ name: "Down" }), rule({ name: "Slow", severity: "warning" })],
    also: [routing("nobody")],
    state: "not-met",
    says: /2 critical alerts reach nobody: "HighErrorRate" and "Down"\. Without an integration in alertmanager\.yml: "nobody"\./,
  },
  { name: "one of two configurations that leads nowhere", also: [routing("pager"), routing("nobody")], state: "not-met" },
  {
    name: "a route to nowhere by a label that the rule does not set",
    also: [routing("pager", byTeam)],
    state: "met",
    says: /Whether "HighErrorRate" reaches somebody depends on labels that the rules do not set, or on the time of day: alertmanager\.yml/,
  },
  {
    name: "a route to nowhere by a label that the rule sets",
    rules: [rule({ labels: { severity: "critical", team: "assistant" } })],
    also: [routing("pager", byTeam)],
    state: "not-met",
  },
  {
    name: "a route to nowhere by a label that the rule fills from a template",
    rules: [rule({ labels: { team: "{{ $labels.team }}" } })],
    also: [routing("pager", byTeam)],
    state: "met",
    says: /depends/,
  },
  { name: "a route to nowhere of another team", rules: [rule({ labels: { team: "b" } })], also: [routing("pager", byTeam)], state: "met" },
  {
    name: "more routes and rules than anybody follows",
    rules: Array.from({ length: 6000 }, (_, index) => rule({ name: `Alert${index}` })),
    also: [routing("pager", { routes: Array.from({ length: 1000 }, () => ({ parent: 0, receiver: "pager", matchers: [] })) })],
    state: "inconclusive",
    says: /too many to follow/,
  },
  { name: "a gateway's budget that alerts", changed: budgetless, also: [gateway({})], state: "met" },
  {
    name: "a gateway's budget that alerts nobody",
    changed: budgetless,
    also: [gateway({ alerts: false })],
    state: "missing",
    says: /holds budgets of which nobody is told as they are used up/,
  },
  { name: "a gateway's budget of nothing", changed: budgetless, also: [gateway({ amount: 0 })], state: "missing" },
  { name: "a gateway without a budget", changed: budgetless, also: [gateway()], state: "missing", says: /holds no budget/ },
  { name: "a silent gateway beside a budget of the document", also: [gateway({ alerts: false })], state: "met" },
  {
    name: "thousands of critical rules without runbook",
    rules: Array.from({ length: 5000 }, (_, index) => ({ ...noRunbook, name: `Alert${index}` })),
    state: "not-met",
    says: /5000 critical alerts have no runbook_url: "Alert0".* and 4995 more/,
  },
];

describe("observability", () => {
  it.each(table)("$state: $name", ({ state, says, risk = "low", changed = {}, also = [], exists = [], ...rest }) => {
    const rules = "rules" in rest ? rest.rules : [rule()];
    const whole = subject({
      risk,
      documents: [document("observability", { ...fields, ...changed })],
      evidence: { observability: [measured("alerts", rules === undefined ? {} : { rules }, {}, "rules.yml"), ...also] },
      exists: [RUNBOOK, "dashboards/assistant.json", ...exists],
    });
    const judged = judge(criterion, signed(criterion, whole));
    expect(judged.state).toBe(state);
    if (says) expect([judged.summary, ...judged.findings].join("\n")).toMatch(says);
    if (state !== "met") expect(judged.remedy?.summary).toMatch(/\.$/);
  });

  it("is missing without alert rules or without the document", () => {
    expect(judge(criterion, subject({ documents: [document("observability", fields)] })).state).toBe("missing");
    expect(judge(criterion, subject({ evidence: { observability: [measured("alerts", { rules: [rule()] })] } })).state).toBe("missing");
  });

  it("asks who is woken", () => {
    const whole = subject({
      risk: "medium",
      documents: [document("observability", fields)],
      evidence: { observability: [measured("alerts", { rules: [rule()] })] },
      exists: [RUNBOOK, "dashboards/assistant.json"],
    });
    expect(judge(criterion, whole)).toMatchObject({
      state: "needs-decision",
      decision: { role: "sre", question: "May these alerts wake me?" },
    });
  });
});
