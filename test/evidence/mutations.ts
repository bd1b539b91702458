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

const writtenIn: Record<string, keyof typeof numbers> = { jsonl: "json", yml: "yaml", md: "yaml", txt: "text" };

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
