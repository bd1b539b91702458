import type { NamedModel } from "./model-families.ts";

/** Constants by which libraries of Go, Java, Kotlin and C# name models: `openai.GPT4o20241120`, `ChatModel.GPT_4O_MINI`. */
export const modelConstant = /\b(?:Chat)?(?:Model(?:Name)?)?[._]?((?:GPT|CLAUDE|Claude)_?\w{1,40})\b/g;

const gpt = /^gpt_?(\d)(?:_?([1-9])(?!\d))?_?(o)?_?(mini|nano|turbo|preview)?(?:_?(20\d\d)_?(\d\d)_?(\d\d))?$/i;
const claude = /^claude_?(?:(opus|sonnet|haiku)_?)?(\d)(?:_(\d)(?!\d))?_?(opus|sonnet|haiku)?(?:_?(latest|20\d{6}))?$/i;

/** The model that a constant stands for, as its vendor writes it. */
export function modelOfConstant(name: string): NamedModel | undefined {
  const [isGpt, major, minor, o = "", kind, ...day] = gpt.exec(name) ?? [];
  if (isGpt !== undefined) {
    const version = `${major}${minor === undefined ? "" : `.${minor}`}${o.toLowerCase()}`;
    return { provider: "openai", model: join("gpt", version, kind, ...day), isRouted: false };
  }
  const [isClaude, before, first, second, after, end] = claude.exec(name) ?? [];
  if (isClaude === undefined || (before ?? after) === undefined) return undefined;
  return { provider: "anthropic", model: join("claude", before, first, second, after, end), isRouted: false };
}

function join(...parts: (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .join("-")
    .toLowerCase();
}
