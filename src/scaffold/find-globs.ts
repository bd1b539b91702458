import { classOf, folderOf, isPlainPath, mayAnswer, nameOf } from "./path-classes.ts";
import type { FingerprintPart, SeenGlob } from "./survey-types.ts";

const MAX_EACH = 12;
const MAX_GLOB = 400;

const folders: readonly [FingerprintPart, RegExp][] = [
  ["prompts", /^(?:prompts?|prompt[-_]templates?|system[-_]prompts?)$/i],
  ["guardrails", /^(?:guard-?rails?|rails|moderation)$/i],
  ["retrieval", /^(?:rag|retrieval|retrievers?|vector[-_]?store|knowledge[-_]base)$/i],
];
const files: readonly [FingerprintPart, RegExp][] = [
  [
    "prompts",
    /(?:^|[._-])(?:system[_-]?)?prompts?[\w-]{0,40}\.(?:md|txt|ya?ml|json|j2|jinja2?|hbs|mustache|tmpl|st|xml)$|\.(?:prompt|prompty)$/i,
  ],
  ["guardrails", /(?:^|[._-])(?:guard-?rails?|moderation|llm-?guard)[\w-]{0,40}\.(?:ya?ml|json|toml)$|\.(?:rail|co)$/i],
  [
    "retrieval",
    /(?:^|[._-])(?:retriev(?:al|er)|embeddings?|chunking|vector[_-]?store|rag)[\w-]{0,40}\.(?:ya?ml|json|toml|ini|properties)$/i,
  ],
];

/** A path without any of these has none of them. */
const stems = /prompt|guard|rail|moderation|rag|retriev|embedding|chunking|vector|knowledge|\.co$/i;

/** Globs of what, with the models, makes the answers: a folder that is called so, else a file; each with the first file that it names. */
export function findGlobs(paths: readonly string[]): SeenGlob[] {
  const found = new Map<string, SeenGlob>();
  for (const path of paths) {
    if (!stems.test(path) || !mayAnswer(path) || !isPlainPath(path) || path.length > MAX_GLOB) continue;
    const seen = inFolder(path) ?? asFile(path);
    if (seen !== undefined && !found.has(seen.glob)) found.set(seen.glob, seen);
  }
  const all = [...found.values()];
  return folders.flatMap(([part]) => all.filter((seen) => seen.part === part).slice(0, MAX_EACH));
}

/** The outermost folder of that name; of retrieval only what configures it, because its code changes for other reasons too. */
function inFolder(path: string): SeenGlob | undefined {
  const names = folderOf(path).split("/");
  for (const [index, name] of names.entries()) {
    const part = folders.find(([, pattern]) => pattern.test(name))?.[0];
    if (part === undefined) continue;
    const folder = names.slice(0, index + 1).join("/");
    if (part !== "retrieval") return { part, glob: `${folder}/**`, path };
    const [, ending] = /(\.(?:ya?ml|json|toml|ini|properties))$/.exec(path) ?? [];
    return ending === undefined ? undefined : { part, glob: `${folder}/**/*${ending}`, path };
  }
  return undefined;
}

function asFile(path: string): SeenGlob | undefined {
  // promptfoo's own configuration asks prompts, it does not answer.
  if (classOf(path) === "manifest" || nameOf(path).startsWith("promptfoo")) return undefined;
  const part = files.find(([, pattern]) => pattern.test(nameOf(path)))?.[0];
  return part === undefined ? undefined : { part, glob: path, path };
}
