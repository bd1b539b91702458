import { textField } from "../engine/fields.ts";
import type { DocumentEvidence, FileEvidence, SystemEvidence } from "../engine/types.ts";
import { fragmentDigest } from "../policy/canonical.ts";
import type { ReadOptions } from "../evidence/define-reader.ts";
import type { Sidecar } from "../shapes/measurements.ts";
import type { EvidenceSource, System } from "../shapes/policy.ts";
import { criterionIds, documentNames, type CriterionId, type DocumentName } from "../shapes/vocabulary.ts";
import type { ReadingCache, Tree } from "./ports.ts";
import { documentPaths, evidencePaths, folderEvidence, SIDECAR } from "./evidence-places.ts";
import { references, type ReferenceOptions } from "./references.ts";
import { toPathIndex, type PathIndex } from "./path-index.ts";
import { fieldProblems, fileReader, readFolder, type ReadFile } from "./read-files.ts";

/** Files read for one criterion at most; more is refused, because nobody looks at that many. */
const MAX_FILES = 200;
const MAX_REFERENCES = 100;

/** Gathers for one system what the engine judges: documents, evidence with its sidecars, then the files that these refer to. */
export async function gather(system: System, tree: Tree, cache: ReadingCache | undefined): Promise<SystemEvidence> {
  const index = toPathIndex(tree.entries.keys());
  const read = fileReader(tree, cache);
  const [documents, evidence] = await Promise.all([gatherDocuments(system, index, read), gatherEvidence(system, index, read, tree)]);
  const referenced = await gatherReferenced(documents, evidence, index, read);
  adoptReferenced(documents, evidence, referenced);
  const fingerprintFiles = {
    prompts: index.matching(system.fingerprint.prompts),
    guardrails: index.matching(system.fingerprint.guardrails),
    retrieval: index.matching(system.fingerprint.retrieval),
  };
  return {
    systemId: system.id,
    fingerprint: await fingerprintOf(system, tree, fingerprintFiles),
    documents,
    evidence,
    referenced,
    unreadSources: unreadSources(system),
    exists: (path) => index.has(path) || index.hasFolder(path),
    fragments: {
      architecture: fragmentDigest(system.architecture),
      ...(system.traffic?.expectedPeak === undefined ? {} : { "traffic.expectedPeak": fragmentDigest(system.traffic.expectedPeak) }),
    },
    fingerprintPaths: [...new Set(Object.values(fingerprintFiles).flat())],
    relevantPaths: index.matching(system.relevantPaths),
  };
}

type Documents = SystemEvidence["documents"];
type Evidence = SystemEvidence["evidence"];

async function gatherDocuments(system: System, index: PathIndex, read: ReadFile): Promise<Documents> {
  const found = await Promise.all(
    documentNames.map(async (name): Promise<[DocumentName, DocumentEvidence[]]> => {
      const paths = documentPaths(system, name, index);
      return [
        name,
        await Promise.all(
          paths.map(async (path) => {
            const file = await read(path);
            return { ...file, fieldProblems: fieldProblems(name, file) };
          }),
        ),
      ];
    }),
  );
  return Object.fromEntries(found.filter(([, files]) => files.length > 0));
}

async function gatherEvidence(system: System, index: PathIndex, read: ReadFile, tree: Tree): Promise<Evidence> {
  const found = await Promise.all(
    criterionIds.map(async (id): Promise<[CriterionId, FileEvidence[]]> => {
      const paths = evidencePaths(system, id, index);
      const options = paths.length === 0 ? {} : await optionsFor(id, system, index, read);
      const { folders, files } = folderEvidence(paths);
      const asked = [
        ...files.slice(0, MAX_FILES).map((path) => read(path, options)),
        ...[...folders].slice(0, MAX_FILES).map(([folder, inside]) => readFolder(tree, folder, inside, options)),
      ];
      const readings = await Promise.all(asked.map(async (file) => withSidecar(await file, index, read)));
      const left = files[MAX_FILES] ?? [...folders.keys()][MAX_FILES];
      if (left !== undefined) readings.push(tooMany(files.length + folders.size, left));
      return [id, readings];
    }),
  );
  const evidence: Evidence = Object.fromEntries(found.filter(([, files]) => files.length > 0));
  const registry = evidence["model-registry"];
  if (registry) evidence["model-selection"] = [...(evidence["model-selection"] ?? []), ...registry];
  return evidence;
}

/** How the files of a criterion are to be read, by the policy; only the scale of a survey may stand in its description too. */
async function optionsFor(id: CriterionId, system: System, index: PathIndex, read: ReadFile): Promise<ReadOptions> {
  const { format, columns, scale } = system.criteria[id];
  const describedScale = id === "user-satisfaction" && scale === null ? await scaleInDescription(system, index, read) : undefined;
  return {
    ...(format === null ? {} : { format }),
    ...(Object.keys(columns).length === 0 ? {} : { columns }),
    ...(scale === null ? {} : { scale }),
    ...(describedScale === undefined ? {} : { describedScale }),
  };
}

async function scaleInDescription(system: System, index: PathIndex, read: ReadFile): Promise<string | undefined> {
  const [path] = documentPaths(system, "user-survey", index);
  const reading = path === undefined ? undefined : (await read(path)).reading;
  return reading?.ok === true && reading.kind === "document" ? textField(reading.measurement.frontMatter, "scale") : undefined;
}

function tooMany(count: number, path: string): FileEvidence {
  return {
    source: "file",
    path,
    digest: "",
    reading: {
      ok: false,
      code: "too-large",
      message: `${count} files match; only the first ${MAX_FILES} are read. Name fewer in \`evidence.file\`.`,
    },
  };
}

/** A sidecar fills what the file does not say of itself; what the file says stands. */
async function withSidecar(file: FileEvidence, index: PathIndex, read: ReadFile): Promise<FileEvidence> {
  const path = `${file.path}${SIDECAR}`;
  if (!file.reading.ok || !index.has(path)) return file;
  const beside = await read(path);
  if (!beside.reading.ok || beside.reading.kind !== "sidecar") {
    const why = beside.reading.ok ? "it is not a sidecar" : beside.reading.message;
    return { ...file, refusedSidecar: why };
  }
  const said: Sidecar = beside.reading.measurement;
  return { ...file, reading: { ...file.reading, origin: { ...said, ...file.reading.origin } } };
}

/** Files that documents and the registry name, read once each. */
async function gatherReferenced(
  documents: Documents,
  evidence: Evidence,
  index: PathIndex,
  read: ReadFile,
): Promise<Map<string, FileEvidence>> {
  const wanted = new Map<string, ReferenceOptions>();
  for (const name of documentNames) {
    for (const { reading } of documents[name] ?? []) {
      if (reading.ok && reading.kind === "document")
        for (const reference of references(name, reading.measurement.frontMatter)) wanted.set(reference.path, reference.options);
    }
  }
  for (const { reading } of evidence["model-registry"] ?? []) {
    if (reading.ok && reading.kind === "registry")
      for (const { evaluation } of reading.measurement.models) if (evaluation !== undefined) wanted.set(evaluation, undefined);
  }
  const there = [...wanted].filter(([path]) => index.has(path)).slice(0, MAX_REFERENCES);
  return new Map(
    await Promise.all(
      there.map(async ([path, options]): Promise<[string, FileEvidence]> => [
        path,
        await withSidecar(await read(path, options), index, read),
      ]),
    ),
  );
}

/** A training record or a log that a document names is evidence of its criterion, wherever it stands. */
function adoptReferenced(documents: Documents, evidence: Evidence, referenced: ReadonlyMap<string, FileEvidence>): void {
  const adopters: [DocumentName, CriterionId, string[]][] = [
    ["support", "support-readiness", ["training"]],
    ["output-logging", "output-logging", ["schema", "sample"]],
  ];
  for (const [name, id, keys] of adopters) {
    for (const { reading } of documents[name] ?? []) {
      if (!reading.ok || reading.kind !== "document") continue;
      for (const key of keys) {
        const file = referenced.get(textField(reading.measurement.frontMatter, key) ?? "");
        const known = evidence[id] ?? [];
        if (file && !known.some(({ path }) => path === file.path)) evidence[id] = [...known, file];
      }
    }
  }
}

/** Identity of what answers for a user: models, and the git blobs of prompts, guardrails and retrieval configuration. */
async function fingerprintOf(system: System, tree: Tree, files: Record<string, string[]>): Promise<string> {
  const groups = await Promise.all(
    Object.entries(files).map(
      async ([group, paths]) => [group, await Promise.all(paths.map(async (path) => [path, await tree.blobId(path)]))] as const,
    ),
  );
  return fragmentDigest({ models: system.models, ...Object.fromEntries(groups) });
}

function unreadSources(system: System): SystemEvidence["unreadSources"] {
  const found: SystemEvidence["unreadSources"] = {};
  for (const id of criterionIds) {
    const sources = system.criteria[id].evidence.flatMap((source) => describe(source, system, id));
    if (sources.length > 0) found[id] = sources;
  }
  return found;
}

function describe(source: EvidenceSource, system: System, id: CriterionId): NonNullable<SystemEvidence["unreadSources"][CriterionId]> {
  const instead = `Until then commit the result under ${system.documents}/evidence/${id}/ and drop the source from the policy.`;
  if ("artifact" in source) {
    const { name, workflow } = source.artifact;
    return [
      { source: "artifact", label: `Artifact ${name} of ${workflow}`, remedy: `This version does not read workflow artifacts. ${instead}` },
    ];
  }
  if ("check" in source) {
    const { name, app } = source.check;
    return [{ source: "check", label: `Check ${name} of ${app}`, remedy: `This version does not read other checks. ${instead}` }];
  }
  return [];
}
