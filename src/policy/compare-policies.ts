import type { Loosening } from "../shapes/loosening.ts";
import type { PolicyFile } from "../shapes/policy.ts";
import { canonicalJson } from "./canonical.ts";
import { toComparable } from "./comparable.ts";
import { loosenedEvidence } from "./loosened-evidence.ts";
import { isObject, resolveRef, type SchemaNode } from "./json-schema.ts";
import { quote } from "./quote.ts";
import { policySchema } from "./schemas.ts";

type Steps = readonly string[];

/**
 * Every way in which the proposed policy (null where it is deleted) asks for less than the one in force. Which direction of a
 * value is tighter is said by the schema (`x-tighter`); a default counts like the same value written out.
 */
export function comparePolicies(inForce: PolicyFile, proposed: PolicyFile | null): Loosening[] {
  if (!proposed)
    return [{ path: "", from: "the policy in force", to: null, text: "The policy is deleted, so nothing is guarded any more." }];
  const { from, to } = toComparable(inForce, proposed);
  return [...compare(policySchema(), from, to, [])];
}

function* compare(reference: SchemaNode, from: unknown, to: unknown, path: Steps): Generator<Loosening> {
  const node = resolveRef(policySchema(), reference);
  const tighter = node["x-tighter"];
  if (tighter === "higher" || tighter === "lower") yield* compareValues(node, from, to, path);
  else if (tighter === "more" || tighter === "fewer") yield* compareEntries(node, tighter, from, to, path);
  else if (tighter === "stronger") yield* loosenedEvidence(from, to).map((text) => loosening(path, from, to, text));
  else if (tighter === "same") yield* compareExactly(from, to, path);
  else if (node["x-key"] !== undefined) yield* comparePairs(node, from, to, path);
  else yield* compareKeys(node, from, to, path);
}

function* compareKeys(node: SchemaNode, from: unknown, to: unknown, path: Steps): Generator<Loosening> {
  if (!isObject(from) && !isObject(to)) return;
  const before = isObject(from) ? from : {};
  const after = isObject(to) ? to : {};
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    // What is enforced already needs no day from which it is, and what will be enforced at once neither.
    if (key === "enforceFrom" && (before["enforcement"] === "enforce" || after["enforcement"] === "enforce")) continue;
    yield* compare(child, before[key], after[key], [...path, key]);
  }
}

/** Numbers, dates, flags, and choices in the order of their list. Nothing set is the loosest. */
function* compareValues(node: SchemaNode, from: unknown, to: unknown, path: Steps): Generator<Loosening> {
  if (from === undefined || from === to) return;
  if (to === undefined) {
    yield loosening(path, from, to, `is no longer set; it was ${display(from)}`);
    return;
  }
  const [before, after] = [rank(node, from), rank(node, to)];
  const isLooser = node["x-tighter"] === "higher" ? after < before : after > before;
  if (isLooser) yield loosening(path, from, to, `changes from ${display(from)} to ${display(to)}`);
}

function rank(node: SchemaNode, value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return node.enum ? node.enum.findIndex((choice) => choice === value) : Date.parse(String(value));
}

function* compareEntries(node: SchemaNode, tighter: "more" | "fewer", from: unknown, to: unknown, path: Steps): Generator<Loosening> {
  const key = node["x-key"];
  const before = byKey(key, from);
  const after = byKey(key, to);
  // A list of globs that contains `**` has lost nothing.
  const lost = key === undefined && after.has("**") ? [] : [...before.keys()].filter((name) => !after.has(name));
  const gained = [...after.keys()].filter((name) => !before.has(name));
  for (const name of tighter === "more" ? lost : gained) {
    const verb = tighter === "more" ? "no longer has" : "newly has";
    yield {
      path: (key === undefined ? path : [...path, name]).join("."),
      from: tighter === "more" ? display(name) : null,
      to: tighter === "more" ? null : display(name),
      text: `${pathName(path)} ${verb} ${quote(name)}.`,
    };
  }
  if (key !== undefined) yield* comparePairs(node, from, to, path);
}

function* comparePairs(node: SchemaNode, from: unknown, to: unknown, path: Steps): Generator<Loosening> {
  const after = byKey(node["x-key"], to);
  for (const [name, entry] of byKey(node["x-key"], from)) {
    if (after.has(name)) yield* compare(node.items ?? {}, entry, after.get(name), [...path, name]);
  }
}

function byKey(key: string | undefined, list: unknown): Map<string, unknown> {
  const entries = Array.isArray(list) ? list : [];
  return new Map(entries.map((entry) => [String(key !== undefined && isObject(entry) ? entry[key] : entry), entry]));
}

/** Every change of what was set; setting it for the first time is none. */
function* compareExactly(from: unknown, to: unknown, path: Steps): Generator<Loosening> {
  if (from === undefined || canonicalJson(from) === canonicalJson(to ?? null)) return;
  yield loosening(path, from, to, `changes from ${display(from)} to ${display(to)}`);
}

function loosening(path: Steps, from: unknown, to: unknown, text: string): Loosening {
  return {
    path: path.join("."),
    from: from === undefined ? null : display(from),
    to: to === undefined ? null : display(to),
    text: `${pathName(path)} ${text}.`,
  };
}

const pathName = (path: Steps) => quote(path.join("."), 200);

function display(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return "nothing";
  return quote(Array.isArray(value) ? value.join(", ") : value);
}
