import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PortError } from "../app/ports.ts";
import { baselineFlags } from "./open-pglite.ts";

/** The major version of the embedded database's files. */
const version = "18";

const script = `
const { PGlite } = await import(process.argv[1]);
const database = await PGlite.create(process.argv[2]);
await database.close();
`;

/**
 * Returns the folder of the embedded database, made first where there is none. That takes 600 MB of memory once, so a process
 * of its own does it; and the folder gets its name when it is complete, so that an interrupted first start leaves nothing half made.
 */
export async function createCluster(directory: string): Promise<string> {
  const database = join(directory, "database");
  if (!existsSync(database)) {
    for (const left of readdirSync(directory).filter((entry) => entry.startsWith("database.new")))
      rmSync(join(directory, left), { recursive: true });
    const made = join(directory, "database.new");
    await runScript(made);
    renameSync(made, database);
  }
  assertOurs(database);
  return database;
}

function assertOurs(database: string): void {
  const file = join(database, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : null;
  if (found === version) return;
  const what = found === null ? "is not a database of Pilotgate" : `was written by PostgreSQL ${found}, this Pilotgate needs ${version}`;
  throw new PortError("invalid", `The folder ${database} ${what}. Move it away, or set PILOTGATE_DATA_DIR to another folder.`);
}

async function runScript(target: string): Promise<void> {
  const pglite = import.meta.resolve("@electric-sql/pglite");
  const child = spawn(process.execPath, [...baselineFlags, "--input-type=module", "--eval", script, pglite, target], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {},
  });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output = (output + chunk.toString("utf8")).slice(-2000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0)
    throw Object.assign(new Error(`creating the database ended with ${code}: ${output}`), { code: /\b(E[A-Z]{3,})\b/.exec(output)?.[1] });
}
