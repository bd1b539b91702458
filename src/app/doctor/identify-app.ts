import type { Diagnosis } from "../../shapes/diagnosis.ts";
import type { RepositoryRef } from "../ports.ts";
import type { SettingsReader } from "../settings.ts";
import { GITHUB_ACTIONS } from "./requirement.ts";

/* Which App the gates must be pinned to. */

const PREFIX = "pilotgate/";

interface Identified {
  app: Diagnosis["app"];
  notes: string[];
}

/** The number given; else the one App that wrote checks of our names lately, which is a hint and no proof. */
export async function identifyApp(settings: SettingsReader, repository: RepositoryRef, given: number | null): Promise<Identified> {
  if (given !== null) return { app: { id: given, slug: null, source: "given" }, notes: [] };
  const unknown = (note: string): Identified => ({ app: { id: null, slug: null, source: "unknown" }, notes: [note] });
  const writers = await settings.checkWriters(repository, PREFIX);
  if (!writers.seen) return unknown(`Which App writes the gates' checks was not seen (${writers.missing}); \`--app-id\` says it.`);
  const apps = new Map(writers.value.filter(({ appId }) => appId !== GITHUB_ACTIONS).map(({ appId, slug }) => [appId, slug]));
  const [only] = apps;
  if (only === undefined)
    return unknown("No App wrote a check of a gate on the newest pull requests; `--app-id` says which one it will be.");
  if (apps.size > 1) {
    const listed = [...apps.keys()].slice(0, 5).map((id) => `App ${id}`);
    return unknown(`Several Apps wrote checks of the gates (${listed.join(", ")}); \`--app-id\` says which one is Pilotgate.`);
  }
  const [id, slug] = only;
  return { app: { id, slug, source: "checks" }, notes: [`App ${id} was found on checks of the gates; \`--app-id\` makes sure of it.`] };
}
