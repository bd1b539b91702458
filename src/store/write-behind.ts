import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { PullRecord } from "../app/ports.ts";
import { finishJobs } from "./finish-jobs.ts";
import { savePullRecords } from "./save-pull-records.ts";
import type { Database } from "./store-database.ts";
import type { StoreLog } from "./store-log.ts";

export interface WriteBehind {
  /** Resolves when the job is forgotten for good; never rejects. */
  finish(id: string): Promise<void>;
  /** Written with the end of the job, in the same statement. */
  save(record: PullRecord): void;
  /** Records that are not written yet, the newest of each pull request. */
  unsaved(): PullRecord[];
  /** How many jobs were forgotten. */
  finished(): number;
  /** From now on nothing is tried a second time: the store is about to close. */
  hurry(): void;
  /** Resolves when everything pending was tried. */
  close(): Promise<void>;
}

interface Batch {
  ids: string[];
  records: Map<string, PullRecord>;
}

const retryPauseMs = 1000;

/**
 * Gathers what one turn of the event loop wants written and writes it as one statement: records of pull requests
 * and the end of the jobs that made them. What fails is tried again; after a crash the job runs once more.
 */
export function createWriteBehind(db: Database, { holder, log }: { holder: string; log: StoreLog }): WriteBehind {
  let next: Batch = { ids: [], records: new Map() };
  let inFlight: Batch = { ids: [], records: new Map() };
  let writing: Promise<void> | null = null;
  let finished = 0;
  const hurried = new AbortController();
  const waiters = new Map<string, () => void>();

  const isEmpty = (): boolean => next.ids.length === 0 && next.records.size === 0;

  const write = async (): Promise<void> => {
    inFlight = next;
    next = { ids: [], records: new Map() };
    try {
      await statement(inFlight, holder).execute(db);
      settle(inFlight.ids);
    } catch (error) {
      log.error({ err: error, jobs: inFlight.ids.length }, "could not write to the store");
      if (hurried.signal.aborted) settle(inFlight.ids);
      else await tryAgainLater();
    }
    inFlight = { ids: [], records: new Map() };
  };

  const tryAgainLater = async (): Promise<void> => {
    next = { ids: [...inFlight.ids, ...next.ids], records: new Map([...inFlight.records, ...next.records]) };
    await pause(retryPauseMs, undefined, { signal: hurried.signal }).catch(() => {});
  };

  const settle = (ids: readonly string[]): void => {
    for (const id of ids) {
      waiters.get(id)?.();
      waiters.delete(id);
    }
    finished += ids.length;
  };

  const writeAll = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    await write();
    while (!isEmpty()) await write();
    writing = null;
  };

  const start = (): Promise<void> => (writing ??= writeAll());

  return {
    finish: (id) =>
      new Promise((resolve) => {
        waiters.set(id, resolve);
        next.ids.push(id);
        void start();
      }),
    save(record) {
      next.records.set(keyOf(record.repositoryId, record.number), record);
      void start();
    },
    unsaved: () => [...new Map([...inFlight.records, ...next.records]).values()],
    finished: () => finished,
    hurry: () => hurried.abort(),
    async close() {
      hurried.abort();
      await writing;
    },
  };
}

function keyOf(repositoryId: number, number: number): string {
  return `${repositoryId}#${number}`;
}

function statement({ ids, records }: Batch, holder: string) {
  const saving = savePullRecords([...records.values()]);
  const finishing = finishJobs(ids, holder);
  if (ids.length === 0) return saving;
  if (records.size === 0) return finishing;
  return sql`with saved as (${saving} returning 1) ${finishing}`;
}
