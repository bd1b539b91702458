import { knownSdk, sdkStems } from "./known-sdks.ts";
import { classOf, nameOf } from "./path-classes.ts";
import type { SeenSdk } from "./survey-types.ts";

const MAX_LINE = 2_000;

/** Libraries that a manifest or a source names, each once with its line. */
export function findSdks(path: string, text: string): SeenSdk[] {
  if (!sdkStems.test(text)) return [];
  const found = new Map<string, SeenSdk>();
  const namesOn = namesIn(path);
  for (const [index, line] of text.split("\n").entries()) {
    if (line.length > MAX_LINE || !sdkStems.test(line)) continue;
    for (const name of namesOn(line)) {
      const sdk = knownSdk(name);
      if (sdk !== undefined && !found.has(sdk.name)) found.set(sdk.name, { ...sdk, path, line: index + 1 });
    }
  }
  return [...found.values()];
}

type NamesOn = (line: string) => string[];

function namesIn(path: string): NamesOn {
  const name = nameOf(path).toLowerCase();
  if (classOf(path) !== "manifest") return name.endsWith(".py") ? pythonImports : name.endsWith(".go") ? goImports : quotedImports;
  if (name === "package.json") return npmDependencies;
  if (name.endsWith("proj") || name.endsWith(".props")) return (line) => present(/\b(?:Include|Update)="([\w.-]{1,200})"/.exec(line)?.[1]);
  if (name === "gemfile") return (line) => present(/^\s*gem\s+["']([\w./-]{1,200})["']/.exec(line)?.[1]);
  if (/^(?:pom\.xml|go\.mod|cargo\.toml|.*gradle.*|libs\.versions\.toml)$/.test(name)) return compoundNames;
  return pythonRequirements;
}

const present = (name: string | undefined) => (name === undefined ? [] : [name]);

/** Several stand on one line where the file was never formatted. */
const npmDependencies: NamesOn = (line) =>
  [...line.matchAll(/"([^"\s]{1,200})"\s{0,4}:\s{0,4}"/g)].map(([, key = ""]) => key).filter((key) => !fieldsOfNpm.has(key));

/** Keys of package.json whose value is a text and that are no dependency. */
const fieldsOfNpm = new Set(["name", "version", "description", "license", "main", "module", "type", "types", "homepage", "author"]);

/** Of names that stand among other words only those that cannot be such a word. */
const compoundNames: NamesOn = (line) =>
  /^\s*(?:#|\/\/|<!--|module\s|<(?:name|description|groupId|module)>)/.test(line)
    ? []
    : (line.match(/[A-Za-z][\w.-]{0,100}(?:\/[\w.-]{1,100}){0,8}/g) ?? []).filter((name) => /[-/]/.test(name));

/** The name at the start of a requirement, or of an entry of a TOML or YAML list. `ai` is a library of npm alone. */
const pythonRequirements: NamesOn = (line) => {
  if (/^\s*(?:name|description|keywords|readme|license|authors)\s*=/.test(line)) return [];
  return [
    ...line
      .replace(/#.*$/, "")
      .matchAll(/(?:^\s{0,20}-?\s{0,8}|["'])([A-Za-z][\w.-]{0,100})\s{0,4}(?:\[[^\]]{0,200}\])?\s{0,4}(?:[<>=~!;,"']|$)/g),
  ]
    .map(([, name = ""]) => name.replaceAll("_", "-"))
    .filter((name) => name !== "ai");
};

/** Packages of Python's modules; `google` holds several, and a client of boto3 names what it is for. */
const pythonImports: NamesOn = (line) => {
  if (/["']bedrock-(?:agent-)?runtime["']/.test(line)) return ["bedrockruntime"];
  const [, module = "", part = ""] = /^\s*(?:from|import)\s+([A-Za-z_][\w.]{0,100})(?:\s+import\s+(\w{1,60}))?/.exec(line) ?? [];
  const names = `${module}.${part}`.replaceAll("_", "-").split(".");
  const name = names[0] === "google" ? names.slice(0, names[1] === "cloud" ? 3 : 2).join("-") : (names[0] ?? "");
  return name === "" || name === "ai" ? [] : [name];
};

/** A path on a line of an import, alone or behind its own name for it. */
const goImports: NamesOn = (line) => present(/^\s{0,20}(?:import\s{1,4})?[\w.]{0,40}\s{0,4}"([^"\s]{1,200})"\s*$/.exec(line)?.[1]);

const quotedImports: NamesOn = (line) => {
  const java =
    /^\s*import\s+(?:static\s+)?(org\.springframework\.ai|dev\.langchain4j|com\.openai|com\.anthropic|com\.azure\.ai\.openai)\./.exec(
      line,
    )?.[1];
  if (java !== undefined) return present(javaPackages[java]);
  const dotnet = /^\s*using\s+([A-Z][\w.]{1,100});/.exec(line)?.[1];
  if (dotnet !== undefined) return present(dotnet === "OpenAI.Chat" ? "openai" : dotnet);
  return present(/(?:^|[\s})])(?:from\s{0,4}|require\(\s{0,4}|import\(?\s{0,4}|require\s{1,4})["']([^"'\s]{1,200})["']/.exec(line)?.[1]);
};

const javaPackages: Readonly<Record<string, string>> = {
  "org.springframework.ai": "spring-ai-client-chat",
  "dev.langchain4j": "langchain4j",
  "com.openai": "openai-java",
  "com.anthropic": "anthropic-java",
  "com.azure.ai.openai": "azure-ai-openai",
};
