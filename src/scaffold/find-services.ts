import { classOf, isUnder, nameOf } from "./path-classes.ts";
import type { Place, SeenModel, SeenSdk, Survey } from "./survey-types.ts";

/** A part of the repository that uses models: a system to be. */
export interface Service {
  /** Its folder; "" is the whole repository. */
  root: string;
  id: string;
  models: SeenModel[];
  sdks: SeenSdk[];
}

const MAX_SERVICES = 20;

/**
 * Services that use models, each by the outermost folder with a manifest of its own; one for the whole repository where there is one or none.
 * A library that only wraps a vendor is none where others name models; configuration outside of all services belongs to no single one.
 */
export function findServices(survey: Survey, repository: string): Service[] {
  const roots = servingRoots(survey);
  if (roots.length <= 1) return [{ root: "", id: toId(repository), models: survey.models, sdks: survey.sdks }];
  return roots.slice(0, MAX_SERVICES).map((root) => ({
    root,
    id: idOf(root, roots, repository),
    models: survey.models.filter((seen) => rootOf(seen, roots) === root),
    sdks: survey.sdks.filter((seen) => rootOf(seen, roots) === root),
  }));
}

function servingRoots({ models, sdks, roots }: Survey): string[] {
  const users: Place[] = [...models, ...sdks.filter(({ shows }) => shows === "model")];
  const used = [...new Set(users.map((seen) => rootOf(seen, roots)))];
  const outermost = used.filter((root) => used.every((other) => other === root || other === "" || !isUnder(root, other)));
  const naming = new Set(
    models.map((seen) => [seen, rootOf(seen, outermost)] as const).flatMap(([seen, root]) => (root !== "" || isSource(seen) ? [root] : [])),
  );
  return outermost
    .filter((root) => naming.has(root) || (root !== "" && (naming.size === 0 || !/(?:^|\/)(?:packages|libs?|shared|common)\//.test(root))))
    .sort();
}

function isSource({ path }: Place): boolean {
  return classOf(path) === "source";
}

/** The deepest of some folders around a place; "" where it stands in none. */
function rootOf({ path }: Place, roots: readonly string[]): string {
  return roots.filter((root) => isUnder(path, root)).reduce((deepest, root) => (root.length > deepest.length ? root : deepest), "");
}

/** What a system may rest on: what stands in its folder, or in the folder of no other service. */
export function seenBy<T extends Place>(seen: readonly T[], service: Service, services: readonly Service[]): T[] {
  const others = services.filter(({ root }) => root !== "" && root !== service.root);
  return seen.filter(({ path }) => !others.some(({ root }) => isUnder(path, root)));
}

/** Models that belong to no service, where there are several. */
export function withoutService({ models }: Survey, services: readonly Service[]): SeenModel[] {
  return models.filter((model) => !services.some((service) => service.models.includes(model)));
}

function idOf(root: string, all: readonly string[], repository: string): string {
  if (root === "") return toId(repository);
  const own = toId(nameOf(root));
  const isShared = all.some((other) => other !== root && toId(nameOf(other)) === own) || own === toId(repository);
  return isShared ? toId(root) : own;
}

/** An id as a policy wants it. */
export function toId(name: string): string {
  const id = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(-60)
    .replaceAll(/^-|-$/g, "");
  return id === "" ? "assistant" : id;
}
