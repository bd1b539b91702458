import { sql } from "kysely";
import type { RepositoryRef } from "../app/ports.ts";
import type { DoctorRounds } from "../app/settings.ts";
import type { Database } from "./store-database.ts";
import type { StoreLog } from "./store-log.ts";

export interface DoctorRoundsOptions {
  log: StoreLog;
  /** Within how many seconds a repository is due after it was first seen. */
  soonSeconds?: number;
  /** After how many seconds it is due again, and by how many of them that varies. */
  againSeconds?: number;
  spreadSeconds?: number;
}

const DAY = 86_400;
/** Names of this many repositories are kept, so that each is written once by a process. */
const REMEMBERED = 10_000;

export function createDoctorRounds(
  db: Database,
  { log, soonSeconds = 3600, againSeconds = 7 * DAY, spreadSeconds = DAY / 2 }: DoctorRoundsOptions,
): DoctorRounds {
  const seen = new Map<number, string>();

  async function write(repository: RepositoryRef): Promise<void> {
    await sql`
      insert into pilotgate.doctor_rounds (repository_id, repository, due_at)
      values (${repository.id}, ${JSON.stringify(repository)}::json, now() + random() * ${soonSeconds} * interval '1 second')
      on conflict (repository_id) do update set repository = excluded.repository`.execute(db);
  }

  return {
    async remember(repository) {
      const name = `${repository.installationId} ${repository.owner}/${repository.name}`;
      if (seen.get(repository.id) === name) return;
      try {
        await write(repository);
        if (seen.size >= REMEMBERED) seen.clear();
        seen.set(repository.id, name);
      } catch (error) {
        log.warn({ err: error }, "could not remember a repository for the look at its settings");
      }
    },
    async forget(repositoryId) {
      seen.delete(repositoryId);
      await db.deleteFrom("pilotgate.doctor_rounds").where("repository_id", "=", String(repositoryId)).execute();
    },
    async takeDue(limit) {
      const { rows } = await sql<{ repository: RepositoryRef }>`
        update pilotgate.doctor_rounds set due_at = now() + (${againSeconds} + (random() - 0.5) * ${spreadSeconds}) * interval '1 second'
        where repository_id in (
          select repository_id from pilotgate.doctor_rounds where due_at <= now() order by due_at limit ${limit} for update skip locked
        )
        returning repository`.execute(db);
      return rows.map(({ repository }) => repository);
    },
    async all(limit) {
      const { rows } = await sql<{ repository: RepositoryRef }>`
        select repository from pilotgate.doctor_rounds order by repository_id limit ${limit}`.execute(db);
      return rows.map(({ repository }) => repository);
    },
    async written(repositoryId) {
      const row = await db
        .selectFrom("pilotgate.doctor_rounds")
        .select("written")
        .where("repository_id", "=", String(repositoryId))
        .executeTakeFirst();
      return row?.written ?? null;
    },
    async save(repositoryId, written) {
      await db
        .updateTable("pilotgate.doctor_rounds")
        .set({ written: JSON.stringify(written) })
        .where("repository_id", "=", String(repositoryId))
        .execute();
    },
  };
}
