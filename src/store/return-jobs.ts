import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Database } from "./store-database.ts";

/** Where a key has a newer job waiting, that one stands for both. Deleting and inserting in one statement keeps the unique indexes apart. */
async function putBack(db: Database, which: RawBuilder<unknown>, pauseMs: number): Promise<number> {
  const { rows } = await sql`
    with returned as (delete from pilotgate.jobs where ${which} returning key, body, asked, attempt)
    insert into pilotgate.jobs as job (key, body, asked, attempt, run_at)
    select key, body, asked, attempt, now() + ${pauseMs}::float8 * interval '1 millisecond' from returned
    on conflict (key) where holder is null do update set
      asked = job.asked or excluded.asked, run_at = greatest(job.run_at, excluded.run_at)
    returning 1`.execute(db);
  return rows.length;
}

/** Lets a job that failed wait again, not before the pause is over. */
export async function retryJob(db: Database, { id, holder, pauseMs }: { id: string; holder: string; pauseMs: number }): Promise<void> {
  await putBack(db, sql`id = ${id}::bigint and holder = ${holder}`, pauseMs);
}

/** Lets jobs wait again whose process was not heard of in time. Returns how many. */
export function returnAbandoned(db: Database): Promise<number> {
  return putBack(db, sql`holder is not null and held_until < now()`, 0);
}

/** Lets every begun job wait again: right after opening, where no other process can be at work. Returns how many. */
export function returnAll(db: Database): Promise<number> {
  return putBack(db, sql`holder is not null`, 0);
}

/** The sign of life: extends the lease of jobs that this process runs. */
export async function keepJobs(
  db: Database,
  { ids, holder, leaseMs }: { ids: readonly string[]; holder: string; leaseMs: number },
): Promise<void> {
  await sql`
    update pilotgate.jobs set held_until = now() + ${leaseMs}::int * interval '1 millisecond'
    where id = any(${ids}::bigint[]) and holder = ${holder}`.execute(db);
}
