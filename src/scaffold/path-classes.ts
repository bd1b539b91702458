/* What a path alone says. Looked up by ending and name, because repositories have many paths. */

const inFolder = (names: string, flags = "") => new RegExp(`(?:^|/)(?:${names.split(" ").join("|")})/`, flags);

const foreign = inFolder(
  "node_modules vendor third_party third-party dist build out target \\.venv venv site-packages coverage __pycache__ \\.next \\.git bower_components",
);

/** Folders whose files do not answer users: tests, papers, tools of developers. */
const aside = inFolder(
  "\\.github [._]{0,2}(?:tests?|__tests__|spec|specs|testdata|fixtures|__fixtures__|mocks|__mocks__|e2e|examples?|samples?|demos?|docs?|notebooks?|scripts?|bench|benchmarks?|evals?|evaluations?|red[-_]?team|load|load[-_]?tests?|perf|performance|k6|promptfoo|playground|stories|cypress|archived?|deprecated)",
  "i",
);

/** Folders of files that stand for others. */
const samples = inFolder("testdata fixtures __fixtures__ examples? samples? demos? docs?", "i");

export type PathClass = "manifest" | "config" | "source";

const byEnding = new Map<string, PathClass>([
  ...words("py ts tsx js jsx mjs mjsx cjs cjsx mts cts java kt kts scala groovy go cs fs rb rs php ex exs swift dart").map(
    asClass("source"),
  ),
  ...words("yaml yml json toml ini cfg conf properties tf tfvars bicep env co sh").map(asClass("config")),
]);
const manifests = new Set(
  words(
    "package.json pyproject.toml setup.py setup.cfg pipfile environment.yml environment.yaml pom.xml build.gradle build.gradle.kts libs.versions.toml go.mod cargo.toml gemfile composer.json directory.packages.props",
  ),
);
const namedConfig = /^(?:\.env|dockerfile|containerfile|modelfile|makefile|codeowners|justfile|procfile)[\w.-]{0,40}$/;
const locks = /(?:^|[-.])lock(?:\.|$)|^(?:package-lock|pnpm-lock|npm-shrinkwrap|composer\.lock|go\.sum)|\.min\.js$|\.d\.ts$/;
const tests =
  /(?:^test_|^conftest\.|[._-](?:test|tests|spec|e2e|stories|mock)s?\.[a-z]{1,6}$|(?:Test|Tests|Spec|IT)\.(?:java|kt|cs|scala)$)/;

function words(text: string): string[] {
  return text.split(" ");
}

function asClass(kind: PathClass): (ending: string) => [string, PathClass] {
  return (ending) => [ending, kind];
}

/** What a file is for us; undefined where it is not looked into. */
export function classOf(path: string): PathClass | undefined {
  const name = nameOf(path).toLowerCase();
  const kind = byName(name);
  return kind === undefined || locks.test(name) || foreign.test(path) ? undefined : kind;
}

function byName(name: string): PathClass | undefined {
  const ending = name.slice(name.lastIndexOf(".") + 1);
  if (manifests.has(name) || ending === "csproj" || ending === "fsproj" || (ending === "txt" && name.startsWith("requirements")))
    return "manifest";
  return byEnding.get(ending) ?? (namedConfig.test(name) ? "config" : undefined);
}

/** Does a file take part in answering users, as far as its path tells? */
export function mayAnswer(path: string): boolean {
  return !aside.test(path) && !tests.test(nameOf(path));
}

/** Is a file an example, documentation or a test's input, and no tool's own? */
export function isSample(path: string): boolean {
  return samples.test(path);
}

/** Letters, digits and a few marks only: such a path can stand in YAML, in Markdown and in a command as it is. */
export function isPlainPath(path: string): boolean {
  return /^[\p{L}\p{N}_.@+/-]{1,300}$/u.test(path) && !/(?:^|\/)(?:\.\.?|-[^/]*)?(?:\/|$)/.test(path);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Is a path inside a folder? The root ("") holds everything. */
export function isUnder(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}
