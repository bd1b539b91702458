import type { Facts, FactName } from "../shapes/facts.ts";
import type { Figures } from "../shapes/figures.ts";
import type { Document, MeasurementOf, ReadOf, Reading } from "../shapes/measurements.ts";
import type { Policy, System } from "../shapes/policy.ts";
import type { Thresholds } from "../shapes/thresholds.ts";
import type { CriterionId, DocumentName, FindingState, GateId, Kind, Role, SignalId } from "../shapes/vocabulary.ts";

/** One file that was read at the judged commit. */
export interface FileEvidence {
  source: "file";
  path: string;
  /** `sha256:` of the bytes. */
  digest: string;
  reading: Reading;
  /** Why the sidecar beside it does not count, where there is one that does not. */
  refusedSidecar?: string;
}

/** One field of a document's front matter that is absent or not what it must be. */
export interface FieldProblem {
  key: string;
  problem: "missing" | "invalid";
  message: string;
}

/** A readiness document with what its front matter lacks. */
export interface DocumentEvidence extends FileEvidence {
  fieldProblems: FieldProblem[];
}

/** What was gathered for one system: the engine sees nothing else of the repository. */
export interface SystemEvidence {
  systemId: string;
  /** `sha256:` over models, prompts, guardrails and retrieval configuration. */
  fingerprint: string;
  /** Readiness documents by name; `vendor` may have several. */
  documents: Partial<Record<DocumentName, DocumentEvidence[]>>;
  /** Files found for each criterion: its evidence, registry or rules, in path order. Sidecars are already merged into `reading.origin`. */
  evidence: Partial<Record<CriterionId, FileEvidence[]>>;
  /** Files that documents refer to, by path. */
  referenced: ReadonlyMap<string, FileEvidence>;
  /** Sources that the policy names and that cannot be read yet, in words, by criterion. */
  unreadSources: Partial<Record<CriterionId, { source: "artifact" | "check"; label: string; remedy: string }[]>>;
  /** Is there a regular file (or folder) at this path? */
  exists(path: string): boolean;
  /** Digests of the policy fragments that people vouch for, by fragment name. */
  fragments: Partial<Record<PolicyFragment, string>>;
  /** Files of the fingerprint, and of `relevantPaths`. */
  fingerprintPaths: string[];
  relevantPaths: string[];
}

/** Fragments of the policy that a sign-off can bind to. */
export type PolicyFragment = "traffic.expectedPeak" | "architecture";

/** Everything that is judged, at one instant. Equal subjects give equal reports. */
export interface Subject {
  /** ISO 8601 instant, UTC. */
  at: string;
  commit: string | null;
  policy: Policy;
  policyDigest: string;
  evidence: SystemEvidence[];
  facts: Facts | null;
  factsSource: "none" | "file" | "github";
}

export type { FindingState } from "../shapes/vocabulary.ts";

/** One thing that was seen. The worst state of a criterion's findings is the criterion's; `note` only informs. */
export interface Finding {
  state: FindingState;
  /** One sentence: where, what. */
  text: string;
  path?: string;
  line?: number;
  /** What to do next, one sentence, imperative. */
  remedy?: string;
  /** Who can, where it is not the criterion's usual supplier. */
  roles?: Role[];
  /** The fact whose absence alone is why. */
  unseen?: FactName;
}

export interface Judgement {
  /** One line why, with the figures: shown whatever the state. */
  summary: string;
  findings: Finding[];
  /** What it was reached with, where that can be shown. */
  figures?: Figures;
}

/** What a declaration is: a sign-off binds to its digest, never to result files. */
export type Declaration = { document: DocumentName } | { fragment: PolicyFragment } | { evidence: CriterionId };

export interface DecisionAsked {
  role: Role;
  question: string;
  declaration: Declaration;
}

/** A document that parsed; `definition` checks have run when a criterion sees it. */
export interface ReadDocument extends Document {
  path: string;
  digest: string;
  /** Keys that the field checks have reported already: a criterion need not say it again. */
  reported?: readonly string[];
}

/** Figures of one file with the place that they come from. */
export interface Measured<K extends Kind> {
  path: string;
  digest: string;
  format: string;
  tool: ReadOf<K>["tool"];
  measurement: MeasurementOf[K];
  origin: ReadOf<K>["origin"];
  notes: string[];
}

/** What a criterion may need. `documents` and `evidence` are guaranteed when it judges; the `optional` ones may be empty. */
export interface Needs {
  documents?: readonly DocumentName[];
  /** At least one readable file of one of these kinds. */
  evidence?: readonly Kind[];
  optionalDocuments?: readonly DocumentName[];
  optionalEvidence?: readonly Kind[];
  /** Facts without which nothing can be said. */
  facts?: readonly FactName[];
  /** Facts that are looked at where they are known. */
  optionalFacts?: readonly FactName[];
  policy?: readonly (keyof System)[];
}

type Names<T> = T extends readonly (infer N)[] ? N : never;
type KindsOf<N extends Needs> = Extract<Names<N["evidence"]> | Names<N["optionalEvidence"]>, Kind>;

export interface CriterionInput<C extends CriterionId, N extends Needs> {
  /** ISO 8601 instant of the judgement. */
  at: string;
  risk: System["risk"];
  systemId: string;
  thresholds: Thresholds<C>;
  /** Required documents; several only for `vendor`. */
  documents: { [D in Extract<Names<N["documents"]>, DocumentName>]: [ReadDocument, ...ReadDocument[]] } & {
    [D in Extract<Names<N["optionalDocuments"]>, DocumentName>]: ReadDocument[];
  };
  /** Readable evidence by kind, in path order. */
  evidence: { [K in KindsOf<N>]: Measured<K>[] };
  facts: { [F in Extract<Names<N["facts"]>, FactName>]: NonNullable<Facts[F]> } & {
    [F in Extract<Names<N["optionalFacts"]>, FactName>]: Facts[F] | undefined;
  };
  policy: Pick<System, Extract<Names<N["policy"]>, keyof System>>;
  /** A file that a document refers to, if it was found. */
  referenced(path: string): FileEvidence | undefined;
  exists(path: string): boolean;
  fingerprint: string;
  /** Latest change of any file of the fingerprint or of `relevantPaths`, from lineage; null where there is no such file, undefined where there is no history. */
  changedAt: { path: string; at: string } | null | undefined;
  /** Latest change of one file, from lineage; undefined where there is no history. */
  lastChange(path: string): { at: string; author: string } | undefined;
}

export interface Criterion<C extends CriterionId = CriterionId, N extends Needs = Needs> {
  id: C;
  gate: GateId;
  title: string;
  /** What it asks, for `explain` and the docs page: short sentences in the order in which they are judged. */
  asks: readonly string[];
  /** Who can supply what is missing. */
  suppliers: readonly Role[];
  /** Where the evidence stands by default, relative to the documents folder. */
  places: readonly string[];
  /** Remedy where a finding names none. */
  remedy: string;
  /** A small valid example of what satisfies it (file content), shown by `explain`. */
  example: { path: string; content: string };
  needs: N;
  decisions: readonly DecisionAsked[];
  judge(input: CriterionInput<C, N>): Judgement;
}

/** A criterion in the list, its own needs forgotten. */
export interface AnyCriterion extends Omit<Criterion, "judge"> {
  judge(input: CriterionInput<CriterionId, Needs>): Judgement;
}

export interface Signal {
  id: SignalId;
  raised(evidence: SystemEvidence, system: System, facts: Facts | null, at: string): { summary: string; remedy: string } | null;
}
