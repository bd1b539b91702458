import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { PortError } from "../../src/app/ports.ts";
import type { Job } from "../../src/app/ports.ts";
import { createGate, jobOf, places, useStore } from "./test-store.ts";

describe.each(places)("jobs, $name", (place) => {
  const store = useStore(place);
  let stop = async (): Promise<void> => {};

  /** Runs jobs and keeps them; resolves a `until` when that many have come to an end. */
  async function work(
    handle: (job: Job) => Promise<void> = () => Promise.resolve(),
    { concurrency = 4, attempts = 3 }: { concurrency?: number; attempts?: number } = {},
  ) {
    const handled: Job[] = [];
    const givenUp: { job: Job; error: unknown }[] = [];
    stop = await store().runner.run(
      async (job) => {
        handled.push(job);
        await handle(job);
      },
      {
        concurrency,
        attempts,
        onGivenUp: (job, error) => {
          givenUp.push({ job, error });
          return Promise.resolve();
        },
      },
    );
    return { handled, givenUp };
  }

  async function empty(): Promise<void> {
    for (;;) {
      const { queued, running } = await store().stats();
      if (queued + running === 0) return;
      await pause(5);
    }
  }

  afterEach(async () => {
    await empty();
    await stop();
  });

  it("runs a job as it was enqueued", async () => {
    const { handled } = await work();
    await store().queue.enqueue(jobOf(1));
    await empty();
    expect(handled).toEqual([jobOf(1)]);
  });

  it("runs what was enqueued before anybody worked", async () => {
    await Promise.all([1, 2, 3].map((number) => store().queue.enqueue(jobOf(number))));
    expect(await store().stats()).toEqual({ queued: 3, running: 0 });
    const { handled } = await work(undefined, { concurrency: 1 });
    await empty();
    expect(handled.map((job) => job.key)).toEqual([1, 2, 3].map((number) => jobOf(number).key));
  });

  it("runs a job once however many events of its key wait, and the newest of them", async () => {
    for (const deliveryId of ["a", "b", "c"]) await store().queue.enqueue(jobOf(1, { deliveryId }));
    await Promise.all(["d", "e"].map((deliveryId) => store().queue.enqueue(jobOf(1, { deliveryId }))));
    expect(await store().stats()).toEqual({ queued: 1, running: 0 });
    const { handled } = await work();
    await empty();
    expect(handled.map((job) => job.reason.deliveryId)).toEqual(["e"]);
  });

  it.each([
    ["before", [{ asked: true }, {}]],
    ["after", [{}, { asked: true }]],
  ])("keeps that somebody asked for it, asked %s another event", async (_, reasons) => {
    for (const reason of reasons) await store().queue.enqueue(jobOf(1, reason));
    const { handled } = await work();
    await empty();
    expect(handled.map((job) => job.reason.asked)).toEqual([true]);
  });

  it("runs one job of a key at once and lets one wait", async () => {
    const gate = createGate();
    const begun = createGate();
    let atOnce = 0;
    let most = 0;
    const { handled } = await work(async () => {
      most = Math.max(most, ++atOnce);
      begun.open();
      await gate.opened;
      atOnce -= 1;
    });
    await store().queue.enqueue(jobOf(1));
    await begun.opened;
    for (const deliveryId of ["b", "c"]) await store().queue.enqueue(jobOf(1, { deliveryId }));
    expect(await store().stats()).toEqual({ queued: 1, running: 1 });
    gate.open();
    await empty();
    expect(handled.map((job) => job.reason.deliveryId)).toEqual(["delivery-1", "c"]);
    expect(most).toBe(1);
  });

  it("runs at most as many jobs at once as it may, and all of them", async () => {
    let atOnce = 0;
    let most = 0;
    const { handled } = await work(
      async () => {
        most = Math.max(most, ++atOnce);
        await pause(1);
        atOnce -= 1;
      },
      { concurrency: 4 },
    );
    await Promise.all(Array.from({ length: 120 }, (_, number) => store().queue.enqueue(jobOf(number))));
    await empty();
    expect(most).toBe(4);
    expect(new Set(handled.map((job) => job.key)).size).toBe(120);
    expect(handled).toHaveLength(120);
  });

  it("tries again what failed, and then no more", async () => {
    let fails = 2;
    const { handled, givenUp } = await work(() => (fails-- > 0 ? Promise.reject(new Error("not yet")) : Promise.resolve()));
    await store().queue.enqueue(jobOf(1));
    await empty();
    expect(handled).toHaveLength(3);
    expect(givenUp).toEqual([]);
  });

  it("gives up after the last attempt, with the last error", async () => {
    const { handled, givenUp } = await work(() => Promise.reject(new Error("never")), { attempts: 2 });
    await store().queue.enqueue(jobOf(1));
    await empty();
    expect(handled).toHaveLength(2);
    expect(givenUp).toEqual([{ job: jobOf(1), error: new Error("never") }]);
  });

  it("waits as long as the other side asks", async () => {
    let failedAt = 0;
    let waited = 0;
    await work(() => {
      if (failedAt > 0) {
        waited = performance.now() - failedAt;
        return Promise.resolve();
      }
      failedAt = performance.now();
      return Promise.reject(new PortError("rate-limited", "slow down", { retryable: true, retryAfterMs: 200 }));
    });
    await store().queue.enqueue(jobOf(1));
    await empty();
    expect(waited).toBeGreaterThanOrEqual(195);
  });

  it("lets a newer event of the key stand for one that failed", async () => {
    const gate = createGate();
    const begun = createGate();
    let first = true;
    const { handled, givenUp } = await work(async () => {
      if (!first) return;
      first = false;
      begun.open();
      await gate.opened;
      throw new Error("overtaken");
    });
    await store().queue.enqueue(jobOf(1));
    await begun.opened;
    await store().queue.enqueue(jobOf(1, { deliveryId: "newer" }));
    gate.open();
    await empty();
    expect(handled.map((job) => job.reason.deliveryId)).toEqual(["delivery-1", "newer"]);
    expect(givenUp).toEqual([]);
  });

  it("does not lose its place when giving up fails", async () => {
    stop = await store().runner.run(() => Promise.reject(new Error("never")), {
      concurrency: 1,
      attempts: 1,
      onGivenUp: () => Promise.reject(new Error("not even that")),
    });
    await store().queue.enqueue(jobOf(1));
    await store().queue.enqueue(jobOf(2));
    await empty();
    expect(await store().stats()).toEqual({ queued: 0, running: 0 });
  });

  it("waits at the stop for what runs and leaves the rest", async () => {
    const gate = createGate();
    const begun = createGate();
    let ended = false;
    await work(
      async () => {
        begun.open();
        await gate.opened;
        ended = true;
      },
      { concurrency: 1 },
    );
    await store().queue.enqueue(jobOf(1));
    await begun.opened;
    await store().queue.enqueue(jobOf(2));
    const stopped = stop();
    gate.open();
    await stopped;
    expect(ended).toBe(true);
    expect(await store().stats()).toEqual({ queued: 1, running: 0 });
    await work();
  });
});
