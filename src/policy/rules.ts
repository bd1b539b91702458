import { gateIds, nonNegotiable } from "../shapes/vocabulary.ts";
import type { LoosePolicy, LooseSystem, PolicyFinding, Scope } from "./finding.ts";
import { globProblem } from "./globs.ts";
import { quote } from "./quote.ts";
import type { Path } from "./validate.ts";

type Rule = (policy: LoosePolicy, scope: Scope) => Iterable<PolicyFinding>;
type SystemRule = (system: LooseSystem, path: Path) => Iterable<PolicyFinding>;

/** What the schema cannot say: rules over several keys. Each sees a policy without the parts that the schema refused. */
const policyRules: readonly Rule[] = [scopeFits, systemsDiffer];
const systemRules: readonly SystemRule[] = [
  gatesMakeSense,
  scheduleAscends,
  stagesDiffer,
  exceptionsAllowed,
  globsCompile,
  pathsStayInside,
];

export function* brokenRules(policy: LoosePolicy, scope: Scope): Generator<PolicyFinding> {
  for (const rule of policyRules) yield* rule(policy, scope);
  for (const [index, system] of (policy.systems ?? []).entries()) {
    if (system) for (const rule of systemRules) yield* rule(system, ["systems", index]);
  }
  if (policy.organization?.defaults?.gates)
    yield* gatesMakeSense({ gates: policy.organization.defaults.gates }, ["organization", "defaults"]);
  yield* badGlobs(policy.organization?.required?.repositories, ["organization", "required", "repositories"]);
  for (const [index, entry] of (policy.organization?.inherit ?? []).entries())
    yield* badPath(entry?.file, ["organization", "inherit", index, "file"]);
}

function* scopeFits(policy: LoosePolicy, scope: Scope): Generator<PolicyFinding> {
  if (scope === "repository" && policy.organization !== undefined) {
    yield {
      code: "wrong-scope",
      message: "`organization` belongs into the organisation's `.github` repository, not into this policy.",
      path: ["organization"],
    };
  }
  if (scope === "organization" && policy.systems !== undefined) {
    yield { code: "wrong-scope", message: "`systems` belongs into a repository's policy, not into the organisation's.", path: ["systems"] };
  }
}

function* systemsDiffer({ systems = [] }: LoosePolicy): Generator<PolicyFinding> {
  yield* repeated(
    systems.map((system) => system?.id),
    (id, index) => ({
      code: "duplicate-system",
      message: `Two systems are called ${quote(id)}; each needs an id of its own.`,
      path: ["systems", index, "id"],
    }),
  );
}

function* gatesMakeSense({ gates }: LooseSystem, path: Path): Generator<PolicyFinding> {
  for (const id of gateIds) {
    const gate = gates?.[id];
    if (!gate) continue;
    const here = [...path, "gates", id];
    const onHold = "onHold" in gate ? gate.onHold : "reject";
    if (gate.waitDays !== undefined && onHold === "reject") {
      yield {
        code: "wait-days-without-wait",
        message: "`waitDays` needs `onHold: wait`; otherwise a held deployment is rejected at once.",
        path: [...here, "waitDays"],
      };
    }
    if (gate.enforceFrom !== undefined && ("enforcement" in gate ? gate.enforcement : "enforce") === "enforce") {
      const message = "`enforceFrom` has no effect: the gate is enforced already. Set `enforcement: warn` or `advisory` until that day.";
      yield { code: "enforce-from-without-effect", message, path: [...here, "enforceFrom"] };
    }
  }
}

const defaultWeeks = { governance: 4, infrastructure: 9, rollout: 13 };

function* scheduleAscends({ schedule }: LooseSystem, path: Path): Generator<PolicyFinding> {
  if (!schedule) return;
  const weeks = { ...defaultWeeks, ...schedule };
  for (const [i, later] of gateIds.entries()) {
    const earlier = gateIds[i - 1];
    if (earlier === undefined || (weeks[earlier] ?? 0) < (weeks[later] ?? Infinity)) continue;
    const at = schedule[later] === undefined ? earlier : later;
    const message = `The ${later} gate is due in week ${weeks[later]}, not after the ${earlier} gate in week ${weeks[earlier]}.`;
    yield { code: "schedule-order", message, path: [...path, "schedule", at] };
  }
}

function* stagesDiffer({ stages = [] }: LooseSystem, path: Path): Generator<PolicyFinding> {
  yield* repeated(
    stages.map((stage) => stage?.environment?.toLowerCase()),
    (environment, index) => ({
      code: "duplicate-stage",
      message: `The environment ${quote(environment)} stands twice in \`stages\`.`,
      path: [...path, "stages", index, "environment"],
    }),
  );
}

function* exceptionsAllowed(system: LooseSystem, path: Path): Generator<PolicyFinding> {
  for (const key of ["waivers", "notApplicable"] as const) {
    const criteria = (system[key] ?? []).map((entry) => entry?.criterion);
    for (const [index, criterion] of criteria.entries()) {
      if (!nonNegotiable.some((id) => id === criterion)) continue;
      const what = key === "waivers" ? "be waived" : "be not applicable";
      yield { code: "non-negotiable", message: `${quote(criterion)} can never ${what}.`, path: [...path, key, index, "criterion"] };
    }
    yield* repeated(criteria, (criterion, index) => ({
      code: "duplicate-criterion",
      message: `${quote(criterion)} stands twice in \`${key}\`; keep one.`,
      path: [...path, key, index, "criterion"],
    }));
  }
}

function* globsCompile(system: LooseSystem, path: Path): Generator<PolicyFinding> {
  yield* badPathGlobs(system.paths, [...path, "paths"]);
  yield* badPathGlobs(system.relevantPaths, [...path, "relevantPaths"]);
  for (const key of ["prompts", "guardrails", "retrieval"] as const) {
    yield* badPathGlobs(system.fingerprint?.[key], [...path, "fingerprint", key]);
  }
  for (const id of gateIds) {
    for (const key of ["branches", "environments"] as const) yield* badGlobs(system.gates?.[id]?.[key], [...path, "gates", id, key]);
  }
  for (const [id, settings] of Object.entries(system.criteria ?? {})) {
    const evidence = settings?.evidence;
    const here = [...path, "criteria", id, "evidence"];
    if (Array.isArray(evidence)) for (const [index, source] of evidence.entries()) yield* badSource(source, [...here, index]);
    else yield* badSource(evidence, here);
  }
}

function* badSource(source: object | undefined, path: Path): Generator<PolicyFinding> {
  if (source && "file" in source && typeof source.file === "string") yield* badPathGlobs([source.file], path, "file");
  const artifact = source && "artifact" in source ? source.artifact : undefined;
  if (artifact && typeof artifact === "object" && "file" in artifact && typeof artifact.file === "string") {
    yield* badPathGlobs([artifact.file], [...path, "artifact"], "file");
  }
}

function* badGlobs(globs: readonly (string | undefined)[] | undefined, path: Path, key?: string): Generator<PolicyFinding> {
  for (const [index, glob] of (globs ?? []).entries()) {
    const problem = glob === undefined ? null : globProblem(glob);
    if (problem !== null) yield { code: "bad-glob", message: `The glob ${quote(glob)} ${problem}.`, path: [...path, key ?? index] };
  }
}

function* badPathGlobs(globs: readonly (string | undefined)[] | undefined, path: Path, key?: string): Generator<PolicyFinding> {
  yield* badGlobs(globs, path, key);
  for (const [index, glob] of (globs ?? []).entries()) yield* badPath(glob, [...path, key ?? index]);
}

function* pathsStayInside(system: LooseSystem, path: Path): Generator<PolicyFinding> {
  yield* badPath(system.documents, [...path, "documents"]);
  for (const [index, integration] of (system.integrations ?? []).entries()) {
    yield* badPath(integration?.contractTest, [...path, "integrations", index, "contractTest"]);
  }
}

function* badPath(value: string | undefined, path: Path): Generator<PolicyFinding> {
  const problem = value === undefined ? null : pathProblem(value);
  if (problem !== null) yield { code: "bad-path", message: `The path ${quote(value)} ${problem}.`, path };
}

function pathProblem(path: string): string | null {
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "is absolute; write it relative to the repository";
  if (path.split("/").includes("..")) return "leaves its folder with `..`";
  if (path.startsWith("./")) return "begins with `./`; leave that out";
  if (/(?:^|\/)(?:\.(?:\/|$)|\/)/.test(path)) return "has a step that is empty or `.`; name each folder once";
  return path.includes("\\") ? "contains a backslash; separate folders with `/`" : null;
}

function* repeated(
  values: readonly (string | undefined)[],
  finding: (value: string, index: number) => PolicyFinding,
): Generator<PolicyFinding> {
  for (const [index, value] of values.entries()) {
    if (value !== undefined && values.indexOf(value) < index) yield finding(value, index);
  }
}
