import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { Kysely, PGliteDialect } from "kysely";
import { createCluster } from "./create-cluster.ts";
import { lockDirectory } from "./directory-lock.ts";
import type { DirectoryLock } from "./directory-lock.ts";
import { explainEmbedded } from "./explain-embedded.ts";
import type { OpenDatabase } from "./open-database.ts";
import { openPglite } from "./open-pglite.ts";
import type { Tables } from "./store-database.ts";
import type { StoreLog } from "./store-log.ts";

/** Opens the database inside `dataDir`, which is created where it is absent. Throws PortError with a message for the operator. */
export async function openEmbedded({ dataDir, log }: { dataDir: string; log: StoreLog }): Promise<OpenDatabase> {
  const directory = resolve(dataDir);
  const explain = (error: unknown) => explainEmbedded(error, directory);
  let lock: DirectoryLock | null = null;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    let db: Kysely<Tables> | null = null;
    lock = await lockDirectory(directory, {
      onLost() {
        log.error({ directory }, "another process took over the data directory; this one stops using it");
        void db?.destroy();
      },
    });
    const pglite = await openPglite(await createCluster(directory));
    db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    const { release } = lock;
    return { db, shared: false, onWake: () => Promise.resolve(), explain, close: () => closeAll(pglite, release) };
  } catch (error) {
    lock?.release();
    throw explain(error);
  }
}

async function closeAll(pglite: { closed: boolean; close(): Promise<void> }, release: () => void): Promise<void> {
  try {
    if (!pglite.closed) await pglite.close();
  } finally {
    release();
  }
}
