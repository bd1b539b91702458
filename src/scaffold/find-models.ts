import { modelConstant, modelOfConstant } from "./model-constants.ts";
import { modelName, modelStems, toNamedModel, type NamedModel } from "./model-families.ts";
import { classOf, mayAnswer } from "./path-classes.ts";
import type { SeenModel } from "./survey-types.ts";

const MAX_LINE = 2_000;
/** A source with more models is a list to choose from, such as prices; a configuration may route to several. */
const MAX_IN_SOURCE = 6;
const MAX_IN_CONFIG = 20;

/** Models that a file names as a value, each once with its line. Comments, prose and files that do not answer users say nothing. */
export function findModels(path: string, text: string): SeenModel[] {
  if (!mayAnswer(path) || classOf(path) === "manifest" || !modelStems.test(text)) return [];
  const isSource = classOf(path) === "source";
  const found = new Map<string, SeenModel>();
  const lines = text.split("\n");
  const hasVersions = /\.(?:tf|bicep)$/.test(path) || text.includes('"Microsoft.CognitiveServices');
  const azure =
    /AzureOpenAI|AzureChatOpenAI|azure[._-]?openai|openai\.azure\.com|azurerm_cognitive|CognitiveServices|azure_deployment|\bazure\//i.test(
      text,
    );
  for (const [index, line] of lines.entries()) {
    if (line.length > MAX_LINE || !modelStems.test(line) || /^\s*(?:#|\/\/|\*|\/\*|<!--|--\s)/.test(line)) continue;
    const named = [...namesOn(line, text, isSource), ...(isSource ? constantsOn(line) : [])].map((name) => ({
      ...name,
      isDeployment: false,
    }));
    const deployed = azure
      ? deploymentsOn(line, isSource).map((model) => ({ provider: "azure-openai", model, isRouted: true, isDeployment: true }))
      : [];
    for (const { provider, model, isRouted, isDeployment } of [...named, ...deployed]) {
      const seen = {
        provider: azure && provider === "openai" && !isRouted ? "azure-openai" : provider,
        model: withVersion(model, lines.slice(index, index + 4).join("\n"), hasVersions),
        isDeployment,
      };
      const key = `${seen.provider} ${seen.model}`;
      if (!found.has(key)) found.set(key, { ...seen, path, line: index + 1 });
    }
  }
  return found.size > (isSource ? MAX_IN_SOURCE : MAX_IN_CONFIG) ? [] : [...found.values()];
}

function* namesOn(line: string, text: string, isSource: boolean): Generator<NamedModel> {
  for (const match of line.matchAll(modelName)) {
    const named = toNamedModel(match);
    if (named === undefined || !isValue(line, match.index, match[0].length, isSource)) continue;
    // Short names that mean something else elsewhere.
    if (/^o\d/.test(named.model) && !/model|engine|deployment/i.test(line)) continue;
    const provider = hostOf(named, text);
    if (provider !== undefined) yield { ...named, provider };
  }
}

/** A whole quoted text; in configuration also a value that stands alone after its key or flag. */
function isValue(line: string, start: number, length: number, isSource: boolean): boolean {
  const before = line.slice(0, start);
  const next = line.charAt(start + length);
  // The end of an ARN, or what stands in for a variable: `${MODEL:-gpt-4o}`.
  if (/(?:foundation-model|inference-profile)\/$|\$\{[\w.-]{1,80}:-?$/.test(before.slice(-100))) return true;
  const quote = before.slice(-1);
  if (quote !== "" && "\"'`".includes(quote)) return next === quote;
  if (isSource) return false;
  if (!/(?:[:=>]\s{0,8}|^\s*-\s{1,8}|(?:\bserve|\bpull|\brun|\bFROM|--model(?:-id|_name|-name)?|\s-m)\s{1,4})$/.test(before.slice(-30)))
    return false;
  return /^(?:$|[,;)}\]<\s])/.test(next) && !/^\s+[A-Za-z]/.test(line.slice(start + length).replace(/^\s+(?:#|\/\/|--).*$/, ""));
}

/** Who serves a model that several may serve, by what else the file names; undefined where the name is none of a model then. */
function hostOf({ provider, model, isRouted }: NamedModel, text: string): string | undefined {
  if (isRouted && provider !== "ollama" && provider !== "host") return provider;
  if (provider === "ollama") return /ollama/i.test(text) ? "self-hosted" : undefined;
  if (provider === "host")
    return /groq/i.test(text) ? "groq" : /\btogether\b/i.test(text) ? "together" : /ollama|vllm/i.test(text) ? "self-hosted" : undefined;
  if (provider === "anthropic" && (/@20\d{6}/.test(model) || /AnthropicVertex/.test(text))) return "google-vertex-ai";
  if (provider === "anthropic" && /AnthropicBedrock|bedrock-runtime/.test(text)) return "amazon-bedrock";
  if (provider === "google" && /vertexai|aiplatform|vertex-ai|vertex_ai/i.test(text)) return "google-vertex-ai";
  if (provider !== "self-hosted" || !model.includes("/")) return provider;
  if (/InferenceClient|api-inference|router\.huggingface/.test(text)) return "huggingface";
  return /\btogether(?:\.xyz|\.ai|-ai)?\b/i.test(text) ? "together" : provider;
}

function* constantsOn(line: string): Generator<NamedModel> {
  for (const [, name = ""] of line.matchAll(modelConstant)) {
    const named = modelOfConstant(name);
    if (named !== undefined) yield named;
  }
}

const deploymentKey = /(?:azure[_-]?deployment|deployment[_-]?(?:name|id)|openai_\w{0,20}deployment\w{0,10})["']?\s{0,4}[:=]\s{0,4}/gi;
const deploymentValue = /^(["']?)([A-Za-z0-9][\w.-]{1,63})(["']?)(.?)/;

/** Names of Azure deployments; without quotes a source names a variable. */
function* deploymentsOn(line: string, isSource: boolean): Generator<string> {
  const routed = /\bmodel["']?\s{0,4}[:=]\s{0,4}["']?azure\/([A-Za-z0-9][\w.-]{1,63})/.exec(line)?.[1];
  if (routed !== undefined) yield routed;
  for (const key of line.matchAll(deploymentKey)) {
    const [, open = "", name = "", close = "", next = ""] = deploymentValue.exec(line.slice(key.index + key[0].length)) ?? [];
    if (name !== "" && open === close && (open !== "" || (!isSource && !/[([{$]/.test(next)))) yield name;
  }
}

/** Infrastructure as code names a model and its version on lines of their own; so does a revision of open weights. */
function withVersion(model: string, near: string, hasVersions: boolean): string {
  const version = hasVersions ? /(?<!api)(?<!api[_-])version\b[^\n]{0,120}["'](20\d\d-\d\d-\d\d)["']/i.exec(near)?.[1] : undefined;
  if (version !== undefined && !model.includes(version)) return `${model}-${version}`;
  const revision = model.includes("/") ? /revision["']?[\s,:="']{1,6}([0-9a-f]{7,40})\b/.exec(near)?.[1] : undefined;
  return revision === undefined ? model : `${model}@${revision}`;
}
