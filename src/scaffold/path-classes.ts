/* What a path alone says. Lists of names, so that 50,000 paths are sorted in one pass. */

const foreign = new Set(
  "node_modules vendor third_party third-party dist build out target .venv venv site-packages coverage __pycache__ .next .git bower_components".split(
    " ",
  ),
);

/** Folders whose files do not answer users: tests, papers, tools of developers. */
const aside = new Set(
  "test tests __tests__ spec specs testdata fixtures __fixtures__ mocks __mocks__ e2e example examples sample samples demo demos doc docs notebook notebooks script scripts bench benchmark benchmarks eval evals evaluation evaluations redteam red-team red_team load loadtest loadtests load-test load-tests perf performance k6 promptfoo playground stories cypress".split(
    " ",
  ),
);

const manifests =
  /^(?:package\.json|pyproject\.toml|requirements[\w.-]{0,40}\.txt|setup\.(?:py|cfg)|pipfile|environment\.ya?ml|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|go\.mod|cargo\.toml|gemfile|composer\.json|[\w.-]{1,100}\.(?:cs|fs)proj|directory\.packages\.props)$/;
const sources = /\.(?:py|tsx?|[mc]?jsx?|mts|cts|java|kt|kts|scala|groovy|go|cs|fs|rb|rs|php|ex|exs|swift|dart)$/;
const configs =
  /(?:\.(?:ya?ml|json|toml|ini|cfg|conf|properties|tf|tfvars|bicep|env|co|sh)|^\.env[\w.-]{0,40}|^(?:docker|container)file[\w.-]{0,40}|^modelfile[\w.-]{0,40}|^makefile|^codeowners|^justfile|^procfile)$/;
const locks = /(?:^|[-.])lock(?:\.|$)|^(?:package-lock|pnpm-lock|npm-shrinkwrap|composer\.lock|go\.sum)|\.min\.js$|\.d\.ts$/;
const tests =
  /(?:^test_|^conftest\.|[._-](?:test|tests|spec|e2e|stories|mock)s?\.[a-z]{1,6}$|(?:Test|Tests|Spec|IT)\.(?:java|kt|cs|scala)$)/;

export type PathClass = "manifest" | "config" | "source";

/** What a file is for us; undefined where it is not looked into. */
export function classOf(path: string): PathClass | undefined {
  const folders = path.split("/");
  const name = (folders.pop() ?? "").toLowerCase();
  if (folders.some((folder) => foreign.has(folder)) || locks.test(name)) return undefined;
  if (manifests.test(name)) return "manifest";
  if (sources.test(name)) return "source";
  return configs.test(name) ? "config" : undefined;
}

/** Does a file take part in answering users, as far as its path tells? */
export function mayAnswer(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  return !folders.some((folder) => aside.has(folder.toLowerCase()) || folder === ".github") && !tests.test(name);
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
