import { PortError } from "../app/ports.ts";
import type { Job, JobRunner } from "../app/ports.ts";
import type { StoreLog } from "./store-log.ts";

type RunArguments = Parameters<JobRunner["run"]>;

export interface HandleOptions {
  handle: RunArguments[0];
  attempts: number;
  onGivenUp: RunArguments[1]["onGivenUp"];
  pauseMs(attempt: number): number;
  log: StoreLog;
}

/** However long the other side asks us to wait, we look again within an hour. */
const longestPauseMs = 3_600_000;

/** Runs a job once. Null when it is done with, for good or by giving up; else how long to wait before it is tried again. Never throws. */
export async function handleJob(job: Job, attempt: number, options: HandleOptions): Promise<{ pauseMs: number } | null> {
  // An attempt is counted when it begins: a job that ends our process is not begun for ever.
  if (attempt > options.attempts) {
    await giveUp(job, new Error(`The job was begun ${attempt - 1} times and never came to an end.`), options);
    return null;
  }
  try {
    await options.handle(job);
    return null;
  } catch (error) {
    if (attempt < options.attempts) return { pauseMs: pauseAfter(error, attempt, options) };
    await giveUp(job, error, options);
    return null;
  }
}

function pauseAfter(error: unknown, attempt: number, { pauseMs }: HandleOptions): number {
  const asked = error instanceof PortError ? error.retryAfterMs : undefined;
  return Math.min(asked ?? pauseMs(attempt), longestPauseMs);
}

async function giveUp(job: Job, error: unknown, { onGivenUp, log }: HandleOptions): Promise<void> {
  try {
    await onGivenUp(job, error);
  } catch (failure) {
    log.error({ err: failure, key: job.key }, "could not report a job that was given up");
  }
}
