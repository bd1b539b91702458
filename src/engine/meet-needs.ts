import type { FactName } from "../shapes/facts.ts";
import type { System } from "../shapes/policy.ts";
import type { Kind } from "../shapes/vocabulary.ts";
import { checkDocuments } from "./check-documents.ts";
import type { Gathered } from "./criterion-input.ts";
import type { AnyCriterion, FileEvidence, Finding, Measured, Subject, SystemEvidence } from "./types.ts";

/** What the criterion needs, found or reported missing. `complete` says that it can judge. */
export function meetNeeds(
  criterion: AnyCriterion,
  system: System,
  evidence: SystemEvidence,
  subject: Subject,
  thresholds: Record<string, unknown>,
): Gathered {
  const { needs, id } = criterion;
  const findings: Finding[] = [];
  const documents: Gathered["documents"] = {};
  let complete = true;
  const ageMonths = typeof thresholds["documentAgeMonths"] === "number" ? thresholds["documentAgeMonths"] : Infinity;
  for (const name of [...(needs.documents ?? []), ...(needs.optionalDocuments ?? [])]) {
    const required = needs.documents?.includes(name) ?? false;
    const files = evidence.documents[name] ?? [];
    if (files.length === 0 && required) {
      const path = documentPath(system, name);
      findings.push({
        state: "missing",
        path,
        text: `${path} is not there.`,
        remedy: `Write ${path}; \`pilotgate explain ${id}\` shows an example.`,
      });
    }
    const checked = checkDocuments(name, files, subject.at, ageMonths);
    documents[name] = checked.readable;
    findings.push(...checked.findings);
    if (required && checked.readable.length === 0) complete = false;
  }
  const sources = evidence.unreadSources[id] ?? [];
  findings.push(
    ...sources.map(({ label, remedy }): Finding => ({
      state: "missing",
      text: `${label} is named as evidence and cannot be read by this version.`,
      remedy,
    })),
  );
  const found = sortEvidence(criterion, evidence.evidence[id] ?? []);
  const lacking = needs.evidence !== undefined && !needs.evidence.some((kind) => found.byKind[kind].length > 0);
  const missing = lacking && sources.length === 0 ? missingEvidence(criterion, system, found.refused) : [];
  // What is missing for a file that cannot be read says so of that file already.
  const said = new Set(missing.map(({ path }) => path));
  findings.push(...found.findings.filter(({ path }) => !said.has(path)), ...missing);
  if (lacking) complete = false;
  for (const fact of needs.facts ?? []) {
    if (subject.facts?.[fact] !== undefined) continue;
    complete = false;
    findings.push({ state: "missing", text: factMissing[fact], remedy: criterion.remedy, unseen: fact });
  }
  return { complete, documents, evidence: found.byKind, findings };
}

const factMissing: Record<FactName, string> = {
  approvals: "Nobody looked for approvals: no facts were given.",
  decisions: "Nobody looked for decisions: no facts were given.",
  deployments: "No deployments are known: no facts were given.",
  alerts: "No alert data is known: the absence of data is not the absence of alerts.",
  requests: "The requests that the canary served are not known.",
  checks: "No check runs are known: no facts were given.",
  lineage: "The history of the files is not known.",
};

const kindWords: Record<Kind, string> = {
  "load-test": "load-test result",
  "red-team": "red-team result",
  evaluation: "evaluation result",
  tests: "test result",
  alerts: "alert rules",
  "alert-routing": "alert routing",
  survey: "survey",
  "metric-series": "metric series",
  registry: "model registry",
  training: "training record",
  log: "log sample",
  slo: "SLO",
  dashboard: "dashboard",
  telemetry: "collector configuration",
  budget: "budget",
  traffic: "rollout plan or status",
  document: "document",
  sidecar: "sidecar",
  "json-schema": "log schema",
};

function documentPath(system: System, name: string): string {
  return name === "vendor" ? `${system.documents}/vendors/<name>.md` : `${system.documents}/${name}.md`;
}

interface Sorted {
  byKind: Gathered["evidence"];
  findings: Finding[];
  refused: FileEvidence[];
}

/** Files by kind. One that cannot be read never counts, and never undoes what another file proves. */
function sortEvidence(criterion: AnyCriterion, files: readonly FileEvidence[]): Sorted {
  const wanted = new Set<Kind>([...(criterion.needs.evidence ?? []), ...(criterion.needs.optionalEvidence ?? [])]);
  const byKind = Object.fromEntries([...wanted].map((kind) => [kind, [] as Measured<Kind>[]])) as Gathered["evidence"];
  const findings: Finding[] = [];
  const refused: FileEvidence[] = [];
  for (const { path, digest, reading, source, refusedSidecar } of files) {
    if (reading.ok && wanted.has(reading.kind)) {
      const { format, tool, measurement, origin, notes: said } = reading;
      byKind[reading.kind].push({ path, digest, format, tool, measurement, origin, notes: said });
      const sidecar = `${path}.evidence.yml`;
      if (refusedSidecar !== undefined)
        findings.push({ state: "note", path: sidecar, text: `${sidecar} does not count: ${refusedSidecar}` });
    } else if (reading.ok) {
      findings.push({ state: "note", path, text: `${path} reads as ${reading.format}, which this criterion does not use.` });
    } else {
      refused.push({ path, digest, reading, source });
      findings.push({
        state: "note",
        path,
        ...(reading.line === undefined ? {} : { line: reading.line }),
        text: `${path} does not count: ${reading.message}`,
      });
    }
  }
  return { byKind, findings, refused };
}

function missingEvidence(criterion: AnyCriterion, system: System, refused: readonly FileEvidence[]): Finding[] {
  const kinds = (criterion.needs.evidence ?? []).map((kind) => kindWords[kind]).join(" or ");
  const settings = system.criteria[criterion.id].evidence;
  const place = settings.flatMap((source) => ("file" in source ? [source.file] : []))[0] ?? defaultPlace(criterion, system);
  const first = refused[0];
  if (first && !first.reading.ok) {
    const { line, message } = first.reading;
    return [
      {
        state: "missing",
        path: first.path,
        ...(line === undefined ? {} : { line }),
        text: `${first.path} cannot be read: ${message}`,
        remedy: `Mend or replace ${first.path}.`,
      },
    ];
  }
  return [{ state: "missing", path: place, text: `No ${kinds} at ${place}.`, remedy: criterion.remedy }];
}

function defaultPlace(criterion: AnyCriterion, system: System): string {
  const own = criterion.places.find((place) => !place.endsWith(".md"));
  return own === undefined ? `${system.documents}/evidence/${criterion.id}/` : `${system.documents}/${own}`;
}
