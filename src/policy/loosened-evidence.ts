import { canonicalJson } from "./canonical.ts";
import { isObject } from "./json-schema.ts";

/* A file is whatever the repository holds, a check run a conclusion of a named App, an artifact the output of a named workflow. */
const strengths = { file: 1, check: 2, artifact: 3 } as const;

interface Source {
  strength: number;
  id: string;
}

/** Whether evidence may now come from a weaker place, or no longer comes from the workflow or App that was named: what changes, in words. */
export function loosenedEvidence(from: unknown, to: unknown): string[] {
  const before = toSources(from);
  const after = toSources(to);
  const weakest = (sources: Source[]) => Math.min(...sources.map(({ strength }) => strength));
  if (weakest(after) < weakest(before)) return [`may now come from ${kindOf(weakest(after))} instead of ${kindOf(weakest(before))}`];
  const lost = before.filter(({ strength, id }) => strength > 1 && strength >= weakest(after) && after.every((source) => source.id !== id));
  return lost.length > 0 ? [`no longer comes from the same ${kindOf(weakest(lost)).replace(/^an? /, "")}`] : [];
}

function toSources(value: unknown): Source[] {
  const list = Array.isArray(value) ? value.filter(isObject) : [];
  if (list.length === 0) return [{ strength: strengths.file, id: "" }];
  return list.map((source) => ({
    strength: "artifact" in source ? strengths.artifact : "check" in source ? strengths.check : strengths.file,
    id: canonicalJson(source),
  }));
}

function kindOf(strength: number): string {
  if (strength === strengths.artifact) return "a workflow's artifact";
  return strength === strengths.check ? "a check run" : "a file in the repository";
}
