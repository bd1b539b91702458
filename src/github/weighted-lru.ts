/** A map that forgets what was used longest ago, bounded by the sum of weights (bytes, entries). */
export interface WeightedLru<V> {
  get(key: string): V | undefined;
  /** Values heavier than the whole room are not kept. */
  set(key: string, value: V, weight: number): void;
  delete(key: string): void;
  readonly weight: number;
  readonly size: number;
}

export function createWeightedLru<V>(room: number): WeightedLru<V> {
  const entries = new Map<string, { value: V; weight: number }>();
  let total = 0;
  function drop(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    total -= entry.weight;
  }
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight) {
      drop(key);
      if (weight > room) return;
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= room) break;
        drop(oldest);
      }
    },
    delete: drop,
    get weight() {
      return total;
    },
    get size() {
      return entries.size;
    },
  };
}
