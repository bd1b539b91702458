import type { Role } from "../shapes/vocabulary.ts";

/** Where something was seen; lines count from 1. */
export interface Place {
  path: string;
  line?: number;
}

export interface SeenLanguage extends Place {
  name: string;
}

/** A library that talks to models, or that shows how they are used. */
export interface SeenSdk extends Place {
  name: string;
  /** Who serves the models; null where the library does not say. */
  provider: string | null;
  shows: "model" | "retrieval" | "tools";
}

export interface SeenModel extends Place {
  provider: string;
  /** As it was written; of an Azure deployment its name, which says nothing of the model. */
  model: string;
  isDeployment: boolean;
}

export type TestUse = "load-test" | "red-team" | "evaluation";

/** A tool that makes evidence: its configuration or script, or the place that runs it. */
export interface SeenTool extends Place {
  tool: string;
  use: TestUse;
}

export type WatchKind = "alerts" | "dashboard" | "alert-routing" | "slo" | "telemetry";

/** A file that says how the running system is watched, of a kind that `observability` reads. */
export interface SeenWatch extends Place {
  kind: WatchKind;
}

export interface SeenWorkflow extends Place {
  /** Tools that it runs with what they are for, and the artifacts that it keeps. */
  tools: Pick<SeenTool, "tool" | "use">[];
  artifacts: string[];
}

/** An owner whose name sounds like a role: a proposal, for a person to confirm. */
export interface SeenOwner extends Place {
  holder: string;
  role: Role;
}

export const fingerprintParts = ["prompts", "guardrails", "retrieval"] as const;
export type FingerprintPart = (typeof fingerprintParts)[number];

export interface SeenGlob extends Place {
  part: FingerprintPart;
  glob: string;
}

/** Everything that a repository shows, each with the place that it rests on, in path order; libraries first where manifests name them. */
export interface Survey {
  languages: SeenLanguage[];
  sdks: SeenSdk[];
  models: SeenModel[];
  tools: SeenTool[];
  watches: SeenWatch[];
  workflows: SeenWorkflow[];
  owners: SeenOwner[];
  globs: SeenGlob[];
  /** Decision records and runbooks, wherever they stand. */
  decisions: Place[];
  runbooks: Place[];
  /** Folders of the services that have a manifest of their own, the root ("") included. */
  roots: string[];
}

/** Text of a file by its path. */
export type Texts = ReadonlyMap<string, string>;
