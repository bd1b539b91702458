import { whyNotPinned } from "../engine/pinned-model.ts";
import { gateIds, roles } from "../shapes/vocabulary.ts";
import type { NewSystem } from "./new-system.ts";
import { isPlainPath } from "./path-classes.ts";
import { placeText } from "./place-text.ts";
import { policySchemaAddress } from "./schema-address.ts";
import { fingerprintParts, type SeenModel } from "./survey-types.ts";
import { watchedFiles } from "./watched-files.ts";
import { yamlText } from "./yaml-text.ts";

/** A first policy: what was found with its place, what only people know as a question beside it. */
export function policyText(systems: readonly NewSystem[]): string {
  return [
    `# yaml-language-server: $schema=${policySchemaAddress}`,
    "# Written by `pilotgate init`. Each question waits for somebody who knows; `pilotgate check` says what is left.",
    "version: 1",
    "systems:",
    ...systems.flatMap(systemLines),
    "",
  ].join("\n");
}

/** One entry of `systems`. */
export function systemLines(system: NewSystem): string[] {
  const { id, name, risk, documents, paths, answers } = system;
  return [
    `  - id: ${yamlText(id)}`,
    ...(name === id ? [] : [`    name: ${yamlText(name)}`]),
    `    risk: ${risk}${answers.risk === undefined ? " # Question: low, medium or high? It scales sample sizes, approvals and freshness." : ""}`,
    "    # started: 2026-09-07 # Question: which day is the first of the fourteen weeks?",
    ...(paths === null ? [] : [`    paths: ${yamlText(paths)}`]),
    `    documents: ${yamlText(documents)}`,
    ...architectureLines(system),
    ...modelLines(system),
    ...fingerprintLines(system),
    ...roleLines(system),
    ...trafficLines(system),
    '    # integrations: [{ name: crm, owner: "@acme/crm", contractTest: tests/contract/crm.test.ts, auth: oidc }] # Question: which systems does it depend on?',
    "    # stages: [{ environment: production-canary, trafficPercent: 10 }] # Question: which environment takes the canary's share of the traffic?",
    "    gates: # advisory says what is missing and never blocks; then warn, then enforce, or enforceFrom: a date",
    ...gateIds.map((gate) => `      ${gate}: { enforcement: advisory }`),
    ...criteriaLines(system),
  ];
}

function architectureLines({ sdks, answers }: NewSystem): string[] {
  const retrieval = sdks.find(({ shows }) => shows === "retrieval");
  const tools = sdks.find(({ shows }) => shows === "tools");
  const { usesTools = tools === undefined ? undefined : true, isPublic } = answers;
  const told = (key: string, value: boolean | undefined, question: string, seen?: typeof tools) =>
    value === undefined
      ? `      # ${key}: true # Question: ${question}`
      : `      ${key}: ${value}${seen === undefined ? "" : ` # ${plainName(seen.name)}, ${placeText(seen)}`}`;
  const lines = [
    told("retrieval", retrieval === undefined ? undefined : true, "does it answer from retrieved documents?", retrieval),
    told("tools", usesTools, "does it call tools or act on other systems?", answers.usesTools === undefined ? tools : undefined),
    told("public", isPublic, "can it be reached without sign-in?"),
  ];
  const isSaid = lines.some((line) => !line.trimStart().startsWith("#"));
  return [isSaid ? "    architecture:" : "    # architecture:", ...lines];
}

const plainName = (name: string) => name.replaceAll(/[^\w@./ -]/g, "");

function modelLines({ models, common, sdks }: NewSystem): string[] {
  const others = common.map((model) => `      # ${modelNote(model)} Question: is it this system's?`);
  if (models.length > 0) return ["    models:", ...models.map((model) => `      - ${modelEntry(model)} # ${modelNote(model)}`), ...others];
  const sdk = sdks.find(({ shows }) => shows === "model");
  const seen = sdk === undefined ? "No model was seen." : `No model was seen, only ${plainName(sdk.name)} in ${placeText(sdk)}.`;
  return [
    `    models: [] # Question: which models answer users? ${seen} For example`,
    "    #  - { id: chat, provider: openai, model: gpt-4o-2024-11-20 }",
    ...others,
  ];
}

function modelEntry({ id, provider, model }: NewSystem["models"][number]): string {
  return yamlText({ id, provider, model });
}

function modelNote(model: SeenModel): string {
  const place = placeText(model);
  if (model.isDeployment) return `Question: which model and version does this deployment run? Seen in ${place}.`;
  const why = whyNotPinned(model.model);
  return why === undefined ? `Seen in ${place}.` : `Question: which dated version? Not pinned, because ${why}. Seen in ${place}.`;
}

function fingerprintLines({ globs }: NewSystem): string[] {
  const lines = fingerprintParts.map((part) => {
    const own = globs.filter((seen) => seen.part === part).map(({ glob }) => glob);
    if (own.length > 0) return `      ${part}: ${yamlText(own)}`;
    return `      # ${part}: ["${part}/**"] # Question: which files hold the ${part === "prompts" ? "prompts" : `configuration of ${part}`}?`;
  });
  return [globs.length > 0 ? "    fingerprint:" : "    # fingerprint:", ...lines];
}

function roleLines({ owners, answers, risk }: NewSystem): string[] {
  const { productOwner } = answers;
  const asks =
    risk === "low"
      ? "Question: who decides? At low risk nobody has to."
      : "Question: who decides? Without somebody in each role its decisions stay open.";
  const lines = roles.map((role) => {
    if (role === "product-owner" && productOwner !== undefined) return `      product-owner: ${yamlText([productOwner])}`;
    const seen = owners.filter((owner) => owner.role === role);
    const [first] = seen;
    if (first === undefined) return `      # ${role}: ["@org/team"]`;
    return `      # ${role}: ${yamlText(seen.map(({ holder }) => holder))} # ${placeText(first)}: confirm`;
  });
  return [`    ${productOwner === undefined ? "# " : ""}roles: # ${asks}`, ...lines];
}

function trafficLines({ answers: { peak } }: NewSystem): string[] {
  const question = "Question: what is the expected peak? Load and quotas are proven at twice this.";
  if (peak === undefined) return [`    # traffic: { expectedPeak: { requestsPerSecond: 40, tokensPerMinute: 900000 } } # ${question}`];
  return ["    traffic:", `      expectedPeak: { requestsPerSecond: ${peak} } # Question: how many tokens a minute, tokensPerMinute?`];
}

const criterionOf = { "load-test": "load-test", "red-team": "guardrails", evaluation: "pilot-performance" } as const;

function criteriaLines(system: NewSystem): string[] {
  const files = watchedFiles(system.watches);
  const lines = files.length === 0 ? [] : ["      observability:", "        evidence:"];
  for (const file of files.length === 0 ? [] : [...files, `${system.documents}/evidence/observability/**`])
    lines.push(`          - ${yamlText({ file })}`);
  const proposals = proposedCriteria(system);
  return [...(files.length > 0 ? ["    criteria:"] : proposals.length > 0 ? ["    # criteria:"] : []), ...lines, ...proposals];
}

/** Settings that may well be right and that somebody has to look at: results that workflows keep, and how slow an answer may be. */
function proposedCriteria({ workflows, risk }: NewSystem): string[] {
  const settings = new Map<string, { evidence?: unknown; thresholds?: unknown }>();
  for (const { path, tools, artifacts } of workflows) {
    const [name] = artifacts;
    if (name === undefined || !isPlainPath(path)) continue;
    for (const { use } of tools) settings.set(criterionOf[use], { evidence: { artifact: { workflow: path, name } } });
  }
  if (risk !== "low") settings.set("load-test", { ...settings.get("load-test"), thresholds: { p95Ms: 2000, timeToFirstTokenP95Ms: 800 } });
  return [...settings].map(([id, setting]) => {
    const asks = [
      ...("evidence" in setting ? ["is this artifact the result"] : []),
      ...("thresholds" in setting ? ["how slow may an answer be"] : []),
    ];
    return `      # ${id}: ${yamlText(setting)} # Question: ${asks.join(", and ")}?`;
  });
}
