import { sql } from "kysely";
import type { Database } from "./store-database.ts";

export interface JobCounts {
  queued: number;
  running: number;
}

export async function countJobs(db: Database): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    select (count(*) filter (where holder is null))::int as queued, (count(*) filter (where holder is not null))::int as running
    from pilotgate.jobs`.execute(db);
  return rows[0] ?? { queued: 0, running: 0 };
}
