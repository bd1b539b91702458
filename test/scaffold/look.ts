import { firstToRead, thenToRead } from "../../src/scaffold/files-to-read.ts";
import { survey } from "../../src/scaffold/survey.ts";
import type { Place, Survey } from "../../src/scaffold/survey-types.ts";

/** The survey of a repository with these files, read as the command line reads them. */
export function look(files: Readonly<Record<string, string>>): Survey {
  const paths = Object.keys(files).sort();
  const texts = new Map(firstToRead(paths).map((path) => [path, files[path] ?? ""]));
  for (const path of thenToRead(paths, texts)) texts.set(path, files[path] ?? "");
  return survey(paths, texts);
}

export const at = ({ path, line }: Place) => (line === undefined ? path : `${path}:${line}`);
