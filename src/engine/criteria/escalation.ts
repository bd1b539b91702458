import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { exerciseAge } from "../exercise-age.ts";
import { numberField, recordField, recordsField, textField, textsField } from "../fields.ts";
import { listSome } from "../list-some.ts";
import type { Finding, ReadDocument } from "../types.ts";
import { figure, list, plural, quoted } from "../words.ts";

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

function severityFindings(document: ReadDocument, severities: ReturnType<typeof recordsField>): Finding[] {
  const place = documentPlace(document, "severities");
  const remedy = `List under \`severities\` in ${document.path} rows such as \`{ id: sev1, role: sre, contact: "pager: assistant-primary", minutes: 15 }\`.`;
  const value = document.frontMatter["severities"];
  const rows = Array.isArray(value) ? value.length : 0;
  if (rows === 0) return [{ state: "missing", ...place, text: `${document.path} lists no severity.`, remedy }];
  const findings: Finding[] = [];
  if (rows > severities.length)
    findings.push({
      state: "missing",
      ...place,
      text: `${plural(rows - severities.length, "row")} under \`severities\` cannot be read.`,
      remedy,
    });
  const name = (row: (typeof severities)[number]) => textField(row, "id") ?? "(no id)";
  const report = (state: Finding["state"], wrong: typeof severities, what: string, how = remedy) => {
    if (wrong.length > 0) findings.push({ state, ...place, text: `${what}: ${listSome(wrong.map(name))}.`, remedy: how });
  };
  report(
    "missing",
    severities.filter((row) => textField(row, "id") === undefined),
    "Severities without an `id`",
  );
  report(
    "missing",
    severities.filter((row) => textField(row, "role") === undefined),
    "Severities without a `role`",
  );
  report(
    "missing",
    severities.filter((row) => isBlank(textField(row, "contact"))),
    "Severities without a `contact`",
  );
  report(
    "missing",
    severities.filter((row) => row["minutes"] === undefined || row["minutes"] === null),
    "Severities without `minutes`",
  );
  report(
    "not-met",
    severities.filter((row) => row["minutes"] !== undefined && row["minutes"] !== null && !((numberField(row, "minutes") ?? 0) > 0)),
    "Severities whose `minutes` are no number above zero",
  );
  report(
    "not-met",
    severities.filter((row) => !isBlank(textField(row, "contact")) && isMailOnly(textField(row, "contact") ?? "")),
    "Severities whose contact is only a mail address or a mailing list",
    `Name a pager, a phone, a chat or an on-call rota as contact in ${document.path}; nobody reads mail at 03:00.`,
  );
  const ids = severities.map((row) => (textField(row, "id") ?? "").toLowerCase()).filter((id) => id !== "");
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (twice.length > 0)
    findings.push({
      state: "not-met",
      ...place,
      text: `Severity ids are used twice: ${listSome(twice)}.`,
      remedy: `Give each severity in ${document.path} an id of its own.`,
    });
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
  const place = documentPlace(document, "stop-switch");
  const stop = recordField(document.frontMatter, "stop-switch");
  const remedy = `Exercise the stop switch and write \`stop-switch: { name, owner, exercised }\` in ${document.path}.`;
  if (stop === undefined)
    return { words: "no stop switch", findings: [{ state: "missing", ...place, text: `${document.path} names no stop switch.`, remedy }] };
  const absent = ["name", "owner"].filter((key) => isBlank(textField(stop, key)));
  const age = exerciseAge(textField(stop, "exercised"), { at, maxAgeDays, what: "The stop switch was exercised", place, remedy });
  const findings = [...age.findings];
  if (absent.length > 0)
    findings.push({ state: "missing", ...place, text: `The stop switch in ${document.path} has no ${list(absent)}.`, remedy });
  const words =
    age.daysAgo === undefined
      ? "stop switch not known to work"
      : `stop switch ${quoted(textField(stop, "name") ?? "without name")} exercised ${plural(age.daysAgo, "day")} ago`;
  return { words, findings };
}

function userFindings(document: ReadDocument): Finding[] {
  if (!isBlank(textField(document.frontMatter, "user-path"))) return [];
  const remedy = `Write under \`user-path\` in ${document.path} how a user reaches a person.`;
  return [
    {
      state: "missing",
      ...documentPlace(document, "user-path"),
      text: `${document.path} does not say how a user reaches a person.`,
      remedy,
    },
  ];
}

function deactivationFindings(document: ReadDocument): Finding[] {
  const criteria = textsField(document.frontMatter, "deactivation").filter((text) => !isBlank(text.trim()));
  if (criteria.length > 0) return [];
  const remedy = `List under \`deactivation\` in ${document.path} what leads to switching it off, for example \`["an answer that harms somebody"]\`.`;
  return [
    {
      state: "missing",
      ...documentPlace(document, "deactivation"),
      text: `${document.path} does not say what leads to deactivation.`,
      remedy,
    },
  ];
}
