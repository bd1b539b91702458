import { expandBraces, MAX_ALTERNATIVES } from "./expand-braces.ts";
import { DEFAULT_BRANCH } from "../shapes/policy.ts";

/*
 * Globs over paths, branches and environments: `*`, `**` as a whole segment, `?`, `[a-z]`, `[!a-z]`, `{a,b}`; names that begin
 * with a dot match like others. Both the glob and the path may come from a stranger, so no regular expression is built:
 * only the last `*` is ever retried, which bounds the work by length of glob × length of path.
 */

export const MAX_GLOB_LENGTH = 512;

type Token = string | { any: true } | { star: true } | { negated: boolean; ranges: [string, string][] };
type Segment = Token[] | "globstar";

/** Does a path match one of the globs? Globs that `globProblem` refuses match nothing. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  const compiled = globs.filter((glob) => globProblem(glob) === null).flatMap(compile);
  return (path) => {
    const segments = path.split("/");
    return compiled.some((glob) => matchesWithStar(glob, segments, isGlobstar, segmentMatches));
  };
}

/** Does a branch match? `~DEFAULT_BRANCH` stands for the default branch, whatever it is called. */
export function matchesBranch(globs: readonly string[], branch: string, defaultBranch: string): boolean {
  if (branch === defaultBranch && globs.includes(DEFAULT_BRANCH)) return true;
  return matcher(globs.filter((glob) => glob !== DEFAULT_BRANCH))(branch);
}

/** GitHub compares the names of environments without case. */
export function matchesEnvironment(globs: readonly string[], environment: string): boolean {
  return matcher(globs.map((glob) => glob.toLowerCase()))(environment.toLowerCase());
}

/** Why a glob cannot be used, as the end of a sentence that begins with its name; null where it can. */
export function globProblem(glob: string): string | null {
  if (glob === "") return "is empty";
  if (glob.length > MAX_GLOB_LENGTH) return `is longer than ${MAX_GLOB_LENGTH} characters`;
  if (glob.startsWith("!")) return "begins with `!`; globs cannot exclude, so name what belongs";
  if (glob.includes("\\")) return "contains a backslash; separate folders with `/`";
  if (/[?*+@!]\(/.test(glob)) return "uses an extended pattern such as `+(…)`; only `*`, `**`, `?`, `[abc]` and `{a,b}` are known";
  if (/\{[^{},]*\.\.[^{},]*\}/.test(glob)) return "uses a range such as `{1..3}`; list the alternatives instead";
  if (expandBraces(glob) === null) return `has more than ${MAX_ALTERNATIVES} alternatives in braces`;
  return null;
}

function compile(glob: string): Segment[][] {
  return (expandBraces(glob) ?? []).map((plain) => plain.split("/").map((segment) => (segment === "**" ? "globstar" : tokens(segment))));
}

function tokens(segment: string): Token[] {
  const found: Token[] = [];
  for (let i = 0; i < segment.length; i++) {
    const character = segment.charAt(i);
    const end = character === "[" ? segment.indexOf("]", i + 2) : -1;
    if (character === "*") found.push({ star: true });
    else if (character === "?") found.push({ any: true });
    else if (end !== -1) {
      found.push(characterClass(segment.slice(i + 1, end)));
      i = end;
    } else found.push(character);
  }
  return found;
}

function characterClass(body: string): Token {
  const negated = body.startsWith("!") || body.startsWith("^");
  const ranges: [string, string][] = [];
  for (const [, first = "", last = first] of body.slice(negated ? 1 : 0).matchAll(/([\s\S])(?:-([\s\S]))?/g)) ranges.push([first, last]);
  return { negated, ranges };
}

function isGlobstar(segment: Segment): boolean {
  return segment === "globstar";
}

function isStar(token: Token): boolean {
  return typeof token === "object" && "star" in token;
}

function segmentMatches(segment: Segment, name: string): boolean {
  return segment !== "globstar" && matchesWithStar(segment, name, isStar, tokenMatches);
}

function tokenMatches(token: Token, character: string): boolean {
  if (typeof token === "string") return token === character;
  if ("any" in token) return true;
  return "ranges" in token && token.ranges.some(([first, last]) => character >= first && character <= last) !== token.negated;
}

/** Matches a whole sequence against a pattern in which some elements stand for any number of items. */
function matchesWithStar<P>(
  pattern: readonly P[],
  items: ArrayLike<string>,
  stands: (element: P) => boolean,
  matches: (element: P, item: string) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let star = -1;
  let retry = 0;
  while (item < items.length) {
    const element = pattern[at];
    if (element !== undefined && stands(element)) {
      star = at++;
      retry = item;
    } else if (element !== undefined && matches(element, items[item] ?? "")) {
      at++;
      item++;
    } else if (star !== -1) {
      at = star + 1;
      item = ++retry;
    } else return false;
  }
  return pattern.slice(at).every(stands);
}
