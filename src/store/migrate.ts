import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { PortError } from "../app/ports.ts";
import { migrations } from "./migrations.ts";
import { schemaName } from "./store-database.ts";
import type { Database } from "./store-database.ts";

/** Brings the tables up to date. Safe when several servers start at once: they take turns by an advisory lock. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: schemaName,
    migrationTableName: "migrations",
    migrationLockTableName: "migrations_lock",
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (await isNewer(db)) {
    throw new PortError(
      "invalid",
      "The database was written by a newer Pilotgate. Run that version, or give this one a database of its own.",
      {
        cause: error,
      },
    );
  }
  throw error;
}

async function isNewer(db: Database): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from pilotgate.migrations`.execute(db).catch(() => ({ rows: [] }));
  return rows.some(({ name }) => !Object.hasOwn(migrations, name));
}
