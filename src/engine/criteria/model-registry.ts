import type { Registry } from "../../shapes/measurements.ts";
import type { System } from "../../shapes/policy.ts";
import { defineCriterion } from "../define-criterion.ts";
import { listSome } from "../list-some.ts";
import { whyNotPinned } from "../pinned-model.ts";
import { endOfDayMs, toDate, toMs } from "../time.ts";
import type { Finding, Measured } from "../types.ts";
import { figure, list, plural, quoted } from "../words.ts";

type Entry = Registry["models"][number] & { path: string };

export default defineCriterion({
  id: "model-registry",
  gate: "governance",
  title: "Model registry with versions and a way back",
  asks: [
    "Each entry has id, provider, version, status, owner and since; each version is pinned.",
    "Every model of the policy is in it, live, under its role and provider.",
    "Exactly one version is live in each role.",
    "Each live version names the one to roll back to.",
    "Lines are closed with `until`, never rewritten.",
  ],
  suppliers: ["architecture", "security"],
  places: ["model-registry.yml"],
  remedy: "Write `model-registry.yml` in the documents folder, one line for each version that was ever live.",
  example: {
    path: "docs/readiness/model-registry.yml",
    content: `models:
  - { id: chat-2, role: chat, provider: openai, version: gpt-4o-2024-11-20, status: live, owner: "@octo-mia", since: 2026-09-20, rollback: chat-1 }
  - { id: chat-1, role: chat, provider: openai, version: gpt-4o-2024-08-06, status: retired, owner: "@octo-mia", since: 2026-07-01, until: 2026-09-20 }
`,
  },
  needs: { evidence: ["registry"], policy: ["models"] },
  decisions: [{ role: "security", question: "May these versions answer users?", declaration: { evidence: "model-registry" } }],
  judge({ at, risk, evidence, policy, lastChange }) {
    const entries = entriesOf(evidence.registry);
    const live = entries.filter(isLive);
    const byId = new Map(entries.map((entry) => [fold(entry.id), entry]));
    return {
      summary: `${plural(entries.length, "entry", "entries")}, ${figure(live.length)} live; ${figure(policy.models.filter((model) => live.some((entry) => serves(entry, model))).length)} of ${plural(policy.models.length, "model")} of the policy registered`,
      findings: [
        ...emptyFindings(entries, evidence.registry[0]),
        ...entries.flatMap((entry) => entryFindings(entry, toMs(at))),
        ...idFindings(entries),
        ...policy.models.flatMap((model) => modelFindings(model, entries)),
        ...roleFindings(live),
        ...live.flatMap((entry) => rollbackFindings(entry, byId)),
        ...evidence.registry.flatMap(({ path }) => historyFindings(path, lastChange(path), risk)),
      ],
    };
  },
});

const fold = (text: string | undefined) => text?.trim().toLowerCase() ?? "";
const nameOf = ({ id }: Entry) => (fold(id) === "" ? "an entry without id" : quoted(id));
const isLive = ({ status }: Entry) => fold(status) === "live";

/** Entries of all files; one that a second file repeats word for word (an export beside the register) counts once. */
function entriesOf(files: readonly Measured<"registry">[]): Entry[] {
  const known = new Map<string, string>();
  const entries: Entry[] = [];
  for (const { path, measurement } of files) {
    for (const model of measurement.models) {
      const key = JSON.stringify([model.id, model.role, model.provider, model.version, model.status].map((part) => fold(part)));
      const other = known.get(key);
      if (other !== undefined && other !== path) continue;
      known.set(key, path);
      entries.push({ ...model, path });
    }
  }
  return entries;
}

function emptyFindings(entries: readonly Entry[], file: Measured<"registry"> | undefined): Finding[] {
  if (entries.length > 0) return [];
  return [
    {
      state: "missing",
      ...(file ? { path: file.path } : {}),
      text: "The model registry has no entry.",
      remedy: "Add an entry for each version that was ever live.",
    },
  ];
}

const asked = ["id", "provider", "version", "status", "owner", "since"] as const;

function entryFindings(entry: Entry, now: number): Finding[] {
  const { path, version } = entry;
  const say = (text: string, remedy: string): Finding => ({ state: "not-met", path, text, remedy });
  const findings: Finding[] = [];
  const absent = asked.filter((key) => fold(entry[key]) === "");
  if (absent.length > 0)
    findings.push(
      say(`In the model registry ${nameOf(entry)} has no ${list(absent)}.`, `Add ${list(absent)} to ${nameOf(entry)} in ${path}.`),
    );
  const floats = version === undefined ? undefined : whyNotPinned(version);
  if (version !== undefined && fold(version) !== "" && floats !== undefined) {
    findings.push(
      say(
        `The version ${quoted(version)} of ${nameOf(entry)} is not pinned, because ${floats}.`,
        "Name the dated version, revision or digest.",
      ),
    );
  }
  return [...findings, ...dateProblems(entry, now).map((text) => say(text, `Correct the dates of ${nameOf(entry)} in ${path}.`))];
}

/** `since` and `until` are days, in this order; what is live has begun and is not closed. */
function dateProblems(entry: Entry, now: number): string[] {
  const name = nameOf(entry);
  const problems: string[] = [];
  const since = toMs(entry.since ?? "");
  if (fold(entry.since) !== "" && Number.isNaN(since)) problems.push(`The day since which ${name} counts is no date.`);
  if (isLive(entry) && since > now) problems.push(`${name} is live and begins on ${toDate(since)}, which lies ahead.`);
  if (entry.until === undefined) return problems;
  const until = endOfDayMs(entry.until);
  if (Number.isNaN(until)) problems.push(`The day until which ${name} counted is no date.`);
  else if (until < since) problems.push(`${name} ends on ${toDate(until)}, before it begins.`);
  if (isLive(entry)) problems.push(`${name} is live and closed with \`until\`.`);
  return problems;
}

function idFindings(entries: readonly Entry[]): Finding[] {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of entries) {
    if (fold(id) !== "" && once.has(fold(id))) twice.add(id);
    once.add(fold(id));
  }
  if (twice.size === 0) return [];
  const place = entries.filter(({ id }) => twice.has(id)).map(({ path }) => ({ path }))[0];
  const remedy = "Give each version an id of its own.";
  return [{ state: "not-met", ...place, text: `Two entries of the model registry share one id: ${listSome([...twice])}.`, remedy }];
}

type PolicyModel = System["models"][number];

function serves(entry: Entry, { id, provider, model }: PolicyModel): boolean {
  return (
    isLive(entry) &&
    fold(entry.version) === fold(model) &&
    fold(entry.provider) === fold(provider) &&
    (fold(entry.role) === "" || fold(entry.role) === fold(id))
  );
}

/** Why a model of the policy is not in the registry as what it is: the nearest entry says most. */
function modelFindings(model: PolicyModel, entries: readonly Entry[]): Finding[] {
  const name = quoted(model.model);
  const floats = whyNotPinned(model.model);
  const findings: Finding[] = [];
  if (floats !== undefined)
    findings.push({
      state: "not-met",
      text: `The policy runs ${name}, which is not pinned, because ${floats}.`,
      remedy: "Name the dated version, revision or digest under `models` of the policy.",
    });
  if (entries.some((entry) => serves(entry, model))) return findings;
  const same = entries.filter(({ version }) => fold(version) === fold(model.model));
  const served = same.filter(({ provider }) => fold(provider) === fold(model.provider));
  const near = served.find(isLive) ?? served[0] ?? same[0];
  const path = near?.path ?? entries[0]?.path;
  const text =
    near === undefined
      ? `The policy runs ${name} of ${quoted(model.provider)}, which is not in the model registry.`
      : served.length === 0
        ? `The policy runs ${name} of ${quoted(model.provider)}; the model registry has it of ${quoted(near.provider ?? "nobody")}.`
        : !isLive(near)
          ? `The policy runs ${name}, which the model registry calls ${quoted(near.status ?? "nothing")}, not live.`
          : `The policy runs ${name} as ${quoted(model.id)}; in the model registry it is live as ${quoted(near.role ?? "")}.`;
  findings.push({
    state: "not-met",
    ...(path === undefined ? {} : { path }),
    text,
    remedy: `Register ${name} with role ${quoted(model.id)}, provider ${quoted(model.provider)} and \`status: live\`.`,
  });
  return findings;
}

/** Two live versions in a role: nobody can say which one answered. */
function roleFindings(live: readonly Entry[]): Finding[] {
  const byRole = new Map<string, Entry[]>();
  for (const entry of live) {
    const known = byRole.get(fold(entry.role));
    if (known) known.push(entry);
    else byRole.set(fold(entry.role), [entry]);
  }
  return [...byRole].flatMap(([role, entries]): Finding[] => {
    const path = entries[0]?.path ?? "";
    const findings: Finding[] = [];
    if (role === "")
      findings.push({
        state: "not-met",
        path,
        text: `${listSome(entries.map(({ id }) => id))} ${entries.length === 1 ? "is" : "are"} live without a role.`,
        remedy: "Add `role`, the id of the model in the policy.",
      });
    if (entries.length > 1) {
      const where = role === "" ? "without a role" : `in the role ${quoted(role)}`;
      findings.push({
        state: "not-met",
        path,
        text: `${figure(entries.length)} versions are live ${where}: ${listSome(entries.map(({ id }) => id))}.`,
        remedy: "Leave one version live and close the others with `status: retired` and `until`.",
      });
    }
    return findings;
  });
}

const unsafe = new Set(["revoked", "blocked", "withdrawn", "unsafe", "rejected"]);

function rollbackFindings(entry: Entry, byId: ReadonlyMap<string, Entry>): Finding[] {
  const name = nameOf(entry);
  const target = byId.get(fold(entry.rollback));
  const remedy = `Set \`rollback\` of ${name} to the id of an earlier version that may answer again.`;
  const problem = (text: string): Finding[] => [{ state: "not-met", path: entry.path, text, remedy }];
  if (fold(entry.rollback) === "") return problem(`${name} is live and names no version to roll back to.`);
  if (!target) return problem(`${name} would roll back to ${quoted(entry.rollback ?? "")}, which is not in the model registry.`);
  if (
    fold(target.id) === fold(entry.id) ||
    (fold(target.version) === fold(entry.version) && fold(target.provider) === fold(entry.provider))
  )
    return problem(`${name} would roll back to itself.`);
  if (unsafe.has(fold(target.status))) return problem(`${name} would roll back to ${nameOf(target)}, which is ${fold(target.status)}.`);
  if (fold(target.role) !== "" && fold(entry.role) !== "" && fold(target.role) !== fold(entry.role))
    return problem(`${name} would roll back to ${nameOf(target)}, which has another role.`);
  return [];
}

/** What earlier commits held is not seen here; without a history not even that there was one. */
function historyFindings(path: string, change: { at: string } | undefined, risk: "low" | "medium" | "high"): Finding[] {
  if (change !== undefined)
    return [
      { state: "note", path, text: `${path} last changed on ${change.at.slice(0, 10)}; its lines are not compared with earlier ones.` },
    ];
  return [
    {
      state: risk === "high" ? "inconclusive" : "note",
      path,
      text: `Whether lines of ${path} were only added is not checked: no history.`,
      remedy: "Give the history of the files with the facts (`lineage`).",
      unseen: "lineage",
    },
  ];
}
