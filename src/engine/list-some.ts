import { figure, list, quoted } from "./words.ts";

const SHOWN = 5;

/** The first few of many texts from files, quoted, and how many more there are: `"a", "b" and 7 more`. */
export function listSome(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).map((text) => quoted(text));
  return list(texts.length > SHOWN ? [...shown, `${figure(texts.length - SHOWN)} more`] : shown);
}
