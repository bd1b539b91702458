import { placesIn, valueAt, withValue } from "./json-places.ts";

/* Ways to spoil a file of evidence, for the tests and for the fuzz run. */

/** What stands around a number that is a value of its own, by what the file is written in; not one inside a date, a version or a name. */
const numbers: Record<string, RegExp> = {
  json: /(?<=[:,[]\s{0,9})-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=\s{0,9}[,}\]])/g,
  csv: /(?<=^|[,;\t])-?\d+(?:\.\d+)?(?=[,;\t]|\r?$)/gm,
  yaml: /(?<=: |- |\[|, )-?\d+(?:\.\d+)?(?=\s*?(?:[,}\]]|$))/gm,
  xml: /(?<==")-?\d+(?:\.\d+)?(?=")/g,
  html: /(?<=>)\d+(?:\.\d+)?(?=<|(?:st|nd|rd|th) pct|m )/g,
  text: /(?<![\w.:/-])\d+(?:\.\d+)?(?=(?:us|ms|s|%)?(?:[\s,)\]]|$))/g,
};

const writtenIn: Record<string, keyof typeof numbers> = {
  jsonl: "json",
  ndjson: "json",
  yml: "yaml",
  md: "yaml",
  txt: "text",
  wrk: "text",
  jtl: "xml",
};

/** What a number may be replaced by: what is no number there, and numbers that no count or time may be. */
export function notFigures(name: string): string[] {
  // In a table quotes say nothing.
  return ["NaN", "Infinity", "null", name.endsWith(".csv") ? "one" : '"1"', "1e999", "-1", "true", "{}"];
}

export interface Place {
  start: number;
  end: number;
}

/** Where the numbers of a file stand, at most `most` of them, evenly spread. */
export function numberPlaces(name: string, text: string, most = Infinity): Place[] {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  const pattern = numbers[writtenIn[extension] ?? extension];
  const all =
    pattern === undefined ? [] : [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({ start: index, end: index + length }));
  const step = Math.max(1, all.length / most);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

export function replacedAt(text: string, { start, end }: Place, other: string): string {
  return text.slice(0, start) + other + text.slice(end);
}

/** A number from 0 to below `end`, from the seed of the run. */
export type Chance = (end: number) => number;

/** mulberry32: small, fast, the same on every machine. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * end);
  };
}

export interface Original {
  name: string;
  bytes: Uint8Array;
}

type Mutation = (original: Original, other: Original, chance: Chance) => Uint8Array;

const textOf = ({ bytes }: Original): string => new TextDecoder().decode(bytes);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Texts that parsers and careless code stumble over. */
const stumbles = [
  "__proto__",
  "constructor",
  '"',
  "'",
  "`",
  "\\",
  "\0",
  "\u2028",
  "\ud800",
  "%s",
  "${a}",
  "{{a}}",
  "*a",
  "&a ",
  "<<: ",
  "!!js/function ",
  "]]>",
  "<!DOCTYPE a [",
  "<!--",
  "-->",
  "```",
  "---\n",
  "\r",
  "\n\n",
  "\t",
  ",",
  ";",
  "0",
  "-0",
  "1e308",
  "9007199254740993",
  "1970-01-01",
  "9999-12-31T23:59:60Z",
];

/** Openings with their ends: a level of nesting each. */
const levels = [
  ["[", "]"],
  ['{"a":', "}"],
  ["<a>", "</a>"],
  ["- ", ""],
  ["> ", ""],
  ["a:\n ", ""],
  ["(", ")"],
  ["**", ""],
] as const;

const [small, large] = [100_000, 10_000_000];

export const mutations: Record<string, Mutation> = {
  "flip bytes": ({ bytes }, _other, chance) => {
    const flipped = bytes.slice();
    for (let count = 1 + chance(20); count > 0; count -= 1) flipped[chance(flipped.length)] = chance(256);
    return flipped;
  },
  cut: ({ bytes }, _other, chance) => bytes.slice(0, chance(bytes.length)),
  splice: ({ bytes }, other, chance) => {
    const tail = other.bytes.subarray(chance(other.bytes.length));
    return new Uint8Array([...bytes.subarray(0, chance(bytes.length)), ...tail]);
  },
  "replace numbers": (original, _other, chance) => {
    let text = textOf(original);
    for (let count = 1 + chance(3); count > 0; count -= 1) {
      const places = numberPlaces(original.name, text);
      const place = places[chance(places.length)];
      const others = [...notFigures(original.name), "0", "1e15", "0.5", "1e308", "-0"];
      if (place !== undefined) text = replacedAt(text, place, others[chance(others.length)] ?? "");
    }
    return bytesOf(text);
  },
  "put in": (original, _other, chance) => {
    const text = textOf(original);
    const at = chance(text.length);
    return bytesOf(text.slice(0, at) + pick(stumbles, chance) + text.slice(at + chance(3)));
  },
  "leave out": (original, _other, chance) => {
    const lines = textOf(original).split(/(?<=[\n,])/);
    lines.splice(chance(lines.length), 1 + chance(3));
    return bytesOf(lines.join(""));
  },
  shuffle: (original, _other, chance) => {
    const lines = textOf(original).split(/(?<=\n)/);
    const [moved = ""] = lines.splice(chance(lines.length), 1);
    lines.splice(chance(lines.length), 0, moved);
    return bytesOf(lines.join(""));
  },
  nest: (original, _other, chance) => {
    const text = textOf(original);
    const at = chance(text.length);
    const [open, close] = pick(levels, chance);
    const deep = 10 ** (1 + chance(5));
    return bytesOf(text.slice(0, at) + open.repeat(deep) + close.repeat(chance(2) * deep) + text.slice(at));
  },
  "another value": (original, other, chance) => {
    const [value, stranger] = [jsonOf(original), jsonOf(other)];
    const values = [null, true, "", "x", 0, -1, 0.5, 1e15, 1e308, [], {}, stranger, [stranger], { a: stranger }];
    const place = pick(placesIn(value), chance);
    return bytesOf(JSON.stringify(withValue(value, place, pick([...values, valueAt(stranger, pick(placesIn(stranger), chance))], chance))));
  },
  "repeat lines": (original, _other, chance) => repeated(textOf(original).split(/(?<=\n)/), chance, small),
  "repeat entries": (original, _other, chance) => repeated(textOf(original).split(/(?<=[,}\]>])/), chance, small),
  "repeat items": (original, _other, chance) => repeatedItems(jsonOf(original), chance, small),
};

/** The same for inputs of ten megabytes. */
export const largeMutations: Record<string, Mutation> = {
  "repeat lines to 10 MB": (original, _other, chance) => repeated(textOf(original).split(/(?<=\n)/), chance, large, chance(2) === 0),
  "repeat entries to 10 MB": (original, _other, chance) => repeated(textOf(original).split(/(?<=[,}\]>])/), chance, large, chance(2) === 0),
  "repeat items to 10 MB": (original, _other, chance) => repeatedItems(jsonOf(original), chance, large),
};

function pick<T>(list: readonly T[], chance: Chance): T {
  return list[chance(list.length)] as T;
}

/** The value of the whole or of the first line; a list of the text's words where it is none. */
function jsonOf(original: Original): unknown {
  const text = textOf(original);
  for (const part of [text, text.split("\n", 1)[0] ?? ""]) {
    try {
      return JSON.parse(part) as unknown;
    } catch {
      // Not JSON.
    }
  }
  return text.split(/\s+/);
}

/** Some parts, one after another, as often as the length allows; `numbered`: each digit run in them then is another number. */
function repeated(parts: string[], chance: Chance, length: number, numbered = false): Uint8Array {
  const start = chance(parts.length);
  const end = Math.min(parts.length, start + 1 + chance(8));
  const section = parts.slice(start, end).join("");
  const times = Math.max(1, Math.floor(length / Math.max(1, section.length)));
  const middle = Array.from({ length: times }, (_, index) => (numbered ? counted(section, index) : section));
  return bytesOf([...parts.slice(0, start), ...middle, ...parts.slice(end)].join(""));
}

/** One list of a value with its items again and again, or one object with more and more keys. */
function repeatedItems(value: unknown, chance: Chance, length: number): Uint8Array {
  const holders = placesIn(value).filter((path) => Object.keys(Object(valueAt(value, path)) as object).length > 0);
  const place = pick(holders.length === 0 ? [[]] : holders, chance);
  const found = valueAt(value, place);
  const items = Array.isArray(found) ? (found as unknown[]) : Object.values(Object(found) as object);
  const written = items.map((item) => JSON.stringify(item) ?? "null");
  const times = Math.max(1, Math.floor(length / Math.max(1, written.join().length + 10 * written.length)));
  const numbered = chance(2) === 0;
  const parts = Array.from({ length: times }, (_, round) =>
    written.map((item, index) => {
      const next = numbered ? counted(item, round) : item;
      return Array.isArray(found)
        ? next
        : `${JSON.stringify(round === 0 ? Object.keys(found as object)[index] : `k${round}-${index}`)}:${next}`;
    }),
  ).flat();
  const whole = JSON.stringify(withValue(value, place, "HERE"));
  return bytesOf(whole.replace('"HERE"', () => (Array.isArray(found) ? `[${parts.join()}]` : `{${parts.join()}}`)));
}

/** Each whole number of a text, greater by so much. */
function counted(text: string, by: number): string {
  return text.replaceAll(/\d+/g, (digits) => (digits.length > 15 ? digits : String(Number(digits) + by)));
}
