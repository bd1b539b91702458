import { absentField } from "../absent-field.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { numberField, recordField, textField } from "../fields.ts";
import { isAtLeast, percents } from "../limits.ts";
import { describesLog, type LogLines, type LogSchema } from "../log-keys.ts";
import { addMonths, DAY, durationDays } from "../time.ts";
import type { CriterionInput, FileEvidence, Finding, Needs, ReadDocument } from "../types.ts";
import { figure, plural, quoted } from "../words.ts";

const needs = { documents: ["output-logging"], optionalEvidence: ["json-schema", "log"] } as const satisfies Needs;
type Input = CriterionInput<"output-logging", typeof needs>;

export default defineCriterion({
  id: "output-logging",
  gate: "infrastructure",
  title: "Outputs logged",
  asks: [
    "A JSON Schema of the log or a sample of it, with every required key.",
    "The log is kept long enough, in an append-only, immutable or WORM store that is named.",
    "Nearly every served request is in the log, counted.",
  ],
  suppliers: ["sre"],
  places: ["output-logging.md", "evidence/output-logging/"],
  remedy: "Describe the log in `output-logging.md` and name its JSON Schema under `schema` or a sample under `sample`.",
  example: {
    path: "docs/readiness/output-logging.md",
    content: `---
status: approved
owner: "@octo-sre"
reviewed: 2026-10-01
review-by: 2027-04-01
schema: docs/readiness/evidence/output-logging/log.schema.json
sample: docs/readiness/evidence/output-logging/sample.jsonl
fields: { user: uid }
retention: P12M
store: { kind: append-only, name: "bucket assistant-audit, object lock" }
completeness: { logged: 48190, served: 48210, window: "2026-11-02/2026-11-09" }
---

## What is kept

References to question and answer, the verdict of the guardrails, who reviewed and what came of it.

## Who may read

The platform team on call, and the privacy team; every look is logged.
`,
  },
  needs,
  decisions: [
    {
      role: "legal-privacy",
      question: "May this content be kept, for this long and by these people?",
      declaration: { document: "output-logging" },
    },
  ],
  judge(input) {
    const [document] = input.documents["output-logging"];
    const log = judgeLog(document, input);
    const retention = judgeRetention(document, input.thresholds.retentionMonths);
    const completeness = judgeCompleteness(document, input.thresholds.completeness);
    return {
      summary: `${log.words}; ${retention.words}; ${completeness.words}`,
      findings: [...log.findings, ...retention.findings, ...storeFindings(document), ...completeness.findings],
    };
  },
});

interface Judged {
  words: string;
  findings: Finding[];
}

/** The schemas and samples at hand, those that the document names among them, and what they know of the log. */
function judgeLog(document: ReadDocument, { evidence, referenced }: Input): Judged {
  const schemas = new Map<string, LogSchema>(evidence["json-schema"].map((file) => [file.path, file]));
  const samples = new Map<string, LogLines>(evidence.log.map((file) => [file.path, file]));
  const findings: Finding[] = [];
  for (const key of ["schema", "sample"]) {
    const path = textField(document.frontMatter, key);
    if (path === undefined) continue;
    const file = referenced(path);
    // What the document names was read with its `fields`, so it goes before the same file in the evidence folder.
    if (file?.reading.ok && file.reading.kind === "json-schema") schemas.set(path, { path, measurement: file.reading.measurement });
    else if (file?.reading.ok && file.reading.kind === "log") samples.set(path, { path, measurement: file.reading.measurement });
    else if (!schemas.has(path) && !samples.has(path)) findings.push(notUsable(document, key, path, file));
  }
  if (schemas.size + samples.size > 0) {
    const described = describesLog(document, [...schemas.values()], [...samples.values()]);
    return { words: described.words, findings: [...findings, ...described.findings] };
  }
  if (findings.length > 0) return { words: "no log that can be read", findings };
  const remedy = `Commit a JSON Schema of the log, or a sample in JSON lines, and name it under \`schema\` or \`sample\` in ${document.path}.`;
  return {
    words: "no schema and no sample of the log",
    findings: absentField(document, "schema", "where a schema or a sample of the log is", remedy),
  };
}

function notUsable(document: ReadDocument, key: string, path: string, file: FileEvidence | undefined): Finding {
  const why =
    file === undefined
      ? "is not there"
      : file.reading.ok
        ? `reads as ${file.reading.format}`
        : `cannot be read: ${file.reading.message.replace(/\.$/, "")}`;
  const remedy =
    key === "schema" ? `Commit the JSON Schema of a log line at that path.` : `Commit a sample of the log in JSON lines at that path.`;
  return {
    state: "missing",
    ...documentPlace(document, key),
    text: `The ${key} ${quoted(path)} that ${document.path} names ${why}.`,
    remedy,
  };
}

function judgeRetention(document: ReadDocument, months: number): Judged {
  const place = documentPlace(document, "retention");
  const days = durationDays(textField(document.frontMatter, "retention") ?? "");
  const remedy = `Keep the log for ${plural(months, "month")} or longer and write \`retention: P${Math.ceil(months)}M\` in ${document.path}.`;
  if (days === undefined)
    return {
      words: "retention not known",
      findings: absentField(document, "retention", "as an ISO 8601 duration how long the log is kept", remedy),
    };
  const words = `kept ${figure(Math.floor(days))} days`;
  if (isAtLeast(days, shortestDays(months))) return { words, findings: [] };
  return {
    words,
    findings: [
      {
        state: "not-met",
        ...place,
        text: `The log is kept ${figure(Math.floor(days))} days; ${plural(months, "month")} are asked for.`,
        remedy,
      },
    ],
  };
}

/** Days of the shortest run of so many calendar months: 365 for twelve, so that `P365D` is a year. */
function shortestDays(months: number): number {
  const starts = Array.from({ length: 12 }, (_, month) => Date.UTC(2025, month, 1));
  return Math.min(...starts.map((start) => (addMonths(start, months) - start) / DAY));
}

const immutable = /^(?:append-?only|immutable|worm)$/;

function storeFindings(document: ReadDocument): Finding[] {
  const store = recordField(document.frontMatter, "store") ?? {};
  const kind = textField(store, "kind");
  const remedy = `Keep the log in an append-only, immutable or WORM store and write \`store: { kind: append-only, name: … }\` in ${document.path}.`;
  const findings: Finding[] = [];
  if (kind === undefined) findings.push(...absentField(document, "store.kind", "in which kind of store the log is kept", remedy));
  else if (!immutable.test(kind.toLowerCase().replaceAll(/[\s_]/g, "-"))) {
    const text = `The store is ${quoted(kind)}; append-only, immutable or worm is asked for.`;
    findings.push({ state: "not-met", ...documentPlace(document, "store"), text, remedy });
  }
  if (textField(store, "name") === undefined) findings.push(...absentField(document, "store.name", "the name of the log's store", remedy));
  return findings;
}

function judgeCompleteness(document: ReadDocument, least: number): Judged {
  const place = documentPlace(document, "completeness");
  const counted = recordField(document.frontMatter, "completeness") ?? {};
  const logged = numberField(counted, "logged");
  const served = numberField(counted, "served");
  const remedy = `Count logged and served requests over the same time and write both under \`completeness\` in ${document.path}.`;
  if (logged === undefined || served === undefined)
    return {
      words: "completeness not known",
      findings: absentField(document, "completeness", "how many served requests were logged", remedy),
    };
  if (!(served > 0 && logged >= 0 && logged <= served)) {
    const text = `The completeness cannot be right: ${figure(logged)} logged of ${figure(served)} served.`;
    return { words: "completeness that cannot be right", findings: [{ state: "not-met", ...place, text, remedy }] };
  }
  const words = `${figure(logged)} of ${figure(served)} requests logged (${percents(logged / served, 1)[0]})`;
  if (isAtLeast(logged / served, least))
    return {
      words,
      findings:
        counted["window"] === undefined ? [{ state: "note", ...place, text: "The completeness names no time that was compared." }] : [],
    };
  const [share, asked] = percents(logged / served, least);
  const text = `${figure(logged)} of ${figure(served)} served requests were logged (${share}); ${asked} are asked for.`;
  return {
    words: `${share} of the requests logged`,
    findings: [
      {
        state: "not-met",
        ...place,
        text,
        remedy: `Find out why ${figure(served - logged)} requests were not logged, mend it and count again.`,
      },
    ],
  };
}
