import type { LoadTest } from "./load-test.ts";
import type { AlertRouting, Alerts, Budget, Dashboard, Slo, Telemetry, Traffic } from "./running-system.ts";
import type { Kind } from "./vocabulary.ts";

export type { LoadStage, LoadTest, Percentiles, Timeline } from "./load-test.ts";
export type { AlertRouting, Alerts, Budget, Dashboard, Slo, Telemetry, Traffic };

/* What a reader measures. Absent means "not in the file": never guessed, and a zero that only means "nothing was measured" is absent.
   Times are ISO 8601 instants in UTC, durations seconds, latencies milliseconds, rates shares from 0 to 1. */

/** OWASP LLM Top 10 2025 ids, `llm01` to `llm10`, or `unmapped:<probe>`. */
export type AttackCategory = string;

export interface RedTeam {
  /** Judged attempts, errors apart. */
  attempts: number;
  /** Attempts in which the attack worked. */
  successes: number;
  errors: number;
  attackSuccessRate?: number;
  categories: { id: AttackCategory; attempts: number; successes: number }[];
  /** Harmless prompts and how many of them were refused. */
  benign?: { asked: number; refused: number };
}

export interface Evaluation {
  total?: number;
  passed?: number;
  failed?: number;
  errors?: number;
  metrics: { name: string; value: number; n?: number; task?: string }[];
}

export interface Tests {
  total: number;
  passed: number;
  failed: number;
  skipped: number;
  errors: number;
}

export interface Survey {
  responses: number;
  invited?: number;
  /** 4 and 5 of 5, 9 and 10 of 10, "good". Absent with the scale: without it nobody can tell. */
  satisfied?: number;
  /** Mean of the answers. */
  score?: number;
  scale?: string;
  from?: string;
  to?: string;
  /** The same of each group, where the export tells groups apart. */
  cohorts?: ({ id: string } & Pick<Survey, "responses" | "invited" | "satisfied" | "from" | "to">)[];
}

export interface MetricSeries {
  series: {
    name: string;
    unit?: string;
    points: number;
    from?: string;
    to?: string;
    mean?: number;
    values?: { at: string; value: number }[];
  }[];
}

export interface Registry {
  models: {
    id: string;
    role?: string;
    provider?: string;
    version?: string;
    status?: string;
    owner?: string;
    since?: string;
    until?: string;
    rollback?: string;
    evaluation?: string;
  }[];
}

export interface Training {
  records: { person: string; material: string; version: string; completed?: string; score?: number }[];
}

export interface LogSample {
  lines: number;
  /** Names of the keys with the number of lines in which each has a value. */
  keys: Record<string, number>;
  /** The same for the key being there at all, be it `null` or empty; only keys for which that is another number. */
  present?: Record<string, number>;
  /** First and last time seen. */
  from?: string;
  to?: string;
}

export interface Section {
  title: string;
  line: number;
  /** Text of its own under the heading; empty where only a template's prompt or a mark like TODO stands there. */
  text: string;
  /** Line of unfilled template text, where there is any. */
  unfilledLine?: number;
}

export interface Document {
  /** Parsed front matter; values are what YAML 1.2 says: dates stay text. */
  frontMatter: Record<string, unknown>;
  /** Line (1-based) of each top-level front matter key. */
  frontMatterLines: Record<string, number>;
  sections: Section[];
}

export interface Sidecar {
  commit?: string;
  measuredAt?: string;
  model?: string;
  prompt?: string;
  data?: string;
  run?: string;
  region?: string;
}

export interface JsonSchemaFile {
  /** Property names at the top level and whether each is required. */
  properties: string[];
  required: string[];
}

export interface MeasurementOf {
  "load-test": LoadTest;
  "red-team": RedTeam;
  evaluation: Evaluation;
  tests: Tests;
  alerts: Alerts;
  "alert-routing": AlertRouting;
  survey: Survey;
  "metric-series": MetricSeries;
  registry: Registry;
  training: Training;
  log: LogSample;
  slo: Slo;
  dashboard: Dashboard;
  telemetry: Telemetry;
  budget: Budget;
  traffic: Traffic;
  document: Document;
  sidecar: Sidecar;
  "json-schema": JsonSchemaFile;
}

/** Where a file of evidence says that it comes from; a sidecar fills what the file leaves out. */
export interface Origin {
  /** When the measurement ended. */
  measuredAt?: string;
  commit?: string;
  model?: string;
  prompt?: string;
  data?: string;
  /** Where it was measured, for example a workflow run. */
  run?: string;
  /** The tool's own id of what it measured: two exports of one run share it. */
  toolRun?: string;
  /** Where the load came from or went to. */
  region?: string;
}

export type ReadOf<K extends Kind> = {
  ok: true;
  format: string;
  kind: K;
  tool: { name: string; version: string | null };
  measurement: MeasurementOf[K];
  origin: Origin;
  /** What a reader of the figures must know, for example "no p95 in the file". */
  notes: string[];
};

/** A file that was recognised and read. */
export type Read = { [K in Kind]: ReadOf<K> }[Kind];

export const unreadableCodes = [
  "empty",
  "too-large",
  "too-deep",
  "not-utf8",
  "not-parseable",
  "duplicate-key",
  "forbidden-key",
  "unknown-format",
  "ambiguous-format",
  "unsupported-version",
  "bad-shape",
  "bad-value",
  "incomplete",
  "symlink",
  "submodule",
  "missing",
] as const;
export type UnreadableCode = (typeof unreadableCodes)[number];

/** A file that could not be read as evidence: where, what, how to mend it. `message` never quotes the file's content. */
export interface Unreadable {
  ok: false;
  code: UnreadableCode;
  message: string;
  /** Format that it was recognised as, if it was. */
  format?: string;
  line?: number;
  column?: number;
}

export type Reading = Read | Unreadable;
