import { readEvidence } from "../../src/evidence/read-evidence.ts";

/* A file of ten megabytes is read within a second. Where JSON.parse is slower than here, reading may be so too. */

const megabytes = 10;
/** Milliseconds for 10 MB, where JSON.parse takes so many. */
const [allowed, atRest] = [1000, 50];

const yardstick = JSON.stringify(
  Array.from({ length: 100_000 }, (_, index) => ({ id: index, ok: true, score: 0.5, text: "an answer".repeat(5) })),
);

/** Milliseconds that JSON.parse takes for 10 MB at this moment. */
export function yardstickNow(): number {
  const times = [0, 1, 2].map(() => timeOf(() => JSON.parse(yardstick)));
  return (Math.min(...times) * megabytes * 1e6) / yardstick.length;
}

/** Milliseconds of processor time, which others on the machine hardly change. */
export function timeOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Milliseconds of a first reading, and what is wrong with it where the best of four takes longer than is allowed. */
export function slownessOf(bytes: Uint8Array): { milliseconds: number; faults: string[] } {
  const once = (): number => timeOf(() => readEvidence(bytes));
  const size = Math.max(1, bytes.length / (megabytes * 1e6));
  const bound = (now: number): number => allowed * Math.max(1, now / atRest) * size;
  const milliseconds = once();
  if (milliseconds <= bound(atRest)) return { milliseconds, faults: [] };
  const [best, most] = [Math.min(milliseconds, once(), once(), once()), bound(yardstickNow())];
  if (best <= most) return { milliseconds, faults: [] };
  return { milliseconds, faults: [`takes ${best.toFixed(0)} ms; ${most.toFixed(0)} ms are allowed for ${bytes.length} bytes`] };
}
