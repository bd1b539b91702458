import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import { Client } from "pg";
import type { Job } from "../../src/app/ports.ts";
import { createCluster } from "../../src/store/create-cluster.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store, StoreOptions } from "../../src/store/open-store.ts";
import type { StoreLog } from "../../src/store/store-log.ts";

export interface LoggedLine {
  level: "info" | "warn" | "error";
  details: object;
  message: string;
}

/** Keeps what the store logs. */
export function createTestLog(): StoreLog & { lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const write = (level: LoggedLine["level"]) => (details: object, message: string) => void lines.push({ level, details, message });
  return { lines, info: write("info"), warn: write("warn"), error: write("error") };
}

export interface Place {
  name: string;
  /** Makes an empty database. */
  prepare(): Promise<void>;
  options(): { databaseUrl?: string; dataDir: string };
  remove(): Promise<void>;
}

export function createFolder(): string {
  return mkdtempSync(join(tmpdir(), "pilotgate-store-"));
}

/** A folder with a database that is made already: making one takes seconds, so one is kept and copied. */
export async function createDataDir(): Promise<string> {
  const kept = join(import.meta.dirname, "../../node_modules/.cache/pilotgate-test-cluster");
  if (!existsSync(join(kept, "database"))) {
    const made = createFolder();
    await createCluster(made);
    mkdirSync(dirname(kept), { recursive: true });
    cpSync(made, `${kept}-${process.pid}`, { recursive: true });
    // Another worker may have been faster; its copy is as good.
    try {
      renameSync(`${kept}-${process.pid}`, kept);
    } catch {
      rmSync(`${kept}-${process.pid}`, { recursive: true });
    }
    rmSync(made, { recursive: true });
  }
  const folder = createFolder();
  cpSync(kept, folder, { recursive: true });
  return folder;
}

function embedded(): Place {
  let dataDir = "";
  return {
    name: "embedded",
    options: () => ({ dataDir }),
    prepare: async () => void (dataDir = await createDataDir()),
    remove: () => Promise.resolve(rmSync(dataDir, { recursive: true, force: true })),
  };
}

/** A database of its own on the server that the environment names. */
function postgres(server: string): Place {
  const name = `pilotgate_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const databaseUrl = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  return {
    name: "PostgreSQL",
    options: () => ({ databaseUrl, dataDir: "unused" }),
    prepare: () => query(server, `create database ${name}`),
    remove: () => query(server, `drop database ${name} with (force)`),
  };
}

export async function query(databaseUrl: string, text: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** The server for tests on real PostgreSQL; undefined where none is named. */
export const testServer = process.env["PILOTGATE_TEST_DATABASE_URL"];

/** Where the same tests run: always embedded, and on PostgreSQL where a server is named. */
export const places: Place[] = testServer === undefined ? [embedded()] : [embedded(), postgres(testServer)];

export function openAt(place: Place, options: Partial<StoreOptions> = {}): Promise<Store> {
  return openStore({ log: createTestLog(), pauseMs: () => 20, ...place.options(), ...options });
}

/** Opens one store for all tests of the suite that calls it: opening costs seconds. */
export function useStore(place: Place, options?: Partial<StoreOptions>): () => Store {
  let store: Store | undefined;
  beforeAll(async () => {
    await place.prepare();
    store = await openAt(place, options);
  });
  afterAll(async () => {
    await store?.close();
    await place.remove();
  });
  return () => {
    if (store === undefined) throw new Error("the store is open during tests only");
    return store;
  };
}

export function jobOf(number: number, reason: Partial<Job["reason"]> = {}): Job {
  return {
    key: `acme/assistant#${number}`,
    repository: { installationId: 1, id: 7, owner: "acme", name: "assistant" },
    subject: { kind: "pull", number },
    reason: { event: "pull_request", action: "synchronize", deliveryId: `delivery-${number}`, ...reason },
  };
}

/** A promise with its ends in hand. */
export function createGate(): { opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
