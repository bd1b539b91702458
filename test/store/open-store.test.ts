import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { Job } from "../../src/app/ports.ts";
import { openEmbedded } from "../../src/store/open-embedded.ts";
import { openPostgres } from "../../src/store/open-postgres.ts";
import type { OpenDatabase } from "../../src/store/open-database.ts";
import { tidy } from "../../src/store/start-tidying.ts";
import { createGate, createTestLog, jobOf, openAt, places } from "./test-store.ts";
import type { Place } from "./test-store.ts";

const record = {
  repositoryId: 7,
  number: 1,
  headSha: "a".repeat(40),
  baseRef: "main",
  open: true,
  checks: {},
  comment: null,
  judgedAt: "2026-11-23T09:00:00Z",
};

/** The database without the store around it. */
async function openBare(place: Place): Promise<OpenDatabase> {
  const { databaseUrl, dataDir } = place.options();
  const log = createTestLog();
  return databaseUrl === undefined ? openEmbedded({ dataDir, log }) : openPostgres({ databaseUrl, log });
}

describe.each(places)("a store that is opened again, $name", (place) => {
  beforeAll(() => place.prepare());
  afterAll(() => place.remove());

  it("keeps jobs and records, answers while open, and no longer when closed", async () => {
    const first = await openAt(place);
    await first.queue.enqueue(jobOf(1));
    await first.pulls.save(record);
    expect(await first.healthy()).toBe(true);
    await first.close();
    expect(await first.healthy()).toBe(false);
    await expect(first.queue.enqueue(jobOf(2))).rejects.toMatchObject({ name: "PortError", code: "closed" });

    const second = await openAt(place);
    expect(await second.pulls.find(7, 1)).toEqual(record);
    expect(await second.pulls.withHead(7, record.headSha)).toEqual([record]);
    expect(await runAll(second)).toEqual([jobOf(1)]);
    await second.close();
  });

  it("gives a job up that never came to an end, however often it was begun", async () => {
    const bare = await openBare(place);
    await sql`
      insert into pilotgate.jobs (key, body, attempt, holder, held_until)
      values ('k', ${JSON.stringify({ ...jobOf(3), key: "k" })}::json, 5, 'dead', now() - interval '1 second')`.execute(bare.db);
    await tidy(bare.db);
    await bare.close();
    const store = await openAt(place);
    const gate = createGate();
    const stop = await store.runner.run(() => Promise.reject(new Error("must not run")), {
      concurrency: 1,
      attempts: 5,
      onGivenUp: (job, error) => {
        expect(job.key).toBe("k");
        expect(error).toEqual(new Error("The job was begun 5 times and never came to an end."));
        gate.open();
        return Promise.resolve();
      },
    });
    await gate.opened;
    await stop();
    expect(await store.stats()).toEqual({ queued: 0, running: 0 });
    await store.close();
  });

  it("does not touch a database that a newer Pilotgate wrote", async () => {
    const bare = await openBare(place);
    await sql`insert into pilotgate.migrations (name, timestamp) values ('9999-later', '2030-01-01T00:00:00.000Z')`.execute(bare.db);
    await bare.close();
    await expect(openAt(place)).rejects.toThrow("The database was written by a newer Pilotgate.");
  });
});

// A table without rows is an error in jest.
for (const place of places.filter(({ name }) => name === "PostgreSQL"))
  describe(`several servers on one database, ${place.name}`, () => {
    beforeAll(() => place.prepare());
    afterAll(() => place.remove());

    it("start at once on an empty database, wake each other, and run each job once", async () => {
      const stores = await Promise.all([1, 2, 3].map(() => openAt(place)));
      const [front, ...workers] = stores;
      const handled: string[] = [];
      const runningKeys = new Set<string>();
      const done = createGate();
      for (const worker of workers) {
        await worker.runner.run(
          async (job) => {
            expect(runningKeys.has(job.key)).toBe(false);
            runningKeys.add(job.key);
            await new Promise((resolve) => setImmediate(resolve));
            runningKeys.delete(job.key);
            handled.push(job.key);
            if (handled.length === 100) done.open();
          },
          { concurrency: 3, attempts: 1, onGivenUp: (_, error) => Promise.reject(error) },
        );
      }
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: 100 }, (_, number) => front?.queue.enqueue(jobOf(number))));
      await done.opened;
      // Without being woken they would look after 10 seconds.
      expect(performance.now() - startedAt).toBeLessThan(9000);
      expect(new Set(handled).size).toBe(100);
      await Promise.all(stores.map((store) => store.close()));
    });
  });

async function runAll(store: Awaited<ReturnType<typeof openAt>>): Promise<Job[]> {
  const { queued } = await store.stats();
  const jobs: Job[] = [];
  await new Promise<void>((resolve) => {
    void store.runner.run(
      (job) => {
        jobs.push(job);
        if (jobs.length === queued) resolve();
        return Promise.resolve();
      },
      { concurrency: 1, attempts: 1, onGivenUp: (_, error) => Promise.reject(error) },
    );
  });
  return jobs;
}
