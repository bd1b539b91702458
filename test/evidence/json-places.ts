/* Places in a JSON value, as paths of keys, and the value with something else there. */

export function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

export function withValue(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.map((inner: unknown, index) => (String(index) === key ? withValue(inner, rest, other) : inner));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: withValue(record[key], rest, other) };
}
