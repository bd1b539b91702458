import { sql } from "kysely";
import type { Job } from "../app/ports.ts";
import type { BegunJob, Database } from "./store-database.ts";

interface Row {
  id: string;
  body: Job;
  asked: boolean;
  attempt: number;
}

/** Begins up to `limit` jobs that are due and whose key does not run, the longest waiting first. */
export async function beginJobs(
  db: Database,
  { holder, limit, leaseMs }: { holder: string; limit: number; leaseMs: number },
): Promise<BegunJob[]> {
  const { rows } = await sql<Row>`
    with next as materialized (
      select id from pilotgate.jobs waiting
      where holder is null and run_at <= now()
        and not exists (select from pilotgate.jobs running where running.key = waiting.key and running.holder is not null)
      order by run_at, id limit ${limit} for update skip locked
    )
    update pilotgate.jobs job
    set holder = ${holder}, held_until = now() + ${leaseMs}::int * interval '1 millisecond', attempt = attempt + 1
    from next where job.id = next.id
    returning job.id::text, job.body, job.asked, job.attempt`.execute(db);
  return rows.map(({ id, body, asked, attempt }) => ({
    id,
    job: asked ? { ...body, reason: { ...body.reason, asked } } : body,
    attempt,
  }));
}

/** Milliseconds until the earliest waiting job is due: 0 where one is due and only its key or a place is not free; null where none waits. */
export async function untilNextDue(db: Database): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select (extract(epoch from min(run_at) - clock_timestamp()) * 1000)::float8 as ms from pilotgate.jobs where holder is null`.execute(db);
  const ms = rows[0]?.ms ?? null;
  return ms === null ? null : Math.max(0, Math.ceil(ms));
}
