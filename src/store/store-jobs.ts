import { sql } from "kysely";
import type { Job } from "../app/ports.ts";
import { wakeChannel } from "./store-database.ts";
import type { BegunJob, Database } from "./store-database.ts";

export interface StoreJobsOptions {
  /** This process. */
  holder: string;
  /** Keys of the jobs that this process begins at once, without a second statement. */
  begin: ReadonlySet<string>;
  /** How long a begun job is ours without a sign of life. */
  leaseMs: number;
  /** Wakes other processes when a job waits. */
  notify: boolean;
}

export interface StoredJobs {
  begun: BegunJob[];
  /** Keys of those that wait: for a free place, for the end of the job of their key, or for the end of a pause. */
  waitingKeys: string[];
}

interface Row {
  id: string;
  key: string;
  begun: boolean;
}

/**
 * Stores one job a key; committed when it resolves. A job of a key that waits already is replaced by the newer one, and begins afresh;
 * its pause goes on, unless somebody asked. Throws a unique violation where a key of `begin` runs already; nothing is stored then.
 */
export async function storeJobs(db: Database, jobs: readonly Job[], options: StoreJobsOptions): Promise<StoredJobs> {
  const { rows } = await insert(jobs, options).execute(db);
  const byKey = new Map(jobs.map((job) => [job.key, job]));
  const begun: BegunJob[] = [];
  for (const row of rows) {
    const job = byKey.get(row.key);
    if (row.begun && job !== undefined) begun.push({ id: row.id, job, attempt: 1 });
  }
  return { begun, waitingKeys: rows.filter((row) => !row.begun).map((row) => row.key) };
}

function insert(jobs: readonly Job[], { holder, begin, leaseMs, notify }: StoreJobsOptions) {
  const keys = jobs.map((job) => job.key);
  const bodies = jobs.map((job) => JSON.stringify(job));
  const asked = jobs.map((job) => job.reason.asked === true);
  const holders = keys.map((key) => (begin.has(key) ? holder : null));
  const stored = sql<Row>`
    insert into pilotgate.jobs as job (key, body, asked, holder, attempt, held_until)
    select key, body::json, asked, holder, (holder is not null)::int, now() + ${leaseMs}::int * interval '1 millisecond'
    from unnest(${keys}::text[], ${bodies}::text[], ${asked}::boolean[], ${holders}::text[]) as incoming (key, body, asked, holder)
    on conflict (key) where holder is null do update set
      body = excluded.body, asked = job.asked or excluded.asked, attempt = 0,
      run_at = case when excluded.asked then least(job.run_at, now()) else job.run_at end
    returning id::text, key, holder is not null as begun`;
  if (!notify) return stored;
  return sql<Row>`
    with stored as (${stored}),
      woken as materialized (select pg_notify(${wakeChannel}, '') where exists (select from stored where not begun))
    select stored.* from stored left join woken on true`;
}
