import { classOf, mayAnswer } from "./path-classes.ts";
import type { SeenSdk } from "./survey-types.ts";

const embedding =
  /["'`=:/ ](text-embedding-[\w.-]{1,40}|embed-(?:english|multilingual)[\w.-]{0,40}|(?:amazon\.titan|cohere|nvidia\.nv)-?\.?embed[\w.:-]{0,40}|voyage-\d[\w.-]{0,40}|gemini-embedding-\d{1,4}|mistral-embed|nomic-embed-text)\b/;
const tools =
  /\btool_choice\b|\btoolChoice\b|\.bind_?[tT]ools\(|\btools\s{0,2}[:=]\s{0,2}[[{]|^[ \t]{0,40}@tool\b|\btoolConfig\b|\bFunctionDeclaration\b|\.defaultTools\(/m;

/** What the code itself shows of retrieval (an embedding model) and of tools, in files that may answer users. */
export function findSigns(path: string, text: string, talksToModels: boolean): SeenSdk[] {
  if (!mayAnswer(path) || classOf(path) === "manifest") return [];
  const [, name] = embedding.exec(text) ?? [];
  const found: SeenSdk[] = [];
  if (name !== undefined) found.push({ name, provider: null, shows: "retrieval", path, line: lineAt(text, text.search(embedding)) });
  const at = talksToModels && classOf(path) === "source" ? text.search(tools) : -1;
  if (at !== -1) found.push({ name: "calls of tools", provider: null, shows: "tools", path, line: lineAt(text, at) });
  return found;
}

function lineAt(text: string, offset: number): number {
  return text
    .slice(0, offset + 1)
    .replace(/\n$/, "")
    .split("\n").length;
}
