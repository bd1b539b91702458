import { at, fieldsOf, type Fields } from "./fields.ts";
import { toInstant } from "./instant.ts";

/** Resources of a kind and an API group (any version of it) among YAML documents, those in a List too. */
export function resourcesOf(documents: unknown[] | undefined, group: string, kinds: readonly string[]): Record<string, unknown>[] {
  const all = (documents ?? []).flatMap((document) => {
    const items = at(document, "items");
    return String(at(document, "kind")).endsWith("List") && Array.isArray(items) ? (items as unknown[]) : [document];
  });
  return all.filter((one): one is Record<string, unknown> => {
    const version = at(one, "apiVersion");
    return typeof version === "string" && version.startsWith(`${group}/`) && kinds.includes(String(at(one, "kind")));
  });
}

const maxResources = 1000;

/** Fields of the resources; of several, each message names which. The first refuses where there are too many. */
export function eachResource(resources: readonly Record<string, unknown>[]): Fields[] {
  const all = resources.slice(0, maxResources);
  const fields = all.map((one, index) => fieldsOf(one, resources.length === 1 ? "" : `resource ${index + 1}`));
  if (resources.length > maxResources) fields[0]?.refuse("", `is one of over ${maxResources} in the file; keep those that are judged`);
  return fields;
}

/** `metadata.name`; a name with an action of a template in it was never given to a cluster. */
export function resourceName(resource: Fields): string {
  const metadata = resource.in("metadata");
  const name = metadata.text("name");
  if (name.includes("{{")) metadata.refuse("name", "is still a template; render it first, for example with `helm template`");
  return name;
}

/** ISO 8601, UTC; undefined where the field is left out or null. */
export function instantOf(holder: Fields, key: string): string | undefined {
  if (holder.raw(key) == null) return undefined;
  const time = toInstant(holder.text(key));
  if (time?.zoned !== true) holder.refuse(key, "is not an instant");
  return time?.at;
}

const goDuration = /^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|[hms]))+$/;
const secondsIn: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Go writes it (`72h`, `1h30m`); undefined where the text is none. */
export function toSeconds(text: string): number | undefined {
  if (text.length > 50 || !goDuration.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (secondsIn[unit ?? ""] ?? NaN), 0);
}
