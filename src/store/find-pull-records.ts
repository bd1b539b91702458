import type { Selectable } from "kysely";
import type { PullRecord } from "../app/ports.ts";
import type { Database, Tables } from "./store-database.ts";

type Row = Selectable<Tables["pilotgate.pull_records"]>;

export async function findPullRecord(db: Database, repositoryId: number, number: number): Promise<PullRecord | null> {
  const row = await db
    .selectFrom("pilotgate.pull_records")
    .selectAll()
    .where("repository_id", "=", String(repositoryId))
    .where("number", "=", number)
    .executeTakeFirst();
  return row === undefined ? null : toPullRecord(row);
}

/** The open ones, by number. */
export async function findPullRecordsWithHead(db: Database, repositoryId: number, headSha: string): Promise<PullRecord[]> {
  const rows = await db
    .selectFrom("pilotgate.pull_records")
    .selectAll()
    .where("repository_id", "=", String(repositoryId))
    .where("head_sha", "=", headSha)
    .where("open", "=", true)
    .orderBy("number")
    .execute();
  return rows.map((row) => toPullRecord(row));
}

/** All records, or null where there are more than `limit`. */
export async function findAllPullRecords(db: Database, limit: number): Promise<PullRecord[] | null> {
  const rows = await db
    .selectFrom("pilotgate.pull_records")
    .selectAll()
    .limit(limit + 1)
    .execute();
  return rows.length > limit ? null : rows.map((row) => toPullRecord(row));
}

function toPullRecord(row: Row): PullRecord {
  return {
    repositoryId: Number(row.repository_id),
    number: row.number,
    headSha: row.head_sha,
    baseRef: row.base_ref,
    open: row.open,
    checks: row.checks,
    comment: row.comment,
    judgedAt: row.judged_at,
  };
}
