import { closeSync, openSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PortError } from "../app/ports.ts";
import { identifySelf, isRunning } from "./process-identity.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import { codeOf } from "./to-port-error.ts";

/* The embedded database takes no lock of its own, and two processes on one folder destroy it. Locks are numbered files and the
   highest one counts: taking over means creating the next number, which the system grants to one process only. A file that
   counts is never deleted, so nobody can take a lock away between another's look and grasp. */

interface Holder extends ProcessIdentity {
  since: string;
  released: boolean;
}

export interface DirectoryLock {
  release(): void;
}

export interface LockOptions {
  /** How often the holder touches its file. */
  beatMs?: number;
  /** Called when the lock was taken over while this process seemed dead, for example after a long sleep. */
  onLost(): void;
}

const name = /^server-(\d{1,9})\.lock$/;
/** Old files are kept for a while: a process that is slow to look must still find a newer one. */
const keptGenerations = 8;

/** Takes the lock of an existing folder. Throws PortError `conflict` naming the holder. */
export async function lockDirectory(directory: string, { beatMs = 5000, onLost }: LockOptions): Promise<DirectoryLock> {
  for (;;) {
    const highest = highestGeneration(directory);
    if (highest > 0) await assertFree(directory, highest, beatMs);
    const mine = highest + 1;
    if (!tryCreate(fileOf(directory, mine))) continue;
    if (highestGeneration(directory) === mine) return hold(directory, mine, { beatMs, onLost });
    rmSync(fileOf(directory, mine), { force: true });
  }
}

function hold(directory: string, generation: number, { beatMs, onLost }: Required<LockOptions>): DirectoryLock {
  for (const old of generations(directory).filter((other) => other < generation - keptGenerations))
    rmSync(fileOf(directory, old), { force: true });
  const file = fileOf(directory, generation);
  const beat = setInterval(() => {
    if (isStillMine(directory, generation)) return;
    clearInterval(beat);
    onLost();
  }, beatMs);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (highestGeneration(directory) === generation)
        writeFileSync(file, JSON.stringify({ ...identifySelf(), since: now(), released: true }));
    },
  };
}

function isStillMine(directory: string, generation: number): boolean {
  try {
    utimesSync(fileOf(directory, generation), new Date(), new Date());
    return highestGeneration(directory) === generation;
  } catch {
    return false;
  }
}

/** Returns where the holder let go or is dead; waits for a sign of life where only time can tell. */
async function assertFree(directory: string, generation: number, beatMs: number): Promise<void> {
  const file = fileOf(directory, generation);
  const before = lastBeat(file);
  const holder = await readHolder(file);
  if (holder?.released === true) return;
  const running = holder === null ? "unknown" : isRunning(holder);
  if (running === false) return;
  if (running === "unknown" && (await staysSilent(file, before, holder === null ? 1000 : beatMs * 4))) return;
  throw new PortError("conflict", describe(directory, holder));
}

async function staysSilent(file: string, before: number | null, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    await pause(Math.min(250, ms / 4));
    if (lastBeat(file) !== before) return false;
  }
  return true;
}

function describe(directory: string, holder: Holder | null): string {
  const who = holder === null ? "another process" : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return `The data directory ${directory} is in use by ${who}. Stop that one first, or give this one another directory with PILOTGATE_DATA_DIR.`;
}

/** Null where the file is empty or broken: its writer was killed, or is just about to write. */
async function readHolder(file: string): Promise<Holder | null> {
  for (let look = 0; look < 5; look += 1) {
    const holder = parseHolder(readText(file));
    if (holder !== null) return holder;
    await pause(50);
  }
  return null;
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : null;
  } catch {
    return null;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== "object" || value === null) return false;
  return (
    "pid" in value &&
    typeof value.pid === "number" &&
    "host" in value &&
    typeof value.host === "string" &&
    "since" in value &&
    "released" in value &&
    "space" in value &&
    "began" in value
  );
}

function tryCreate(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, "wx", 0o600);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(descriptor, JSON.stringify({ ...identifySelf(), since: now(), released: false } satisfies Holder));
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function generations(directory: string): number[] {
  return readdirSync(directory).flatMap((entry) => Number(name.exec(entry)?.[1] ?? []));
}

function highestGeneration(directory: string): number {
  return Math.max(0, ...generations(directory));
}

function fileOf(directory: string, generation: number): string {
  return join(directory, `server-${generation}.lock`);
}

function lastBeat(file: string): number | null {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return null;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function now(): string {
  return new Date().toISOString();
}
