import type { StoredJobs } from "./store-jobs.ts";

/** Where an enqueued job can begin at once, without asking the database a second time. */
export interface JobPlaces {
  /** Takes the free places until `settle` is called with what came of it, or with null where nothing came. */
  reserve(): { count: number; settle(stored: StoredJobs | null): void };
}
