import { absentField } from "../absent-field.ts";
import { costFindings } from "../cost-findings.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { exerciseAge } from "../exercise-age.ts";
import { flagField, recordField, textField, textsField } from "../fields.ts";
import { isCritical } from "../is-critical.ts";
import { listSome } from "../list-some.ts";
import { resolveLink } from "../resolve-link.ts";
import { routingFindings } from "../routing-findings.ts";
import { MINUTE, toMs } from "../time.ts";
import type { Finding, Measured, ReadDocument } from "../types.ts";
import { figure, plural } from "../words.ts";

type Rule = NonNullable<Measured<"alerts">["measurement"]["rules"]>[number] & { path: string };
type Exists = (path: string) => boolean;

export default defineCriterion({
  id: "observability",
  gate: "infrastructure",
  title: "Observability and alerting ready",
  asks: [
    "Alert rules that can be read, at least one of them critical.",
    "Each critical rule has a runbook that is in the repository, and an owner.",
    "Where a configuration of Alertmanager is given: each critical alert reaches a receiver with an integration.",
    "A dashboard or an SLO.",
    "An alert on cost or tokens, or a budget that alerts, of the document or of a gateway.",
    "A test alert was fired and acknowledged lately.",
    "Model calls are traced with model and token counts.",
  ],
  suppliers: ["sre"],
  places: ["observability.md", "evidence/observability/"],
  remedy:
    "Put the Prometheus alert rules (and dashboards or SLOs) under `evidence/observability/`, or name them in `criteria.observability.evidence.file`.",
  example: {
    path: "docs/readiness/observability.md",
    content: `---
status: approved
owner: "@octo-sre"
reviewed: 2026-10-01
review-by: 2027-04-01
dashboards: [dashboards/assistant.json]
alert-test: { fired: 2026-11-10T10:00:00Z, acknowledged: 2026-11-10T10:04:00Z, by: "@octo-sre" }
budget: { currency: EUR, monthly: 4000, alert-at: [0.5, 0.75, 0.9, 1] }
tracing: { model: true, tokens: true }
---

## On call

The rota of the platform team, around the clock; pager assistant-primary.
`,
  },
  needs: {
    documents: ["observability"],
    evidence: ["alerts"],
    optionalEvidence: ["alert-routing", "budget", "dashboard", "slo", "telemetry"],
    policy: ["severities"],
  },
  decisions: [{ role: "sre", question: "May these alerts wake me?", declaration: { document: "observability" } }],
  judge({ at, thresholds, documents, evidence, policy, exists }) {
    const [document] = documents.observability;
    const rules = evidence.alerts.flatMap(({ path, measurement }) =>
      (measurement.rules ?? []).map((rule): Rule => Object.assign({ path }, rule)),
    );
    const critical = rules.filter(({ severity }) => isCritical(severity, policy.severities.critical) === true);
    const tested = judgeAlertTest(document, at, thresholds.alertTestDays);
    const views = judgeViews(document, evidence.dashboard, evidence.slo, exists);
    return {
      summary: `${plural(rules.length, "alert rule")}, ${figure(critical.length)} critical; ${plural(views.count, "dashboard or SLO", "dashboards and SLOs")}; ${tested.words}`,
      findings: [
        ...ruleFindings(rules, critical, document, exists, policy.severities.critical),
        ...routingFindings(evidence["alert-routing"], critical),
        ...views.findings,
        ...costFindings(document, rules, evidence.budget),
        ...tested.findings,
        ...tracingFindings(document, evidence.telemetry),
      ],
    };
  },
});

function ruleFindings(
  rules: readonly Rule[],
  critical: readonly Rule[],
  document: ReadDocument,
  exists: Exists,
  severities: readonly string[],
): Finding[] {
  if (rules.length === 0) {
    const remedy = "Add the file with the alert rules (`groups` with `rules` that have `alert` and `expr`).";
    return [{ state: "missing", text: "The evidence holds no alert rule.", remedy }];
  }
  if (critical.length === 0) {
    const text = `None of ${plural(rules.length, "alert rule")} is critical: the policy counts ${listSome(severities)} as critical.`;
    return [
      {
        state: "not-met",
        ...placeOfRules(rules),
        text,
        remedy: "Give the alerts that wake somebody `severity: critical`, or name their label in `severities.critical`.",
      },
    ];
  }
  const owner = textField(document.frontMatter, "owner");
  const unowned = critical.filter((rule) => blank(rule.owner) && owner === undefined);
  const without = critical.filter(({ runbookUrl }) => blank(runbookUrl));
  const unresolved = critical.filter(
    ({ runbookUrl, path }) => !blank(runbookUrl) && resolveLink(runbookUrl ?? "", { from: path, exists }) === undefined,
  );
  return [
    ...group(
      without,
      "no runbook_url",
      "Add the annotation `runbook_url` with the path of the runbook, for example `docs/runbooks/high-error-rate.md`.",
    ),
    ...group(
      unresolved,
      "a runbook_url that leads to no file of this repository",
      "Write the runbook in this repository and let `runbook_url` lead to it: a path, or an address that ends with the path.",
    ),
    ...group(unowned, "no owner", "Add the label `owner` to the rules, or an `owner` to the document."),
  ];
}

function group(rules: readonly Rule[], lack: string, remedy: string): Finding[] {
  if (rules.length === 0) return [];
  const subject = rules.length === 1 ? "critical alert has" : "critical alerts have";
  const text = `${figure(rules.length)} ${subject} ${lack}: ${listSome(rules.map(({ name }) => name))}.`;
  return [{ state: "not-met", ...placeOfRules(rules), text, remedy }];
}

function placeOfRules(rules: readonly Rule[]): { path?: string } {
  const path = rules[0]?.path;
  return path === undefined ? {} : { path };
}

function blank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** Dashboards and SLOs as files of evidence, and those that the document names by path. */
function judgeViews(
  document: ReadDocument,
  dashboards: readonly Measured<"dashboard">[],
  slos: readonly Measured<"slo">[],
  exists: Exists,
): { count: number; findings: Finding[] } {
  const named = [...new Set(textsField(document.frontMatter, "dashboards"))];
  const resolved = named.map((link) => ({ link, path: resolveLink(link, { from: document.path, exists }) }));
  const paths = new Set(resolved.flatMap(({ path }) => (path === undefined ? [] : [path])));
  for (const { path, measurement } of dashboards) if (measurement.panels > 0) paths.add(path);
  for (const { path, measurement } of slos) if (measurement.objectives.length > 0) paths.add(path);
  const place = documentPlace(document, "dashboards");
  const absent = resolved.filter(({ path }) => path === undefined).map(({ link }) => link);
  const findings: Finding[] = [];
  if (absent.length > 0) findings.push({ state: "note", ...place, text: `Not in this repository, so not counted: ${listSome(absent)}.` });
  if (paths.size === 0) {
    const remedy = "Commit a dashboard or an SLO file and name its path under `dashboards`, or put it under `evidence/observability/`.";
    findings.push({ state: "missing", ...place, text: "No dashboard and no SLO was found.", remedy });
  }
  return { count: paths.size, findings };
}

function judgeAlertTest(document: ReadDocument, at: string, maxAgeDays: number): { words: string; findings: Finding[] } {
  const test = recordField(document.frontMatter, "alert-test") ?? {};
  const place = documentPlace(document, "alert-test");
  const remedy = `Fire a test alert, acknowledge it from the pager, and write both instants to \`alert-test\` in ${document.path}.`;
  const fired = textField(test, "fired");
  const age = exerciseAge(fired, { document, key: "alert-test.fired", at, maxAgeDays, what: "the test alert was fired", remedy });
  const acknowledged = toMs(textField(test, "acknowledged") ?? "");
  const minutes = (acknowledged - toMs(fired ?? "")) / MINUTE;
  const words =
    age.daysAgo === undefined || !(minutes >= 0)
      ? "no test alert that was acknowledged"
      : `test alert ${plural(age.daysAgo, "day")} ago, acknowledged after ${figure(minutes)} min`;
  if (Number.isNaN(acknowledged)) {
    return {
      words,
      findings: [...age.findings, ...absentField(document, "alert-test.acknowledged", "when the test alert was acknowledged", remedy)],
    };
  }
  if (minutes < 0 || acknowledged > toMs(at)) {
    const text =
      minutes < 0 ? "The test alert was acknowledged before it was fired." : "The test alert was acknowledged at a time that lies ahead.";
    return { words, findings: [...age.findings, { state: "not-met", ...place, text, remedy: `Correct \`alert-test\` in ${place.path}.` }] };
  }
  return { words, findings: age.findings };
}

function tracingFindings(document: ReadDocument, telemetry: readonly Measured<"telemetry">[]): Finding[] {
  const tracing = recordField(document.frontMatter, "tracing") ?? {};
  const place = documentPlace(document, "tracing");
  const findings: Finding[] = [];
  for (const [key, what] of [
    ["model", "the model"],
    ["tokens", "token counts"],
  ] as const) {
    const value = flagField(tracing, key);
    if (value === true) continue;
    findings.push({
      state: value === false ? "not-met" : "missing",
      ...place,
      text:
        value === false
          ? `Model calls are not traced with ${what}.`
          : `${place.path} does not say whether model calls are traced with ${what}.`,
      remedy: `Trace model calls with ${what}, then set \`tracing.${key}: true\` in ${place.path}.`,
    });
  }
  const pipelines = telemetry.flatMap(({ measurement }) => measurement.pipelines);
  const traced = pipelines.some(({ signal, exporters }) => /^traces?\b/i.test(signal) && exporters.length > 0);
  if (telemetry.length > 0 && !traced) {
    const path = telemetry[0]?.path;
    findings.push({
      state: "not-met",
      ...(path === undefined ? {} : { path }),
      text: "The collector's configuration sends no traces anywhere.",
      remedy: "Add a `traces` pipeline with an exporter that keeps them (not `debug` or `nop`).",
    });
  }
  return findings;
}
