import { classOf, folderOf, isUnder, mayAnswer, nameOf } from "./path-classes.ts";
import { findSdks } from "./find-sdks.ts";
import type { Texts } from "./survey-types.ts";

/** Files that are looked into, in two rounds; larger ones are left out whole. */
export const MAX_READ_BYTES = 512 * 1024;
const MAX_FIRST = 1_500;
const MAX_THEN = 2_500;

const named =
  /^(?:codeowners|promptfooconfig.*|.*red-?team.*|garak.*|locustfile.*|artillery.*|values.*\.ya?ml|(?:docker-)?compose.*|modelfile.*|application.*\.(?:ya?ml|properties)|appsettings.*\.json|litellm.*|\.env.*|makefile)$/;
const hints =
  /(?:^|[/_.-])(?:llm|ai|gen-?ai|chat|assistant|agent|prompt|rag|model|openai|anthropic|claude|bedrock|azure|vertex|ollama|vllm)/i;
const watched = /(?:alert|rule|prometheus|grafana|dashboard|monitor|observab|slo|otel|load|perf|eval|red-?team|k6)/i;

/** What is read first: manifests, workflows and files that tools know by name, the shallow ones before the deep ones. */
export function firstToRead(paths: readonly string[]): string[] {
  const wanted = paths.filter((path) => {
    const kind = classOf(path);
    return kind === "manifest" || (kind !== undefined && (path.startsWith(".github/workflows/") || named.test(nameOf(path).toLowerCase())));
  });
  return byDepth(wanted).slice(0, MAX_FIRST);
}

/** What is read then: sources and configuration, near the manifests that name a model's library before all others. */
export function thenToRead(paths: readonly string[], texts: Texts): string[] {
  const roots = [...texts].filter(([path, text]) => classOf(path) === "manifest" && findSdks(path, text).length > 0 && mayAnswer(path));
  const folders = [...new Set(roots.map(([path]) => folderOf(path)).filter((folder) => folder !== ""))].slice(0, 200);
  const groups: string[][] = [[], [], []];
  for (const path of paths) {
    const kind = classOf(path);
    if (kind === undefined || kind === "manifest" || texts.has(path)) continue;
    const isNear = folders.some((folder) => isUnder(path, folder));
    groups[watched.test(path) || hints.test(path) ? 0 : isNear ? 1 : 2]?.push(path);
  }
  return groups.flatMap(byDepth).slice(0, MAX_THEN);
}

function byDepth(paths: readonly string[]): string[] {
  const depths = new Map(paths.map((path) => [path, path.split("/").length]));
  return [...paths].sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0) || (a < b ? -1 : 1));
}
