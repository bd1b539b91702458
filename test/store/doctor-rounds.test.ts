import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RepositoryRef } from "../../src/app/ports.ts";
import { createDoctorRounds } from "../../src/store/doctor-rounds.ts";
import { migrate } from "../../src/store/migrate.ts";
import type { OpenDatabase } from "../../src/store/open-database.ts";
import { openEmbedded } from "../../src/store/open-embedded.ts";
import { openPostgres } from "../../src/store/open-postgres.ts";
import { createTestLog, places } from "./test-store.ts";

const at = (id: number, name = "assistant"): RepositoryRef => ({ installationId: 1, id, owner: "acme", name });
const written = { headSha: "a".repeat(40), check: { id: 5, conclusion: "neutral", digest: "d" } };

describe.each(places)("rounds of the doctor, $name", (place) => {
  let opened: OpenDatabase;
  const log = createTestLog();
  beforeAll(async () => {
    await place.prepare();
    const { databaseUrl, dataDir } = place.options();
    opened = databaseUrl === undefined ? await openEmbedded({ dataDir, log }) : await openPostgres({ databaseUrl, log });
    await migrate(opened.db);
  });
  afterAll(async () => {
    await opened?.close();
    await place.remove();
  });
  const rounds = (soonSeconds = 0, againSeconds = 1000) =>
    createDoctorRounds(opened.db, { log, soonSeconds, againSeconds, spreadSeconds: 10 });

  it("takes a repository once a round, also where several ask", async () => {
    await rounds().remember(at(1));
    const taken = await Promise.all([rounds().takeDue(10), rounds().takeDue(10)]);
    expect(taken.flat()).toEqual([at(1)]);
    expect(await rounds().takeDue(10)).toEqual([]);
  });

  it("takes it again when the next round is due", async () => {
    await rounds().remember(at(2));
    expect(await rounds(0, -1000).takeDue(10)).toEqual([at(2)]);
    expect(await rounds().takeDue(10)).toEqual([at(2)]);
  });

  it("lists all that are remembered, at most as many as asked for", async () => {
    const all = await rounds().all(100);
    expect(all).toContainEqual(at(1));
    expect(all).toContainEqual(at(2));
    expect(await rounds().all(1)).toHaveLength(1);
  });

  it("takes no more than asked for, and nothing before its time", async () => {
    await rounds(3600).remember(at(3));
    for (const id of [4, 5, 6]) await rounds().remember(at(id));
    expect(await rounds().takeDue(2)).toHaveLength(2);
    expect(await rounds().takeDue(2)).toHaveLength(1);
    expect(await rounds().takeDue(2)).toEqual([]);
  });

  it("keeps time and check of one that was seen before, and takes its new name", async () => {
    const mine = rounds();
    await mine.remember(at(7));
    await mine.save(7, written);
    await mine.remember(at(7, "renamed"));
    expect(await mine.takeDue(10)).toEqual([at(7, "renamed")]);
    expect(await mine.written(7)).toEqual(written);
  });

  it("knows nothing of what was forgotten, until it is seen again", async () => {
    const mine = rounds();
    await mine.remember(at(8));
    await mine.save(8, written);
    await mine.forget(8);
    expect([await mine.takeDue(10), await mine.written(8)]).toEqual([[], null]);
    await mine.save(8, written);
    expect(await mine.written(8)).toBeNull();
    await mine.remember(at(8));
    expect(await mine.takeDue(10)).toEqual([at(8)]);
  });

  it("fails nobody where it cannot write", async () => {
    await rounds().remember({ ...at(9), id: Number.NaN });
    expect(log.lines.map(({ message }) => message)).toContain("could not remember a repository for the look at its settings");
  });
});
