#!/usr/bin/env node
/*
 * Spoils every fixture in every way and asks every reader what it says of it, until the time is over. Ends with 1, with the seed and the
 * input in a file, where a reader throws, says something unsound, or takes longer than a second for 10 MB; where JSON.parse takes longer than
 * on a machine at rest, so much more. Run: npm run fuzz -- --seconds 60 --seed 7
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readers } from "../src/evidence/formats/index.ts";
import { readEvidence } from "../src/evidence/read-evidence.ts";
import { streamEvidence } from "../src/evidence/stream-evidence.ts";
import type { Reading } from "../src/shapes/measurements.ts";
import { fixtures, samples } from "../test/evidence/fixtures.ts";
import { chanceOf, largeMutations, mutations } from "../test/evidence/mutations.ts";
import { askEveryReader, unsoundAmong, type Answer } from "../test/evidence/soundness.ts";
import { slownessOf, yardstickNow } from "../test/evidence/speed.ts";

const text = (normal: string) => ({ type: "string", default: normal }) as const;
const { values } = parseArgs({ options: { seconds: text("60"), seed: text("1"), large: text("100") } });
/** One input in so many is a large one. */
const [seconds, firstSeed, largeOneIn] = [Number(values.seconds), Number(values.seed), Number(values.large)];
if (!Number.isFinite(seconds) || !Number.isSafeInteger(firstSeed) || !(largeOneIn >= 1)) {
  console.error("--seconds, --seed and --large take numbers: npm run fuzz -- --seconds 60 --seed 7 --large 100");
  process.exit(2);
}

const originals = [...fixtures(readers.map(({ format }) => format)), ...samples().map(({ path, bytes }) => ({ name: path, bytes }))].filter(
  ({ bytes }) => bytes.length > 0,
);

interface Input {
  seed: number;
  what: string;
  name: string;
  bytes: Uint8Array;
}

function inputOf(seed: number): Input {
  const chance = chanceOf(seed);
  const pick = <T>(list: readonly T[]): T => list[chance(list.length)] as T;
  const kinds = chance(largeOneIn) === 0 ? largeMutations : mutations;
  const [original, other] = [pick(originals), pick(originals)];
  const [what, mutate] = pick(Object.entries(kinds));
  return { seed, what, name: original.name, bytes: mutate(original, other, chance) };
}

interface Slowest extends Input {
  milliseconds: number;
}

const slowest = new Map<string, Omit<Slowest, "bytes"> & { size: number }>();

function note(format: string, milliseconds: number, { bytes, ...input }: Input): void {
  const known = slowest.get(format);
  if (known === undefined || milliseconds > known.milliseconds) slowest.set(format, { ...input, size: bytes.length, milliseconds });
}

/** What is wrong with the answers to an input. */
function faultsIn(input: Input): string[] {
  let answers: Answer[];
  try {
    answers = askEveryReader(input.bytes);
  } catch (error) {
    return [`throws: ${String(error instanceof Error ? error.stack : error)}`];
  }
  for (const { format, recognised, milliseconds } of answers) if (recognised) note(format, milliseconds, input);
  const recognising = answers.filter(({ recognised }) => recognised).map(({ format }) => format);
  const [only] = recognising;
  const streams = recognising.length === 1 && readers.some(({ format, stream }) => format === only && stream !== undefined);
  const { milliseconds, faults } = slownessOf(input.bytes);
  note("any format", milliseconds, input);
  return [...unsoundAmong(answers), ...faults, ...(streams ? otherInPieces(input) : [])];
}

/** What is read in pieces is what is read at once. */
function otherInPieces({ seed, bytes }: Input): string[] {
  const whole = readEvidence(bytes);
  const piece = 1 + chanceOf(seed)(Math.max(1, Math.min(bytes.length, 100_000)));
  const sink = streamEvidence();
  for (let start = 0; start < bytes.length; start += piece) if (!sink.write(bytes.subarray(start, start + piece))) break;
  const pieces = sink.end();
  const say = (reading: Reading): string => JSON.stringify(reading.ok ? reading : "refused");
  return say(whole) === say(pieces) ? [] : [`is ${say(whole).slice(0, 200)} whole and ${say(pieces).slice(0, 200)} in pieces of ${piece}`];
}

const end = performance.now() + seconds * 1000;
let count = 0;
const found = new Set<string>();
for (let seed = firstSeed; performance.now() < end; seed += 1) {
  const input = inputOf(seed);
  count += 1;
  const faults = faultsIn(input);
  if (faults.length === 0) continue;
  const file = join(mkdtempSync(join(tmpdir(), "pilotgate-fuzz-")), "input");
  writeFileSync(file, input.bytes);
  found.add(faults[0] ?? "");
  console.error(`seed ${seed} (${input.what}, ${input.name}), kept as ${file}:\n  ${faults.slice(0, 5).join("\n  ")}`);
}

console.log(
  `${count} inputs, seeds from ${firstSeed}; JSON.parse takes ${yardstickNow().toFixed(0)} ms for 10 MB. The slowest of each format:`,
);
for (const [format, { milliseconds, size, what, name, seed }] of [...slowest].sort(
  ([, one], [, other]) => other.milliseconds - one.milliseconds,
)) {
  console.log(`${milliseconds.toFixed(0).padStart(6)} ms ${format} (${(size / 1e6).toFixed(2)} MB, ${what}, ${name}, seed ${seed})`);
}
process.exitCode = found.size > 0 ? 1 : 0;
