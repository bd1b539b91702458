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
}

/** Puts the repositories whose settings are due into the queue, a few at a time. The returned function stops it and waits for a look that runs. */
export function startDoctorSchedule({ rounds, queue, log, everyMs = 600_000, most = 20 }: DoctorScheduleOptions): () => Promise<void> {
  let stopped = false;
  let running = Promise.resolve();
  let timer: NodeJS.Timeout;

  async function look(): Promise<void> {
    try {
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
