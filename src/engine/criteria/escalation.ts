import { absentField } from "../absent-field.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { exerciseAge } from "../exercise-age.ts";
import { numberField, recordField, recordsField, textField, textsField } from "../fields.ts";
import { listSome } from "../list-some.ts";
import type { Finding, ReadDocument } from "../types.ts";
import { wordField } from "../word-field.ts";
import { figure, list, plural, quoted } from "../words.ts";

type Row = ReturnType<typeof recordsField>[number];

export default defineCriterion({
  id: "escalation",
  gate: "infrastructure",
  title: "Escalation and stop switch ready",
  asks: [
    "Every severity names a role, a contact that reaches a person at once (not only a mailing list) and the minutes to answer.",
    "A stop switch with an owner, exercised lately.",
    "Users have a way to a person.",
    "What leads to deactivation is written down.",
  ],
  suppliers: ["sre"],
  places: ["escalation.md"],
  remedy: "Write severities, stop switch, the users' way to a person and the deactivation criteria in `escalation.md`.",
  example: {
    path: "docs/readiness/escalation.md",
    content: `---
status: approved
owner: "@octo-sre"
reviewed: 2026-10-01
review-by: 2027-04-01
severities:
  - { id: sev1, role: sre, contact: "pager: assistant-primary", minutes: 15 }
  - { id: sev2, role: product-owner, contact: "chat: #assistant-ops", minutes: 120 }
stop-switch: { name: feature flag assistant-enabled, owner: "@octo-sre", exercised: 2026-10-20 }
user-path: "A button Talk to a person in every answer; the service desk answers in office hours."
deactivation: ["an answer that harms somebody", "more than 2 % wrong refund promises in a day"]
---

## Edge cases

When the pager is down, the service desk calls the platform team's phone.
`,
  },
  needs: { documents: ["escalation"] },
  decisions: [
    {
      role: "product-owner",
      question: "Are the right people named to switch it off, and for the right reasons?",
      declaration: { document: "escalation" },
    },
  ],
  judge({ at, thresholds, documents }) {
    const [document] = documents.escalation;
    const severities = recordsField(document.frontMatter, "severities");
    const stop = judgeStopSwitch(document, at, thresholds.stopSwitchDays);
    const fastest = Math.min(...severities.slice(0, 1_000).flatMap((one) => numberField(one, "minutes") ?? []));
    const answered = Number.isFinite(fastest) ? `, the fastest answered in ${figure(fastest)} min` : "";
    return {
      summary: `${plural(severities.length, "severity", "severities")}${answered}; ${stop.words}`,
      findings: [...severityFindings(document, severities), ...stop.findings, ...userFindings(document), ...deactivationFindings(document)],
    };
  },
});

function severityFindings(document: ReadDocument, severities: readonly Row[]): Finding[] {
  const place = documentPlace(document, "severities");
  const remedy = `List under \`severities\` in ${document.path} rows such as \`{ id: sev1, role: sre, contact: "pager: assistant-primary", minutes: 15 }\`.`;
  const value = document.frontMatter["severities"];
  const rows = Array.isArray(value) ? value.length : 0;
  if (rows === 0) return absentField(document, "severities", "which severities there are", remedy);
  const findings: Finding[] = [];
  if (rows > severities.length) {
    findings.push({
      state: "missing",
      ...place,
      text: `${plural(rows - severities.length, "row")} under \`severities\` cannot be read.`,
      remedy,
    });
  }
  const report = (state: Finding["state"], what: string, isWrong: (row: Row) => boolean, how = remedy) => {
    const wrong = severities.filter(isWrong).map((row) => wordField(row, "id") ?? "(no id)");
    if (wrong.length > 0) findings.push({ state, ...place, text: `${what}: ${listSome(wrong)}.`, remedy: how });
  };
  const lacksMinutes = (row: Row) => row["minutes"] === undefined || row["minutes"] === null;
  report("missing", "Severities without an `id`", (row) => isBlank(wordField(row, "id")));
  report("missing", "Severities without a `role`", (row) => isBlank(textField(row, "role")));
  report("missing", "Severities without a `contact`", (row) => isBlank(textField(row, "contact")));
  report("missing", "Severities without `minutes`", lacksMinutes);
  report(
    "not-met",
    "Severities whose `minutes` are no number above zero",
    (row) => !lacksMinutes(row) && !((numberField(row, "minutes") ?? 0) > 0),
  );
  const how = `Name a pager, a phone, a chat or an on-call rota as contact in ${document.path}; nobody reads mail at 03:00.`;
  report(
    "not-met",
    "Severities whose contact is only a mail address or a mailing list",
    (row) => isMailOnly(textField(row, "contact") ?? ""),
    how,
  );
  const seen = new Set<string>();
  const isRepeated = (row: Row) => {
    const id = wordField(row, "id")?.toLowerCase();
    if (id === undefined) return false;
    if (seen.has(id)) return true;
    seen.add(id);
    return false;
  };
  report("not-met", "Severity ids are used twice", isRepeated, `Give each severity in ${document.path} an id of its own.`);
  return findings;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || /^(?:tbd|todo|none|n\/?a|\?+|-+|\.+)$/i.test(text);
}

const mailWord = /\be?-?mail(?:ing|box|to)?\b|\bdistribution list\b/i;
const address = /[^\s<>:;,()@]{1,64}@[^\s<>:;,()@]{1,253}\.[a-z]{2,}/gi;
const reachesAtOnce =
  /pager|page\b|phone|\btel\b|\bcall|mobile|\bsms\b|hotline|chat|slack|teams|mattermost|discord|matrix|signal|whatsapp|telegram|on-?call|duty|opsgenie|victorops|incident\.io|\+?\d[\d\s()/-]{5,}\d/i;

/** A contact that names a mail address or list and nothing that reaches a person at once. */
function isMailOnly(contact: string): boolean {
  const text = contact.slice(0, 1_000);
  const rest = text.replaceAll(address, " ");
  return (rest !== text || mailWord.test(text)) && !reachesAtOnce.test(rest);
}

function judgeStopSwitch(document: ReadDocument, at: string, maxAgeDays: number): { words: string; findings: Finding[] } {
  const stop = recordField(document.frontMatter, "stop-switch");
  const remedy = `Exercise the stop switch and write \`stop-switch: { name, owner, exercised }\` in ${document.path}.`;
  if (stop === undefined)
    return { words: "no stop switch", findings: absentField(document, "stop-switch", "what stops the system", remedy) };
  const absent = ["name", "owner"].filter((key) => isBlank(textField(stop, key)));
  const age = exerciseAge(textField(stop, "exercised"), {
    document,
    key: "stop-switch.exercised",
    at,
    maxAgeDays,
    what: "the stop switch was exercised",
    remedy,
  });
  const findings = [...age.findings];
  if (absent.length > 0) findings.push(...absentField(document, "stop-switch", `the ${list(absent)} of the stop switch`, remedy));
  const words =
    age.daysAgo === undefined
      ? "stop switch not known to work"
      : `stop switch ${quoted(textField(stop, "name") ?? "without name")} exercised ${plural(age.daysAgo, "day")} ago`;
  return { words, findings };
}

function userFindings(document: ReadDocument): Finding[] {
  if (!isBlank(textField(document.frontMatter, "user-path"))) return [];
  return absentField(
    document,
    "user-path",
    "how a user reaches a person",
    `Write under \`user-path\` in ${document.path} how a user reaches a person.`,
  );
}

function deactivationFindings(document: ReadDocument): Finding[] {
  const { frontMatter } = document;
  const criteria = [...textsField(frontMatter, "deactivation"), textField(frontMatter, "deactivation")];
  if (criteria.some((text) => !isBlank(text?.trim()))) return [];
  const remedy = `List under \`deactivation\` in ${document.path} what leads to switching it off, for example \`["an answer that harms somebody"]\`.`;
  return absentField(document, "deactivation", "what leads to deactivation", remedy);
}
