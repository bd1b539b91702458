import { sql } from "kysely";
import type { Database } from "./store-database.ts";
import type { StoreLog } from "./store-log.ts";

const everyMs = 60_000;
const worthJobs = 1000;

/** The embedded database has no autovacuum: frees the room of finished jobs, when there are enough of them. Takes some 10 ms. */
export function startTidying(db: Database, finished: () => number, log: StoreLog): NodeJS.Timeout {
  let done = 0;
  return setInterval(() => {
    if (finished() - done < worthJobs) return;
    done = finished();
    tidy(db).catch((error: unknown) => log.warn({ err: error }, "could not tidy the embedded database"));
  }, everyMs).unref();
}

export async function tidy(db: Database): Promise<void> {
  await sql`vacuum pilotgate.jobs`.execute(db);
  await sql`vacuum pilotgate.pull_records`.execute(db);
}
