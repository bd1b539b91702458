import { expandBraces } from "../../policy/expand-braces.ts";
import { matchesBranch } from "../../policy/globs.ts";
import { DEFAULT_BRANCH } from "../../shapes/policy.ts";
import type { Ruleset } from "../settings.ts";

// Our globs in GitHub's words. GitHub matches as Ruby's fnmatch with FNM_PATHNAME and without braces: `release/**` reaches one level
// there, every level is `release/**/*`.
// https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository

const HEADS = "refs/heads/";
const ALL_BELOW = "/**/*";
/** What a branch may be called that nobody has made yet. */
const UNUSED = "pilotgate-doctor";

const isWild = (text: string) => /[*?[\]]/.test(text);

/** A guard's glob, taken apart. */
export interface BranchPatterns {
  /** Branches that it names one by one. */
  names: string[];
  /** GitHub's patterns for the rest; each of them must be covered. */
  wanted: string[];
  /** Worth to be in a ruleset, and not asked for: `release` itself, which `release/**` matches too. */
  also: string[];
  /** Alternatives that GitHub's patterns cannot express. */
  inexpressible: string[];
}

/** `[!abc]` has no counterpart, and a bracket that is never closed means something else there. */
function segmentPattern(segment: string): string | null {
  const collapsed = segment.replace(/\*+/g, "*");
  const rest = collapsed.replace(/\[(?![!^\]])[^[\]]+\]/g, "");
  return /[[\]]/.test(rest) ? null : collapsed;
}

function toPattern(glob: string): { wanted: string; also: string | null } | null {
  const segments: string[] = [];
  for (const segment of glob.split("/")) {
    const pattern = segment === "**" ? "**" : segmentPattern(segment);
    if (pattern === null) return null;
    if (pattern !== "**" || segments.at(-1) !== "**") segments.push(pattern);
  }
  if (segments.at(-1) !== "**") return { wanted: HEADS + segments.join("/"), also: null };
  const folder = segments.slice(0, -1).join("/");
  return { wanted: `${HEADS}${segments.join("/")}/*`, also: folder === "" ? null : HEADS + folder };
}

export function toBranchPatterns(glob: string, defaultBranch: string): BranchPatterns {
  const found: BranchPatterns = { names: [], wanted: [], also: [], inexpressible: [] };
  if (glob === DEFAULT_BRANCH) return { ...found, names: [defaultBranch] };
  for (const plain of expandBraces(glob) ?? []) {
    if (!isWild(plain)) found.names.push(plain);
    else {
      const pattern = toPattern(plain);
      if (pattern === null) found.inexpressible.push(plain);
      else {
        found.wanted.push(pattern.wanted);
        if (pattern.also !== null) found.also.push(pattern.also);
      }
    }
  }
  return found;
}

/** What a ruleset has to include for a glob to be guarded. */
export function toIncludes(glob: string): string[] {
  if (glob === DEFAULT_BRANCH) return [DEFAULT_BRANCH];
  const { names, wanted, also } = toBranchPatterns(glob, "");
  return [...names.map((name) => HEADS + name), ...also, ...wanted];
}

function fill(segment: string): string {
  return segment
    .replace(/\[[!^]?([^\]]+)\]/g, (whole, body: string) => (/^\[[!^]/.test(whole) ? "_" : body.charAt(0)))
    .replace(/\*+/g, UNUSED)
    .replaceAll("?", "x");
}

/** Names that the glob matches and that need not exist: GitHub tells which rules such a branch would have. At most a few. */
export function toProbes(glob: string, defaultBranch: string): string[] {
  if (glob === DEFAULT_BRANCH) return [];
  const wild = (expandBraces(glob) ?? []).filter(isWild).slice(0, 4);
  const made = wild.flatMap((plain) =>
    [[UNUSED], [UNUSED, "x"]].map((below) =>
      plain
        .split("/")
        .flatMap((segment) => (segment === "**" ? below : [fill(segment)]))
        .join("/"),
    ),
  );
  return [...new Set(made)].filter((name) => matchesBranch([glob], name, defaultBranch));
}

/** Does one of GitHub's patterns surely match all that another one matches? */
function includesAll(include: string, wanted: string): boolean {
  if (include === "~ALL" || include === wanted) return true;
  const folder = include.endsWith(ALL_BELOW) ? include.slice(0, -ALL_BELOW.length) : null;
  return folder !== null && !isWild(folder) && wanted.startsWith(`${folder}/`);
}

/** Surely matches every branch of the pattern: nothing is excluded but names that the glob does not match anyway. */
export function covers({ include, exclude }: Ruleset, wanted: string, glob: string): boolean {
  const spares = (pattern: string) =>
    pattern.startsWith(HEADS) && !isWild(pattern) && !matchesBranch([glob], pattern.slice(HEADS.length), "");
  return include.some((pattern) => includesAll(pattern, wanted)) && exclude.every(spares);
}
