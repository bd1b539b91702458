import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { PortError } from "../../src/app/ports.ts";
import { explainEmbedded } from "../../src/store/explain-embedded.ts";
import { explainPostgres, parseDatabaseUrl } from "../../src/store/explain-postgres.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createDataDir, createFolder, createTestLog, testServer } from "./test-store.ts";

const log = createTestLog();
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Everything a person would see of a failure, causes included. */
async function failure(opening: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error = await opening.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PortError)) throw new Error("expected a PortError", { cause: error });
  return { code: error.code, text: `${error.message} ${String(error.cause)}` };
}

describe("the embedded database that does not open", () => {
  it("names a data directory that is a file", async () => {
    const folder = createFolder();
    folders.push(folder);
    const dataDir = join(folder, "data");
    writeFileSync(dataDir, "");
    const { code, text } = await failure(openStore({ dataDir, log }));
    expect(code).toBe("invalid");
    expect(text).toContain(`${dataDir} is not a folder. Move that file away, or set PILOTGATE_DATA_DIR`);
  });

  it.each([
    ["of somebody else", "notes.txt", "hello", "is not a database of Pilotgate. Move it away"],
    ["of another version", "PG_VERSION", "17\n", "was written by PostgreSQL 17, this Pilotgate needs 18. Move it away"],
  ])("leaves a folder alone that is %s", async (_, name, content, message) => {
    const dataDir = createFolder();
    folders.push(dataDir);
    mkdirSync(join(dataDir, "database"));
    writeFileSync(join(dataDir, "database", name), content);
    const { code, text } = await failure(openStore({ dataDir, log }));
    expect(code).toBe("invalid");
    expect(text).toContain(`${join(dataDir, "database")} ${message}`);
  });

  it("says how to mend damaged files, and lets go of the folder", async () => {
    const dataDir = await createDataDir();
    folders.push(dataDir);
    truncateSync(join(dataDir, "database/global/pg_control"), 100);
    const { code, text } = await failure(openStore({ dataDir, log }));
    expect(code).toBe("invalid");
    expect(text).toContain(`The database in ${dataDir} does not open; its files may be damaged. Move its folder "database" away`);
    rmSync(join(dataDir, "database"), { recursive: true });
    await (await openStore({ dataDir, log })).close();
  });

  it.each([
    ["EACCES", "forbidden", "No right to write in the data directory /data (EACCES)"],
    ["EROFS", "forbidden", "No right to write in the data directory /data (EROFS)"],
    ["ENOENT", "invalid", "The data directory /data cannot be made"],
    ["ENOSPC", "unavailable", "The disk of the data directory /data is full"],
    ["53100", "unavailable", "The disk of the data directory /data is full"],
  ])("explains %s", (code, portCode, message) => {
    const error = explainEmbedded(Object.assign(new Error(), { code }), "/data");
    expect(error.code).toBe(portCode);
    expect(error.message).toContain(message);
  });

  it("names the command where the embedded database is not installed", () => {
    const error = explainEmbedded(Object.assign(new Error(), { code: "ERR_MODULE_NOT_FOUND" }), "/data");
    const { peerDependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Record<
      string,
      Record<string, string>
    >;
    const version = peerDependencies?.["@electric-sql/pglite"];
    expect(error).toMatchObject({ code: "invalid", retryable: false });
    expect(error.message).toContain(`\`npm install @electric-sql/pglite@${version}\``);
    expect(devDependencies?.["@electric-sql/pglite"]).toBe(version);
  });

  it("explains a full disk in the words of WebAssembly", () => {
    expect(explainEmbedded({ name: "ErrnoError", errno: 51 }, "/data").message).toContain("is full");
  });
});

describe("PostgreSQL that does not open", () => {
  const password = "s3cr3t-pass";

  it.each([
    "not an address",
    `postgres://user:${password}@host:port/db`,
    `mysql://user:${password}@host/db`,
    `user:${password}@host/db`,
    `postgres://user:${password}@[host/db`,
    `postgres://user:%E0%A4${password}@127.0.0.1:1/db`,
  ])("does not repeat the password of %s", async (databaseUrl) => {
    const { text } = await failure(openStore({ databaseUrl, dataDir: "unused", log }));
    expect(text).not.toContain(password);
    expect(text).toContain("DATABASE_URL");
  });

  it("names the address of a server that is not there", async () => {
    const port = await freePort();
    const { code, text } = await failure(
      openStore({ databaseUrl: `postgres://user:${password}@127.0.0.1:${port}/db`, dataDir: "unused", log }),
    );
    expect(code).toBe("unavailable");
    expect(text).toContain(`PostgreSQL at 127.0.0.1:${port} does not answer (ECONNREFUSED). Is it running, and is DATABASE_URL right?`);
    expect(text).not.toContain(password);
  });

  it.each([
    ["28P01", "unauthorized", "PostgreSQL at db:5433 refuses the user mia. Check user and password in DATABASE_URL."],
    ["28000", "unauthorized", "refuses the user mia"],
    ["3D000", "not-found", "PostgreSQL at db:5433 has no database gates. Create it (createdb gates), or correct DATABASE_URL."],
    ["42501", "forbidden", "create schema pilotgate authorization mia"],
    ["53100", "unavailable", "disk of PostgreSQL at db:5433 is full"],
    ["53300", "unavailable", "has no connection left"],
    ["ENOTFOUND", "unavailable", "PostgreSQL at db:5433 does not answer (ENOTFOUND)"],
  ])("explains %s", (code, portCode, message) => {
    const error = explainPostgres(Object.assign(new Error(), { code }), parseDatabaseUrl(`postgres://mia:${password}@db:5433/gates`));
    expect(error.code).toBe(portCode);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(password);
  });

  // A table without rows is an error in jest.
  for (const url of testServer === undefined ? [] : [new URL(testServer)])
    it(`explains what the server at ${url.host} says`, async () => {
      const wrongPassword = Object.assign(new URL(url), { password });
      const wrongDatabase = Object.assign(new URL(url), { pathname: "/no_such_database" });
      const refused = await failure(openStore({ databaseUrl: wrongPassword.href, dataDir: "unused", log }));
      expect(refused).toMatchObject({ code: "unauthorized" });
      expect(refused.text).not.toContain(password);
      const missing = await failure(openStore({ databaseUrl: wrongDatabase.href, dataDir: "unused", log }));
      expect(missing.text).toContain(`PostgreSQL at ${url.host} has no database no_such_database`);
    });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
