import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { PullRecord } from "../app/ports.ts";

/** Writes records, at most one of each pull request. */
export function savePullRecords(records: readonly PullRecord[]): RawBuilder<unknown> {
  return sql`
    insert into pilotgate.pull_records (repository_id, number, head_sha, base_ref, open, checks, comment, judged_at)
    select repository_id, number, head_sha, base_ref, open, checks::json, comment::json, judged_at
    from unnest(
      ${records.map((record) => record.repositoryId)}::bigint[],
      ${records.map((record) => record.number)}::int[],
      ${records.map((record) => record.headSha)}::text[],
      ${records.map((record) => record.baseRef)}::text[],
      ${records.map((record) => record.open)}::boolean[],
      ${records.map((record) => JSON.stringify(record.checks))}::text[],
      ${records.map((record) => (record.comment === null ? null : JSON.stringify(record.comment)))}::text[],
      ${records.map((record) => record.judgedAt)}::text[]
    ) as record (repository_id, number, head_sha, base_ref, open, checks, comment, judged_at)
    on conflict (repository_id, number) do update set
      head_sha = excluded.head_sha, base_ref = excluded.base_ref, open = excluded.open,
      checks = excluded.checks, comment = excluded.comment, judged_at = excluded.judged_at`;
}
