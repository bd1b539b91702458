import type { StoredJobs } from "./store-jobs.ts";

/** Where an enqueued job can begin at once, without asking the database a second time. */
export interface JobPlaces {
  /** Keeps free places for some of these keys until `settle` is called with what came of it, or with null where nothing came. */
  reserve(keys: readonly string[]): { begin: ReadonlySet<string>; settle(stored: StoredJobs | null): void };
}
