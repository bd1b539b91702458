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

/** Every value that a file gives for a metric; `pass-rate` is counted from passed and total, so that skipped and broken cases are no passes. */
export function resultsOf(file: ResultFile, metric: string): Result[] {
  const { path, measurement } = file;
  const name = plain(metric);
  if (passRates.has(name)) {
    const rate = passRate(measurement);
    if (rate) return [{ path, ...rate, task: undefined }];
  }
  if (!("metrics" in measurement)) return [];
  const errors = Math.max(0, measurement.errors ?? 0);
  return measurement.metrics
    .filter((each) => plain(each.name) === name)
    .map(({ value, n, task }) => {
      if (n !== undefined) return { path, value: n + errors > 0 ? (value * n) / (n + errors) : NaN, n: n + errors, errors, task };
      return { path, value, n: measurement.total, errors: 0, task };
    });
}

const passRates = new Set(["passrate", "passed", "successrate"]);

function passRate(measurement: Evaluation | Tests): { value: number; n: number; errors: number } | undefined {
  const { total, passed } = measurement;
  const errors = Math.max(0, measurement.errors ?? 0);
  if (total === undefined || passed === undefined) return undefined;
  const n = Math.max(total, passed + (measurement.failed ?? 0) + errors);
  return { value: n > 0 ? passed / n : NaN, n, errors };
}

/** `pass_rate`, `Pass rate` and `passRate` are one metric. */
export function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\d@%]/gu, "");
}
