import type { PolicyFile } from "../shapes/policy.ts";
import type { Problem } from "../shapes/problem.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { explainViolation, withoutEchoes } from "./explain-violation.ts";
import type { LoosePolicy, PolicyFinding, Scope } from "./finding.ts";
import { isObject } from "./json-schema.ts";
import { MAX_BYTES, parseYaml } from "./parse-yaml.ts";
import { validators } from "./policy-validator.generated.js";
import { problemWriter, type ToProblem } from "./problem-writer.ts";
import { prune } from "./prune.ts";
import { brokenRules } from "./rules.ts";
import { MAX_VIOLATIONS, validate, type Violation } from "./validate.ts";
import { warnings } from "./warnings.ts";

export interface PolicyOptions {
  /** Path for messages. */
  file: string;
  /** Default `repository`; `as-written`: an organisation's where the file speaks of one and of no system. */
  scope?: Scope | "as-written";
}

export interface GoodPolicy {
  ok: true;
  policy: PolicyFile;
  /** Worth a second look; they change no verdict. */
  warnings: Problem[];
  /** Gives a finding its place in the text. */
  toProblem: ToProblem;
}

export type ParsedPolicy = GoodPolicy | { ok: false; problems: Problem[] };

const MAX_PROBLEMS = 100;

/** A policy, or everything that is wrong with it in the order of the text. Takes at most 1 MiB of YAML 1.2; never throws. */
export function parsePolicy(text: string, options: PolicyOptions): ParsedPolicy {
  const { value, places, problems } = parseYaml(text);
  const toProblem = problemWriter(text, options.file, places);
  const unparsed = problems.map(({ offset, ...finding }) => toProblem(finding, offset));
  if (value === undefined) return { ok: false, problems: unparsed };
  if (!isObject(value)) {
    const finding: PolicyFinding = {
      code: "not-a-mapping",
      message: "The policy must be a mapping that begins with `version: 1`.",
      path: [],
    };
    return { ok: false, problems: [toProblem(finding)] };
  }
  const scope = scopeOf(value, options.scope ?? "repository");
  const violations = [...validate(validators.policy, value), ...missingPart(value, scope)];
  const found = [
    ...unparsed,
    ...withoutEchoes(violations).map((violation) => toProblem({ ...explainViolation(violation), path: placeOf(violation) })),
    ...brokenRulesOf(value, violations, scope).map((finding) => toProblem(finding)),
  ];
  if (found.length > 0) return { ok: false, problems: capped(inOrder(found)) };
  const policy = value as PolicyFile; // it fits the schema of that type
  return { ok: true, policy, warnings: inOrder([...warnings(policy)].map((finding) => toProblem(finding))), toProblem };
}

function scopeOf(value: Readonly<Record<string, unknown>>, scope: Scope | "as-written"): Scope {
  if (scope !== "as-written") return scope;
  return Object.hasOwn(value, "organization") && !Object.hasOwn(value, "systems") ? "organization" : "repository";
}

/** Rules over what fits the schema; none where so much does not fit that not all of it is known. */
function brokenRulesOf(value: unknown, violations: readonly Violation[], scope: Scope): PolicyFinding[] {
  if (violations.length >= MAX_VIOLATIONS) return [];
  return [...brokenRules((violations.length === 0 ? value : prune(value, violations)) as LoosePolicy, scope)];
}

/** A repository's policy must have systems, an organisation's must say something of the organisation; the schema allows either. */
function missingPart(value: Readonly<Record<string, unknown>>, scope: Scope): Violation[] {
  const key = scope === "repository" ? "systems" : "organization";
  return Object.hasOwn(value, key) ? [] : [{ kind: "missing-key", path: [], node: {}, value, key }];
}

/** The same for bytes, which must be UTF-8. */
export function parsePolicyBytes(bytes: Uint8Array, options: PolicyOptions): ParsedPolicy {
  const refused = (code: "too-large" | "not-utf8", message: string): ParsedPolicy => ({
    ok: false,
    problems: [{ severity: "error", code, message, file: options.file, line: 1, column: 1 }],
  });
  if (bytes.byteLength > MAX_BYTES) return refused("too-large", "The policy is larger than 1 MiB.");
  const text = decodeUtf8(bytes);
  return text === undefined ? refused("not-utf8", "The policy is not UTF-8 text; save it with that encoding.") : parsePolicy(text, options);
}

function placeOf({ kind, path, key = "" }: Violation): PolicyFinding["path"] {
  return kind === "unknown-key" || kind === "key-name" ? [...path, key] : path;
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : 1));
}

function capped(problems: Problem[]): Problem[] {
  const last = problems[MAX_PROBLEMS];
  if (!last) return problems;
  const more = problems.length - MAX_PROBLEMS;
  const message = `${more} more problem${more === 1 ? " is" : "s are"} not shown; mend these first.`;
  return [
    ...problems.slice(0, MAX_PROBLEMS),
    { severity: "error", code: "too-many-problems", message, file: last.file, line: last.line, column: last.column },
  ];
}
