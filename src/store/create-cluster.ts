import { spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PortError } from "../app/ports.ts";
import { baselineFlags } from "./open-pglite.ts";

/** The major version of the embedded database's files. */
const version = "18";

const script = `
const { PGlite } = await import(process.argv[1]);
try {
  const database = await PGlite.create(process.argv[2]);
  await database.close();
} catch (error) {
  console.log(JSON.stringify({ message: String(error?.message ?? error), code: error?.code, errno: error?.errno }));
  process.exitCode = 1;
}
`;

/**
 * Returns the folder of the embedded database, made first where there is none. That takes 600 MB of memory once, so a process
 * of its own does it; and the folder gets its name when it is complete, so that an interrupted first start leaves nothing half made.
 */
export async function createCluster(directory: string): Promise<string> {
  const database = join(directory, "database");
  if (!existsSync(database)) {
    rmSync(join(directory, "database.new"), { recursive: true, force: true });
    const made = join(directory, "database.new");
    try {
      await runScript(made);
      renameSync(made, database);
    } finally {
      rmSync(made, { recursive: true, force: true });
    }
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
    stdio: ["ignore", "pipe", "ignore"],
    env: {},
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output = (output + chunk.toString("utf8")).slice(-4000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw Object.assign(new Error(`Creating the database ended with ${code}.`), parseFailure(output));
}

function parseFailure(output: string): object {
  try {
    const failure: unknown = JSON.parse(output.trim().split("\n").at(-1) ?? "");
    return typeof failure === "object" && failure !== null ? failure : {};
  } catch {
    return {};
  }
}
