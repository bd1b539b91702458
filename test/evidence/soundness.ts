import { toContent } from "../../src/evidence/content.ts";
import type { Measured } from "../../src/evidence/define-reader.ts";
import { readers } from "../../src/evidence/formats/index.ts";
import type { LoadStage, Percentiles } from "../../src/shapes/load-test.ts";
import { unreadableCodes, type Reading, type Unreadable } from "../../src/shapes/measurements.ts";

/* What holds of every answer of a reader, whatever the file said. */

export interface Answer {
  format: string;
  recognised: boolean;
  said: Measured | Unreadable;
  milliseconds: number;
}

/** What every reader says of a content, recognised or not, past the guard that turns a throw into a refusal. */
export function askEveryReader(bytes: Uint8Array): Answer[] {
  const content = toContent(bytes);
  // Views are computed once a content, here and not in the time of the reader that asks first.
  void [content.json, content.jsonLines, content.yaml, content.xml, content.csvHeader, content.csv, content.inside, content.problem];
  return readers.map((reader) => {
    const start = performance.now();
    const recognised = reader.recognises(content, {});
    const said = reader.read(content, { scale: "1-5" });
    return { format: reader.format, recognised, said, milliseconds: performance.now() - start };
  });
}

/** What is unsound in an answer, in words. A refusal of what was recognised names a place. */
export function faultsOf(said: Measured | Unreadable | Reading, recognised = true): string[] {
  return "code" in said ? faultsOfRefusal(said, recognised) : faultsOfMeasured(said);
}

/** What is unsound in what any reader says of a content. */
export function unsound(input: Uint8Array | string): string[] {
  return unsoundAmong(askEveryReader(typeof input === "string" ? new TextEncoder().encode(input) : input));
}

export function unsoundAmong(answers: readonly Answer[]): string[] {
  return answers.flatMap(({ format, recognised, said }) => faultsOf(said, recognised).map((fault) => `${format}: ${fault}`));
}

/** Codes of what is wrong with a file as a whole; all others name a place. */
const ofTheFile: ReadonlySet<string> = new Set(["empty", "too-large", "not-utf8", "unknown-format", "ambiguous-format"]);

function faultsOfRefusal({ code, message, line }: Unreadable, recognised: boolean): string[] {
  const isPlaced = !recognised || line !== undefined || /`[^`]+`|\b(?:row|run|record|answer|line) \d+/i.test(message);
  return [
    ...(unreadableCodes.includes(code) ? [] : [`the code ${code} is not of the list`]),
    ...(code !== "unknown-format" && message.length > 500 ? [`the message of ${code} is long`] : []),
    ...(isPlaced || ofTheFile.has(code) ? [] : [`${code} names neither key, row nor line: ${message}`]),
  ];
}

/** Numbers by the key under which they stand. */
function* numbersIn(value: unknown, key = ""): Generator<[key: string, number: number]> {
  if (typeof value === "number") yield [key, value];
  if (typeof value !== "object" || value === null) return;
  for (const [inner, held] of Object.entries(value)) yield* numbersIn(held, Array.isArray(value) ? key : inner);
}

/** Figures whose meaning a file's author chose: they may be below 0. Front matter is nobody's figure. */
const maybeNegative: ReadonlySet<string> = new Set(["value", "mean"]);

function faultsOfMeasured(read: Exclude<Measured | Reading, Unreadable>): string[] {
  if (read.kind === "document") return [];
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => void (holds || faults.push(`${read.kind}: ${fault}`));
  const isFreeUnit = read.kind === "evaluation" || read.kind === "metric-series";
  for (const [key, number] of numbersIn(read.measurement)) {
    must(Number.isFinite(number), `${key} is not finite`);
    must(number >= 0 || (isFreeUnit && maybeNegative.has(key)), `${key} is negative`);
  }
  checkFigures(read, must);
  return faults;
}

type Must = (holds: boolean, fault: string) => void;

function checkFigures(read: Exclude<Measured | Reading, Unreadable>, must: Must): void {
  const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
  if (read.kind === "load-test") {
    const { stages = [] } = read.measurement;
    for (const run of [read.measurement, ...stages]) checkRun(run, must);
    const longest = Math.max(0, ...stages.map(({ durationSeconds = 0 }) => durationSeconds));
    must(stages.length === 0 || (read.measurement.durationSeconds ?? 0) === longest, "the figures are not those of the longest stage");
  } else if (read.kind === "red-team") {
    const { attempts, successes, attackSuccessRate, categories } = read.measurement;
    must(successes <= attempts, "more successes than attempts");
    must(attackSuccessRate === (attempts === 0 ? undefined : successes / attempts), "attackSuccessRate is not successes / attempts");
    must(total(categories.map((one) => one.attempts)) === attempts, "attempts of the categories are not the attempts");
    must(total(categories.map((one) => one.successes)) === successes, "successes of the categories are not the successes");
  } else if (read.kind === "evaluation") {
    const { total: all, passed = 0, failed = 0, errors = 0, metrics } = read.measurement;
    must(all === undefined || passed + failed + errors <= all, "more outcomes than answers");
    must(!metrics.some(({ n }) => n === 0), "a metric rests on no answer");
  } else if (read.kind === "tests") {
    const { total: all, passed, failed, skipped, errors } = read.measurement;
    must(all === passed + failed + skipped + errors, "the total is not the sum");
  } else if (read.kind === "survey") {
    const { responses, satisfied = 0, invited = responses, from = "", to = "" } = read.measurement;
    must(satisfied <= responses && responses <= invited, "satisfied, responses and invited do not rise");
    must(from <= to, "ends before it starts");
  } else if (read.kind === "metric-series") {
    for (const { points, values, from = "", to = "" } of read.measurement.series) {
      must(points === (values ?? []).length, "points are not its values");
      must(from <= to, "ends before it starts");
    }
  } else if (read.kind === "log") {
    const { lines, keys } = read.measurement;
    must(
      Object.values(keys).every((count) => count <= lines),
      "a key stands in more lines than there are",
    );
  } else if (read.kind === "slo") {
    must(!read.measurement.objectives.some(({ target = 0 }) => target > 1), "a target is over 1");
  } else if (read.kind === "traffic") {
    for (const { steps = [], splits = [], observed } of read.measurement.resources) {
      const shares = [...steps, ...splits.flat(), ...(observed === undefined ? [] : [observed])];
      must(!shares.some(({ percent = 0 }) => percent > 100), "a share is over 100 percent");
    }
  }
}

function checkRun(run: LoadStage, must: Must): void {
  const { requests, failed, errorRate, ratePerSecond, durationSeconds, startedAt, endedAt, timeline } = run;
  must((failed ?? 0) <= (requests ?? Infinity), "more failed than requests");
  must(errorRate === undefined || errorRate === (failed ?? NaN) / (requests ?? NaN), "errorRate is not failed / requests");
  const isDerived = requests !== undefined && durationSeconds !== undefined && Number.isFinite(requests / durationSeconds);
  must(!isDerived || ratePerSecond === requests / durationSeconds, "ratePerSecond is not requests / durationSeconds");
  must(durationSeconds !== 0, "a duration of 0 is none");
  for (const times of [run.latencyMs, run.timeToFirstTokenMs, run.interTokenLatencyMs]) checkPercentiles(times ?? {}, must);
  must(startedAt === undefined || endedAt === undefined || startedAt <= endedAt, "ends before it starts");
  if (timeline === undefined) return;
  const lengths = [timeline.requests, timeline.failed, timeline.tokens ?? timeline.requests].map(({ length }) => length);
  must(new Set(lengths).size === 1 && (lengths[0] ?? 0) <= 360, "the intervals of the timeline are not the same, or too many");
  must(timeline.intervalSeconds > 0, "the intervals have no length");
  must(timeline.requests.reduce((sum, count) => sum + count, 0) === requests, "the timeline does not hold the requests");
}

function checkPercentiles({ mean, p50, p90, p95, p97_5, p99, max }: Percentiles, must: Must): void {
  const rising = [p50, p90, p95, p97_5, p99, max].filter((value) => value !== undefined);
  must(
    rising.every((value, index) => value >= (rising[index - 1] ?? 0)),
    "percentiles fall",
  );
  must((mean ?? 0) <= (max ?? Infinity), "the mean is above the maximum");
}
