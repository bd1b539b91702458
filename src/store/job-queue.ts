import { PortError } from "../app/ports.ts";
import type { Job, JobQueue } from "../app/ports.ts";
import type { JobPlaces } from "./job-places.ts";
import type { Database } from "./store-database.ts";
import { storeJobs } from "./store-jobs.ts";
import type { StoredJobs, StoreJobsOptions } from "./store-jobs.ts";
import { isUniqueViolation, toPortError } from "./to-port-error.ts";

interface Waiting {
  job: Job;
  resolve(): void;
  reject(error: unknown): void;
}

export interface StoreQueue extends JobQueue {
  /** Refuses further jobs; resolves when those already taken are stored. */
  close(): Promise<void>;
}

const maxBatch = 500;

/** Jobs of one turn of the event loop are stored by one statement. */
export function createJobQueue(db: Database, places: JobPlaces, options: Omit<StoreJobsOptions, "begin">): StoreQueue {
  let waiting: Waiting[] = [];
  let storing: Promise<void> | null = null;
  let closed = false;

  const store = async (batch: readonly Waiting[]): Promise<void> => {
    const jobs = coalesce(batch.map(({ job }) => job));
    const reserved = places.reserve(jobs.map((job) => job.key));
    let stored: StoredJobs | null = null;
    try {
      stored = await storeJobs(db, jobs, { ...options, begin: reserved.begin }).catch((error: unknown) => {
        // Another process runs a job of the same key: let ours wait.
        if (isUniqueViolation(error)) return storeJobs(db, jobs, { ...options, begin: new Set() });
        throw error;
      });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      const portError = toPortError(error);
      for (const { reject } of batch) reject(portError);
    } finally {
      reserved.settle(stored);
    }
  };

  const storeAll = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      await store(batch);
    }
    storing = null;
  };

  return {
    enqueue: (job) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new PortError("closed", "The store is closed."));
        waiting.push({ job, resolve, reject });
        storing ??= storeAll();
      }),
    async close() {
      closed = true;
      await storing;
    },
  };
}

/** One job a key: the newest, and asked for when one of them was. */
function coalesce(jobs: readonly Job[]): Job[] {
  const byKey = new Map<string, Job>();
  for (const job of jobs) {
    const asked = job.reason.asked === true || byKey.get(job.key)?.reason.asked === true;
    byKey.set(job.key, asked ? { ...job, reason: { ...job.reason, asked } } : job);
  }
  return [...byKey.values()];
}
