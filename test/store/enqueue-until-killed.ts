/* A server that is killed: takes jobs for ever and says which were acknowledged, while the job of the key "running" never ends.
   Arguments: the store's options as JSON. */
import { setTimeout as pause } from "node:timers/promises";
import { openStore } from "../../src/store/open-store.ts";
import type { Job } from "../../src/app/ports.ts";

const log = { info() {}, warn() {}, error() {} };
const store = await openStore({ ...JSON.parse(process.argv[2] ?? "{}"), log });
const jobOf = (key: string): Job => ({
  key,
  repository: { installationId: 1, id: 7, owner: "acme", name: "assistant" },
  subject: { kind: "pull", number: 1 },
  reason: { event: "pull_request", action: "opened", deliveryId: key },
});

await store.runner.run(
  async (job) => {
    if (job.key === "running") process.stdout.write("running\n");
    await pause(3_600_000);
  },
  { concurrency: 1, attempts: 5, onGivenUp: () => Promise.resolve() },
);
await store.queue.enqueue(jobOf("running"));
for (let number = 0; ; number += 4) {
  await Promise.all(
    [0, 1, 2, 3].map(async (offset) => {
      const key = `job-${number + offset}`;
      await store.queue.enqueue(jobOf(key));
      process.stdout.write(`${key}\n`);
    }),
  );
}
