import type { ReadOptions } from "../define-reader.ts";
import { defineReader, unreadable } from "../define-reader.ts";
import { isRecord, present } from "../fields.ts";
import { readAsUtc, toInstant, type Instant } from "../instant.ts";

const timeKeys = ["time", "timestamp", "ts", "@timestamp"];
const requestKeys = ["request_id", "requestId", "trace_id"];
const maxKeys = 1000;

/**
 * JSON lines of a system's own log. `fields` of the logging document maps our names to the log's own, dots leading into objects;
 * keys without a mapping keep their name. Only whether a key is there and has a value is read, never the value.
 */
export default defineReader({
  format: "log-sample",
  title: "Sample of the request log (JSON lines)",
  kinds: ["log"],
  seen: ["JSON lines"],
  recognises: ({ jsonLines }, options) => {
    const first = jsonLines?.values[0];
    const known = (name: string, usual: string[]) => [ownName(options, name), ...usual].some((key) => hasValue(valueAt(first, key)));
    return known("time", timeKeys) && known("request_id", requestKeys);
  },
  read: ({ jsonLines }, options) => {
    if (jsonLines === undefined) return unreadable("not-parseable", "The log is not one JSON object a line.");
    if (jsonLines.problem !== undefined) return jsonLines.problem;
    const names = new Map(Object.entries(options.fields ?? {}).map(([name, own]) => [own, name]));
    const valued = new Map<string, number>();
    const there = new Map<string, number>();
    const times: Instant[] = [];
    for (const line of jsonLines.values) {
      count(namesIn(line, names, hasValue), valued);
      count(namesIn(line, names, isThere), there);
      if (there.size > maxKeys) return unreadable("too-large", `The log has over ${maxKeys} different keys.`);
      const time = timeOf(line, options);
      if (time !== undefined) times.push(time);
    }
    const inOrder = times.map((time) => time.at).sort();
    const others = [...there].filter(([name, lines]) => lines !== valued.get(name));
    const measurement = present({
      lines: jsonLines.values.length,
      keys: Object.fromEntries(valued),
      present: others.length === 0 ? undefined : Object.fromEntries(others),
      from: inOrder[0],
      to: inOrder.at(-1),
    });
    const notes = times.length === jsonLines.values.length ? [] : ["not every line has a time that can be read (ISO 8601)"];
    if (times.some(({ zoned }) => !zoned)) notes.push(readAsUtc);
    return { kind: "log", tool: { name: "log", version: null }, measurement, notes };
  },
});

function ownName({ fields = {} }: ReadOptions, name: string): string {
  return Object.hasOwn(fields, name) ? (fields[name] ?? name) : name;
}

/** Value of a key, or of a path with dots where there is no such key. */
function valueAt(line: unknown, key: string): unknown {
  if (!isRecord(line)) return undefined;
  if (Object.hasOwn(line, key)) return line[key];
  const dot = key.indexOf(".");
  return dot === -1 || !Object.hasOwn(line, key.slice(0, dot)) ? undefined : valueAt(line[key.slice(0, dot)], key.slice(dot + 1));
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function isThere(value: unknown): boolean {
  return value !== undefined;
}

/** Names whose value in the line counts: the mapped ones under our name, the others under their own. */
function namesIn(line: unknown, names: Map<string, string>, counts: (value: unknown) => boolean): Set<string> {
  const found = new Set<string>();
  if (!isRecord(line)) return found;
  for (const key of Object.keys(line)) if (counts(line[key]) && !names.has(key)) found.add(key);
  for (const [own, name] of names) if (counts(valueAt(line, own))) found.add(name);
  return found;
}

function count(names: Iterable<string>, counts: Map<string, number>): void {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function timeOf(line: unknown, options: ReadOptions): Instant | undefined {
  for (const key of [ownName(options, "time"), ...timeKeys]) {
    const value = valueAt(line, key);
    const time = typeof value === "string" ? toInstant(value) : undefined;
    if (time !== undefined) return time;
  }
  return undefined;
}
