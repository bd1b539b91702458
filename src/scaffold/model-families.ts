/* How vendors name their models. No pattern repeats what it may repeat, so each is linear. */

interface Family {
  provider: string;
  pattern: string;
}

const region = "(?:(?:us|us-gov|eu|apac|jp|au|ca|global)\\.)?";
const tail = "[\\w.-]{0,60}";

const families: readonly Family[] = [
  {
    provider: "amazon-bedrock",
    pattern: `${region}(?:anthropic\\.claude|amazon\\.(?:nova|titan-text)|meta\\.llama|mistral\\.[mp]i|cohere\\.command|ai21\\.jamba|deepseek\\.|qwen\\.qwen|openai\\.gpt-oss)[\\w.:-]{1,80}`,
  },
  {
    provider: "self-hosted",
    pattern: `(?:meta-llama|mistralai|Qwen|deepseek-ai|tiiuae|ibm-granite|CohereForAI|HuggingFaceH4|NousResearch)/[\\w.-]{1,80}|google/gemma${tail}|microsoft/[Pp]hi${tail}|openai/gpt-oss${tail}`,
  },
  {
    provider: "openai",
    pattern: `(?:chatgpt-4o-latest|gpt-(?:3\\.5|4|5)${tail}|o[134](?:-(?:mini|pro|preview))?(?:-\\d{4}-\\d{2}-\\d{2})?)`,
  },
  { provider: "anthropic", pattern: `claude-(?:\\d|instant|opus|sonnet|haiku)[\\w.@-]{0,60}` },
  { provider: "google", pattern: `gemini-\\d${tail}` },
  {
    provider: "mistral",
    pattern: `(?:open-)?(?:mistral|mixtral|ministral|codestral|magistral|pixtral|devstral)-(?:tiny|small|medium|large|nemo|saba|latest|\\d)${tail}`,
  },
  { provider: "cohere", pattern: `command-(?:r|a|light|nightly)(?:[-+]${tail})?` },
  { provider: "deepseek", pattern: "deepseek-(?:chat|reasoner)" },
  { provider: "alibaba", pattern: `qwen-(?:plus|max|turbo|long|flash|vl)${tail}` },
  { provider: "zhipu", pattern: `glm-\\d${tail}` },
  { provider: "moonshot", pattern: `(?:kimi-|moonshot-v)[\\w.]${tail}` },
  { provider: "xai", pattern: `grok-\\d${tail}` },
  { provider: "ollama", pattern: `(?:llama|codellama|mistral|mixtral|qwen|gemma|phi|deepseek-r1|gpt-oss)[\\d.]{0,6}:[\\w.-]{1,40}` },
  { provider: "host", pattern: `(?:llama|qwen|gemma|mixtral)-?\\d${tail}` },
];

/** A vendor's prefix as gateways write it: `azure/…`, `openai:…`, `bedrock/…`. */
const prefix =
  "(?:(?:openai|azure|azure_ai|anthropic|bedrock|vertex_ai|gemini|google|models|mistral|cohere|groq|together_ai|deepseek|xai|ollama|ollama_chat|openrouter|huggingface)[/:]){0,2}";

/** A name of a model that begins where a word begins, with its prefix; group by group in the order of `families`. */
export const modelName = new RegExp(
  `(?<![\\w.])(?<![\\w.]-)(${prefix})(?:${families.map(({ pattern }) => `(${pattern})`).join("|")})(?![\\w@])`,
  "g",
);

/** A text without any of these names no model. */
export const modelStems =
  /gpt-|o[134]-|["'=: ]o[134]["'\s]|claude|anthropic\.|amazon\.|meta\.llama|gemini-|mi[sx]tral|ministral|codestral|magistral|pixtral|devstral|command-|deepseek|grok-|glm-|kimi|moonshot|llama|qwen|gemma|phi|GPT_?\d|deployment|azure\//i;

export interface NamedModel {
  provider: string;
  model: string;
  /** The name itself says who serves it. */
  isRouted: boolean;
}

/** What a match of `modelName` names. The provider `ollama` or `host` stands for a name that means a model only where the file says who serves it. */
export function toNamedModel(match: RegExpMatchArray): NamedModel | undefined {
  const index = families.findIndex((_, family) => match[family + 2] !== undefined);
  const family = families[index];
  const model = (match[index + 2] ?? "").replace(/[.:@-]+$/, "");
  if (family === undefined) return undefined;
  const gateway = (match[1] ?? "").toLowerCase();
  const host = hosts.find(([word]) => gateway.includes(word))?.[1];
  return { provider: host ?? family.provider, model, isRouted: host !== undefined || gateway !== "" };
}

/** Who serves a model, by what a gateway writes before its name. */
const hosts: readonly [string, string][] = [
  ["azure", "azure-openai"],
  ["bedrock", "amazon-bedrock"],
  ["vertex_ai", "google-vertex-ai"],
  ["groq", "groq"],
  ["together_ai", "together"],
  ["openrouter", "openrouter"],
  ["huggingface", "huggingface"],
];
