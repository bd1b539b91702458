import type { Percentiles } from "../shapes/measurements.ts";
import { percentilesOfCounts, rankOf } from "./load-run.ts";

/** Keeps every answer's time, so that percentiles are exact; milliseconds. */
export interface AnswerTimes {
  /** False where no more can be kept. */
  add(milliseconds: number): boolean;
  percentiles(): Percentiles | undefined;
}

/** Whole milliseconds up to here are counted in a table: most of any run, in 8 MiB. */
const maxTable = 1_048_576;
const maxOthers = 100_000;

/** For times in whole milliseconds, however many. */
export function wholeTimes(): AnswerTimes {
  let table = new Float64Array(0);
  const others = new Map<number, number>();
  return {
    add(milliseconds) {
      if (milliseconds < maxTable) {
        if (milliseconds >= table.length) table = grown(table, Math.min(maxTable, 2 * milliseconds + 1024));
        table[milliseconds] = (table[milliseconds] ?? 0) + 1;
        return true;
      }
      others.set(milliseconds, (others.get(milliseconds) ?? 0) + 1);
      return others.size <= maxOthers;
    },
    percentiles() {
      const counts: [number, number][] = [...others];
      for (const [value, count] of table.entries()) if (count > 0) counts.push([value, count]);
      return percentilesOfCounts(counts);
    },
  };
}

/** As many as a file of 1 GiB can hold: 80 MiB where there really are so many. */
const maxTimes = 10_485_760;
const fewTimes = 65_536;

/** For times with fractions. */
export function fractionalTimes(): AnswerTimes {
  let times = new Float64Array(0);
  let count = 0;
  return {
    add(milliseconds) {
      if (count === maxTimes) return false;
      if (count === times.length) times = more(times);
      times[count] = milliseconds;
      count += 1;
      return true;
    },
    percentiles() {
      if (count === 0) return undefined;
      const sorted = times.subarray(0, count).sort();
      const at = (name: Parameters<typeof rankOf>[0]) => sorted[rankOf(name, count) - 1] ?? 0;
      const max = sorted[count - 1] ?? 0;
      const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
      return { mean: Math.min(mean, max), p50: at("p50"), p90: at("p90"), p95: at("p95"), p99: at("p99"), max };
    },
  };
}

/** Few are copied; for many, memory is reserved at once and taken as it is needed, so that the same times are never held twice. */
function more(times: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  if (times.length < fewTimes) return grown(times, Math.max(1024, 2 * times.length));
  if (times.buffer.resizable) {
    times.buffer.resize(Math.min(maxTimes * 8, times.byteLength + fewTimes * 8));
    return times;
  }
  const reserved = new Float64Array(new ArrayBuffer(2 * times.byteLength, { maxByteLength: maxTimes * 8 }));
  reserved.set(times);
  return reserved;
}

function grown(numbers: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(numbers);
  return larger;
}
