import type { Unreadable, UnreadableCode } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";
import { templateProblem } from "./template.ts";

export interface JsonLimits {
  depth: number;
  /** Keys of all objects together. */
  keys: number;
  /** Keys of one object. */
  keysOfOne: number;
}

export const jsonLimits: JsonLimits = { depth: 200, keys: 2_000_000, keysOfOne: 100_000 };

/** Keys that reach an object's prototype in careless code; no tool of ours writes them. */
export const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export type Parsed<T> = { ok: true; value: T } | Unreadable;

/** Longer texts are scanned before anything is built from them, whatever it takes. */
const maxQuickLength = 4 * 1024 * 1024;

/**
 * One JSON value (RFC 8259, nothing else), with bounds that `JSON.parse` lacks: depth, number of keys, no key twice, no forbidden
 * key. What is refused is refused by an exact scan, which knows the place of the fault; most texts never need it.
 */
export function parseJson(text: string, limits: JsonLimits = jsonLimits): Parsed<unknown> {
  const quick = text.length > maxQuickLength ? undefined : parseQuickly(text, limits);
  if (quick !== undefined) return quick;
  // An object whose first key is an object is no JSON; a chart's template begins like that.
  if (/^\s*\{\{/.test(text)) return unreadable("not-parseable", templateProblem, { line: 1 });
  const fault = scan(text, limits);
  if (fault !== undefined) return unreadable(fault.code, fault.message, placeOf(text, fault.at));
  return { ok: true, value: JSON.parse(text) };
}

/** The value where nothing is wrong with the text; undefined where something may be. */
function parseQuickly(text: string, limits: JsonLimits): { ok: true; value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // A key that stands twice is in the text twice and in the value once.
  return keysWithin(value, limits) === keysWritten(text) ? { ok: true, value } : undefined;
}

/** Keys of all objects of a value; undefined where a bound is crossed or a key forbidden. Level by level, so the depth is known. */
function keysWithin(root: unknown, limits: JsonLimits): number | undefined {
  let keys = 0;
  let level = isContainer(root) ? [root] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limits.depth) return undefined;
    const next: Container[] = [];
    for (const container of level) {
      if (Array.isArray(container)) {
        for (const item of container) if (isContainer(item)) next.push(item);
        continue;
      }
      const before = keys;
      for (const key in container) {
        keys += 1;
        if (key === "__proto__" || key === "constructor" || key === "prototype") return undefined;
        const inner = container[key];
        if (isContainer(inner)) next.push(inner);
      }
      if (keys - before > limits.keysOfOne) return undefined;
    }
    level = next;
  }
  return keys > limits.keys ? undefined : keys;
}

type Container = Record<string, unknown> | unknown[];

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

/** Keys that a text holds which is JSON: texts in quotes before a colon. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let open = text.indexOf('"'); open !== -1;) {
    let close = text.indexOf('"', open + 1);
    while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
    let after = close + 1;
    while (isBlank(text.charCodeAt(after))) after += 1;
    if (text.charCodeAt(after) === 0x3a) keys += 1;
    open = text.indexOf('"', after);
  }
  return keys;
}

/** By an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === 0x5c) start -= 1;
  return (at - start) % 2 === 1;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Line and column (1-based) of an offset. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", start)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: offset - start + 1 };
}

interface Fault {
  code: UnreadableCode;
  message: string;
  at: number;
}

const blank = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex -- JSON texts must not hold them
const plain = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const word = /true|false|null/y;
const notJson = /[-+]?(?:NaN|Infinity|nan|inf)/y;

/** Offset behind what `pattern` matches at `at`; `at` itself where it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Offset behind the closing quote, or -1. `at` is that of the opening one. */
function skipString(text: string, at: number): number {
  for (let index = skip(plain, text, at + 1); index < text.length; index = skip(plain, text, index)) {
    if (text[index] === '"') return index + 1;
    const next = skip(escape, text, index);
    if (next === index) return -1;
    index = next;
  }
  return -1;
}

/** Iterative: what is open stands on a stack of key sets, `null` for an array. */
function scan(text: string, limits: JsonLimits): Fault | undefined {
  const open: (Set<string> | null)[] = [];
  let keys = 0;
  let at = skip(blank, text, 0);
  let expects: "value" | "value-or-end" | "key" | "key-or-end" | "next" = "value";
  const wrong = (message: string, code: UnreadableCode = "not-parseable"): Fault =>
    at >= text.length
      ? { code: "not-parseable", message: "The JSON ends in the middle: the file is cut off. Write it again.", at }
      : { code, message, at };

  for (;;) {
    const char = text[at];
    if (expects === "next") {
      const top = open.at(-1);
      if (top === undefined) return at < text.length ? wrong("Something follows after the JSON value. Keep one value a file.") : undefined;
      if (char === ",") expects = top === null ? "value" : "key";
      else if (char === (top === null ? "]" : "}")) open.pop();
      else return wrong(top === null ? "Not JSON: a comma or ] is missing here." : "Not JSON: a comma or } is missing here.");
      at += 1;
    } else if ((char === "}" && expects === "key-or-end") || (char === "]" && expects === "value-or-end")) {
      open.pop();
      expects = "next";
      at += 1;
    } else if (expects === "key" || expects === "key-or-end") {
      const end = char === '"' ? skipString(text, at) : -1;
      if (end === -1) return wrong(char === '"' ? cutString(text, at) : "Not JSON: a key in double quotes is missing here.");
      const raw = text.slice(at + 1, end - 1);
      const key = raw.includes("\\") ? String(JSON.parse(`"${raw}"`)) : raw;
      const seen = open.at(-1);
      if (forbiddenKeys.has(key)) return wrong("A key of this name (__proto__, constructor, prototype) is not allowed.", "forbidden-key");
      if (seen?.has(key) === true) return wrong("A key stands twice in one object. Keep one of them.", "duplicate-key");
      seen?.add(key);
      if ((keys += 1) > limits.keys || (seen?.size ?? 0) > limits.keysOfOne) return wrong("The JSON has too many keys.", "too-large");
      at = skip(blank, text, end);
      if (text[at] !== ":") return wrong("Not JSON: a colon is missing after the key.");
      at += 1;
      expects = "value";
    } else if (char === "{" || char === "[") {
      if (open.length >= limits.depth) return wrong(`The JSON is nested deeper than ${limits.depth} levels.`, "too-deep");
      open.push(char === "{" ? new Set() : null);
      expects = char === "{" ? "key-or-end" : "value-or-end";
      at += 1;
    } else {
      const end = char === '"' ? skipString(text, at) : Math.max(skip(number, text, at), skip(word, text, at));
      if (end === -1) return wrong(cutString(text, at));
      if (end === at) return wrong(notValue(text, at));
      at = end;
      expects = "next";
    }
    at = skip(blank, text, at);
  }
}

function cutString(text: string, at: number): string {
  return text.indexOf('"', at + 1) === -1
    ? "A text in the JSON is never closed: the file is cut off. Write it again."
    : "Not JSON: the text that begins here is not closed or holds a character that must be escaped.";
}

function notValue(text: string, at: number): string {
  return skip(notJson, text, at) > at
    ? "NaN and Infinity are not JSON. Write a number, or leave the key out where nothing was measured."
    : "Not JSON: a value is missing here.";
}
