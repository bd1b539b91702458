import { criteria } from "../engine/criteria/index.ts";
import { documentNames, type CriterionId, type DocumentName, type Risk } from "../shapes/vocabulary.ts";
import { newDocument, vendorsOf, type About, type Known, type NewFile } from "./new-document.ts";
import { newEvidence } from "./new-evidence.ts";
import { newRegistry } from "./new-registry.ts";
import { isPlainPath } from "./path-classes.ts";
import { placeText } from "./place-text.ts";
import type { Place, SeenModel, SeenSdk, SeenTool, SeenWatch, TestUse } from "./survey-types.ts";

/** What of a survey helps to fill a system's files. */
export interface SystemSeen {
  sdks: readonly SeenSdk[];
  models: readonly SeenModel[];
  tools: readonly SeenTool[];
  watches: readonly SeenWatch[];
  decisions: readonly Place[];
  runbooks: readonly Place[];
}

export interface FilesAsked {
  about: About;
  risk: Risk;
  /** Criteria that the policy does not ask for. */
  notApplicable: ReadonlySet<CriterionId>;
  seen: SystemSeen;
}

/** The files that a system needs at its risk, filled with what was seen: documents, registry, and how to make evidence with the tools at hand. */
export function systemFiles({ about, risk, notApplicable, seen }: FilesAsked): NewFile[] {
  const names = documentsAsked(notApplicable);
  const vendors = about.models.length > 0 ? vendorsOf(about) : vendorsOf({ models: seen.sdks.flatMap(toModel) });
  return [
    ...names.filter((name) => name !== "vendor").map((name) => newDocument(name, about, knownOf(name, seen))),
    ...(names.includes("vendor") ? vendors.map((vendor) => newDocument("vendor", about, { vendor })) : []),
    newRegistry(about),
    ...guides.flatMap(([id, use]) => {
      const tools = toolsFor(use, seen.tools);
      return tools.length === 0 || notApplicable.has(id) ? [] : [newEvidence(id, about, risk, { tools })];
    }),
    ...(seen.watches.length === 0 || notApplicable.has("observability")
      ? []
      : [newEvidence("observability", about, risk, { places: seen.watches.slice(0, MAX_LINES) })]),
  ];
}

const MAX_LINES = 8;

const guides = [
  ["pilot-performance", "evaluation"],
  ["guardrails", "red-team"],
  ["load-test", "load-test"],
] as const;

/** In the order in which the gates ask for them; a vendor's record also where a processor needs one. */
function documentsAsked(notApplicable: ReadonlySet<CriterionId>): DocumentName[] {
  const asked = new Set(
    criteria
      .filter(({ id }) => !notApplicable.has(id))
      .flatMap(({ id, needs }) => [...(needs.documents ?? []), ...(id === "vendor-terms" ? (["vendor"] as const) : [])]),
  );
  return documentNames.filter((name) => asked.has(name));
}

function toModel({ name, provider, shows }: SeenSdk): { id: string; provider: string; model: string }[] {
  return provider === null || shows !== "model" ? [] : [{ id: name, provider, model: name }];
}

/** A tool's own file before the workflow that runs it; each tool once. */
function toolsFor(use: TestUse, tools: readonly SeenTool[]): SeenTool[] {
  const own = tools.filter((seen) => seen.use === use).toSorted((a, b) => Number(isRunner(a)) - Number(isRunner(b)));
  return own.filter(({ tool }, index) => own.findIndex((other) => other.tool === tool) === index);
}

function isRunner({ path }: Place): boolean {
  return /^\.github\/|(?:^|\/)(?:package\.json|makefile|justfile)$|\.sh$/i.test(path);
}

/** Each library once, where it was seen first. */
function byName(sdks: readonly SeenSdk[]): SeenSdk[] {
  return sdks.filter(({ name }, index) => sdks.findIndex((other) => other.name === name) === index);
}

function knownOf(name: DocumentName, seen: SystemSeen): Known {
  const named = (places: readonly (Place & { name: string })[]) =>
    places.slice(0, MAX_LINES).map((one) => `- ${one.name.replaceAll(/[^\w@./ :-]/g, "")} in ${placeText(one)}`);
  const placed = (places: readonly Place[]) => places.slice(0, MAX_LINES).map((place) => `- ${placeText(place)}`);
  switch (name) {
    case "legal-privacy":
      return { seen: { "Data flow": named(byName(seen.sdks).filter(({ provider }) => provider !== null)) } };
    case "architecture":
      return { seen: { Context: named(byName(seen.sdks)), Decision: placed(seen.decisions) } };
    case "model-selection":
      return { seen: { Choice: named(seen.models.map((model) => ({ ...model, name: model.model }))) } };
    case "pilot-data":
      return {
        seen: { "Representative of whom": named(toolsFor("evaluation", seen.tools).map((tool) => ({ ...tool, name: tool.tool }))) },
      };
    case "observability": {
      const dashboards = seen.watches.filter(({ kind, path }) => kind === "dashboard" && isPlainPath(path)).map(({ path }) => path);
      const alerts = seen.watches.filter(({ kind }) => kind === "alerts" || kind === "alert-routing");
      return {
        ...(dashboards.length === 0 ? {} : { values: { dashboards: dashboards.slice(0, 20) } }),
        seen: { "On call": placed(alerts) },
      };
    }
    case "support":
      return { seen: { Runbooks: placed(seen.runbooks) } };
    default:
      return {};
  }
}
