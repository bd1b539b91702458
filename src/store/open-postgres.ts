import { setTimeout as pause } from "node:timers/promises";
import { Kysely, PostgresDialect } from "kysely";
import type { Client, ClientConfig } from "pg";
import type { PortError } from "../app/ports.ts";
import { explainPostgres, parseDatabaseUrl } from "./explain-postgres.ts";
import type { OpenDatabase } from "./open-database.ts";
import { wakeChannel } from "./store-database.ts";
import type { Tables } from "./store-database.ts";
import type { StoreLog } from "./store-log.ts";

/** Opens PostgreSQL and proves that it answers. Throws PortError with a message for the operator, never with the password. */
export async function openPostgres({ databaseUrl, log }: { databaseUrl: string; log: StoreLog }): Promise<OpenDatabase> {
  const url = parseDatabaseUrl(databaseUrl);
  const explain = (error: unknown): PortError => explainPostgres(error, url);
  const { default: pg } = await import("pg");
  const config: ClientConfig = {
    connectionString: databaseUrl,
    application_name: "pilotgate",
    connectionTimeoutMillis: 5000,
    statement_timeout: 30_000,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...config, max: 8 });
  pool.on("error", (error) => log.warn({ err: error }, "a connection to PostgreSQL was lost"));
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw explain(error);
  }
  let listener: Listener | null = null;
  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    shared: true,
    async onWake(wake) {
      listener = listen(() => new pg.Client({ ...config, statement_timeout: 0 }), wake, log);
      await listener.firstTry;
    },
    explain,
    async close() {
      await listener?.close();
      await pool.end();
    },
  };
}

interface Listener {
  firstTry: Promise<void>;
  close(): Promise<void>;
}

/** Keeps one connection that hears when another process stored a job. Where it is lost it is opened again; the poll bridges the gap. */
function listen(connect: () => Client, wake: () => void, log: StoreLog): Listener {
  const stopped = new AbortController();
  let client: Client | null = null;

  const once = async (): Promise<void> => {
    const mine = connect();
    client = mine;
    const lost = new Promise<void>((resolve) => {
      mine.once("error", () => resolve());
      mine.once("end", () => resolve());
    });
    mine.on("notification", wake);
    await mine.connect();
    await mine.query(`listen ${wakeChannel}`);
    started();
    wake();
    await lost;
  };

  let started = (): void => {};
  const firstTry = new Promise<void>((resolve) => (started = resolve));

  const keepListening = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await once().catch((error: unknown) => log.warn({ err: error }, "cannot listen for jobs of other processes; polling instead"));
      started();
      await client?.end().catch(() => {});
      await pause(1000, undefined, { signal: stopped.signal }).catch(() => {});
    }
  };
  const ended = keepListening();

  return {
    firstTry,
    async close() {
      stopped.abort();
      await client?.end().catch(() => {});
      await ended;
    },
  };
}
