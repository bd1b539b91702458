import { findGlobs } from "./find-globs.ts";
import { findModels } from "./find-models.ts";
import { findOwners, isCodeOwners } from "./find-owners.ts";
import { findSdks } from "./find-sdks.ts";
import { findSigns } from "./find-signs.ts";
import { findTools, toolsByPath } from "./find-tools.ts";
import { findWatches } from "./find-watches.ts";
import { findWorkflows } from "./find-workflows.ts";
import { classOf, folderOf, mayAnswer, nameOf } from "./path-classes.ts";
import type { Place, SeenLanguage, SeenTool, Survey, Texts } from "./survey-types.ts";

/** What a repository shows: its paths in order, and the texts of those files that were read. Nothing is guessed: each finding has its place. */
export function survey(paths: readonly string[], texts: Texts): Survey {
  const found: Survey = {
    languages: findLanguages(paths),
    sdks: [],
    models: [],
    tools: paths.flatMap(toolsByPath),
    watches: [],
    workflows: [],
    owners: [],
    globs: findGlobs(paths),
    decisions: placesOf(paths, /(?:^|\/)(?:adrs?|decisions|architecture-decisions)\/[^/]{1,200}\.md$/i),
    runbooks: placesOf(paths, /(?:^|\/)(?:runbooks?|playbooks?)\/[^/]{1,200}\.md$/i),
    roots: findRoots(paths),
  };
  for (const path of paths) {
    const text = texts.get(path);
    if (text !== undefined) lookInto(path, text, found);
  }
  const manifestsFirst = found.sdks.toSorted((a, b) => Number(classOf(b.path) === "manifest") - Number(classOf(a.path) === "manifest"));
  return { ...found, sdks: manifestsFirst, tools: withoutRepeats(found.tools) };
}

function lookInto(path: string, text: string, found: Survey): void {
  const sdks = mayAnswer(path) ? findSdks(path, text) : [];
  found.sdks.push(...sdks, ...findSigns(path, text, sdks.length > 0));
  found.models.push(...findModels(path, text));
  found.tools.push(...findTools(path, text));
  found.watches.push(...findWatches(path, text));
  found.workflows.push(...findWorkflows(path, text));
  if (isCodeOwners(path)) found.owners.push(...findOwners(path, text));
}

function withoutRepeats(tools: readonly SeenTool[]): SeenTool[] {
  const known = new Map(tools.map((seen) => [`${seen.use} ${seen.tool} ${seen.path}`, seen]));
  return [...known.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function placesOf(paths: readonly string[], pattern: RegExp): Place[] {
  return paths.filter((path) => pattern.test(path) && !/\/(?:readme|template)[\w.-]{0,20}$/i.test(path)).map((path) => ({ path }));
}

/* Languages of services that use models: their endings and manifests. */
const languages: readonly [name: string, endings: string, manifest: RegExp][] = [
  ["Python", "py", /^(?:pyproject\.toml|requirements[\w.-]{0,40}\.txt|setup\.(?:py|cfg)|Pipfile)$/],
  ["TypeScript", "ts tsx mts cts", /^tsconfig\.json$/],
  ["JavaScript", "js jsx mjs cjs", /^package\.json$/],
  ["Java", "java", /^(?:pom\.xml|build\.gradle)$/],
  ["Kotlin", "kt", /^build\.gradle\.kts$/],
  ["Go", "go", /^go\.mod$/],
  ["C#", "cs", /\.csproj$/],
  ["Ruby", "rb", /^Gemfile$/],
  ["Rust", "rs", /^Cargo\.toml$/],
  ["PHP", "php", /^composer\.json$/],
];
const byEnding = new Map(languages.flatMap(([name, endings]) => endings.split(" ").map((ending) => [ending, name] as const)));

/** The three languages with most sources; each rests on its manifest, else on its first source. */
function findLanguages(paths: readonly string[]): SeenLanguage[] {
  const sources = new Map<string, { count: number; path: string }>();
  for (const path of paths) {
    const name = byEnding.get(path.slice(path.lastIndexOf(".") + 1));
    if (name === undefined || classOf(path) !== "source" || !mayAnswer(path)) continue;
    const known = sources.get(name);
    if (known === undefined) sources.set(name, { count: 1, path });
    else known.count += 1;
  }
  const most = [...sources].toSorted(([, a], [, b]) => b.count - a.count).slice(0, 3);
  return most.map(([name, { path: first }]) => {
    const manifest = languages.find((language) => language[0] === name)?.[2];
    const path = paths.find((other) => manifest?.test(nameOf(other)) === true && classOf(other) !== undefined) ?? first;
    return { name, path };
  });
}

const starts =
  /^(?:package\.json|pyproject\.toml|requirements[\w.-]{0,40}\.txt|setup\.py|Pipfile|pom\.xml|build\.gradle(?:\.kts)?|go\.mod|Cargo\.toml|Gemfile|composer\.json|[\w.-]{1,100}\.csproj|Dockerfile)$/;

function findRoots(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => starts.test(nameOf(path)) && mayAnswer(path) && classOf(path) !== undefined).map(folderOf);
  return [...new Set(["", ...folders])].sort();
}
