import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";

type Bounds = { min?: number; max?: number };

/**
 * Reads fields of a foreign value one by one. The first field that is missing or wrong becomes the `problem` of the whole, with its
 * path; the value handed back is then a stand-in, so a reader asks for `problem` before it answers.
 */
export interface Fields {
  readonly path: string;
  has(key: string): boolean;
  keys(): string[];
  raw(key: string): unknown;
  in(key: string): Fields;
  list(key: string): Fields[];
  texts(key: string): string[];
  /** Finite, at least 0 unless `min` says otherwise; a number and never a text that looks like one. */
  number(key: string, bounds?: Bounds): number;
  optionalNumber(key: string, bounds?: Bounds): number | undefined;
  /** A whole number from 0. */
  count(key: string): number;
  optionalCount(key: string): number | undefined;
  text(key: string): string;
  optionalText(key: string): string | undefined;
  flag(key: string): boolean;
  /** Refuses the whole for a reason of the reader's own. */
  refuse(key: string, message: string): void;
  problem(): Unreadable | undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value under a path of keys, or undefined. */
export function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);
}

export function fieldsOf(value: unknown, name = ""): Fields {
  return wrap(value, name, { problem: undefined });
}

/** A key of the file, short and of plain characters, so that it can stand in a message. */
export function nameOf(key: string): string {
  const plain = key.slice(0, 61).replaceAll(/[^\w .,:;()<>=/%+-]/g, "?");
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
}

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value)
    ? "a list"
    : typeof value === "object"
      ? "an object"
      : typeof value === "string"
        ? "text"
        : `a ${typeof value}`;
}

function wrap(value: unknown, path: string, first: { problem: Unreadable | undefined }): Fields {
  const record: Record<string, unknown> = isRecord(value) ? value : {};
  const pathOf = (key: string) => (path === "" ? nameOf(key) : key === "" ? path : `${path}.${nameOf(key)}`);
  const has = (key: string) => Object.hasOwn(record, key);
  const raw = (key: string): unknown => (has(key) ? record[key] : undefined);
  const refuse = (key: string, message: string): void => {
    first.problem ??= unreadable("bad-value", `\`${pathOf(key)}\` ${message}.`);
  };
  const wrongShape = (key: string, wanted: string): void => {
    first.problem ??= unreadable("bad-shape", `\`${pathOf(key)}\` must be ${wanted}; it is ${describe(raw(key))}.`);
  };
  const number = (key: string, { min = 0, max = Number.MAX_VALUE }: Bounds = {}): number => {
    const found = raw(key);
    if (typeof found !== "number") return (wrongShape(key, "a number"), 0);
    if (!Number.isFinite(found)) return (refuse(key, "is not a finite number"), 0);
    if (found < min) return (refuse(key, min === 0 ? "is negative" : `is below ${min}`), 0);
    if (found > max) return (refuse(key, `is over ${max}`), 0);
    return found;
  };
  const count = (key: string): number => {
    const found = number(key);
    if (!Number.isSafeInteger(found)) refuse(key, "is not a whole number");
    return found;
  };
  const text = (key: string): string => {
    const found = raw(key);
    if (typeof found === "string" && found.trim() !== "") return found;
    wrongShape(key, typeof found === "number" ? "text (put it in quotes)" : "text");
    return "";
  };
  const items = (key: string): unknown[] => {
    const found = raw(key);
    if (Array.isArray(found)) return found;
    wrongShape(key, "a list");
    return [];
  };
  return {
    path,
    has,
    raw,
    refuse,
    number,
    count,
    text,
    keys: () => Object.keys(record),
    in: (key) => {
      if (!isRecord(raw(key))) wrongShape(key, "an object");
      return wrap(raw(key), pathOf(key), first);
    },
    list: (key) =>
      items(key).map((item, index) => {
        const place = `${pathOf(key)}[${index}]`;
        if (!isRecord(item)) first.problem ??= unreadable("bad-shape", `\`${place}\` must be an object; it is ${describe(item)}.`);
        return wrap(item, place, first);
      }),
    texts: (key) => {
      const found = items(key);
      const texts = found.filter((item) => typeof item === "string");
      if (texts.length < found.length) wrongShape(key, "a list of texts");
      return texts;
    },
    optionalNumber: (key, bounds) => (has(key) ? number(key, bounds) : undefined),
    optionalCount: (key) => (has(key) ? count(key) : undefined),
    optionalText: (key) => (has(key) ? text(key) : undefined),
    flag: (key) => {
      if (typeof raw(key) !== "boolean") wrongShape(key, "true or false");
      return raw(key) === true;
    },
    problem: () => first.problem,
  };
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is undefined: absent means "not in the file". */
export function present<T extends object>(value: T): Present<T> {
  const kept = Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
  // fromEntries forgets the keys' types.
  return kept as Present<T>;
}
