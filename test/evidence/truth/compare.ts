import type { ReadOptions } from "../../../src/evidence/define-reader.ts";
import type { MeasurementOf, Read, ReadOf } from "../../../src/shapes/measurements.ts";
import type { Kind } from "../../../src/shapes/vocabulary.ts";

/* Figures that were got from files of the real tools by other means than our readers, by the names under which they are kept. */

export type Truth = Record<string, unknown>;

/** What a reading says, in the form in which the truth says it: the truth under this key, and the key, are there to tell that form. */
export type Figure = (read: Read, truth: unknown, key: string) => unknown;

/** A figure that no measurement holds. */
export const unmeasured = "unmeasured";

/** A pattern stands for all keys that match it and have no figure of their own. */
export interface Figures {
  [key: string]: Figure | typeof unmeasured;
}

export interface Known {
  format: string;
  options?: ReadOptions;
  figures: Figures;
  /** For keys that begin with it, where the keys name something of the file. */
  beginning?: Figures;
}

/** A figure of readings of one kind. */
export function of<K extends Kind>(
  kind: K,
  pick: (measurement: MeasurementOf[K], truth: unknown, key: string, read: ReadOf<K>) => unknown,
): Figure {
  // The kind was just compared; the compiler does not narrow a union by a type parameter.
  return (read, truth, key) =>
    read.kind === kind ? pick(read.measurement as MeasurementOf[K], truth, key, read as unknown as ReadOf<K>) : `read as ${read.kind}`;
}

/** Every difference between a reading and a truth, and every key of the truth that nobody compares. */
export function differences(read: Read, truth: Truth, { format, figures, beginning = {} }: Known): string[] {
  if (read.format !== format) return [`read as ${read.format}`];
  return Object.entries(truth).flatMap(([key, wanted]) => {
    const start = Object.keys(beginning).find((name) => key.startsWith(name));
    const figure = figures[key] ?? (start === undefined ? undefined : beginning[start]);
    if (figure === undefined) return [`nobody compares ${key}`];
    if (figure === unmeasured) return [];
    const found = figure(read, wanted, key);
    return agree(found, wanted) ? [] : [`${key}: ${JSON.stringify(found)} for ${JSON.stringify(wanted)}`];
  });
}

/** Truths are rounded, times are written in several ways, and "absent" or "not in file" stands for what is not there. */
function agree(found: unknown, wanted: unknown): boolean {
  if (found === undefined || found === null) {
    return wanted === null || wanted === undefined || (typeof wanted === "string" && /^(?:absent|not in|none)/i.test(wanted));
  }
  if (typeof found === "number") {
    const number = typeof wanted === "string" && wanted.trim() !== "" ? Number(wanted) : wanted;
    // Half a thousandth, or half of the fourth digit; times in epoch seconds or milliseconds to the unit.
    return (
      typeof number === "number" && Math.abs(found - number) <= (Math.abs(number) > 1e9 ? 1 : Math.max(0.000051, Math.abs(number) * 0.0005))
    );
  }
  if (typeof found === "string") {
    return found === wanted || (typeof wanted === "string" && Math.abs(Date.parse(found) - Date.parse(wanted)) <= 1);
  }
  if (Array.isArray(found)) {
    return (
      Array.isArray(wanted) && found.length === wanted.length && found.every((item, index) => agree(item, (wanted as unknown[])[index]))
    );
  }
  if (typeof found === "object") {
    const [one, other] = [found as Truth, (wanted ?? {}) as Truth];
    return Object.keys({ ...one, ...other }).every((key) => agree(one[key], other[key]));
  }
  return found === wanted;
}
