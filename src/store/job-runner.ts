import type { Job, JobRunner } from "../app/ports.ts";
import { beginJobs, untilNextDue } from "./begin-jobs.ts";
import type { JobPlaces } from "./job-places.ts";
import { handleJob } from "./handle-job.ts";
import type { HandleOptions } from "./handle-job.ts";
import { keepJobs, retryJob, returnAbandoned } from "./return-jobs.ts";
import type { BegunJob, Database } from "./store-database.ts";
import type { StoreLog } from "./store-log.ts";
import type { StoredJobs } from "./store-jobs.ts";
import { isUniqueViolation } from "./to-port-error.ts";
import type { WriteBehind } from "./write-behind.ts";

export interface JobRunnerOptions {
  holder: string;
  /** How long a begun job is ours without a sign of life. */
  leaseMs: number;
  /** The safety net: jobs are woken without it. */
  pollMs: number;
  /** How soon to look again for a job that is due while its key is taken elsewhere. */
  lookAgainMs: number;
  /** Milliseconds to wait after the given attempt failed, from 1. */
  pauseMs(attempt: number): number;
  log: StoreLog;
}

export interface StoreRunner extends JobRunner, JobPlaces {
  /** Jobs may wait that this process does not know of. */
  wake(): void;
  /** Takes no more jobs and waits for those that run. */
  stop(): Promise<void>;
}

type Work = Omit<HandleOptions, "pauseMs" | "log"> & { concurrency: number };

export function createJobRunner(db: Database, writes: WriteBehind, options: JobRunnerOptions): StoreRunner {
  const { holder, leaseMs, log } = options;
  const running = new Map<string, { job: Job; end: Promise<void> }>();
  let work: Work | null = null;
  let reserved = 0;
  let mayWait = true;
  let beginning: Promise<void> | null = null;
  let lookAgain = false;
  let dueTimer: NodeJS.Timeout | undefined;
  let timers: NodeJS.Timeout[] = [];

  const freePlaces = (): number => (work === null ? 0 : Math.max(0, work.concurrency - running.size - reserved));

  const runningKeys = (): Set<string> => new Set([...running.values()].map(({ job }) => job.key));

  const putBack = async (id: string, pauseMs: number): Promise<void> => {
    try {
      await retryJob(db, { id, holder, pauseMs });
      mayWait = true;
    } catch (error) {
      log.error({ err: error }, "could not put a job back; it runs again when its lease ends");
    }
  };

  const runOne = async ({ id, job, attempt }: BegunJob): Promise<void> => {
    if (work === null) return putBack(id, 0);
    const retry = await handleJob(job, attempt, { ...work, pauseMs: options.pauseMs, log });
    await (retry === null ? writes.finish(id) : putBack(id, retry.pauseMs));
  };

  const start = (begun: BegunJob): void => {
    const end = runOne(begun).finally(() => {
      running.delete(begun.id);
      if (mayWait) begin();
    });
    running.set(begun.id, { job: begun.job, end });
  };

  const beginOnce = async (places: number): Promise<void> => {
    reserved += places;
    let begun: BegunJob[] = [];
    try {
      begun = await beginJobs(db, { holder, limit: places, leaseMs });
    } catch (error) {
      // Another process began a job of the same key in this moment.
      if (!isUniqueViolation(error)) throw error;
      lookAgain = true;
    } finally {
      reserved -= places;
    }
    for (const job of begun) start(job);
    if (begun.length === places) return;
    const dueInMs = await untilNextDue(db);
    mayWait = lookAgain || dueInMs !== null;
    // A due job that was not begun waits for its key: for one that runs here, its end looks again.
    if (dueInMs !== null && (dueInMs > 0 || running.size === 0)) beginLater(Math.max(dueInMs, options.lookAgainMs));
  };

  const beginAll = async (): Promise<void> => {
    do {
      lookAgain = false;
      const places = freePlaces();
      if (places > 0) await beginOnce(places);
    } while (lookAgain && freePlaces() > 0);
  };

  const begin = (): void => {
    if (work === null) return;
    if (beginning !== null) {
      lookAgain = true;
      return;
    }
    beginning = beginAll()
      .catch((error: unknown) => {
        log.error({ err: error }, "could not read waiting jobs from the store; trying again");
        beginLater(options.lookAgainMs);
      })
      .finally(() => (beginning = null));
  };

  const beginLater = (ms: number): void => {
    clearTimeout(dueTimer);
    if (work !== null) dueTimer = setTimeout(wake, Math.min(ms, options.pollMs));
  };

  const wake = (): void => {
    mayWait = true;
    begin();
  };

  const settle = (stored: StoredJobs | null): void => {
    for (const job of stored?.begun ?? []) start(job);
    const taken = runningKeys();
    if (stored !== null && stored.waitingKeys.length > 0) {
      mayWait = true;
      // The end of a job that runs here looks for its key anyway.
      if (beginning !== null || stored.waitingKeys.some((key) => !taken.has(key))) begin();
    }
  };

  const poll = (): void => {
    returnAbandoned(db).then(wake, (error: unknown) => log.error({ err: error }, "could not read the store; trying again"));
  };

  const keep = (): void => {
    const ids = [...running.keys()];
    if (ids.length === 0) return;
    keepJobs(db, { ids, holder, leaseMs }).catch((error: unknown) =>
      log.warn({ err: error }, "could not extend the lease of running jobs"),
    );
  };

  const stop = async (): Promise<void> => {
    work = null;
    clearTimeout(dueTimer);
    for (const timer of timers) clearInterval(timer);
    timers = [];
    await beginning;
    while (running.size > 0) await Promise.allSettled([...running.values()].map(({ end }) => end));
  };

  return {
    run(handle, { concurrency, attempts, onGivenUp }) {
      if (work !== null) throw new Error("The runner works already.");
      work = { handle, concurrency, attempts, onGivenUp };
      timers = [setInterval(poll, options.pollMs), setInterval(keep, Math.ceil(leaseMs / 3))];
      wake();
      return Promise.resolve(stop);
    },
    reserve(keys) {
      const taken = runningKeys();
      // Where older jobs wait, a new one may not overtake them.
      const begin = new Set(mayWait ? [] : keys.filter((key) => !taken.has(key)).slice(0, freePlaces()));
      reserved += begin.size;
      return {
        begin,
        settle(stored) {
          reserved -= begin.size;
          settle(stored);
        },
      };
    },
    wake,
    stop,
  };
}
