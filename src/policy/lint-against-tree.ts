import type { EvidenceSource, PolicyFile, SystemFile } from "../shapes/policy.ts";
import type { Problem } from "../shapes/problem.ts";
import { matcher } from "./globs.ts";
import type { GoodPolicy } from "./parse-policy.ts";
import { quote } from "./quote.ts";
import type { Path } from "./validate.ts";

/** Warns of globs and paths in a parsed policy that match no file of the repository. */
export function lintAgainstTree({ policy, toProblem }: GoodPolicy, paths: Iterable<string>): Problem[] {
  const files = [...paths];
  return [...globsOfPolicy(policy)]
    .filter(([glob]) => !files.some(matcher([glob])))
    .map(([glob, path]) => toProblem({ severity: "warning", code: "matches-nothing", message: `${quote(glob)} matches no file.`, path }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

type Named = readonly [glob: string, path: Path];

function* globsOfPolicy({ systems = [] }: PolicyFile): Generator<Named> {
  for (const [index, system] of systems.entries()) yield* globsOf(system, ["systems", index]);
}

function* globsOf(system: SystemFile, path: Path): Generator<Named> {
  yield* each(system.paths, [...path, "paths"]);
  yield* each(system.relevantPaths, [...path, "relevantPaths"]);
  for (const key of ["prompts", "guardrails", "retrieval"] as const) yield* each(system.fingerprint?.[key], [...path, "fingerprint", key]);
  for (const [index, { contractTest }] of (system.integrations ?? []).entries()) {
    if (contractTest !== undefined) yield [contractTest, [...path, "integrations", index, "contractTest"]];
  }
  for (const [id, settings] of Object.entries(system.criteria ?? {})) {
    const here = [...path, "criteria", id, "evidence"];
    const { evidence } = settings;
    if (Array.isArray(evidence)) for (const [index, source] of evidence.entries()) yield* fileOf(source, [...here, index]);
    else if (evidence) yield* fileOf(evidence, here);
  }
}

function* each(globs: readonly string[] | undefined, path: Path): Generator<Named> {
  for (const [index, glob] of (globs ?? []).entries()) yield [glob, [...path, index]];
}

function* fileOf(source: EvidenceSource, path: Path): Generator<Named> {
  if ("file" in source) yield [source.file, [...path, "file"]];
}
