import { randomUUID } from "node:crypto";
import type { JobQueue, JobRunner, PullRecords } from "../app/ports.ts";
import type { DoctorRounds } from "../app/settings.ts";
import { countJobs } from "./count-jobs.ts";
import type { JobCounts } from "./count-jobs.ts";
import { createDoctorRounds } from "./doctor-rounds.ts";
import { createJobQueue } from "./job-queue.ts";
import { createJobRunner } from "./job-runner.ts";
import { migrate } from "./migrate.ts";
import { openEmbedded } from "./open-embedded.ts";
import { openPostgres } from "./open-postgres.ts";
import type { OpenDatabase } from "./open-database.ts";
import { findAllPullRecords } from "./find-pull-records.ts";
import { createPullMemory } from "./pull-memory.ts";
import { createPullRecords } from "./pull-records.ts";
import { returnAbandoned, returnAll } from "./return-jobs.ts";
import type { StoreLog } from "./store-log.ts";
import { startTidying } from "./start-tidying.ts";
import { createWriteBehind } from "./write-behind.ts";
import { sql } from "kysely";

export interface Store {
  queue: JobQueue;
  runner: JobRunner;
  pulls: PullRecords;
  doctorRounds: DoctorRounds;
  /** Does the database answer? */
  healthy(): Promise<boolean>;
  stats(): Promise<JobCounts>;
  /** Stops the runner, waits for running jobs, and lets go of the database. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A PostgreSQL connection string; without it the embedded database in `dataDir` is used. */
  databaseUrl?: string | undefined;
  dataDir: string;
  log: StoreLog;
  /** Milliseconds to wait after the given attempt failed, from 1. */
  pauseMs?: (attempt: number) => number;
  /** How long a job of a process that gives no sign of life stays its own. */
  leaseMs?: number;
}

/** About 5 MB of memory. */
const rememberedPulls = 5000;

/** Opens the database and brings its tables up to date. Throws PortError with a message for the operator. */
export async function openStore({ databaseUrl, dataDir, log, pauseMs = growingPause, leaseMs = 30_000 }: StoreOptions): Promise<Store> {
  const opened = databaseUrl === undefined ? await openEmbedded({ dataDir, log }) : await openPostgres({ databaseUrl, log });
  try {
    await migrate(opened.db);
    const returned = await (opened.shared ? returnAbandoned(opened.db) : returnAll(opened.db));
    if (returned > 0) log.info({ jobs: returned }, "found jobs that were interrupted; they run again");
  } catch (error) {
    await opened.close();
    throw opened.explain(error);
  }
  return assemble(opened, { log, pauseMs, leaseMs });
}

async function assemble(
  opened: OpenDatabase,
  { log, pauseMs, leaseMs }: Required<Pick<StoreOptions, "log" | "pauseMs" | "leaseMs">>,
): Promise<Store> {
  const { db, shared } = opened;
  const holder = randomUUID();
  const writes = createWriteBehind(db, { holder, log });
  const runner = createJobRunner(db, writes, {
    holder,
    leaseMs,
    pollMs: Math.min(10_000, leaseMs),
    lookAgainMs: shared ? 250 : 20,
    pauseMs,
    log,
  });
  const queue = createJobQueue(db, runner, { holder, leaseMs, notify: shared });
  const memory = shared ? null : createPullMemory(await findAllPullRecords(db, rememberedPulls), rememberedPulls);
  const tidying = shared ? undefined : startTidying(db, writes.finished, log);
  await opened.onWake(runner.wake);
  return {
    queue,
    runner,
    pulls: createPullRecords(db, writes, memory),
    doctorRounds: createDoctorRounds(db, { log }),
    healthy: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    stats: () => countJobs(db),
    async close() {
      clearInterval(tidying);
      writes.hurry();
      await runner.stop();
      await queue.close();
      // What the queue stored last may have been begun: it is put back.
      await runner.stop();
      await writes.close();
      await opened.close();
    },
  };
}

/** 1 s, 4 s, 16 s, … up to 5 minutes, spread so that many jobs do not come back at once. */
function growingPause(attempt: number): number {
  return Math.min(1000 * 4 ** (attempt - 1), 300_000) * (0.75 + Math.random() / 2);
}
