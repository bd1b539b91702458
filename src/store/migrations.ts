import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/* One statement a call: PGlite runs no more than one at once. Migrations are never edited, only added. */

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pilotgate.jobs (
      id bigint generated always as identity primary key,
      key text not null,
      body json not null,
      asked boolean not null default false,
      attempt integer not null default 0,
      run_at timestamptz not null default now(),
      holder text,
      held_until timestamptz
    )`.execute(db);
  await sql`create unique index jobs_one_waiting on pilotgate.jobs (key) where holder is null`.execute(db);
  await sql`create unique index jobs_one_running on pilotgate.jobs (key) where holder is not null`.execute(db);
  await sql`create index jobs_due on pilotgate.jobs (run_at, id) where holder is null`.execute(db);
}

async function createPullRecords(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pilotgate.pull_records (
      repository_id bigint not null,
      number integer not null,
      head_sha text not null,
      base_ref text not null,
      open boolean not null,
      checks json not null,
      comment json,
      judged_at text not null,
      primary key (repository_id, number)
    )`.execute(db);
  await sql`create index pull_records_head on pilotgate.pull_records (repository_id, head_sha)`.execute(db);
}

async function createDoctorRounds(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pilotgate.doctor_rounds (
      repository_id bigint primary key,
      repository json not null,
      due_at timestamptz not null,
      written json
    )`.execute(db);
  await sql`create index doctor_rounds_due on pilotgate.doctor_rounds (due_at)`.execute(db);
}

/** In the order of their names. */
export const migrations: Record<string, Migration> = {
  "0001-jobs": { up: createJobs },
  "0002-pull-records": { up: createPullRecords },
  "0003-doctor-rounds": { up: createDoctorRounds },
};
