import { folderOf, isPlainPath } from "./path-classes.ts";
import type { Place } from "./survey-types.ts";

const MAX_SOURCES = 15;
/** More files of one folder and ending are named by a glob. */
const MAX_BY_NAME = 3;

/** Files, or globs of many in one folder, that name some places of a repository; in their order. */
export function watchedFiles(places: readonly Place[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { path } of places) {
    if (!isPlainPath(path)) continue;
    const folder = folderOf(path);
    const glob = `${folder}${folder === "" ? "" : "/"}*${path.slice(path.lastIndexOf("."))}`;
    groups.set(glob, [...(groups.get(glob) ?? []), path]);
  }
  return [...groups].flatMap(([glob, paths]) => (paths.length > MAX_BY_NAME ? [glob] : paths)).slice(0, MAX_SOURCES);
}
