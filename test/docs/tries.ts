import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Facts } from "../../src/shapes/facts.ts";
import { readyFiles, type Files } from "../app/a-repository.ts";
import { root } from "../cli/run-cli.ts";

/* Every attack of docs/faq.md that a folder can show, tried: one change to examples/ready, and what the criterion then says. */

export const ready = readyFiles();
export const facts = JSON.parse(readFileSync(`${root}/examples/ready/facts.json`, "utf8")) as Facts;
const evidence = (path: string) => `docs/readiness/evidence/${path}`;
const LOAD = evidence("load-test/autocannon.json");
const ATTACKS = evidence("guardrails/promptfoo.json");
const POLICY = ".github/pilotgate.yml";
const ESCALATION = "docs/readiness/escalation.md";

type Change = (files: Files) => Files;
type Json = Record<string, unknown>;
const text =
  (path: string, change: (old: string) => string): Change =>
  (files) => ({ ...files, [path]: change(files[path] ?? "") });
const json = (path: string, change: (old: Json) => Json): Change => text(path, (old) => JSON.stringify(change(JSON.parse(old) as Json)));
const add = (path: string, content: string): Change => text(path, () => content);
const drop =
  (path: string): Change =>
  (files) =>
    Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
const all =
  (...changes: Change[]): Change =>
  (files) =>
    changes.reduce((changed, change) => change(changed), files);
const same: Change = (files) => files;
const risk = (level: string) => text(POLICY, (old) => old.replace("risk: low", `risk: ${level}`));
const thresholds = (id: string, set: string) =>
  text(POLICY, (old) => old.replace("      user-satisfaction:", `      ${id}:\n        thresholds: { ${set} }\n      user-satisfaction:`));

const answered = (good: number, bad: number) => (old: Json) => ({
  ...old,
  requests: { ...(old["requests"] as Json), total: good + bad },
  "2xx": good,
  non2xx: bad,
  "5xx": bad,
});
const failing = (old: Json): Json => ({ ...answered(0, 24_000)(old), finish: "2026-11-23T19:02:31.177Z" });
const rollout = (weight: number) => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: assistant }
spec: { replicas: 10, strategy: { canary: { steps: [{ setWeight: ${weight} }, { pause: { duration: 72h } }] } } }
`;
const approval = (given: Partial<NonNullable<Facts["approvals"]>[number]>): Partial<Facts> => ({
  approvals: [
    {
      criterion: "escalation",
      role: "product-owner",
      by: "octo-mia",
      at: "2026-11-20T09:00:00Z",
      digest: `sha256:${createHash("sha256")
        .update(ready[ESCALATION] ?? "")
        .digest("hex")}`,
      ...given,
    },
  ],
});
const history = (path: string, author: string, at: string): Partial<Facts> => ({ lineage: [{ path, commit: "3f9c2d1e", at, author }] });
const alerts = (change: Partial<NonNullable<Facts["alerts"]>>): Partial<Facts> => ({
  alerts: { ...(facts.alerts as NonNullable<Facts["alerts"]>), ...change },
});

/** [heading, what is tried, change, facts, criterion, state, what is said] */
type Try = [string, string, Change, Partial<Facts>, string, string, RegExp];
export const tries: Try[] = [
  [
    "The result is made up",
    "failures over requests",
    json(LOAD, (old) => ({ ...old, non2xx: 99_999 })),
    {},
    "load-test",
    "missing",
    /non2xx/,
  ],
  [
    "The result is made up",
    "a time ahead",
    json(LOAD, (old) => ({ ...old, finish: "2026-12-01T00:00:00Z" })),
    {},
    "load-test",
    "not-met",
    /lies ahead/,
  ],
  [
    "The result is made up",
    "a plausible one, which passes",
    json(LOAD, (old) => ({ ...old, url: "http://nowhere" })),
    {},
    "load-test",
    "met",
    /sustained/,
  ],
  [
    "The result is made up",
    "E3 asked for",
    thresholds("guardrails", "measurementLevel: E3"),
    {},
    "guardrails",
    "missing",
    /E3 is asked for/,
  ],
  [
    "The result is of another commit or another model",
    "another model",
    text(`${LOAD}.evidence.yml`, (old) => old.replace("2024-11-20", "2024-08-06")),
    {},
    "load-test",
    "stale",
    /was measured on/,
  ],
  [
    "The result is of another commit or another model",
    "another commit in the sidecar, which is believed",
    text(`${LOAD}.evidence.yml`, (old) => `${old}commit: 3f9c2d1e5a7b4c6d\n`),
    {},
    "load-test",
    "met",
    /sustained/,
  ],
  [
    "The result is of another commit or another model",
    "a prompt that changed since",
    same,
    history("prompts/answer.md", "octo-dev", "2026-11-23T19:00:00Z"),
    "load-test",
    "stale",
    /prompts\/answer\.md changed/,
  ],
  ["The result is of another commit or another model", "no history", same, {}, "load-test", "met", /not checked: no history/],
  [
    "The result is of another commit or another model",
    "a sidecar that cannot be read",
    text(`${LOAD}.evidence.yml`, (old) => `${old}colour: red\n`),
    {},
    "load-test",
    "met",
    /autocannon\.json\.evidence\.yml does not count: Unknown key/,
  ],
  [
    "The load test ran against a stub",
    "latencies that are all alike",
    json(LOAD, (old) => ({ ...old, latency: Object.fromEntries(Object.keys(old["latency"] as Json).map((key) => [key, 20])) })),
    {},
    "load-test",
    "not-met",
    /looks like a stub/,
  ],
  [
    "The good minutes are picked from a bad run",
    "a short burst",
    json(LOAD, (old) => ({ ...answered(1500, 0)(old), duration: 60 })),
    {},
    "load-test",
    "inconclusive",
    /1 min at load; 15 are asked for/,
  ],
  [
    "One run is counted twice",
    "a copy under another name",
    all(thresholds("guardrails", "attempts: 100"), (files) => ({ ...files, [evidence("guardrails/again.json")]: files[ATTACKS] ?? "" })),
    {},
    "guardrails",
    "inconclusive",
    /does not count again/,
  ],
  ["The file holds nothing, or zeros", "an empty file", add(LOAD, ""), {}, "load-test", "missing", /is empty/],
  ["The file holds nothing, or zeros", "no request", json(LOAD, answered(0, 0)), {}, "load-test", "inconclusive", /holds no request/],
  ["Every request failed, fast", "only failures", json(LOAD, failing), {}, "load-test", "not-met", /error rate 100 %/],
  ["The file is hostile", "deep nesting", add(LOAD, "[".repeat(100_000)), {}, "load-test", "missing", /nested deeper/],
  ["The file is hostile", "a key twice", add(LOAD, '{"requests":1,"requests":2}'), {}, "load-test", "missing", /twice|two/],
  ["People approve their own work", "another's approval", risk("medium"), approval({}), "escalation", "met", /severities/],
  [
    "People approve their own work",
    "the last author's approval",
    risk("medium"),
    { ...approval({}), ...history(ESCALATION, "octo-mia", "2026-11-01T09:00:00Z") },
    "escalation",
    "needs-decision",
    /has not answered/,
  ],
  [
    "People approve their own work",
    "an approval of an earlier text",
    risk("medium"),
    approval({ digest: "sha256:0" }),
    "escalation",
    "needs-decision",
    /not answered/,
  ],
  ["A bot approves", "a bot's approval", risk("medium"), approval({ by: "helper[bot]" }), "escalation", "needs-decision", /not answered/],
  [
    "The evidence is old",
    "a run of last year",
    json(LOAD, (old) => ({ ...old, start: "2025-11-01T10:00:00Z", finish: "2025-11-01T10:16:00Z" })),
    {},
    "load-test",
    "stale",
    /days ago; at most 180/,
  ],
  [
    "The evidence is old",
    "a review that ran out",
    text(ESCALATION, (old) => old.replace(/review-by: .*/, "review-by: 2026-11-01")),
    {},
    "escalation",
    "stale",
    /was to be reviewed/,
  ],
  [
    "Alerts are silenced",
    "a silence on critical ones",
    same,
    alerts({ silences: [{ severity: "critical", startsAt: "2026-11-18T00:00:00Z", endsAt: "2026-11-18T01:00:00Z" }] }),
    "canary-stability",
    "not-met",
    /were silenced/,
  ],
  [
    "Alerts are silenced",
    "a gap in the data",
    same,
    alerts({ coverage: [{ from: "2026-11-16T00:00:00Z", to: "2026-11-20T00:00:00Z" }] }),
    "canary-stability",
    "inconclusive",
    /a gap is not health/,
  ],
  [
    "Alerts are silenced",
    "an alert without a severity",
    same,
    alerts({ alerts: [{ name: "Slow", severity: null, startsAt: "2026-11-18T00:00:00Z", endsAt: null }] }),
    "canary-stability",
    "not-met",
    /1 critical alert/,
  ],
  [
    "A contradicting file is deleted",
    "a newer run that failed",
    (files) => json(evidence("load-test/newer.json"), failing)({ ...files, [evidence("load-test/newer.json")]: files[LOAD] ?? "" }),
    {},
    "load-test",
    "not-met",
    /error rate/,
  ],
  ["A contradicting file is deleted", "a document", drop(ESCALATION), {}, "escalation", "missing", /is not there/],
  [
    "A contradicting file is deleted",
    "a plan that contradicts",
    add(evidence("canary-stability/rollout.yaml"), rollout(30)),
    {},
    "canary-stability",
    "not-met",
    /declares 30 %/,
  ],
  [
    "A contradicting file is deleted",
    "a plan that does not",
    add(evidence("canary-stability/rollout.yaml"), rollout(10)),
    {},
    "canary-stability",
    "met",
    /a plan proves nothing/,
  ],
  [
    "The thresholds of the tests are edited",
    "a bar below the profile's",
    text("docs/readiness/pilot-data.md", (old) => old.replace("at-least: 0.8", "at-least: 0.1")),
    {},
    "pilot-performance",
    "met",
    /without a figure of its own 70 % would be asked/,
  ],
  [
    "The thresholds of the tests are edited",
    "a bar set after the result",
    same,
    history("docs/readiness/pilot-data.md", "octo-mia", "2026-11-23T19:59:00Z"),
    "pilot-performance",
    "not-met",
    /changed after the result/,
  ],
  [
    "The risk is declared low",
    "a draft at low risk",
    text(ESCALATION, (old) => old.replace("status: approved", "status: draft")),
    {},
    "escalation",
    "not-met",
    /is not approved/,
  ],
];
