import { absentField } from "../absent-field.ts";
import { judgeCapacity } from "../capacity.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { numberField, recordField, textField, textsField } from "../fields.ts";
import { isAtLeast, percents } from "../limits.ts";
import { listSome } from "../list-some.ts";
import { leadsElsewhere, resolveLink } from "../resolve-link.ts";
import { toMs } from "../time.ts";
import type { CriterionInput, Finding, Needs, ReadDocument } from "../types.ts";
import { wordField } from "../word-field.ts";
import { figure, list, percent, plural, quoted } from "../words.ts";

const needs = { documents: ["support"], optionalEvidence: ["training"] } as const satisfies Needs;
type Input = CriterionInput<"support-readiness", typeof needs>;
type Entry = Input["evidence"]["training"][number]["measurement"]["records"][number];

interface Judged {
  words: string;
  findings: Finding[];
}

export default defineCriterion({
  id: "support-readiness",
  gate: "rollout",
  title: "Support ready",
  asks: [
    "The people on the rota are trained on the released version, by a training record.",
    "The material's version is the released one.",
    "The runbooks that the document links are there.",
    "The forecast takes at most the accepted share of the staffed hours.",
  ],
  suppliers: ["support-lead"],
  places: ["support.md", "evidence/support-readiness/"],
  remedy: "Write `support.md`, and name a training record (CSV with person, material, version, completed) under `training`.",
  example: {
    path: "docs/readiness/support.md",
    content: `---
status: approved
owner: "@octo-sam"
reviewed: 2026-10-01
review-by: 2027-04-01
rota: ["@octo-sam", "@octo-kim"]
training: docs/readiness/evidence/support-readiness/training.csv
material-version: "1.4"
released-version: "1.4"
forecast: { contacts-per-day: 90, handle-minutes: 6, staffed-hours-per-day: 16 }
---

## Runbooks

- [Wrong answer](../runbooks/wrong-answer.md)

## Macros

Eight, in the folder Assistant of the service desk.
`,
  },
  needs,
  decisions: [{ role: "support-lead", question: "Is the capacity confirmed?", declaration: { document: "support" } }],
  judge(input) {
    const [document] = input.documents.support;
    const training = judgeTraining(document, input);
    const forecast = judgeForecast(document, input.thresholds.forecastLoad);
    return {
      summary: `${training.words}; ${forecast.words}`,
      findings: [...training.findings, ...versionFindings(document), ...runbookFindings(document, input.exists), ...forecast.findings],
    };
  },
});

function judgeTraining(document: ReadDocument, input: Input): Judged {
  const rota = [...new Set(textsField(document.frontMatter, "rota").map(person))].filter((one) => one !== "");
  const version = wordField(document.frontMatter, "released-version");
  const { records, findings } = trainingRecords(document, input);
  if (rota.length === 0) {
    const remedy = `List the logins of the people on support under \`rota\` in ${document.path}.`;
    return { words: "nobody on the rota", findings: [...findings, ...absentField(document, "rota", "who is on the support rota", remedy)] };
  }
  if (version === undefined || records === undefined)
    return { words: `${plural(rota.length, "person", "people")} on the rota, training not known`, findings };
  const now = toMs(input.at);
  const current = new Set(
    records.filter((entry) => entry.version.trim() === version && isDone(entry, now)).map((entry) => person(entry.person)),
  );
  const trained = rota.filter((one) => current.has(one));
  const share = trained.length / rota.length;
  const words = `${figure(trained.length)} of ${plural(rota.length, "person", "people")} on the rota trained on ${quoted(version)} (${percent(share)})`;
  const untrained = rota.filter((one) => !current.has(one)).sort();
  const place = documentPlace(document, "rota");
  if (isAtLeast(share, input.thresholds.trained)) {
    const note: Finding = { state: "note", ...place, text: `Not trained yet: ${listSome(untrained)}.` };
    return { words, findings: untrained.length > 0 ? [...findings, note] : findings };
  }
  const [got, asked] = percents(share, input.thresholds.trained);
  const text = `${got} of the rota are trained on ${quoted(version)}; ${asked} are asked for. Not trained: ${listSome(untrained)}.`;
  const ahead = records.some((entry) => entry.completed !== undefined && !isDone(entry, now));
  const remedy = `Train them on ${quoted(version)} and record it in the training record${ahead ? "; dates that lie ahead do not count" : ""}.`;
  return { words, findings: [...findings, { state: "not-met", ...place, text, remedy }] };
}

/** `@Octo-Sam` and `octo-sam` are one person. */
function person(login: string): string {
  return login.trim().replace(/^@/, "").toLowerCase();
}

function isDone({ completed }: Entry, now: number): boolean {
  return toMs(completed?.trim() ?? "") <= now;
}

/** Records of every file of training, the one that the document names among them; undefined where there is none. */
function trainingRecords(document: ReadDocument, { evidence, referenced }: Input): { records: Entry[] | undefined; findings: Finding[] } {
  const files = new Map(evidence.training.map(({ path, measurement }) => [path, measurement.records]));
  const path = textField(document.frontMatter, "training");
  const named = path === undefined ? undefined : referenced(path);
  if (path !== undefined && named?.reading.ok && named.reading.kind === "training") files.set(path, named.reading.measurement.records);
  const findings: Finding[] = [];
  const remedy = `Commit a CSV with the columns person, material, version, completed and name it under \`training\` in ${document.path}.`;
  if (path !== undefined && !files.has(path)) {
    const why =
      named === undefined
        ? "is not there"
        : named.reading.ok
          ? `reads as ${named.reading.format}`
          : `cannot be read: ${named.reading.message.replace(/\.$/, "")}`;
    findings.push({
      state: "missing",
      ...documentPlace(document, "training"),
      text: `The training record ${quoted(path)} ${why}.`,
      remedy,
    });
  }
  if (files.size > 0) return { records: [...files.values()].flat(), findings };
  return {
    records: undefined,
    findings: findings.length > 0 ? findings : absentField(document, "training", "where the training record is", remedy),
  };
}

function versionFindings(document: ReadDocument): Finding[] {
  const { frontMatter } = document;
  const material = wordField(frontMatter, "material-version");
  const released = wordField(frontMatter, "released-version");
  if (released === undefined) return absentField(document, "released-version", "which version is released");
  if (material === undefined) return absentField(document, "material-version", "which version the training material is of");
  if (material === released) return [];
  const text = `The training material is of version ${quoted(material)}; ${quoted(released)} is released.`;
  const number = [frontMatter["material-version"], frontMatter["released-version"]].some((value) => typeof value === "number");
  const remedy = `Update the material to ${quoted(released)} and train on it${number ? "; write versions between quotation marks, because 1.10 is the number 1.1" : ""}.`;
  return [{ state: "not-met", ...documentPlace(document, "material-version"), text, remedy }];
}

const MAX_LINKS = 500;
/** Targets of Markdown links and of reference definitions. */
const links =
  /\]\(\s*(?:<([^<>\n]{1,2000})>|([^\s()<>]{1,2000}))[^)\n]{0,500}\)|^ {0,3}\[[^\]\n]{1,200}\]:\s*(?:<([^<>\n]{1,2000})>|(\S{1,2000}))/gm;

function runbookFindings(document: ReadDocument, exists: (path: string) => boolean): Finding[] {
  const section = document.sections.find(({ title }) => /^[\d.)\s]*runbooks?[\s:.]*$/i.test(title));
  if (section === undefined || section.text === "") return [];
  const targets: string[] = [];
  for (const match of section.text.slice(0, 200_000).matchAll(links)) {
    const target = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
    if (!target.startsWith("#") && targets.length < MAX_LINKS) targets.push(target);
  }
  const local = [...new Set(targets)].filter((target) => !leadsElsewhere(target));
  const broken = local.filter((target) => resolveLink(target, { from: document.path, exists }) === undefined);
  const place = { path: document.path, line: section.line };
  const findings: Finding[] = [];
  if (broken.length > 0) {
    const text = `${plural(broken.length, "runbook link")} of ${document.path} ${broken.length === 1 ? "leads" : "lead"} nowhere: ${listSome(broken)}.`;
    findings.push({ state: "not-met", ...place, text, remedy: "Write these runbooks, or correct the links." });
  }
  const elsewhere = targets.filter((target) => leadsElsewhere(target));
  if (elsewhere.length > 0)
    findings.push({
      state: "note",
      ...place,
      text: `${plural(elsewhere.length, "runbook link")} to other sites ${elsewhere.length === 1 ? "is" : "are"} not checked.`,
    });
  if (targets.length === 0) findings.push({ state: "note", ...place, text: "The section Runbooks links no runbook." });
  return findings;
}

function judgeForecast(document: ReadDocument, share: number): Judged {
  const forecast = recordField(document.frontMatter, "forecast") ?? {};
  const keys = ["contacts-per-day", "handle-minutes", "staffed-hours-per-day"] as const;
  const [perDay, minutesEach, staffedHours] = keys.map((key) => numberField(forecast, key));
  const place = documentPlace(document, "forecast");
  if (perDay === undefined || minutesEach === undefined || staffedHours === undefined) {
    const absent = keys.filter((key) => numberField(forecast, key) === undefined);
    return {
      words: "forecast not known",
      findings: absentField(document, "forecast", list(absent), `Write \`forecast\` with ${list(keys)} in ${document.path}.`),
    };
  }
  if (!(perDay > 0 && minutesEach > 0 && staffedHours > 0)) {
    const text = `The forecast in ${document.path} must be above zero throughout.`;
    return {
      words: "forecast figures that cannot be",
      findings: [{ state: "not-met", ...place, text, remedy: `Correct \`forecast\` in ${document.path}.` }],
    };
  }
  return judgeCapacity({ perDay, minutesEach, staffedHours, share, place, what: "The forecast" });
}
