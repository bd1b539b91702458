import type { ColumnType, Generated, Kysely } from "kysely";
import type { Job, PullRecord, RepositoryRef } from "../app/ports.ts";
import type { WrittenDiagnosis } from "../app/settings.ts";

/** One job, waiting or held by the process that runs it. At most one of each for a key, by two unique indexes. */
interface JobsTable {
  id: Generated<string>;
  key: string;
  body: ColumnType<Job, string>;
  /** Somebody asked for it: survives when a later event takes its place. */
  asked: Generated<boolean>;
  /** How often it was begun, the crash included. */
  attempt: Generated<number>;
  run_at: Generated<Date>;
  holder: string | null;
  held_until: Date | null;
}

interface PullRecordsTable {
  repository_id: string;
  number: number;
  head_sha: string;
  base_ref: string;
  open: boolean;
  checks: ColumnType<PullRecord["checks"], string>;
  comment: ColumnType<PullRecord["comment"], string | null>;
  judged_at: string;
}

interface DoctorRoundsTable {
  repository_id: string;
  repository: ColumnType<RepositoryRef, string>;
  due_at: Date;
  written: ColumnType<WrittenDiagnosis | null, string | null, string>;
}

export interface Tables {
  "pilotgate.jobs": JobsTable;
  "pilotgate.pull_records": PullRecordsTable;
  "pilotgate.doctor_rounds": DoctorRoundsTable;
}

export type Database = Kysely<Tables>;

/** The schema of all tables: Pilotgate may share a database with others. */
export const schemaName = "pilotgate";

/** The channel on which processes wake each other; PostgreSQL only. */
export const wakeChannel = "pilotgate_jobs";

/** A job as it was begun: its row's id, and how many times it was begun, this one included. */
export interface BegunJob {
  id: string;
  job: Job;
  attempt: number;
}
