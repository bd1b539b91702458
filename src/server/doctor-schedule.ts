import { toJob } from "../app/jobs.ts";
import type { JobQueue } from "../app/ports.ts";
import type { DoctorRounds } from "../app/settings.ts";
import type { AppLog } from "../app/pull-deps.ts";

export interface DoctorScheduleOptions {
  rounds: DoctorRounds;
  queue: JobQueue;
  log: AppLog;
  /** Milliseconds between two looks for what is due, varied by a tenth. */
  everyMs?: number;
  /** Repositories of one look. */
  most?: number;
  now?: () => Date;
}

/** Repositories that are asked at the beginning of a day. */
const MOST_A_DAY = 10_000;

/**
 * Puts the repositories whose settings are due into the queue, a few at a time; and on the first look of a day (UTC), which is also the
 * first of a process, all of them, because a gate may turn to blocking on it. The returned function stops it and waits for a look that runs.
 */
export function startDoctorSchedule({
  rounds,
  queue,
  log,
  everyMs = 600_000,
  most = 20,
  now = () => new Date(),
}: DoctorScheduleOptions): () => Promise<void> {
  let stopped = false;
  let running = Promise.resolve();
  let timer: NodeJS.Timeout;
  let day = "";

  async function beginDay(): Promise<void> {
    const today = now().toISOString().slice(0, 10);
    if (today === day) return;
    for (const repository of await rounds.all(MOST_A_DAY))
      await queue.enqueue(toJob(repository, { kind: "day" }, { event: "schedule", action: null, deliveryId: today }));
    day = today;
  }

  async function look(): Promise<void> {
    try {
      await beginDay();
      for (const repository of await rounds.takeDue(most))
        await queue.enqueue(toJob(repository, { kind: "settings" }, { event: "schedule", action: null, deliveryId: "weekly" }));
    } catch (error) {
      log.warn({ err: error }, "could not look for settings that are due; trying again");
    }
  }
  function next(): void {
    timer = setTimeout(
      () => {
        running = look().finally(() => {
          if (!stopped) next();
        });
      },
      everyMs * (0.9 + Math.random() / 5),
    ).unref();
  }
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
