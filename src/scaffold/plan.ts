import { matcher } from "../policy/globs.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import type { PolicyFile, System } from "../shapes/policy.ts";
import { findServices, seenBy, toId, withoutService, type Service } from "./find-services.ts";
import type { NewFile } from "./new-document.ts";
import { usualRisk, type Answers, type NewSystem } from "./new-system.ts";
import { isPlainPath, isUnder } from "./path-classes.ts";
import { policyText, systemLines } from "./policy-text.ts";
import { systemFiles } from "./system-files.ts";
import type { Place, SeenModel, Survey } from "./survey-types.ts";

export const POLICY_PATH = ".github/pilotgate.yml";
const DOCUMENTS = "docs/readiness";
const MAX_MODELS = 50;

export interface PlanInput {
  survey: Survey;
  /** Name of the repository's folder. */
  repository: string;
  answers: Answers;
  /** The policy that is there, as written; null where there is none. */
  policy: PolicyFile | null;
}

export interface Plan {
  /** Everything that the systems need, whether or not it is there already; a first policy before all others. */
  files: NewFile[];
  /** Entries for `systems` of the policy that is there, to be added by hand: it is never rewritten. */
  addition: string | null;
  systems: { id: string; risk: string; isNew: boolean }[];
  /** Models that were seen and that no system of the policy that is there names, not even by a version of theirs. */
  unnamed: SeenModel[];
}

/** The files that a repository needs for its gates: a first policy, or what is missing beside the one that is there. */
export function planFiles({ survey, repository, answers, policy }: PlanInput): Plan {
  const services = findServices(survey, repository);
  if (policy === null) {
    const systems = services.map((service) => toSystem(service, services, survey, answers, []));
    const first: NewFile = { path: POLICY_PATH, text: policyText(systems) };
    const files = [first, ...systems.flatMap((system) => filesOfNew(system, survey))];
    return { files, addition: null, systems: systems.map(told(true)), unnamed: [] };
  }
  const known = resolvePolicy(policy).systems;
  const ids = known.map(({ id }) => id);
  const added = services
    .filter((service) => services.length > 1 && !known.some((system) => covers(system, service)))
    .map((service) => toSystem(service, services, survey, answers, ids));
  return {
    files: [...known.flatMap((system) => filesOfKnown(system, known, survey)), ...added.flatMap((system) => filesOfNew(system, survey))],
    addition: added.length === 0 ? null : additionText(added, policy),
    systems: [...known.map(told(false)), ...added.map(told(true))],
    unnamed: unique(survey.models).filter((model) => !names(known, model) && !added.some(({ models }) => names([{ models }], model))),
  };
}

/** A version of a name that moves names it too; what a deployment of Azure runs has a name of its own. */
function names(systems: readonly Pick<NewSystem | System, "models">[], { model, provider, isDeployment }: SeenModel): boolean {
  const name = model.toLowerCase();
  const all = systems.flatMap(({ models }): { provider: string; model: string }[] => models);
  return all.some((own) => (isDeployment ? own.provider.toLowerCase() === provider : own.model.toLowerCase().startsWith(name)));
}

function told(isNew: boolean): (system: { id: string; risk: string }) => Plan["systems"][number] {
  return ({ id, risk }) => ({ id, risk, isNew });
}

function toSystem(service: Service, services: readonly Service[], survey: Survey, answers: Answers, taken: readonly string[]): NewSystem {
  const isOnly = services.length === 1;
  const name = isOnly ? (answers.name ?? service.id) : service.id;
  const own = isOnly ? toId(name) : service.id;
  const id = taken.includes(own) ? `${own}-2` : own;
  const documents = isOnly ? DOCUMENTS : `${DOCUMENTS}/${id}`;
  const mine = <T extends Place>(seen: readonly T[]): T[] => (isOnly ? [...seen] : seenBy(seen, service, services));
  return {
    id,
    name: name === own ? id : name,
    risk: answers.risk ?? usualRisk,
    documents,
    paths: service.root === "" || !isPlainPath(service.root) ? null : [`${service.root}/**`, `${documents}/**`],
    models: toModels(service.models),
    common: isOnly ? [] : unique(withoutService(survey, services)).slice(0, 5),
    sdks: service.sdks,
    globs: mine(survey.globs),
    tools: mine(survey.tools),
    watches: mine(survey.watches),
    workflows: mine(survey.workflows),
    owners: survey.owners,
    answers: isOnly ? answers : forAll(answers),
  };
}

/** What can be answered for several systems at once. */
function forAll({ risk, productOwner }: Answers): Answers {
  return { ...(risk === undefined ? {} : { risk }), ...(productOwner === undefined ? {} : { productOwner }) };
}

/** Each model once, as what it is used for: `chat`, then `chat-2`. One that is seen at Azure is not OpenAI's too. */
function toModels(models: readonly SeenModel[]): NewSystem["models"] {
  const azure = new Set(models.filter(({ provider }) => provider === "azure-openai").map(({ model }) => model));
  return unique(models.filter(({ provider, model }) => provider !== "openai" || !azure.has(model)))
    .slice(0, MAX_MODELS)
    .map((model, index) => ({ ...model, id: index === 0 ? "chat" : `chat-${index + 1}` }));
}

function unique(models: readonly SeenModel[]): SeenModel[] {
  const first = new Map<string, SeenModel>();
  for (const model of models) {
    const key = `${model.provider} ${model.model}`;
    if (!first.has(key)) first.set(key, model);
  }
  return [...first.values()];
}

function filesOfNew(system: NewSystem, { decisions, runbooks }: Survey): NewFile[] {
  const { name, documents, models, risk } = system;
  return systemFiles({ about: { name, documents, models }, risk, notApplicable: new Set(), seen: { ...system, decisions, runbooks } });
}

/** What no system claims may be anybody's; models and libraries only count where they stand. */
function filesOfKnown(system: System, known: readonly System[], survey: Survey): NewFile[] {
  const claims = known.map(({ paths }) => matcher(paths));
  const own = matcher(system.paths);
  const mine = <T extends Place>(seen: readonly T[]): T[] => seen.filter(({ path }) => own(path));
  const mineOrFree = <T extends Place>(seen: readonly T[]): T[] =>
    seen.filter(({ path }) => own(path) || !claims.some((claim) => claim(path)));
  const { sdks, models, tools, watches, decisions, runbooks } = survey;
  return systemFiles({
    about: system,
    risk: system.risk,
    notApplicable: new Set(system.notApplicable.map(({ criterion }) => criterion)),
    seen: { sdks: mine(sdks), models: unique(mine(models)), tools: mineOrFree(tools), watches: mineOrFree(watches), decisions, runbooks },
  });
}

/** Is a service part of a system already? One that claims the whole repository has it only where it names the service's vendors. */
function covers({ paths, models }: System, { root, models: seen, sdks }: Service): boolean {
  const matches = matcher(paths);
  const places = [...seen, ...sdks].filter(({ path }) => isUnder(path, root));
  if (!places.some(({ path }) => matches(path))) return false;
  if (!paths.includes("**")) return true;
  const vendors = new Set(models.map(({ provider }) => provider.trim().toLowerCase()));
  const used = seen.length > 0 ? seen.map(({ provider }) => provider) : sdks.flatMap(({ provider }) => provider ?? []);
  return used.every((provider) => vendors.has(provider));
}

function additionText(systems: readonly NewSystem[], { systems: known = [] }: PolicyFile): string {
  const [first] = known;
  const isOnlyOne = known.length === 1 && first !== undefined && first.documents === undefined;
  const before = isOnlyOne ? [`  # First add \`documents: ${DOCUMENTS}\` to ${first.id}: with a second system its default moves.`] : [];
  return `${[...before, ...systems.flatMap(systemLines)].join("\n")}\n`;
}
