import { isPlainPath } from "./path-classes.ts";
import type { Place } from "./survey-types.ts";

/** A place in words for Markdown and for a comment in YAML. A name that could be more than a name is not repeated. */
export function placeText({ path, line }: Place): string {
  if (!isPlainPath(path)) return "a file whose name holds unusual characters";
  return line === undefined ? `\`${path}\`` : `\`${path}\`, line ${line}`;
}
