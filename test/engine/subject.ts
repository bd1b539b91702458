import { createHash } from "node:crypto";
import { declared } from "../../src/engine/approvals.ts";
import { judgeCriterion } from "../../src/engine/judge-criterion.ts";
import type { AnyCriterion, DocumentEvidence, FileEvidence, Subject, SystemEvidence } from "../../src/engine/types.ts";
import { documentDefinitions } from "../../src/shapes/document-definitions.ts";
import type { Approval, Facts } from "../../src/shapes/facts.ts";
import type { MeasurementOf, Origin, Reading } from "../../src/shapes/measurements.ts";
import type { CriterionSettings, Gate, System } from "../../src/shapes/policy.ts";
import type { CriterionReport } from "../../src/shapes/report.ts";
import type { ThresholdOptions } from "../../src/shapes/thresholds.ts";
import {
  criterionIds,
  documentNames,
  type CriterionId,
  type DocumentName,
  type GateId,
  type Kind,
  type Risk,
} from "../../src/shapes/vocabulary.ts";

/* Literal subjects for the tests of the engine: everything valid by default, so that a test writes down only what it is about. */

/** The instant at which the tests judge: Monday of week 12. */
export const AT = "2026-11-23T09:00:00Z";
export const MODEL = "gpt-4o-2024-11-20";
export const DOCUMENTS = "docs/readiness";

const gate = (branches: string[], environments: string[]): Gate => ({
  branches,
  environments,
  enforcement: "enforce",
  enforceFrom: null,
  onHold: "reject",
  waitDays: 7,
});
const guards: Record<GateId, Gate> = {
  governance: gate(["~DEFAULT_BRANCH"], []),
  infrastructure: gate(["release/**"], ["staging"]),
  rollout: gate([], ["production"]),
};

/** Settings of every criterion; thresholds by criterion are the only thing that tests set. */
export function settings(thresholds: { [C in CriterionId]?: ThresholdOptions<C> } = {}): CriterionSettings {
  const entries = criterionIds.map((id) => [
    id,
    { evidence: [], format: null, thresholds: thresholds[id] ?? {}, columns: {}, scale: null },
  ]);
  return Object.fromEntries(entries) as CriterionSettings;
}

/** A system with every default filled in, low risk unless said otherwise, every role held by two people. */
export function system(parts: Partial<System> = {}): System {
  return {
    id: "assistant",
    name: "Assistant",
    risk: "low",
    started: "2026-09-07",
    paths: ["**"],
    documents: DOCUMENTS,
    relevantPaths: [],
    architecture: { retrieval: false, tools: false, public: false },
    models: [{ id: "chat", provider: "openai", model: MODEL }],
    fingerprint: { prompts: ["prompts/**"], guardrails: [], retrieval: [] },
    roles: {
      "product-owner": ["@octo-mia", "@octo-max"],
      security: ["@octo-sec", "@octo-sue"],
      "legal-privacy": ["@octo-lea", "@octo-lou"],
      architecture: ["@octo-art", "@octo-ada"],
      sre: ["@octo-sre", "@octo-rex"],
      "support-lead": ["@octo-sam", "@octo-sky"],
    },
    traffic: { expectedPeak: { requestsPerSecond: 40, tokensPerMinute: 900_000 } },
    integrations: [],
    stages: [{ environment: "production-canary", trafficPercent: 10 }],
    gates: guards,
    criteria: settings(),
    notApplicable: [],
    waivers: [],
    schedule: { governance: 4, infrastructure: 9, rollout: 13 },
    severities: { critical: ["critical", "page", "sev1", "p1"] },
    decisions: { remindAfterDays: 10 },
    ...parts,
  };
}

const common = { status: "approved", owner: "@octo-mia", reviewed: "2026-10-01", "review-by": "2027-04-01" };

/** A document with the common fields and every required section filled; `undefined` in the front matter takes a field away. */
export function document(name: DocumentName, frontMatter: Record<string, unknown>, texts: Record<string, string> = {}): DocumentEvidence {
  const fields = Object.fromEntries(Object.entries({ ...common, ...frontMatter }).filter(([, value]) => value !== undefined));
  const vendor = typeof fields["vendor"] === "string" ? fields["vendor"] : "vendor";
  const path = name === "vendor" ? `${DOCUMENTS}/vendors/${vendor}.md` : `${DOCUMENTS}/${name}.md`;
  const titles = [...new Set([...documentDefinitions[name].sections, ...Object.keys(texts)])];
  const measurement = {
    frontMatter: fields,
    frontMatterLines: Object.fromEntries(Object.keys(fields).map((key, index) => [key, index + 2])),
    sections: titles.map((title, index) => ({ title, line: 20 + 3 * index, text: texts[title] ?? "Some words of one's own." })),
  };
  const reading: Reading = {
    ok: true,
    format: "document",
    kind: "document",
    tool: { name: "markdown", version: null },
    measurement,
    origin: {},
    notes: [],
  };
  return { source: "file", path, digest: digestOf(measurement), reading, fieldProblems: [] };
}

/** A file that was read; its origin is complete and fresh unless said otherwise (`undefined` takes a part away). */
export function measured<K extends Kind>(
  kind: K,
  measurement: MeasurementOf[K],
  origin: { [P in keyof Origin]?: Origin[P] | undefined } = {},
  path = `${DOCUMENTS}/evidence/${kind}.json`,
): FileEvidence {
  const whole = { measuredAt: "2026-11-12T10:00:00Z", commit: "3f9c2d1e", model: MODEL, ...origin };
  const said = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as Origin;
  // The pairing of kind and measurement is checked by the signature; the union of readings cannot follow it.
  const reading = {
    ok: true,
    format: kind,
    kind,
    tool: { name: "literal", version: null },
    measurement,
    origin: said,
    notes: [],
  } as unknown as Reading;
  return { source: "file", path, digest: digestOf(measurement), reading };
}

/** A file that is there and cannot be read. */
export function unreadable(path: string, message = "it is not JSON"): FileEvidence {
  return { source: "file", path, digest: digestOf(path), reading: { ok: false, code: "not-parseable", message } };
}

export interface Parts {
  risk?: Risk;
  system?: Partial<System>;
  thresholds?: { [C in CriterionId]?: ThresholdOptions<C> };
  documents?: DocumentEvidence[];
  evidence?: Partial<Record<CriterionId, FileEvidence[]>>;
  /** Files that documents refer to; they exist too. */
  referenced?: FileEvidence[];
  /** Paths that exist besides. */
  exists?: string[];
  facts?: Facts | null;
  at?: string;
  rest?: Partial<SystemEvidence>;
}

export function subject(parts: Parts = {}): Subject {
  const whole = system({
    ...(parts.risk ? { risk: parts.risk } : {}),
    ...(parts.thresholds ? { criteria: settings(parts.thresholds) } : {}),
    ...parts.system,
  });
  const documents: SystemEvidence["documents"] = {};
  for (const file of parts.documents ?? []) (documents[nameOf(file.path)] ??= []).push(file);
  const referenced = new Map((parts.referenced ?? []).map((file) => [file.path, file]));
  const existing = new Set([...referenced.keys(), ...(parts.exists ?? []), ...(parts.documents ?? []).map(({ path }) => path)]);
  const evidence: SystemEvidence = {
    systemId: whole.id,
    fingerprint: digestOf(whole.models),
    documents,
    evidence: parts.evidence ?? {},
    referenced,
    unreadSources: {},
    exists: (path) => existing.has(path),
    fragments: { "traffic.expectedPeak": digestOf(whole.traffic), architecture: digestOf(whole.architecture) },
    fingerprintPaths: ["prompts/system.md"],
    relevantPaths: [],
    ...parts.rest,
  };
  const facts = parts.facts ?? null;
  return {
    at: parts.at ?? AT,
    commit: "3f9c2d1e",
    policy: { version: 1, systems: [whole] },
    policyDigest: digestOf(whole),
    evidence: [evidence],
    facts,
    factsSource: facts === null ? "none" : "file",
  };
}

/** One criterion judged on a subject's only system. */
export function judge(criterion: AnyCriterion, on: Subject): CriterionReport {
  const [only] = on.policy.systems;
  const [evidence] = on.evidence;
  if (!only || !evidence) throw new Error("a subject holds one system");
  return judgeCriterion(criterion, only, evidence, on);
}

/** Every approval that the criteria ask for on this very content: the first holder of each role, and a second one. */
export function approvals(criteria: readonly AnyCriterion[], on: Subject): Approval[] {
  const [only] = on.policy.systems;
  const [evidence] = on.evidence;
  if (!only || !evidence) throw new Error("a subject holds one system");
  return criteria.flatMap((criterion) =>
    criterion.decisions.flatMap(({ role, declaration }) =>
      declared(declaration, evidence).flatMap(({ digest }) =>
        (only.roles[role] ?? []).map((holder): Approval => ({
          criterion: criterion.id,
          role,
          by: holder.slice(1),
          at: "2026-11-01T09:00:00Z",
          digest,
          source: "sign-off",
        })),
      ),
    ),
  );
}

/** The subject with every decision of these criteria answered. */
export function signed(criteria: AnyCriterion | readonly AnyCriterion[], on: Subject): Subject {
  const asked = Array.isArray(criteria) ? (criteria as readonly AnyCriterion[]) : [criteria as AnyCriterion];
  return { ...on, facts: { ...on.facts, approvals: [...(on.facts?.approvals ?? []), ...approvals(asked, on)] }, factsSource: "file" };
}

/** One entry of a file's history. */
export function change(path: string, at: string, author = "octo-dev"): NonNullable<Facts["lineage"]>[number] {
  return { path, at, author, commit: "3f9c2d1e" };
}

export function digestOf(value: unknown): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(value)).digest("hex")}`;
}

function nameOf(path: string): DocumentName {
  if (path.includes("/vendors/")) return "vendor";
  const base = path.slice(path.lastIndexOf("/") + 1, -".md".length);
  const name = documentNames.find((known) => known === base);
  if (name === undefined) throw new Error(`${path} is no document`);
  return name;
}
