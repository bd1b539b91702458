import type { Evaluation, Tests } from "../shapes/measurements.ts";
import type { Measured } from "./types.ts";

/** One value of one metric, as a share of cases that succeeded. */
export interface Result {
  path: string;
  value: number;
  /** Cases that it rests on, errors included; undefined where the file does not say. */
  n: number | undefined;
  /** Cases that ended in an error: they are in `n` and no success. */
  errors: number;
  task: string | undefined;
}

type ResultFile = Measured<"evaluation"> | Measured<"tests">;

/** Looks results up by metric, over all files. `pass-rate` is counted from passed and total: skipped and broken cases are no passes. */
export function resultsByMetric(files: readonly ResultFile[]): (metric: string) => Result[] {
  const byName = new Map<string, Result[]>();
  for (const file of files) for (const [name, result] of named(file)) push(byName, name, result);
  return (metric) => byName.get(passRates.has(plain(metric)) ? PASS_RATE : plain(metric)) ?? [];
}

const PASS_RATE = "passrate";
const passRates = new Set([PASS_RATE, "passed", "successrate"]);

function* named({ path, measurement }: ResultFile): Generator<[string, Result]> {
  const rate = passRate(measurement);
  if (rate) yield [PASS_RATE, { path, ...rate, task: undefined }];
  if (!("metrics" in measurement)) return;
  const errors = Math.max(0, measurement.errors ?? 0);
  for (const { name, value, n, task } of measurement.metrics) {
    const isPassRate = passRates.has(plain(name));
    // What was counted from the cases stands; the tool's own rate leaves errors out.
    if (isPassRate && rate) continue;
    const whole = n === undefined ? undefined : n + errors;
    const share = n === undefined || whole === undefined ? value : whole > 0 ? (value * n) / whole : NaN;
    yield [
      isPassRate ? PASS_RATE : plain(name),
      { path, value: share, n: whole ?? measurement.total, errors: n === undefined ? 0 : errors, task },
    ];
  }
}

function push(byName: Map<string, Result[]>, name: string, result: Result): void {
  const known = byName.get(name);
  if (known) known.push(result);
  else byName.set(name, [result]);
}

function passRate(measurement: Evaluation | Tests): { value: number; n: number; errors: number } | undefined {
  const { total, passed } = measurement;
  const errors = Math.max(0, measurement.errors ?? 0);
  if (total === undefined || passed === undefined) return undefined;
  const n = Math.max(total, passed + (measurement.failed ?? 0) + errors);
  return { value: n > 0 ? passed / n : NaN, n, errors };
}

/** `pass_rate`, `Pass rate` and `passRate` are one metric. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\d@%]/gu, "");
}
