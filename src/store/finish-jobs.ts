import { sql } from "kysely";
import type { RawBuilder } from "kysely";

/** Forgets jobs that are done. A job that another process took over after our lease ended stays. */
export function finishJobs(ids: readonly string[], holder: string): RawBuilder<unknown> {
  return sql`delete from pilotgate.jobs where id = any(${ids}::bigint[]) and holder = ${holder}`;
}
