import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";

type Bounds = { min?: number; max?: number };

/**
 * Reads fields of a foreign value one by one. The first field that is missing or wrong becomes the `problem` of the whole, with its
 * path; the value handed back is then a stand-in, so a reader asks for `problem` before it answers.
 */
export interface Fields {
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
  return new FieldsOfRecord(value, () => name, { problem: undefined });
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

/** A class, because a file may hold a hundred thousand records: what each of them can do is there once. */
class FieldsOfRecord implements Fields {
  readonly #record: Record<string, unknown>;
  /** Only asked for where something is wrong. */
  readonly #path: () => string;
  readonly #first: { problem: Unreadable | undefined };

  constructor(value: unknown, path: () => string, first: { problem: Unreadable | undefined }) {
    this.#record = isRecord(value) ? value : {};
    this.#path = path;
    this.#first = first;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#record, key);
  }

  keys(): string[] {
    return Object.keys(this.#record);
  }

  raw(key: string): unknown {
    return this.has(key) ? this.#record[key] : undefined;
  }

  in(key: string): Fields {
    const found = this.raw(key);
    if (!isRecord(found)) this.#wrongShape(key, "an object");
    return new FieldsOfRecord(found, () => this.#pathOf(key), this.#first);
  }

  list(key: string): Fields[] {
    return this.#items(key).map((item, index) => {
      const place = (): string => `${this.#pathOf(key)}[${index}]`;
      if (!isRecord(item)) {
        this.#first.problem ??= unreadable("bad-shape", `\`${place()}\` must be an object; it is ${describe(item)}.`);
      }
      return new FieldsOfRecord(item, place, this.#first);
    });
  }

  texts(key: string): string[] {
    const found = this.#items(key);
    const texts = found.filter((item) => typeof item === "string");
    if (texts.length < found.length) this.#wrongShape(key, "a list of texts");
    return texts;
  }

  number(key: string, { min = 0, max = Number.MAX_VALUE }: Bounds = {}): number {
    const found = this.raw(key);
    if (typeof found !== "number") return (this.#wrongShape(key, "a number"), 0);
    if (!Number.isFinite(found)) return (this.refuse(key, "is not a finite number"), 0);
    if (found < min) return (this.refuse(key, min === 0 ? "is negative" : `is below ${min}`), 0);
    if (found > max) return (this.refuse(key, `is over ${max}`), 0);
    return found;
  }

  optionalNumber(key: string, bounds?: Bounds): number | undefined {
    return this.has(key) ? this.number(key, bounds) : undefined;
  }

  count(key: string): number {
    const found = this.number(key);
    if (!Number.isSafeInteger(found)) this.refuse(key, "is not a whole number");
    return found;
  }

  optionalCount(key: string): number | undefined {
    return this.has(key) ? this.count(key) : undefined;
  }

  text(key: string): string {
    const found = this.raw(key);
    if (typeof found === "string" && found.trim() !== "") return found;
    this.#wrongShape(key, typeof found === "number" ? "text (put it in quotes)" : "text");
    return "";
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  flag(key: string): boolean {
    const found = this.raw(key);
    if (typeof found !== "boolean") this.#wrongShape(key, "true or false");
    return found === true;
  }

  refuse(key: string, message: string): void {
    this.#first.problem ??= unreadable("bad-value", `\`${this.#pathOf(key)}\` ${message}.`);
  }

  problem(): Unreadable | undefined {
    return this.#first.problem;
  }

  #items(key: string): unknown[] {
    const found = this.raw(key);
    if (Array.isArray(found)) return found;
    this.#wrongShape(key, "a list");
    return [];
  }

  #wrongShape(key: string, wanted: string): void {
    this.#first.problem ??= unreadable("bad-shape", `\`${this.#pathOf(key)}\` must be ${wanted}; it is ${describe(this.raw(key))}.`);
  }

  #pathOf(key: string): string {
    const path = this.#path();
    return path === "" ? nameOf(key) : key === "" ? path : `${path}.${nameOf(key)}`;
  }
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
